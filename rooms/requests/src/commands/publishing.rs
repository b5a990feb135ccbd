//! The desk publishes what waited for it, leaves something out, or takes it back.

use super::{
    Applied, apply,
    desk::{finish, keep_original, reachable},
};
use crate::{
    decide::{Deed, Held, PublishAct, PublishFacts, decide_publishing, publishing_change},
    model::{HistoryStep, ServiceRequest},
    room::Books,
    store,
    unpublished::{self, Unpublished},
};
use civic::{Actor, Chance, Moment};
use database::{DbError, OffRecord, Tx};
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

/// An officer's act on what is not public, or was published.
#[derive(Debug, Clone)]
pub struct PublishCommand {
    /// The request's code.
    pub code: String,
    /// The version the officer saw.
    pub seen_version: Option<i64>,
    /// What they do.
    pub act: PublishAct,
}

/// Does it. Words that are published in others are kept for the desk.
///
/// # Errors
/// `NotFound` where the officer's mandate does not reach; `changed-meanwhile` (409) for a page that has grown old; refusals of the decision.
pub fn act_on_publishing(
    town: &Town,
    actor: Actor,
    command: PublishCommand,
) -> impl Future<Output = Result<ServiceRequest, Stop>> + Send + 'static {
    let (now, chance, db) = (town.now(), town.chance_handle(), town.db().clone());
    let books = town.part::<Books>().clone();
    async move {
        db.write(move |tx| {
            let request = reachable(tx, &actor, &command.code)?;
            if command.seen_version.is_some_and(|seen| seen != request.version) {
                return Err(Refusal::conflict("changed-meanwhile").into());
            }
            let steps = store::steps(tx, request.id, true)?;
            let unpublished = unpublished::of(tx, &request, &steps)?;
            let public = unpublished::public(tx, &request, &steps)?;
            let held: Vec<Held> = unpublished.iter().map(held).collect();
            // The words may have been erased with their author: then nothing is left to be read.
            if matches!(command.act, PublishAct::Publish { .. }) && !held.iter().any(|one| one.waits) {
                if !store::is_unpublished(tx, request.id)? {
                    return Err(Refusal::conflict("publish-nothing").into());
                }
                store::wait_no_more(tx, request.id)?;
                return tx.commit(OffRecord("nothing was left to publish"), request).map_err(Stop::from);
            }
            let deed = decide_publishing(&PublishFacts { held: &held, public: &public }, command.act)?;
            let moved = move_words(tx, &request, &steps, &unpublished, &deed, now, &*chance)?;
            let mut request = store::by_code_to_change(tx, &command.code)?.ok_or(Stop::NotFound)?;
            let agency = books.organisation_code(request.organisation);
            let applied = apply(tx, &mut request, publishing_change(&deed), &actor, &agency, now, &*chance)?;
            if let Applied::Public(entry) = &applied {
                for (name, words) in moved {
                    keep_original(tx, &request, entry, &name, words, &actor, now)?;
                }
            }
            unpublished::settle(tx, &request, &steps, now)?;
            finish(tx, applied, request)
        })
        .await
    }
}

fn held(one: &Unpublished) -> Held {
    let text = one.is_text().then(|| one.part.shown.clone());
    Held { name: one.name.clone(), text, waits: one.part.waits }
}

/// Moves words and photos; returns by name the words that others took the place of.
fn move_words(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    steps: &[HistoryStep],
    unpublished: &[Unpublished],
    deed: &Deed,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Vec<(String, String)>, DbError> {
    let named = |name: &str| unpublished.iter().find(|one| one.name == name).ok_or(DbError::NotFound);
    let mut replaced = Vec::new();
    match deed {
        Deed::Publish(parts) => {
            for (name, words) in parts {
                let one = named(name)?;
                one.publish(tx, words.as_deref())?;
                replaced.extend(words.is_some().then(|| (name.clone(), one.part.shown.clone())));
            }
        }
        Deed::LeaveOut(name, false) => named(name)?.set_waiting(tx, false)?,
        Deed::LeaveOut(name, true) => {
            unpublished::hold_one(tx, request, name, now, chance)?;
            for one in unpublished::of(tx, request, steps)?.iter().filter(|one| one.name == *name) {
                one.set_waiting(tx, false)?;
            }
        }
        Deed::TakeUp(name, true) => named(name)?.publish(tx, None)?,
        Deed::TakeUp(name, false) => named(name)?.set_waiting(tx, true)?,
        Deed::HoldBack(names) => {
            for name in names {
                unpublished::hold_one(tx, request, name, now, chance)?;
            }
            let first = first_words(steps);
            for one in unpublished::of(tx, request, steps)?.iter().filter(|one| names.contains(&one.name)) {
                if let Some(words) = first.get(one.name.as_str()).filter(|words| **words != one.part.shown) {
                    one.rewrite(tx, words)?;
                    replaced.push((one.name.clone(), one.part.shown.clone()));
                }
            }
        }
    }
    Ok(replaced)
}

/// The words as their authors sent them, where the desk put others in their place, by name.
fn first_words(steps: &[HistoryStep]) -> BTreeMap<&str, &str> {
    let mut first = BTreeMap::new();
    for step in steps.iter().filter(|step| step.saying == "request.original" && !step.body.is_empty()) {
        let name = step.detail.get("part").map_or("description", String::as_str);
        first.entry(name).or_insert(step.body.as_str());
    }
    first
}
