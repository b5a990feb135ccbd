//! Applicants look after their applications.

use super::{calendar_of, definition_of, due, letters, office::saved};
use crate::{
    again, appointments,
    decide::{ApplicantAct, apply, decide_applicant},
    joint,
    model::{Application, State},
    store,
};
use civic::{Actor, secret};
use database::{OffRecord, Tx};
use web::{Refusal, Stop, Town};

/// Whether somebody may answer for an application: whether they come by a key (else it is theirs by their account). `joint` for what also
/// those may do who have confirmed that they apply too.
///
/// # Errors
/// `NotFound` for everybody else.
pub(crate) fn is_applicant(
    tx: &mut Tx<'_>,
    actor: &Actor,
    one: &Application,
    key: &str,
    joint: bool,
) -> Result<bool, Stop> {
    let code = one.code.as_str();
    let other = joint::by_key(tx, code, key)?.filter(|other| joint && other.consent.is_confirmed());
    let has_key = other.is_some() || (!key.is_empty() && store::is_key(tx, code, key)?);
    let is_owner = actor.person.is_some() && actor.person == one.person;
    if has_key || is_owner { Ok(has_key) } else { Err(Stop::NotFound) }
}

/// Seconds between two links that are sent anew for the same application.
const LINK_AGAIN_SECONDS: i64 = 3_600;

/// Sends a fresh private link to the filed address, at most one an hour. Whoever asks learns nothing: not whether there is such an application,
/// nor whether it has an address.
///
/// # Errors
/// Those of the database.
pub async fn send_link(town: &Town, code: String) -> Result<(), Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = store::by_code_to_change(tx, &code)?;
            let found = found.filter(|one| !one.is_erased && !one.is_simulated && one.email.is_some());
            if let Some(one) = found {
                let last = store::last_key_at(tx, one.code.as_str())?;
                if last.is_none_or(|last| now.seconds_since(last) >= LINK_AGAIN_SECONDS) {
                    let key = secret(&*chance);
                    store::add_key(tx, one.code.as_str(), &key, now)?;
                    let definition = definition_of(tx, &one)?;
                    letters::link(tx, &own, &one, &definition, &key)?;
                }
            }
            tx.commit(OffRecord("a private link is nobody's business"), ()).map_err(Stop::from)
        })
        .await
}

/// Does it, for whoever holds the key, filed it under their account, or has confirmed by a key of their own that they apply too.
///
/// # Errors
/// `NotFound` for everybody else, whether there is such an application or not; refusals of the decision.
pub async fn act_as_applicant(
    town: &Town,
    actor: Actor,
    code: String,
    key: String,
    act: ApplicantAct,
) -> Result<Application, Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let mut one = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            // Who has confirmed that they apply too answers and appeals as the first does; only the first takes it back.
            is_applicant(tx, &actor, &one, &key, !matches!(act, ApplicantAct::Withdraw))?;
            // Questions that were opened are answered on their pages.
            if matches!((&act, &one.state), (ApplicantAct::Answer { .. }, State::Incomplete { .. }))
                && !again::asked(tx, &code)?.is_empty()
            {
                return Err(Refusal::new("answers-asked").at("text").into());
            }
            let change = decide_applicant(&one, act, now)?;
            apply(&mut one, &change, "applicant", now);
            if change.recount {
                let days = definition_of(tx, &one)?.answer_days;
                let calendar = calendar_of(&own, tx, one.organisation)?;
                one.due_at = match &one.state {
                    State::InAppeal { .. } => due(&calendar, now, days, &[], now)?,
                    _ => due(&calendar, one.filed_at, days, &one.stood, now)?,
                };
            }
            if matches!(one.state, State::Withdrawn | State::UnderReview) {
                again::close(tx, &code)?;
            }
            if one.state == State::Withdrawn {
                appointments::release(tx, &own, &one, &*chance)?;
            }
            let step = saved(tx, &one, &change, "applicant", now, &*chance)?;
            if change.letter && !one.is_simulated {
                let definition = definition_of(tx, &one)?;
                letters::said(tx, &own, &one, &definition, &change, &step)?;
            }
            tx.commit(OffRecord("what an applicant does is private; decisions are recorded"), one).map_err(Stop::from)
        })
        .await
}
