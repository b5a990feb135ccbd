//! Appointments made up for the demo, for applications that are made up too.

use super::{
    commands::hours_of,
    decide::{free_of, free_seat},
    model::{Appointment, AppointmentState},
    store,
};
use civic::EntryId;
use database::OffRecord;
use jiff::Span;
use web::{Stop, Town};

/// Appointments that are made up for one service.
const MADE_UP: i64 = 8;
/// Days over which they are spread.
const DAYS: i32 = 7;

/// Books times of the next days for made-up applications of a service that are open.
///
/// # Errors
/// `NotAllowed` outside a demo; those of the database.
pub async fn simulate_meetings(town: &Town, service: String) -> Result<(), Stop> {
    if !town.settings().demo {
        return Err(Stop::NotAllowed);
    }
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let mut owners = store::simulated_open(tx, &service, MADE_UP)?.into_iter();
            for plan in store::plans_to_change(tx, &service)? {
                let hours = hours_of(&own, tx, &service, &plan)?;
                let today = hours.day_of(now);
                for day in (0..DAYS).map(|more| today.saturating_add(Span::new().days(more))) {
                    let Some(first) = free_of(&plan, &hours, day, &[], now).first().map(|free| free.slot) else {
                        continue;
                    };
                    let taken = store::taken_between(tx, &plan.id, first.begins_at, first.ends_at, "")?;
                    let Some(seat) = free_seat(first, plan.capacity, &taken) else { continue };
                    let Some(owner) = owners.next() else { break };
                    let id = EntryId::new(now, &*chance).text();
                    let state = AppointmentState::Booked;
                    let new = Appointment {
                        id,
                        plan: plan.id.clone(),
                        service: service.clone(),
                        owner,
                        slot: first,
                        seat,
                        state,
                    };
                    store::add(tx, &new, None, Some(now), now)?;
                }
            }
            tx.commit(OffRecord("who comes when is between the office and the applicant"), ()).map_err(Stop::from)
        })
        .await
}
