//! Who comes to a meeting.

use super::broken;
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};
use serde_json::{Value, json};

/// People that a list of who comes shows, and that one reminder reaches.
const PEOPLE_LIMIT: u32 = 100_000;

/// Somebody who comes, or waits for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The account.
    pub person: PersonId,
    /// Whether they wait.
    pub waits: bool,
    /// When they registered.
    pub at: Moment,
}

/// How many have a place, and how many wait.
pub fn counts(tx: &mut Tx<'_>, meeting: &str) -> Result<(i64, i64), DbError> {
    let sql = "select coalesce(sum(case when waits then 0 else 1 end), 0), coalesce(sum(case when waits then 1 else 0 end), 0) \
               from meeting_registrations where meeting = $1";
    let row = tx.query_one(sql, &params![meeting])?;
    Ok((row.get(0)?, row.get(1)?))
}

/// Keeps a registration, behind all others. Returns whether it is new.
pub fn put(tx: &mut Tx<'_>, meeting: &str, person: PersonId, waits: bool, now: Moment) -> Result<bool, DbError> {
    let next = "select coalesce(max(number), 0) + 1 from meeting_registrations where meeting = $1";
    let number: i64 = tx.query_one(next, &params![meeting])?.get(0)?;
    let sql = "insert into meeting_registrations (meeting, person_id, number, waits, at) values ($1, $2, $3, $4, $5) \
               on conflict do nothing";
    Ok(tx.execute(sql, &params![meeting, &person.text(), number, waits, now.micros()])? == 1)
}

/// Takes a registration away. Returns whether there was one.
pub fn remove(tx: &mut Tx<'_>, meeting: &str, person: PersonId) -> Result<bool, DbError> {
    let sql = "delete from meeting_registrations where meeting = $1 and person_id = $2";
    Ok(tx.execute(sql, &params![meeting, &person.text()])? == 1)
}

/// Who waits longest, at most `limit`.
pub fn first_waiting(tx: &mut Tx<'_>, meeting: &str, limit: i64) -> Result<Vec<PersonId>, DbError> {
    let sql = "select person_id from meeting_registrations where meeting = $1 and waits order by number limit $2";
    let person = |row: &Row| row.get::<String>(0)?.parse().map_err(broken);
    tx.query(sql, &params![meeting, limit])?.iter().map(person).collect()
}

/// Gives somebody who waited a place.
pub fn give_place(tx: &mut Tx<'_>, meeting: &str, person: PersonId) -> Result<(), DbError> {
    let sql = "update meeting_registrations set waits = false where meeting = $1 and person_id = $2";
    tx.execute(sql, &params![meeting, &person.text()]).map(|_| ())
}

/// Whether somebody is registered: `None` for not, else how many stand before them in the queue, 0 for who has a place.
pub fn of_person(tx: &mut Tx<'_>, meeting: &str, person: PersonId) -> Result<Option<i64>, DbError> {
    let sql = "select waits, number from meeting_registrations where meeting = $1 and person_id = $2";
    let Some(row) = tx.query_opt(sql, &params![meeting, &person.text()])? else { return Ok(None) };
    let (waits, number): (bool, i64) = (row.get(0)?, row.get(1)?);
    if !waits {
        return Ok(Some(0));
    }
    let before = "select count(*) from meeting_registrations where meeting = $1 and waits and number <= $2";
    Ok(Some(tx.query_one(before, &params![meeting, number])?.get(0)?))
}

/// Everybody who comes, then everybody who waits, each in their order.
pub fn of_meeting(tx: &mut Tx<'_>, meeting: &str) -> Result<Vec<Registration>, DbError> {
    let sql =
        "select person_id, waits, at from meeting_registrations where meeting = $1 order by waits, number limit $2";
    let read = |row: &Row| {
        let person = row.get::<String>(0)?.parse().map_err(broken)?;
        Ok(Registration { person, waits: row.get(1)?, at: Moment(row.get(2)?) })
    };
    tx.query(sql, &params![meeting, PEOPLE_LIMIT])?.iter().map(read).collect()
}

/// Who has a place and was not reminded yet, at most `limit`.
pub fn to_remind(tx: &mut Tx<'_>, meeting: &str, limit: i64) -> Result<Vec<PersonId>, DbError> {
    let sql = "select person_id from meeting_registrations where meeting = $1 and not waits and reminded_at is null \
               order by number limit $2";
    let person = |row: &Row| row.get::<String>(0)?.parse().map_err(broken);
    tx.query(sql, &params![meeting, limit])?.iter().map(person).collect()
}

/// Notes that somebody was reminded.
pub fn reminded(tx: &mut Tx<'_>, meeting: &str, person: PersonId, now: Moment) -> Result<(), DbError> {
    let sql = "update meeting_registrations set reminded_at = $1 where meeting = $2 and person_id = $3";
    tx.execute(sql, &params![now.micros(), meeting, &person.text()]).map(|_| ())
}

/// The meetings a person registered for.
pub fn export_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let sql = "select meeting, waits, at from meeting_registrations where person_id = $1 order by at, meeting";
    let mut all = Vec::new();
    for row in tx.query(sql, &params![&person.text()])? {
        let (meeting, waits, at): (String, bool, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        all.push(json!({"meeting": meeting, "waits": waits, "at": Moment(at).rfc3339()}));
    }
    Ok(json!({"meetings": all}))
}

/// Takes a person's registrations away. Who waits moves up with the next registration or reminder.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute("delete from meeting_registrations where person_id = $1", &params![&person.text()]).map(|_| ())
}

/// Forgets who came to meetings that ended before this moment.
pub fn forget_old(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select r.meeting, r.person_id from meeting_registrations r join meetings m on m.code = r.meeting \
               where m.ends_at < $1 order by r.meeting, r.person_id limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let (meeting, person): (String, String) = (row.get(0)?, row.get(1)?);
        let delete = "delete from meeting_registrations where meeting = $1 and person_id = $2";
        tx.execute(delete, &params![&meeting, &person])?;
    }
    Ok(rows.len() as u64)
}
