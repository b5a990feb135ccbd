//! Booking, giving up, waiting, marking; and writing plans.

use super::{
    decide::{Hours, check_plan, free_seat, is_bookable},
    fill::{fill, reminded},
    letters,
    model::{Appointment, AppointmentState, HELD_MINUTES, MarkAct, NewPlan, PLANS_LIMIT, Plan, Slot, WAITS_MOST, Wait},
    store,
};
use crate::{
    acts,
    commands::calendar_of,
    conflict,
    model::{Application, SERVICE, State, Step},
    store as rooms,
};
use civic::{Actor, Chance, EntryId, Moment, Subject};
use database::{DbError, OffRecord, Tx};
use jiff::civil::Date;
use people::organisations;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

const PRIVATE: OffRecord = OffRecord("who comes when is between the office and the applicant");

/// For whom a place is booked.
#[derive(Debug, Clone)]
pub enum Owner {
    /// An application that is being written, by the secret of its address: the place is held for a while.
    Draft(String),
    /// An application, by its reference and the secret of its link; the secret may be empty for who filed it under their account.
    Application(String, String),
}

/// What was booked.
#[derive(Debug, Clone)]
pub struct Booked {
    /// It.
    pub appointment: Appointment,
    /// Where.
    pub plan: Plan,
}

/// An owner, found.
enum Found {
    Draft { hash: String, service: String },
    Application(Box<Application>),
}

impl Found {
    fn id(&self) -> &str {
        match self {
            Self::Draft { hash, .. } => hash,
            Self::Application(one) => one.code.as_str(),
        }
    }

    fn service(&self) -> &str {
        match self {
            Self::Draft { service, .. } => service,
            Self::Application(one) => &one.service,
        }
    }
}

/// Whether somebody may still come about this application.
pub(super) fn may_meet(one: &Application) -> bool {
    !one.is_erased && !matches!(one.state, State::Withdrawn | State::Closed { .. })
}

fn find(tx: &mut Tx<'_>, actor: &Actor, owner: &Owner) -> Result<Found, Stop> {
    match owner {
        Owner::Draft(secret) => {
            // Who answers questions again books for the application.
            let draft = rooms::draft_to_change(tx, secret)?.filter(|draft| draft.reopens.is_empty());
            let draft = draft.ok_or(Stop::NotFound)?;
            Ok(Found::Draft { hash: draft.hash, service: draft.service })
        }
        Owner::Application(code, key) => {
            let one = rooms::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
            let is_owner = actor.person.is_some() && actor.person == one.person;
            if one.is_erased || (!is_owner && (key.is_empty() || !rooms::is_key(tx, code, key)?)) {
                return Err(Stop::NotFound);
            }
            if !may_meet(&one) {
                return Err(Refusal::conflict("appointment-over").into());
            }
            Ok(Found::Application(Box::new(one)))
        }
    }
}

/// The hours of a plan, with the holidays of the agency that answers for its service.
pub(crate) fn hours_of(town: &Town, tx: &mut Tx<'_>, service: &str, plan: &Plan) -> Result<Hours, Stop> {
    let organisation = rooms::service(tx, service)?.ok_or(DbError::NotFound)?.organisation;
    let calendar = calendar_of(town, tx, organisation)?;
    Hours::read(plan, &calendar, &town.settings().zone).map_err(Stop::from)
}

/// Books a place, or moves the appointment there is to it. Where several want the last place at once, one gets it.
///
/// # Errors
/// `NotFound`; `appointment-full` when the place went to somebody else; `appointment-none` for a time that cannot be booked;
/// `appointment-over` for an application that is closed.
pub async fn book(town: &Town, actor: Actor, owner: Owner, plan: String, begins_at: Moment) -> Result<Booked, Stop> {
    let (own, chance) = (town.clone(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = find(tx, &actor, &owner)?;
            let booked = book_within(tx, &own, &found, &plan, begins_at, &*chance)?;
            tx.commit(PRIVATE, booked).map_err(Stop::from)
        })
        .await
}

