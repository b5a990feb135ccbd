//! All SQL of appointments.

use super::model::{Appointment, AppointmentState, Plan, Slot, WAITS_MOST, Wait};
use crate::store::{broken, json, of_json};
use civic::Moment;
use database::{DbError, Row, Tx, params};

const PLAN: &str = "select id, service, place, week, exceptions, minutes, capacity, ahead_days, is_open, version from appointment_plans";
const APPOINTMENT: &str = "select id, plan, service, owner, begins_at, ends_at, seat, state from appointments";
/// Appointments of one day and plan that are read at most.
const DAY_LIMIT: i64 = 10_000;

fn read_plan(row: &Row) -> Result<Plan, DbError> {
    Ok(Plan {
        id: row.get(0)?,
        service: row.get(1)?,
        place: of_json(&row.get::<String>(2)?)?,
        week: row.get(3)?,
        exceptions: row.get(4)?,
        minutes: row.get(5)?,
        capacity: row.get(6)?,
        ahead_days: row.get(7)?,
        is_open: row.get(8)?,
        version: row.get(9)?,
    })
}

fn read(row: &Row) -> Result<Appointment, DbError> {
    Ok(Appointment {
        id: row.get(0)?,
        plan: row.get(1)?,
        service: row.get(2)?,
        owner: row.get(3)?,
        slot: Slot { begins_at: Moment(row.get(4)?), ends_at: Moment(row.get(5)?) },
        seat: row.get(6)?,
        state: AppointmentState::of_word(&row.get::<String>(7)?).ok_or_else(|| broken("an appointment"))?,
    })
}

/// The plans of a service, oldest first.
pub fn plans_of(tx: &mut Tx<'_>, service: &str) -> Result<Vec<Plan>, DbError> {
    tx.query(&format!("{PLAN} where service = $1 order by id"), &params![service])?.iter().map(read_plan).collect()
}

/// The same, held against everybody else who books, gives up or changes until the transaction ends.
pub fn plans_to_change(tx: &mut Tx<'_>, service: &str) -> Result<Vec<Plan>, DbError> {
    let sql = format!("{PLAN} where service = $1 order by id{}", tx.dialect().for_update());
    tx.query(&sql, &params![service])?.iter().map(read_plan).collect()
}

/// The plans of all services at which one can book.
pub fn plans_open(tx: &mut Tx<'_>) -> Result<Vec<Plan>, DbError> {
    let sql = format!("{PLAN} where is_open = true order by service, id limit 2000");
    tx.query(&sql, &[])?.iter().map(read_plan).collect()
}

/// One plan.
pub fn plan(tx: &mut Tx<'_>, id: &str) -> Result<Option<Plan>, DbError> {
    tx.query_opt(&format!("{PLAN} where id = $1"), &params![id])?.as_ref().map(read_plan).transpose()
}

/// Whether a service sees people by appointment.
pub fn has_plans(tx: &mut Tx<'_>, service: &str) -> Result<bool, DbError> {
    let sql = "select 1 from appointment_plans where service = $1 and is_open = true limit 1";
    Ok(tx.query_opt(sql, &params![service])?.is_some())
}

/// Keeps a plan, new or changed.
pub fn put_plan(tx: &mut Tx<'_>, plan: &Plan, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "insert into appointment_plans (id, service, place, week, exceptions, minutes, capacity, ahead_days, is_open, version, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do update set place = excluded.place, \
         week = excluded.week, exceptions = excluded.exceptions, minutes = excluded.minutes, capacity = excluded.capacity, \
         ahead_days = excluded.ahead_days, is_open = excluded.is_open, version = excluded.version, updated_at = excluded.updated_at",
        &params![
            &plan.id,
            &plan.service,
            &json(&plan.place)?,
            &plan.week,
            &plan.exceptions,
            plan.minutes,
            plan.capacity,
            plan.ahead_days,
            plan.is_open,
            plan.version,
            now.micros()
        ],
    )
    .map(|_| ())
}

/// What takes places of a plan between two moments, without this appointment.
pub fn taken_between(
    tx: &mut Tx<'_>,
    plan: &str,
    from: Moment,
    to: Moment,
    but: &str,
) -> Result<Vec<Appointment>, DbError> {
    let sql = format!(
        "{APPOINTMENT} where plan = $1 and begins_at < $3 and ends_at > $2 and state <> 'cancelled' and id <> $4 \
         order by begins_at, seat limit {DAY_LIMIT}"
    );
    tx.query(&sql, &params![plan, from.micros(), to.micros(), but])?.iter().map(read).collect()
}

