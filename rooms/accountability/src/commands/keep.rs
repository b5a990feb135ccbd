//! The organisation that promised says what becomes of it.

use super::{entries_about_origins, origins};
use crate::{
    acts,
    decide::{Change, Keep, KeepFacts, decide_keep},
    model::{Commitment, STEP, Step},
    store,
};
use civic::{Actor, Moment, Subject};
use commons::files::StoredPhoto;
use database::DbError;
use people::organisations;
use record::{Entries, Entry};
use serde_json::json;
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

/// An act on one commitment.
#[derive(Debug, Clone)]
pub struct KeepCommand {
    /// The commitment's code.
    pub code: String,
    /// The version that was seen; `None` for acts that only add words.
    pub seen_version: Option<i64>,
    /// What is done.
    pub act: Keep,
    /// The address of evidence elsewhere; may be empty.
    pub link: String,
    /// A photo that was taken in already (see commons).
    pub photo: Option<StoredPhoto>,
}

/// Does it.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `changed-meanwhile` (409) where somebody else changed it since the page
/// was made; refusals of the decision.
pub async fn keep(town: &Town, actor: Actor, command: KeepCommand) -> Result<Commitment, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = store::by_code_to_change(tx, &command.code)?;
            let found = found.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation)));
            let mut commitment = found.ok_or(Stop::NotFound)?;
            if command.seen_version.is_some_and(|seen| seen != commitment.version) {
                return Err(Refusal::conflict("changed-meanwhile").into());
            }
            let milestones = store::milestones(tx, &commitment.code)?;
            let facts = KeepFacts { commitment: &commitment, milestones: &milestones, now };
            let change = decide_keep(&facts, command.act, &command.link)?;
            let was_open = commitment.state.is_open();
            apply(&mut commitment, &change, now);
            store::update(tx, &commitment, change.due_at.is_some())?;
            if let Some(position) = change.reached {
                store::reach_milestone(tx, &commitment.code, position, now)?;
            }
            let agency = organisations::by_id(tx, commitment.organisation)?.ok_or(DbError::NotFound)?.code;
            let entry = entry(&commitment, &change, &agency, &actor, now, &*chance)?;
            let spoken = Spoken {
                saying: change.saying,
                agency: &agency,
                body: change.body,
                link: change.link,
                detail: change.detail,
            };
            let step = step_of(&entry, spoken, &actor, now);
            store::add_step(tx, &commitment.code, &step)?;
            if let Some(photo) = &command.photo {
                commons::files::attach(tx, photo, &Subject::new(STEP, step.id))?;
            }
            let mut entries = vec![entry];
            if was_open && !commitment.state.is_open() {
                let origins = origins(tx, &commitment)?;
                let said = entries_about_origins(&origins, "commitment.ended-for", &commitment, &actor, now, &*chance)?;
                entries.extend(said);
            }
            tx.commit(Entries(entries), commitment).map_err(Stop::from)
        })
        .await
}

fn apply(commitment: &mut Commitment, change: &Change, now: Moment) {
    commitment.state = change.state.unwrap_or(commitment.state);
    commitment.due_at = change.due_at.unwrap_or(commitment.due_at);
    commitment.spending = change.spending.unwrap_or(commitment.spending);
    commitment.updated_at = now;
    commitment.version += 1;
}

/// Public: where it stands, and what changed. Sealed: the words and where the evidence lies.
fn entry(
    commitment: &Commitment,
    change: &Change,
    agency: &str,
    actor: &Actor,
    now: Moment,
    chance: &dyn civic::Chance,
) -> Result<Entry, DbError> {
    let what = json!({
        "organisation": agency, "standing": commitment.standing(now).word(), "due": commitment.due_at.rfc3339(),
        "detail": change.detail,
    });
    let entry = Entry::about(commitment.subject(), change.saying, actor, now, chance).publicly(&what)?;
    if change.body.is_empty() && change.link.is_empty() {
        return Ok(entry);
    }
    entry.privately(&json!({"body": change.body, "link": change.link}), chance)
}

/// What a step says.
#[derive(Default)]
pub(crate) struct Spoken<'s> {
    pub saying: &'static str,
    pub agency: &'s str,
    pub body: String,
    pub link: String,
    pub detail: BTreeMap<String, String>,
}

/// The step of an entry.
pub(crate) fn step_of(entry: &Entry, spoken: Spoken<'_>, actor: &Actor, now: Moment) -> Step {
    Step {
        id: entry.id().text(),
        at: now,
        saying: spoken.saying.to_owned(),
        actor: actor.handle.clone(),
        agency: spoken.agency.to_owned(),
        body: spoken.body,
        link: spoken.link,
        detail: spoken.detail,
    }
}
