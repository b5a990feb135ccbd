//! Places that got free go to who waits, in the order in which they asked.

use super::{
    commands::{hours_of, step},
    decide::{Hours, free_seat, is_bookable, last_day},
    letters,
    model::{Appointment, AppointmentState, FILL_HOURS, Plan, Slot, Wait},
    store,
};
use crate::{model::Application, store as rooms};
use civic::{Chance, EntryId, Moment};
use database::Tx;
use jiff::civil::Date;
use std::collections::{BTreeMap, btree_map::Entry};
use web::{Stop, Town};

/// Days that are searched for who takes any day.
const SEARCHED_DAYS: i32 = 60;

/// Gives what is free at the plans of a service to who waits there. The plans are held by the caller.
pub(super) fn fill(
    tx: &mut Tx<'_>,
    town: &Town,
    service: &str,
    plans: &[Plan],
    chance: &dyn Chance,
) -> Result<(), Stop> {
    // A place that somebody leaves for a better one may suit who stands before them: from the start again, each time one was given.
    for _ in 0..super::model::WAITS_MOST {
        let mut was_given = false;
        for plan in plans.iter().filter(|plan| plan.is_open) {
            let hours = hours_of(town, tx, service, plan)?;
            let mut taken = BTreeMap::new();
            for wait in store::waits_of(tx, &plan.id)? {
                if give(tx, town, (plan, &hours), &wait, &mut taken, chance)? {
                    was_given = true;
                    taken.clear();
                }
            }
        }
        if !was_given {
            break;
        }
    }
    Ok(())
}

/// What is taken, by day, as far as it was looked at.
type Taken = BTreeMap<Date, Vec<Appointment>>;

/// Gives the first free place that suits, where there is one.
fn give(
    tx: &mut Tx<'_>,
    town: &Town,
    (plan, hours): (&Plan, &Hours),
    wait: &Wait,
    taken: &mut Taken,
    chance: &dyn Chance,
) -> Result<bool, Stop> {
    let now = town.now();
    let one = rooms::by_code(tx, &wait.owner)?.filter(super::commands::may_meet);
    let (Some(one), Some(days)) = (one, days_of(plan, hours, wait, now)) else {
        store::drop_wait(tx, &wait.owner)?;
        return Ok(false);
    };
    let own = store::appointment_of(tx, &wait.owner)?.filter(|own| own.slot.begins_at > now);
    let from = now.plus_seconds(FILL_HOURS * 3_600);
    for day in days {
        let slots = hours.slots(day);
        let (Some(first), Some(last)) = (slots.first(), slots.last()) else { continue };
        let there: &[_] = match taken.entry(day) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(store::taken_between(tx, &plan.id, first.begins_at, last.ends_at, "")?),
        };
        // Who has an appointment waits for an earlier one, or for this day.
        let is_better = |slot: &Slot| {
            own.as_ref().is_none_or(|own| {
                slot.begins_at < own.slot.begins_at || (!wait.day.is_empty() && hours.day_of(own.slot.begins_at) != day)
            })
        };
        let suits = |slot: &Slot| slot.begins_at >= from && is_better(slot) && is_bookable(plan, hours, *slot, now);
        let free = |slot: Slot| free_seat(slot, plan.capacity, there).map(|seat| (slot, seat));
        if let Some(place) = slots.into_iter().filter(suits).find_map(free) {
            return put(tx, town, &one, plan, place, own.as_ref(), chance);
        }
    }
    Ok(false)
}

/// The days on which a place would suit; `None` where the day is past.
fn days_of(plan: &Plan, hours: &Hours, wait: &Wait, now: Moment) -> Option<Vec<Date>> {
    let today = hours.day_of(now);
    match wait.day.parse::<Date>() {
        Ok(day) => (day >= today).then(|| vec![day]),
        Err(_) => {
            let last = last_day(plan, hours, now);
            let day = |more: i32| today.saturating_add(jiff::Span::new().days(more));
            Some((0..SEARCHED_DAYS).map(day).filter(|day| *day <= last).collect())
        }
    }
}

fn put(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    plan: &Plan,
    (slot, seat): (Slot, i64),
    own: Option<&Appointment>,
    chance: &dyn Chance,
) -> Result<bool, Stop> {
    let now = town.now();
    let new = Appointment {
        id: EntryId::new(now, chance).text(),
        plan: plan.id.clone(),
        service: one.service.clone(),
        owner: one.code.to_string(),
        slot,
        seat,
        state: AppointmentState::Booked,
    };
    if !store::add(tx, &new, None, reminded(slot, now), now)? {
        return Ok(false);
    }
    if let Some(own) = own {
        store::mark(tx, &own.id, AppointmentState::Cancelled, "")?;
    }
    store::drop_wait(tx, one.code.as_str())?;
    step(tx, town, one, "meet-given", &new, plan, chance)?;
    letters::tell(tx, town, "given", one, &new, plan)?;
    Ok(true)
}

/// When somebody counts as reminded who books now: at once where the confirmation comes so late that it is the reminder.
pub(super) fn reminded(slot: Slot, now: Moment) -> Option<Moment> {
    let is_soon = slot.begins_at <= now.plus_seconds((super::model::REMIND_HOURS + 2) * 3_600);
    is_soon.then_some(now)
}
