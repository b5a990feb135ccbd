//! An officer acts at the desk.

use super::{Applied, apply, letters};
use crate::{
    acts,
    decide::{DeskAct, DeskFacts, decide_at_desk},
    model::{HistoryStep, STEP, ServiceRequest},
    room::Books,
    store,
};
use civic::{Actor, Moment, Subject};
use commons::files::StoredPhoto;
use database::{DbError, Done, OffRecord, Tx};
use places::Districts;
use record::Entry;
use service_clock::Calendar;
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

/// An officer's act on one request.
#[derive(Debug, Clone)]
pub struct DeskCommand {
    /// The request's code.
    pub code: String,
    /// The version the officer saw; `None` for acts that only add words.
    pub seen_version: Option<i64>,
    /// What they do.
    pub act: DeskAct,
    /// A photo that was taken in already (see commons), to be shown with the words.
    pub photo: Option<StoredPhoto>,
}

/// Does it.
///
/// # Errors
/// `NotFound` where the officer's mandate does not reach; `changed-meanwhile` (409) where somebody
/// else changed the request since the officer's page was made; refusals of the decision.
pub fn act_at_desk(
    town: &Town,
    actor: Actor,
    command: DeskCommand,
) -> impl Future<Output = Result<ServiceRequest, Stop>> + Send + 'static {
    let (now, chance, db) = (town.now(), town.chance_handle(), town.db().clone());
    let districts = town.part::<Districts>().clone();
    let books = town.part::<Books>().clone();
    let own = town.clone();
    let calendar = town.settings().calendar.clone();
    async move {
        db.write(move |tx| {
            let mut request = reachable(tx, &actor, &command.code)?;
            let agency = books.organisation_code(request.organisation);
            check_fresh(&request, &command)?;
            let facts = DeskFacts {
                request: &request,
                officer: actor.person,
                officer_name: &actor.name,
                district: district_of(&districts, &command.act),
                promised: promised(&books, &calendar, &request, &command.act, now),
                after_waiting: books.due_after_waiting(&request, &calendar, now),
                reachable: is_reachable(tx, &request)?,
                now,
            };
            let change = decide_at_desk(&facts, command.act)?;
            let question = (change.saying == "request.asked").then(|| change.body.clone());
            let before = change.description.is_some().then(|| request.description.clone());
            let applied = apply(tx, &mut request, change, &actor, &agency, now, &*chance)?;
            if let (Some(question), Applied::Public(_)) = (question, &applied) {
                letters::ask_reporter(tx, &own, &request, &question, now)?;
            }
            if let (Some(words), Applied::Public(entry)) = (before, &applied) {
                keep_original(tx, &request, entry, DESCRIPTION, words, &actor, now)?;
            }
            if let (Applied::Public(entry), Some(photo)) = (&applied, &command.photo) {
                commons::files::attach(tx, photo, &Subject::new(STEP, entry.id().text()))?;
            }
            finish(tx, applied, request)
        })
        .await
    }
}

/// The request, where the officer's mandate reaches it; else it might as well not exist.
pub(super) fn reachable(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<ServiceRequest, Stop> {
    let request = store::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
    if actor.may_for(&acts::ANSWER, Some(request.organisation)) { Ok(request) } else { Err(Stop::NotFound) }
}

/// What a report says.
const DESCRIPTION: &str = "description";

/// The words of this name as they were, for the desk only; erased with their reporter.
pub(super) fn keep_original(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    entry: &Entry,
    name: &str,
    words: String,
    actor: &Actor,
    now: Moment,
) -> Result<(), DbError> {
    let step = HistoryStep {
        id: match name {
            DESCRIPTION => format!("{}-original", entry.id().text()),
            _ => format!("{}-{name}-original", entry.id().text()),
        },
        at: now,
        saying: "request.original".to_owned(),
        actor: actor.handle.clone(),
        agency: String::new(),
        body: words,
        detail: BTreeMap::from([("part".to_owned(), name.to_owned())]),
        state: request.state.word(),
        internal: true,
    };
    store::add_step(tx, request.id, &step)
}

/// Whether the reporter can be asked: they have an account, or left a way to reach them.
pub(crate) fn is_reachable(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<bool, DbError> {
    let contact = store::contact_of(tx, request.id)?;
    Ok(request.reporter_id.is_some() || contact.email.is_some() || contact.phone.is_some())
}

/// By when an end would be promised anew.
fn promised(
    books: &Books,
    calendar: &Calendar,
    request: &ServiceRequest,
    act: &DeskAct,
    now: Moment,
) -> Option<Moment> {
    let (category, organisation, from) = match act {
        DeskAct::Recategorise { category, organisation, .. } => (category, *organisation, request.opened_at),
        DeskAct::Reopen { .. } => (&request.category, request.organisation, now),
        // Who never had a promise gets one that can still be kept.
        DeskAct::Pass { organisation, .. } if request.promised_by().is_none() => {
            (&request.category, *organisation, now)
        }
        DeskAct::Pass { organisation, .. } => (&request.category, *organisation, request.opened_at),
        _ => return None,
    };
    books.due_from(category, organisation, calendar, from)
}

fn check_fresh(request: &ServiceRequest, command: &DeskCommand) -> Result<(), Stop> {
    match command.seen_version {
        Some(seen) if seen != request.version => Err(Refusal::conflict("changed-meanwhile").into()),
        _ => Ok(()),
    }
}

fn district_of(districts: &Districts, act: &DeskAct) -> Result<Option<String>, i64> {
    let DeskAct::Relocate { place: Some(place), .. } = act else { return Ok(None) };
    if districts.is_empty() {
        return Ok(None);
    }
    districts.locate(*place).map(Some).ok_or_else(|| districts.distance_m(*place))
}

pub(crate) fn finish(tx: &mut Tx<'_>, applied: Applied, request: ServiceRequest) -> Result<Done<ServiceRequest>, Stop> {
    let done: Result<_, DbError> = match applied {
        Applied::Public(entry) => tx.commit(*entry, request),
        Applied::Internal => tx.commit(OffRecord("an internal note is for colleagues only"), request),
        Applied::Stale => return Err(Refusal::conflict("changed-meanwhile").into()),
        Applied::Unpublished => return Err(Refusal::conflict("words-wait").at("description").into()),
        Applied::Hidden => return Err(Refusal::conflict("hidden-by-moderation").at("description").into()),
    };
    done.map_err(Stop::from)
}
