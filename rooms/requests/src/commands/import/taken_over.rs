//! A request of another system, as it is kept here: with its true dates, its steps and their entries.

use super::{Import, judge::Ready};
use crate::{
    commands::{change_view, hash_of, open},
    model::{Contact, HistoryStep, ServiceRequest, State, StateWord},
    store::{self, Origin},
    unpublished,
};
use civic::{Actor, Code, Language, Moment};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use std::collections::BTreeMap;

/// A request of another system with all that is kept of it.
pub(super) struct TakenOver {
    source_id: String,
    request: ServiceRequest,
    contact: Contact,
    steps: Vec<HistoryStep>,
    /// What the record says of it, a line for each step.
    pub entries: Vec<Entry>,
}

impl TakenOver {
    /// Makes all that is kept, bytes of the record among it, before the transaction: nobody waits for that.
    pub(super) fn of(import: &Import, code: &Code, free: Code, one: &Ready) -> Result<Self, DbError> {
        let chance = &*import.chance;
        let reporter = Actor::visitor(Language::En);
        let opening = one.opening.clone();
        let mut request =
            open::with_code(free, opening, one.organisation, one.channel, &reporter, one.opened_at, chance);
        request.due_at = one.due_at;
        request.first_due_at = one.due_at;
        let mut opened = open::opening_view(&request);
        opened["import"] = json!(code.as_str());
        let entry = Entry::about(request.subject(), "request.opened", &import.actor, one.opened_at, chance);
        let entry = entry.publicly(&opened)?.privately(&open::private_words(&request), chance)?;
        let mut first = open::first_step(&request, &entry, one.opened_at);
        first.detail = marks(import, code);
        let (mut entries, mut steps) = (vec![entry.made()], vec![first]);
        if let Some(ending) = &one.ending {
            let [resolved, declined] = &import.words;
            let words = match (ending.words.is_empty(), ending.declined) {
                (false, _) => &ending.words,
                (true, false) => resolved,
                (true, true) => declined,
            };
            let (saying, state) = if ending.declined {
                ("request.declined", State::Declined { at: ending.at, reason: words.clone() })
            } else {
                ("request.resolved", State::Resolved { at: ending.at, what_was_done: words.clone() })
            };
            request.state = state;
            request.answered_at = Some(ending.at);
            request.broken_at = request.broken(ending.at);
            let (entry, step) = ended(import, code, &request, saying, ending.at, words, &one.agency)?;
            entries.push(entry.made());
            steps.push(step);
        }
        request.updated_at = one.updated_at;
        Ok(Self { source_id: one.source_id.clone(), request, contact: one.contact.clone(), steps, entries })
    }

    fn origin<'o>(&'o self, import: &'o Import, code: &'o Code) -> Origin<'o> {
        let Self { source_id, request, steps, .. } = self;
        Origin {
            source: &import.source,
            source_id,
            request: request.id,
            import: code.as_str(),
            steps: steps.len() as i64,
        }
    }
}

/// Keeps requests, table by table: many rows by few statements.
pub(super) fn keep(tx: &mut Tx<'_>, import: &Import, code: &Code, batch: &[TakenOver]) -> Result<(), DbError> {
    let requests: Vec<&ServiceRequest> = batch.iter().map(|one| &one.request).collect();
    store::insert_all(tx, &requests)?;
    for one in batch.iter().filter(|one| one.contact != Contact::default()) {
        // Nobody knows this secret: the reporter's private link was never made.
        let secret = hash_of(&civic::secret(&*import.chance));
        store::save_reporter(tx, one.request.id, &secret, &one.contact, Language::En.tag())?;
    }
    let steps: Vec<_> = batch.iter().flat_map(|one| one.steps.iter().map(|step| (one.request.id, step))).collect();
    store::add_steps(tx, &steps)?;
    let origins: Vec<Origin<'_>> = batch.iter().map(|one| one.origin(import, code)).collect();
    store::keep_origins(tx, &origins)?;
    for one in batch.iter().filter(|one| import.desk_publishes.contains(&one.request.category)) {
        if unpublished::hold_report(tx, &one.request, one.request.opened_at, &*import.chance)? {
            // It came like this: nobody has acted on it.
            store::set_first_version(tx, one.request.id)?;
        }
    }
    Ok(())
}

fn marks(import: &Import, code: &Code) -> BTreeMap<String, String> {
    BTreeMap::from([("import".to_owned(), code.to_string()), ("source".to_owned(), import.source.clone())])
}

fn ended(
    import: &Import,
    code: &Code,
    request: &ServiceRequest,
    saying: &'static str,
    at: Moment,
    words: &str,
    agency: &str,
) -> Result<(Entry, HistoryStep), DbError> {
    let mut detail = marks(import, code);
    detail.insert("to".to_owned(), request.state.word().as_str().to_owned());
    let what = change_view(request, StateWord::Received, request.district.as_deref(), &detail);
    let entry = Entry::about(request.subject(), saying, &import.actor, at, &*import.chance).publicly(&what)?;
    let entry = entry.privately(&json!({"body": words}), &*import.chance)?;
    let step = HistoryStep {
        id: entry.id().text(),
        at,
        saying: saying.to_owned(),
        actor: import.actor.handle.clone(),
        agency: agency.to_owned(),
        body: words.to_owned(),
        detail,
        state: request.state.word(),
        internal: false,
    };
    Ok((entry, step))
}