/// The appointments of some plans that begin between two moments, in order, those that were given up left out.
pub fn booked_of_day(tx: &mut Tx<'_>, plans: &[String], from: Moment, to: Moment) -> Result<Vec<Appointment>, DbError> {
    let mut all = Vec::new();
    for plan in plans {
        let sql = format!(
            "{APPOINTMENT} where plan = $1 and begins_at >= $2 and begins_at < $3 and state not in ('cancelled', 'held') \
             order by begins_at, seat limit {DAY_LIMIT}"
        );
        for row in tx.query(&sql, &params![plan, from.micros(), to.micros()])? {
            all.push(read(&row)?);
        }
    }
    all.sort_by(|one, other| (one.slot, &one.plan, one.seat).cmp(&(other.slot, &other.plan, other.seat)));
    Ok(all)
}

/// Keeps a new appointment. Returns whether its place was free.
pub fn add(
    tx: &mut Tx<'_>,
    new: &Appointment,
    held_until: Option<Moment>,
    reminded_at: Option<Moment>,
    now: Moment,
) -> Result<bool, DbError> {
    let added = tx.execute(
        "insert into appointments (id, plan, service, owner, begins_at, ends_at, seat, state, held_until, made_at, reminded_at, marked_by) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '') on conflict do nothing",
        &params![
            &new.id,
            &new.plan,
            &new.service,
            &new.owner,
            new.slot.begins_at.micros(),
            new.slot.ends_at.micros(),
            new.seat,
            new.state.word(),
            held_until.map(Moment::micros),
            now.micros(),
            reminded_at.map(Moment::micros)
        ],
    )?;
    Ok(added == 1)
}

/// The appointment that an application or a draft has, which is held or booked; the last where one of before is still unmarked.
pub fn appointment_of(tx: &mut Tx<'_>, owner: &str) -> Result<Option<Appointment>, DbError> {
    let sql = format!("{APPOINTMENT} where owner = $1 and state in ('held', 'booked') order by begins_at desc limit 1");
    tx.query_opt(&sql, &params![owner])?.as_ref().map(read).transpose()
}

/// What else is kept of an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// When it was booked or held.
    pub made_at: Moment,
    /// Until when it is held for a draft.
    pub held_until: Option<Moment>,
    /// When somebody was reminded of it.
    pub reminded_at: Option<Moment>,
    /// Who marked what became of it; empty for nobody.
    pub marked_by: String,
}

/// Every appointment that an application or a draft ever had, first the earliest.
pub fn all_of(tx: &mut Tx<'_>, owner: &str) -> Result<Vec<(Appointment, Kept)>, DbError> {
    let sql = "select id, plan, service, owner, begins_at, ends_at, seat, state, made_at, held_until, reminded_at, marked_by \
               from appointments where owner = $1 order by begins_at, id";
    let line = |row: &Row| {
        let kept = Kept {
            made_at: Moment(row.get(8)?),
            held_until: row.get::<Option<i64>>(9)?.map(Moment),
            reminded_at: row.get::<Option<i64>>(10)?.map(Moment),
            marked_by: row.get(11)?,
        };
        Ok((read(row)?, kept))
    };
    tx.query(sql, &params![owner])?.iter().map(line).collect()
}

/// One appointment.
pub fn by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<Appointment>, DbError> {
    tx.query_opt(&format!("{APPOINTMENT} where id = $1"), &params![id])?.as_ref().map(read).transpose()
}

/// Marks what became of an appointment.
pub fn mark(tx: &mut Tx<'_>, id: &str, state: AppointmentState, by: &str) -> Result<(), DbError> {
    let sql = "update appointments set state = $1, marked_by = $2, held_until = null where id = $3";
    tx.execute(sql, &params![state.word(), by, id]).map(|_| ())
}

/// Gives what was held for a draft to its application.
pub fn hand_over(tx: &mut Tx<'_>, id: &str, code: &str, reminded_at: Option<Moment>) -> Result<(), DbError> {
    let sql = "update appointments set owner = $1, state = 'booked', held_until = null, reminded_at = $3 where id = $2";
    tx.execute(sql, &params![code, id, reminded_at.map(Moment::micros)]).map(|_| ())
}