fn book_within(
    tx: &mut Tx<'_>,
    town: &Town,
    found: &Found,
    plan: &str,
    begins_at: Moment,
    chance: &dyn Chance,
) -> Result<Booked, Stop> {
    let now = town.now();
    let plans = store::plans_to_change(tx, found.service())?;
    let plan = plans.iter().find(|one| one.id == plan && one.is_open).ok_or(Stop::NotFound)?.clone();
    store::drop_held(tx, now)?;
    let hours = hours_of(town, tx, found.service(), &plan)?;
    let slot = hours.slot_at(begins_at).filter(|slot| is_bookable(&plan, &hours, *slot, now));
    let slot = slot.ok_or_else(|| Refusal::conflict("appointment-none").at("slot"))?;
    let current = store::appointment_of(tx, found.id())?.filter(|one| one.slot.begins_at > now);
    if let Some(current) = current.clone().filter(|one| one.plan == plan.id && one.slot == slot) {
        return Ok(Booked { appointment: current, plan });
    }
    let but = current.as_ref().map_or("", |one| one.id.as_str());
    let taken = store::taken_between(tx, &plan.id, slot.begins_at, slot.ends_at, but)?;
    let full = || Refusal::conflict("appointment-full").at("slot");
    let seat = free_seat(slot, plan.capacity, &taken).ok_or_else(full)?;
    if let Some(current) = &current {
        store::mark(tx, &current.id, AppointmentState::Cancelled, "")?;
    }
    let appointment = new_of(found, &plan, slot, seat, now, chance);
    let held = matches!(found, Found::Draft { .. }).then(|| now.plus_seconds(HELD_MINUTES * 60));
    if !store::add(tx, &appointment, held, reminded(slot, now), now)? {
        return Err(full().into());
    }
    if let Found::Application(one) = found {
        let what = if current.is_some() { "meet-moved" } else { "meet-booked" };
        step(tx, town, one, what, &appointment, &plan, chance)?;
        letters::tell(tx, town, "booked", one, &appointment, &plan)?;
    }
    if current.is_some() {
        fill(tx, town, found.service(), &plans, chance)?;
    }
    Ok(Booked { appointment, plan })
}

fn new_of(found: &Found, plan: &Plan, slot: Slot, seat: i64, now: Moment, chance: &dyn Chance) -> Appointment {
    Appointment {
        id: EntryId::new(now, chance).text(),
        plan: plan.id.clone(),
        service: found.service().to_owned(),
        owner: found.id().to_owned(),
        slot,
        seat,
        state: if matches!(found, Found::Draft { .. }) { AppointmentState::Held } else { AppointmentState::Booked },
    }
}

/// Notes what was done in the thread of an application, in the applicant's language.
pub(super) fn step(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    what: &str,
    appointment: &Appointment,
    plan: &Plan,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let when = web::dates::date_time(appointment.slot.begins_at, &town.settings().zone, one.language);
    let step = Step {
        id: EntryId::new(town.now(), chance).text(),
        at: town.now(),
        what: what.to_owned(),
        actor: if what == "meet-off" { "office" } else { "applicant" }.to_owned(),
        body: format!("{when} · {}", plan.place.in_language(one.language)),
        is_internal: false,
    };
    rooms::add_step(tx, &one.code, &step)
}

