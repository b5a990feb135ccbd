//! Somebody takes a place, or gives it back.

use super::move_up;
use crate::{
    decide,
    letters::{self, Why},
    store,
};
use civic::{Actor, PersonId};
use database::OffRecord;
use web::{Refusal, Stop, Town};

const PRIVATE: OffRecord = OffRecord("who comes to a meeting is private");

/// Where somebody stands who registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// They have a place.
    Taken,
    /// They wait, behind so many others.
    Waiting(i64),
}

fn person_of(actor: &Actor) -> Result<PersonId, Stop> {
    actor.person.ok_or_else(|| Refusal::new("meeting-needs-account").into())
}

/// Takes a place, or one on the waiting list; asked again, it changes nothing.
///
/// # Errors
/// `NotFound`; refusals of [`decide::waits`].
pub async fn register(town: &Town, actor: Actor, code: String) -> Result<Place, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let meeting =
                store::to_change(tx, &code)?.filter(|one| one.published_at.is_some()).ok_or(Stop::NotFound)?;
            let now = own.now();
            let (taken, waiting) = store::counts(tx, &code)?;
            let waits = decide::waits(&meeting, taken, waiting, now)?;
            if store::put(tx, &code, person, waits, now)? {
                move_up(&own, tx, &meeting, now)?;
                let has_place = store::of_person(tx, &code, person)? == Some(0);
                if !waits || !has_place {
                    let why = if has_place { Why::Placed } else { Why::Waiting };
                    letters::write(&own, tx, &meeting, person, why, now)?;
                }
            }
            let place = match store::of_person(tx, &code, person)? {
                Some(before) if before > 0 => Place::Waiting(before - 1),
                _ => Place::Taken,
            };
            tx.commit(PRIVATE, place).map_err(Stop::from)
        })
        .await
}

/// Gives a place back; who waits longest has it at once.
///
/// # Errors
/// `NotFound`; `meeting-closed` once it began.
pub async fn leave(town: &Town, actor: Actor, code: String) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let meeting =
                store::to_change(tx, &code)?.filter(|one| one.published_at.is_some()).ok_or(Stop::NotFound)?;
            let now = own.now();
            if meeting.starts_at <= now {
                return Err(Refusal::conflict("meeting-closed").into());
            }
            if store::remove(tx, &code, person)? && meeting.cancelled.is_none() {
                move_up(&own, tx, &meeting, now)?;
            }
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}
