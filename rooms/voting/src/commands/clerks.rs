//! The administrator names the clerks of a vote, and takes them off, on the record.

use crate::{
    acts, decide,
    model::{Phase, Vote},
    store,
};
use civic::Actor;
use database::Tx;
use people::{EmailAddress, accounts, mandates};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Names a clerk, by the address of the account.
///
/// # Errors
/// Refusals: nobody by this address who is an officer or administrator, not at this time; faults of the database.
pub async fn name_clerk(town: &Town, actor: Actor, code: &str, email: &str) -> Result<(), Stop> {
    let unknown = || Stop::from(Refusal::new("vote-clerk-who").at("clerk"));
    let email = email.trim().parse::<EmailAddress>().map_err(|_| unknown())?;
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let named = town.db().write(move |tx| {
        let now = own.now();
        let vote = at_its_time(tx, &code, now)?;
        let person = accounts::by_email(tx, &email)?.ok_or_else(unknown)?;
        let roles = mandates::held_by(tx, person.id, now)?;
        if !roles.iter().any(|mandate| acts::PAPER.roles.contains(&mandate.role)) {
            return Err(unknown());
        }
        if !store::name_clerk(tx, &code, &person.handle, now)? {
            return Err(Refusal::new("vote-clerk-already").at("clerk").into());
        }
        let view = json!({ "clerk": person.handle });
        let entry = Entry::about(vote.subject(), "vote.clerk-named", &actor, now, &*chance).publicly(&view)?;
        Ok(tx.commit(entry, ())?)
    });
    named.await
}

/// Takes a clerk off; what they marked and entered stays.
///
/// # Errors
/// `NotFound` for who is no clerk of it; a refusal at another time; faults of the database.
pub async fn end_clerk(town: &Town, actor: Actor, code: &str, clerk: &str) -> Result<(), Stop> {
    let (own, code, clerk, chance) = (town.clone(), code.to_owned(), clerk.to_owned(), town.chance_handle());
    let ended = town.db().write(move |tx| {
        let now = own.now();
        let vote = at_its_time(tx, &code, now)?;
        if !store::end_clerk(tx, &code, &clerk)? {
            return Err(Stop::NotFound);
        }
        let view = json!({ "clerk": clerk });
        let entry = Entry::about(vote.subject(), "vote.clerk-ended", &actor, now, &*chance).publicly(&view)?;
        Ok(tx.commit(entry, ())?)
    });
    ended.await
}

/// Only clerks of this vote go on; for everybody else there is nothing here.
pub(super) fn must_be_clerk(tx: &mut Tx<'_>, code: &str, actor: &Actor) -> Result<(), Stop> {
    if store::clerks(tx, code)?.contains(&actor.handle) { Ok(()) } else { Err(Stop::NotFound) }
}

fn at_its_time(tx: &mut Tx<'_>, code: &str, now: civic::Moment) -> Result<Vote, Stop> {
    let vote = store::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
    let is_time = matches!(decide::phase(&vote, now), Phase::Announced | Phase::Open | Phase::Counting);
    if is_time && vote.definition.paper && !vote.paper_done {
        Ok(vote)
    } else {
        Err(Refusal::conflict("vote-clerk-time").into())
    }
}
