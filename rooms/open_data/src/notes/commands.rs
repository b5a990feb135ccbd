//! Notes are written, supported, answered.

use super::{
    decide::{self, Typed},
    model::{Note, NoteAnswer, NoteKind, NoteState},
    moderated::{self, HELD},
    store,
};
use crate::{acts, books::Books, model::Dataset};
use civic::{Actor, Code, Moment, OrganisationId, PersonId};
use commons::moderation::{Seen, Text, watch};
use database::{DbError, OffRecord, Tx};
use people::organisations;
use record::Entry;
use serde_json::json;
use service_clock::Length;
use web::{Refusal, Stop, Town};

/// The shortest code, in characters after its letter; it grows when codes run out.
const CODE_LENGTH: usize = 4;

/// What somebody wants to tell.
#[derive(Debug, Clone)]
pub struct Asking {
    /// What it is.
    pub kind: NoteKind,
    /// What was typed.
    pub typed: Typed,
    /// The names of the datasets it is about.
    pub datasets: Vec<String>,
    /// The code of who is asked for data; empty where the asker does not know.
    pub organisation: String,
}

/// What an answer says.
#[derive(Debug, Clone)]
pub struct Answering {
    /// What it makes of the note.
    pub state: NoteState,
    /// Its words.
    pub body: String,
    /// The name of the dataset that was published; empty for none.
    pub dataset: String,
    /// The version that was read; `None` where it does not matter.
    pub seen: Option<i64>,
}

/// Tells those who publish something. Answers whether it is public at once.
///
/// # Errors
/// A refusal for each thing to put right; `note-organisation`; `note-often`.
pub async fn ask(town: &Town, actor: Actor, asking: Asking) -> Result<(Note, Seen), Stop> {
    let person = person_of(&actor)?;
    let about = datasets(town, &asking.datasets)?;
    let words = decide::read(asking.kind, &asking.typed, &about.iter().collect::<Vec<_>>()).map_err(Stop::Refused)?;
    let organisation = organisation(town, &asking, &about)?;
    let own = town.clone();
    let made = town.db().write(move |tx| {
        let (now, chance) = (own.now(), own.chance());
        decide::may_write(store::written_since(tx, person, now.plus_days(-1))?)?;
        let note = Note {
            code: free_code(&own, tx, asking.kind)?,
            kind: asking.kind,
            organisation,
            title: words.title,
            body: words.body,
            url: words.url,
            spot: words.spot,
            state: asking.kind.first_state(),
            state_at: now,
            made_at: now,
            due_at: due(&own, tx, organisation, asking.kind, now)?,
            person: Some(person),
            handle: actor.handle.clone(),
            supports: 0,
            datasets: about.iter().map(|one| one.name.clone()).collect(),
            updated_at: now,
            version: 1,
        };
        store::insert(tx, &note)?;
        let agency = agency_code(tx, organisation)?;
        let what = json!({"organisation": agency, "datasets": note.datasets, "due": note.due_at.map(Moment::rfc3339)});
        let entry = Entry::about(note.subject(), note.kind.sayings()[0], &actor, now, chance)
            .publicly(&what)?
            .privately(&json!({"title": note.title, "text": note.body, "url": note.url}), chance)?;
        let text = format!("{} {} {}", note.title, note.body, note.url);
        let text = Text { text: &text, author: &actor, sent_before: 0, parts: HELD };
        let seen = watch(tx, moderated::of(note.kind), &note.subject(), &text, now, chance)?;
        tx.commit(entry, (note, seen)).map_err(Stop::from)
    });
    made.await
}

/// Supports a request for data, once however often somebody asks, or takes that back.
///
/// # Errors
/// `NotFound`; `note-settled` (409) where it was published or refused.
pub async fn support(town: &Town, actor: Actor, code: String, gives: bool) -> Result<Note, Stop> {
    let person = person_of(&actor)?;
    let now = town.now();
    let supported = town.db().write(move |tx| {
        let note = store::to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        decide::may_support(&note)?;
        store::set_support(tx, &code, person, gives, now)?;
        let note = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
        tx.commit(OffRecord("who supports what is counted, and named nowhere"), note).map_err(Stop::from)
    });
    supported.await
}

