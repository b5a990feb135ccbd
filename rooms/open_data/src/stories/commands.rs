//! A story is drafted, changed, published, withdrawn: each in one transaction, with its line in the record once it is public.

use super::{
    model::{self, Telling, Typed, Written},
    store,
};
use crate::{acts, decide, model::State, pages::ask_sql};
use civic::{Actor, Moment, Subject};
use commons::search::{self, Document};
use database::{DbError, OffRecord, Tx};
use people::organisations;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Why a step is not in the record.
const OFF: OffRecord = OffRecord("a story that is not published is nobody else's yet");

/// What becomes of a story.
pub enum Step {
    /// It says something else.
    Save(Typed),
    /// Everybody sees it.
    Publish,
    /// Nobody sees it any more.
    Withdraw,
}

/// What was typed, once its question was asked and has the columns it names.
async fn read(town: &Town, typed: Typed) -> Result<Telling, Stop> {
    let telling = model::read(typed).map_err(Stop::Refused)?;
    let found = ask_sql(town, &telling.sql).await?;
    model::check(&telling, &found).map_err(Stop::Refused)?;
    Ok(telling)
}

/// The version of a story whose question is still answered: the tables may have changed since it was written.
async fn checked(town: &Town, actor: &Actor, name: &str, seen: Option<i64>) -> Result<i64, Stop> {
    let own = name.to_owned();
    let found = town.db().read(move |tx| store::find(tx, &own)).await.map_err(|error: DbError| Stop::from(error))?;
    let story = found.filter(|one| actor.may_for(&acts::PUBLISH, Some(one.organisation))).ok_or(Stop::NotFound)?;
    if seen.is_some_and(|seen| seen != story.version) {
        return Err(Refusal::conflict("changed-meanwhile").into());
    }
    let found = ask_sql(town, &story.telling.sql).await?;
    model::check(&story.telling, &found).map_err(Stop::Refused)?;
    Ok(story.version)
}

/// Makes a story that only its publishers see.
///
/// # Errors
/// Refusals, one for each thing to put right; `dataset-organisation` where the mandate does not reach; `dataset-name-taken`.
pub async fn draft(town: &Town, actor: &Actor, organisation: &str, name: &str, typed: Typed) -> Result<Written, Stop> {
    let name = model::read_name(name)?;
    let telling = read(town, typed).await?;
    let (now, actor, code) = (town.now(), actor.clone(), organisation.to_owned());
    let made = town.db().write(move |tx| {
        let found = organisations::by_code(tx, &code)?.filter(|one| actor.may_for(&acts::PUBLISH, Some(one.id)));
        let organisation = found.ok_or_else(|| Refusal::new("dataset-organisation").at("organisation"))?.id;
        let story =
            Written { name, organisation, state: State::Draft, telling, made_at: now, updated_at: now, version: 1 };
        if !store::insert(tx, &story)? {
            return Err(Refusal::conflict("dataset-name-taken").at("name").with("name", story.name).into());
        }
        tx.commit(OFF, story).map_err(Stop::from)
    });
    made.await
}

/// Takes a step with a story as it was when it was seen.
///
/// # Errors
/// As [`draft`]; `changed-meanwhile` (409); `NotFound` where it is not there, or the mandate does not reach.
pub async fn take(town: &Town, actor: &Actor, name: &str, seen: Option<i64>, step: Step) -> Result<Written, Stop> {
    let (telling, to, seen) = match step {
        Step::Save(typed) => (Some(read(town, typed).await?), None, seen),
        Step::Publish => (None, Some(true), Some(checked(town, actor, name, seen).await?)),
        Step::Withdraw => (None, Some(false), seen),
    };
    let (now, chance, actor, name) = (town.now(), town.chance_handle(), actor.clone(), name.to_owned());
    let taken = town.db().write(move |tx| {
        let found = store::find(tx, &name)?.filter(|one| actor.may_for(&acts::PUBLISH, Some(one.organisation)));
        let mut story = found.ok_or(Stop::NotFound)?;
        if seen.is_some_and(|seen| seen != story.version) {
            return Err(Refusal::conflict("changed-meanwhile").into());
        }
        let was_public = story.is_public();
        let saying = change(&mut story, telling, to, now);
        if !store::update(tx, &story)? {
            return Err(Refusal::conflict("changed-meanwhile").into());
        }
        if !was_public && !story.is_public() {
            return tx.commit(OFF, story).map_err(Stop::from);
        }
        let agency = organisations::by_id(tx, story.organisation)?.map(|one| one.code).unwrap_or_default();
        let view = json!({"organisation": agency, "version": story.version});
        let entry = Entry::about(story.subject(), saying, &actor, now, &*chance).publicly(&view)?;
        tx.commit(entry, story).map_err(Stop::from)
    });
    taken.await
}

fn change(story: &mut Written, telling: Option<Telling>, to: Option<bool>, now: Moment) -> &'static str {
    story.updated_at = now;
    story.version += 1;
    if let Some(telling) = telling {
        story.telling = telling;
    }
    match to {
        Some(true) => {
            story.state = decide::published(story.state, now);
            "data-story.published"
        }
        Some(false) => {
            story.state = State::Withdrawn { since: now };
            "data-story.withdrawn"
        }
        None => "data-story.changed",
    }
}

/// Puts a story into the search of the town as it is now, in all of the town's languages, or takes it out.
///
/// # Errors
/// Those of the database.
pub fn put_into_search(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let found = store::find(tx, &subject.id)?.filter(Written::is_public);
    let Some(story) = found else { return search::remove(tx, subject) };
    let telling = &story.telling;
    let mut text = story.name.clone();
    for language in &town.settings().languages {
        for words in [Some(&telling.title), Some(&telling.lead), telling.text.as_ref()].into_iter().flatten() {
            text.push(' ');
            text.push_str(words.in_language(*language));
        }
    }
    let own = town.settings().languages.first().copied().unwrap_or_default();
    let title = telling.title.in_language(own).to_owned();
    search::put(tx, &Document { subject: subject.clone(), title, text, at: story.made_at })
}