/// Gives an appointment up. What gets free goes to who waits. Leaves the waiting list too.
///
/// # Errors
/// `NotFound`; `appointment-nothing` where there is nothing to give up.
pub async fn cancel(town: &Town, actor: Actor, owner: Owner) -> Result<(), Stop> {
    let (own, chance) = (town.clone(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = find(tx, &actor, &owner)?;
            let plans = store::plans_to_change(tx, found.service())?;
            let current = store::appointment_of(tx, found.id())?.filter(|one| one.slot.begins_at > own.now());
            let waited = store::drop_wait(tx, found.id())?;
            let Some(current) = current else {
                if !waited {
                    return Err(Refusal::conflict("appointment-nothing").into());
                }
                return tx.commit(PRIVATE, ()).map_err(Stop::from);
            };
            store::mark(tx, &current.id, AppointmentState::Cancelled, "")?;
            let plan = plans.iter().find(|plan| plan.id == current.plan);
            if let (Found::Application(one), Some(plan)) = (&found, plan) {
                step(tx, &own, one, "meet-cancelled", &current, plan, &*chance)?;
                letters::tell(tx, &own, "cancelled", one, &current, plan)?;
            }
            fill(tx, &own, found.service(), &plans, &*chance)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// What was held for a draft becomes the appointment of its application, within the transaction that files it.
pub(crate) fn hand_over(
    tx: &mut Tx<'_>,
    town: &Town,
    draft: &str,
    one: &Application,
    chance: &dyn Chance,
) -> Result<(), Stop> {
    let Some(held) = store::appointment_of(tx, draft)? else { return Ok(()) };
    store::hand_over(tx, &held.id, one.code.as_str(), reminded(held.slot, town.now()))?;
    if let Some(plan) = store::plan(tx, &held.plan)? {
        step(tx, town, one, "meet-booked", &held, &plan, chance)?;
        letters::tell(tx, town, "booked", one, &held, &plan)?;
    }
    Ok(())
}

/// Gives up what an application that was taken back had, within the transaction that takes it back.
pub(crate) fn release(tx: &mut Tx<'_>, town: &Town, one: &Application, chance: &dyn Chance) -> Result<(), Stop> {
    let plans = store::plans_to_change(tx, &one.service)?;
    store::drop_wait(tx, one.code.as_str())?;
    let current = store::appointment_of(tx, one.code.as_str())?.filter(|current| current.slot.begins_at > town.now());
    if let Some(current) = current {
        store::mark(tx, &current.id, AppointmentState::Cancelled, "")?;
        fill(tx, town, &one.service, &plans, chance)?;
    }
    Ok(())
}

/// Puts an application on the waiting list of a day, or of any day where `day` is empty.
///
/// # Errors
/// `NotFound`; `appointment-day` for a day that is none or past; `appointment-free` where places are free: they can be booked;
/// `appointment-waits-many`.
pub async fn wait(town: &Town, actor: Actor, owner: Owner, plan: String, day: String) -> Result<Wait, Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = find(tx, &actor, &owner)?;
            let Found::Application(one) = &found else { return Err(Stop::NotFound) };
            let plans = store::plans_to_change(tx, &one.service)?;
            let plan = plans.iter().find(|found| found.id == plan && found.is_open).ok_or(Stop::NotFound)?;
            let hours = hours_of(&own, tx, &one.service, plan)?;
            check_day(tx, plan, &hours, &day, now)?;
            if store::count_waits(tx, &plan.id)? >= WAITS_MOST {
                return Err(Refusal::new("appointment-waits-many").at("slot").with("most", WAITS_MOST).into());
            }
            let wait = Wait { owner: one.code.to_string(), plan: plan.id.clone(), day, asked_at: now };
            store::add_wait(tx, &wait, &one.service, &EntryId::new(now, &*chance).text())?;
            fill(tx, &own, &one.service, &plans, &*chance)?;
            tx.commit(PRIVATE, wait).map_err(Stop::from)
        })
        .await
}

fn check_day(tx: &mut Tx<'_>, plan: &Plan, hours: &Hours, day: &str, now: Moment) -> Result<(), Stop> {
    if day.is_empty() {
        return Ok(());
    }
    let refused = || Stop::from(Refusal::new("appointment-day").at("slot"));
    let date: Date = day.parse().map_err(|_| refused())?;
    let slots: Vec<Slot> = hours.slots(date).into_iter().filter(|slot| is_bookable(plan, hours, *slot, now)).collect();
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else { return Err(refused()) };
    let taken = store::taken_between(tx, &plan.id, first.begins_at, last.ends_at, "")?;
    match super::decide::free_of(plan, hours, date, &taken, now).is_empty() {
        true => Ok(()),
        false => Err(Refusal::conflict("appointment-free").at("slot").into()),
    }
}

