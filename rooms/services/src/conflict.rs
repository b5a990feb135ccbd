//! Conflicts of interest: nobody handles at the office what they apply for themselves.

use crate::{
    acts,
    joint::{self, CoApplicant, Consent},
    model::Application,
};
use axum::http::StatusCode;
use civic::{Actor, PersonId};
use database::{DbError, Tx};
use people::{EmailAddress, accounts};
use web::{Refusal, Stop};

/// An officer, as far as an application could be their own.
#[derive(Debug, Clone)]
pub struct Officer<'o> {
    /// The account.
    pub person: PersonId,
    /// The address of the account, by which others may have named them; `None` once it is erased.
    pub email: Option<&'o EmailAddress>,
}

/// Whether an officer applies: it was filed from their account or with their address, or they were named as applying too and have not said
/// that they do not.
pub fn applies(one: &Application, joint: &[CoApplicant], officer: &Officer<'_>) -> bool {
    let is_own = |email: Option<&EmailAddress>| email.is_some() && email == officer.email;
    one.person == Some(officer.person)
        || is_own(one.email.as_ref())
        || joint.iter().any(|other| !matches!(other.consent, Consent::Declined { .. }) && is_own(other.email.as_ref()))
}

/// The same for whoever does something; programs of the town and made-up officers have no account and apply for nothing.
///
/// # Errors
/// Those of the database.
pub fn is_own(tx: &mut Tx<'_>, one: &Application, actor: &Actor) -> Result<bool, DbError> {
    let Some(person) = actor.person else { return Ok(false) };
    let account = accounts::by_id(tx, person)?;
    let officer = Officer { person, email: account.as_ref().and_then(|account| account.email.as_ref()) };
    Ok(applies(one, &joint::of_owner(tx, one.code.as_str())?, &officer))
}

/// An application for an officer who handles it.
///
/// # Errors
/// `NotFound` where there is none or the mandate does not reach; `own-application` (403) for whoever applies themselves.
pub fn for_officer(tx: &mut Tx<'_>, actor: &Actor, found: Option<Application>) -> Result<Application, Stop> {
    let one = found.filter(|one| actor.may_for(&acts::HANDLE, Some(one.organisation))).ok_or(Stop::NotFound)?;
    if is_own(tx, &one, actor)? {
        return Err(refusal().into());
    }
    Ok(one)
}

/// What an officer reads who applies themselves (403).
pub fn refusal() -> Refusal {
    Refusal::new("own-application").status(StatusCode::FORBIDDEN)
}