/// Gives up what was held for a draft that is thrown away.
pub fn give_up_draft(tx: &mut Tx<'_>, draft: &str) -> Result<(), DbError> {
    tx.execute("delete from appointments where owner = $1", &params![draft]).map(|_| ())
}

/// Gives up what was held too long; answers for which services.
pub fn drop_held(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<String>, DbError> {
    let sql = "delete from appointments where state = 'held' and held_until < $1 returning service";
    let mut services: Vec<String> =
        tx.query(sql, &params![now.micros()])?.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    services.sort();
    services.dedup();
    Ok(services)
}

/// Takes away everything of an application that is erased.
pub fn erase(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    for table in ["appointments", "appointment_waits"] {
        tx.execute(&format!("delete from {table} where owner = $1"), &params![code])?;
    }
    Ok(())
}

/// What an application waits for.
pub fn wait_of(tx: &mut Tx<'_>, owner: &str) -> Result<Option<Wait>, DbError> {
    let sql = "select owner, plan, day, asked_at from appointment_waits where owner = $1";
    tx.query_opt(sql, &params![owner])?.as_ref().map(read_wait).transpose()
}

fn read_wait(row: &Row) -> Result<Wait, DbError> {
    Ok(Wait { owner: row.get(0)?, plan: row.get(1)?, day: row.get(2)?, asked_at: Moment(row.get(3)?) })
}

/// Puts an application on the list; one that asks for something else goes to its end.
pub fn add_wait(tx: &mut Tx<'_>, wait: &Wait, service: &str, id: &str) -> Result<(), DbError> {
    tx.execute("delete from appointment_waits where owner = $1", &params![&wait.owner])?;
    tx.execute(
        "insert into appointment_waits (owner, id, plan, service, day, asked_at) values ($1, $2, $3, $4, $5, $6)",
        &params![&wait.owner, id, &wait.plan, service, &wait.day, wait.asked_at.micros()],
    )
    .map(|_| ())
}

/// Takes an application off the list. Returns whether it stood there.
pub fn drop_wait(tx: &mut Tx<'_>, owner: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from appointment_waits where owner = $1", &params![owner])? == 1)
}

/// How many wait at a plan.
pub fn count_waits(tx: &mut Tx<'_>, plan: &str) -> Result<i64, DbError> {
    tx.query_one("select count(*) from appointment_waits where plan = $1", &params![plan])?.get(0)
}

/// Who waits at a plan, in the order in which they asked.
pub fn waits_of(tx: &mut Tx<'_>, plan: &str) -> Result<Vec<Wait>, DbError> {
    let sql = "select owner, plan, day, asked_at from appointment_waits where plan = $1 order by asked_at, id limit $2";
    tx.query(sql, &params![plan, WAITS_MOST])?.iter().map(read_wait).collect()
}

/// Services at which somebody waits.
pub fn services_waited_for(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    tx.query("select distinct service from appointment_waits order by service", &[])?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// Booked appointments that begin until then, of which nobody was reminded, at most `limit`; marks them as reminded.
pub fn to_remind(tx: &mut Tx<'_>, now: Moment, until: Moment, limit: i64) -> Result<Vec<Appointment>, DbError> {
    let sql = format!(
        "{APPOINTMENT} where state = 'booked' and reminded_at is null and begins_at > $1 and begins_at <= $2 order by begins_at, id limit $3{}",
        tx.dialect().for_update()
    );
    let found: Vec<Appointment> =
        tx.query(&sql, &params![now.micros(), until.micros(), limit])?.iter().map(read).collect::<Result<_, _>>()?;
    for one in &found {
        tx.execute("update appointments set reminded_at = $1 where id = $2", &params![now.micros(), &one.id])?;
    }
    Ok(found)
}

/// Made-up applications of a service that are open, newest first, at most `limit`.
pub fn simulated_open(tx: &mut Tx<'_>, service: &str, limit: i64) -> Result<Vec<String>, DbError> {
    let sql = "select code from applications where service = $1 and is_simulated = true and is_open = true order by filed_at desc limit $2";
    tx.query(sql, &params![service, limit])?.iter().map(|row| row.get(0)).collect()
}
