//! Somebody puts themselves into the pool, or takes themselves out.

use super::{free_ticket, public_assembly};
use crate::{decide, model::Entrant, store};
use civic::{Actor, PersonId};
use database::OffRecord;
use lottery::VOLUNTEERS_MAX;
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

const PRIVATE: OffRecord = OffRecord("who can be drawn is private");

fn person_of(actor: &Actor) -> Result<PersonId, Stop> {
    actor.person.ok_or_else(|| Refusal::new("assembly-needs-account").into())
}

/// Puts somebody into the pool with what they say of themselves, by category; or changes what they said. The clock that counts is
/// the one inside the transaction.
///
/// # Errors
/// `NotFound`; `assembly-needs-account`, `assembly-invited`, `assembly-pool-full`; refusals of [`decide::is_open`] and
/// [`decide::answers`].
pub async fn register(
    town: &Town,
    actor: Actor,
    code: String,
    given: BTreeMap<String, String>,
) -> Result<Entrant, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let assembly = public_assembly(tx, &code)?;
            let now = own.now();
            decide::is_open(&assembly, now)?;
            if !assembly.plan.open {
                return Err(Refusal::conflict("assembly-invited").into());
            }
            let categories = decide::categories(&assembly.plan.quotas)?;
            let answers = decide::answers(&given, &categories).map_err(Stop::Refused)?;
            let entrant = match store::of_person(tx, &code, person)? {
                Some(before) => Entrant { answers, at: now, ..before },
                None if store::count_pool(tx, &code)? >= VOLUNTEERS_MAX as i64 => {
                    return Err(Refusal::conflict("assembly-pool-full").with("most", VOLUNTEERS_MAX).into());
                }
                None => {
                    let ticket = free_ticket(tx, &code, own.chance())?;
                    Entrant {
                        person: Some(person),
                        entered: None,
                        own_id: ticket.clone(),
                        name: String::new(),
                        email: String::new(),
                        answers,
                        at: now,
                        ticket,
                    }
                }
            };
            store::put_entrant(tx, &code, &entrant)?;
            tx.commit(PRIVATE, entrant).map_err(Stop::from)
        })
        .await
}

/// Takes somebody out of the pool; asked again, it changes nothing.
///
/// # Errors
/// `NotFound`; `assembly-needs-account`; `assembly-closed` once registration is over.
pub async fn withdraw(town: &Town, actor: Actor, code: String) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let assembly = public_assembly(tx, &code)?;
            decide::is_open(&assembly, own.now())?;
            store::remove_entrant(tx, &code, person)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}