/// Answers a note in public, by somebody who publishes for the organisation that is asked.
///
/// # Errors
/// `NotFound` where the mandate does not reach; refusals of the decision; `note-changed` (409).
pub async fn answer(
    town: &Town,
    actor: Actor,
    kind: NoteKind,
    code: String,
    answering: Answering,
) -> Result<Note, Stop> {
    let own = town.clone();
    let answered = town.db().write(move |tx| {
        let found = store::to_change(tx, &code)?.filter(|note| note.kind == kind);
        let found = found.filter(|note| actor.may_for(&acts::PUBLISH, Some(note.organisation)));
        let mut note = found.ok_or(Stop::NotFound)?;
        if answering.seen.is_some_and(|seen| seen != note.version) {
            return Err(Refusal::conflict("note-changed").into());
        }
        let body = decide::body(&answering.body)?;
        let named = match answering.dataset.trim() {
            "" => None,
            name => datasets(&own, &[name.to_owned()])?.pop(),
        };
        decide::may_answer(&note, answering.state, named.as_ref())?;
        let now = own.now();
        (note.state, note.state_at, note.updated_at) = (answering.state, now, now);
        note.version += 1;
        if let Some(dataset) = named.filter(|one| note.kind == NoteKind::Request && !note.datasets.contains(&one.name))
        {
            note.datasets.push(dataset.name);
        }
        store::update(tx, &note)?;
        let agency = agency_code(tx, note.organisation)?;
        let what = json!({"organisation": agency, "note_state": note.state, "datasets": note.datasets});
        let entry = Entry::about(note.subject(), note.kind.sayings()[1], &actor, now, own.chance())
            .publicly(&what)?
            .privately(&json!({"text": body}), own.chance())?;
        let given = NoteAnswer { id: entry.id().text(), at: now, agency, state: note.state, body };
        store::add_answer(tx, note.code.as_str(), &given)?;
        tx.commit(entry, note).map_err(Stop::from)
    });
    answered.await
}

fn person_of(actor: &Actor) -> Result<PersonId, Stop> {
    actor.person.ok_or_else(|| Refusal::new("note-needs-account").into())
}

/// The datasets of these names, which everybody sees.
fn datasets(town: &Town, names: &[String]) -> Result<Vec<Dataset>, Stop> {
    let shelves = town.part::<Books>().now();
    let mut found: Vec<Dataset> = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let dataset = shelves.find(name).filter(|one| one.dataset.is_public()).map(|one| one.dataset.clone());
        let dataset = dataset.ok_or_else(|| Refusal::new("note-dataset").at("dataset"))?;
        if !found.iter().any(|one| one.name == dataset.name) {
            found.push(dataset);
        }
    }
    Ok(found)
}

/// Who is to answer: who publishes what it is about, who was asked, or who publishes the town's own data.
fn organisation(town: &Town, asking: &Asking, about: &[Dataset]) -> Result<OrganisationId, Stop> {
    if let Some(first) = about.first() {
        return Ok(first.organisation);
    }
    let shelves = town.part::<Books>().now();
    let mut all: Vec<_> = shelves.organisations.values().collect();
    all.sort_by(|one, other| one.code.cmp(&other.code));
    let wanted = asking.organisation.trim();
    let found = all.into_iter().find(|one| wanted.is_empty() || one.code == wanted);
    found.map(|one| one.id).ok_or_else(|| Refusal::new("note-organisation").at("organisation").into())
}

pub(super) fn due(
    town: &Town,
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    kind: NoteKind,
    now: Moment,
) -> Result<Option<Moment>, DbError> {
    let own = &town.settings().calendar;
    let works = organisations::by_id(tx, organisation)?.map(|one| one.works);
    let calendar = works.and_then(|works| works.calendar(own).ok()).unwrap_or_else(|| own.clone());
    Ok(calendar.deadline(now.timestamp(), Length::Days(kind.days()), &[]).ok().map(|deadline| deadline.at.into()))
}

pub(super) fn agency_code(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<String, DbError> {
    Ok(organisations::by_id(tx, organisation)?.map(|one| one.code).unwrap_or_default())
}

fn free_code(town: &Town, tx: &mut Tx<'_>, kind: NoteKind) -> Result<Code, DbError> {
    database::free_code(tx, kind.letter(), CODE_LENGTH, town.chance(), store::is_taken)
}