/// An officer says what became of an appointment, or that the office cannot keep it.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `own-application` for whoever applies themselves; `appointment-marked` where it was marked or given up before;
/// `appointment-early` for one that has not begun.
pub async fn mark(town: &Town, actor: Actor, id: String, act: MarkAct) -> Result<Appointment, Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let one = store::by_id(tx, &id)?.ok_or(Stop::NotFound)?;
            let service = rooms::service(tx, &one.service)?.ok_or(Stop::NotFound)?;
            if !actor.may_for(&acts::HANDLE, Some(service.organisation)) {
                return Err(Stop::NotFound);
            }
            if let Some(application) = rooms::by_code(tx, &one.owner)?
                && conflict::is_own(tx, &application, &actor)?
            {
                return Err(conflict::refusal().into());
            }
            let plans = store::plans_to_change(tx, &one.service)?;
            let one = store::by_id(tx, &id)?.ok_or(Stop::NotFound)?;
            let has_begun = one.slot.begins_at <= now;
            match one.state {
                AppointmentState::Booked => {}
                _ => return Err(Refusal::conflict("appointment-marked").into()),
            }
            let state = match act {
                MarkAct::Came | MarkAct::Missed if !has_begun => return Err(Refusal::new("appointment-early").into()),
                MarkAct::Came => AppointmentState::Came,
                MarkAct::Missed => AppointmentState::Missed,
                MarkAct::Cancel => AppointmentState::Cancelled,
            };
            store::mark(tx, &one.id, state, &actor.handle)?;
            if act == MarkAct::Cancel {
                call_off(tx, &own, &one, &plans, &*chance)?;
            }
            tx.commit(PRIVATE, Appointment { state, ..one }).map_err(Stop::from)
        })
        .await
}

/// The office cannot keep an appointment: the applicant hears of it. The time is free again unless its hours were closed in the plan before.
fn call_off(tx: &mut Tx<'_>, town: &Town, one: &Appointment, plans: &[Plan], chance: &dyn Chance) -> Result<(), Stop> {
    let plan = plans.iter().find(|plan| plan.id == one.plan);
    if let (Some(application), Some(plan)) = (rooms::by_code(tx, &one.owner)?, plan) {
        step(tx, town, &application, "meet-off", one, plan, chance)?;
        letters::tell(tx, town, "off", &application, one, plan)?;
    }
    Ok(())
}

/// Keeps a plan. It holds at once; appointments that were booked before stay.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `appointment-stale`; `appointment-plans-many`; what `check_plan` finds.
pub async fn save_plan(town: &Town, actor: Actor, service: String, new: NewPlan) -> Result<Plan, Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = rooms::service(tx, &service)?.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation)));
            let one = found.ok_or(Stop::NotFound)?;
            let plans = store::plans_to_change(tx, &service)?;
            let id = match &new.of {
                Some((id, seen)) => {
                    let before = plans.iter().find(|plan| plan.id == *id).ok_or(Stop::NotFound)?;
                    if before.version != *seen {
                        return Err(Refusal::conflict("appointment-stale").into());
                    }
                    id.clone()
                }
                None if plans.len() >= PLANS_LIMIT => {
                    return Err(Refusal::new("appointment-plans-many").with("most", PLANS_LIMIT).into());
                }
                None => EntryId::new(now, &*chance).text(),
            };
            let calendar = calendar_of(&own, tx, one.organisation)?;
            let plan = check_plan(&new, id, service.clone(), &calendar, &own.settings().zone).map_err(Stop::Refused)?;
            store::put_plan(tx, &plan, now)?;
            let plans = store::plans_to_change(tx, &service)?;
            fill(tx, &own, &service, &plans, &*chance)?;
            let organisation = organisations::by_id(tx, one.organisation)?.ok_or(DbError::NotFound)?;
            let what = json!({"organisation": organisation.code, "service": service, "minutes": plan.minutes, "capacity": plan.capacity});
            let subject = Subject::new(SERVICE, service);
            let entry = Entry::about(subject, "service.appointments-set", &actor, now, &*chance).publicly(&what)?;
            tx.commit(entry, plan).map_err(Stop::from)
        })
        .await
}
