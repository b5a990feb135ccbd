//! Who can be drawn. Private.

use super::{broken, json};
use crate::model::{Entered, Entrant};
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};
use std::collections::BTreeSet;

const COLUMNS: &str = "ticket, person_id, entered, own_id, name, email, answers, at";

/// Keeps somebody in the pool, in the place of what they said before.
pub fn put_entrant(tx: &mut Tx<'_>, assembly: &str, one: &Entrant) -> Result<(), DbError> {
    let sql = format!(
        "insert into assembly_pool (assembly, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         on conflict (assembly, ticket) do update set answers = excluded.answers, at = excluded.at"
    );
    let (person, answers) = (one.person.map(|id| id.text()), json(&one.answers)?);
    let values = params![
        assembly,
        &one.ticket,
        person.as_deref(),
        one.entered,
        &one.own_id,
        &one.name,
        &one.email,
        &answers,
        one.at.micros()
    ];
    tx.execute(&sql, &values).map(|_| ())
}

/// Takes somebody who registered out. Returns whether they were in.
pub fn remove_entrant(tx: &mut Tx<'_>, assembly: &str, person: PersonId) -> Result<bool, DbError> {
    let sql = "delete from assembly_pool where assembly = $1 and person_id = $2";
    Ok(tx.execute(sql, &params![assembly, &person.text()])? == 1)
}

/// Whether a ticket is given out already.
pub fn is_ticket_taken(tx: &mut Tx<'_>, assembly: &str, ticket: &str) -> Result<bool, DbError> {
    let sql = "select 1 from assembly_pool where assembly = $1 and ticket = $2";
    Ok(tx.query_opt(sql, &params![assembly, ticket])?.is_some())
}

/// What a person said of themselves.
pub fn of_person(tx: &mut Tx<'_>, assembly: &str, person: PersonId) -> Result<Option<Entrant>, DbError> {
    let sql = format!("select {COLUMNS} from assembly_pool where assembly = $1 and person_id = $2");
    tx.query_opt(&sql, &params![assembly, &person.text()])?.as_ref().map(read).transpose()
}

/// Somebody by their ticket.
pub fn entrant_of_ticket(tx: &mut Tx<'_>, assembly: &str, ticket: &str) -> Result<Option<Entrant>, DbError> {
    let sql = format!("select {COLUMNS} from assembly_pool where assembly = $1 and ticket = $2");
    tx.query_opt(&sql, &params![assembly, ticket])?.as_ref().map(read).transpose()
}

/// How many are in the pool.
pub fn count_pool(tx: &mut Tx<'_>, assembly: &str) -> Result<i64, DbError> {
    tx.query_one("select count(*) from assembly_pool where assembly = $1", &params![assembly])?.get(0)
}

/// Tickets and what they answered, in the order of the tickets, which says nothing of who came when.
pub fn pool(tx: &mut Tx<'_>, assembly: &str) -> Result<Vec<(String, Vec<String>)>, DbError> {
    let sql = "select ticket, answers from assembly_pool where assembly = $1 order by ticket";
    let read = |row: &Row| Ok((row.get(0)?, serde_json::from_str(&row.get::<String>(1)?).map_err(broken)?));
    tx.query(sql, &params![assembly])?.iter().map(read).collect()
}

/// The ids of rows that were entered from tables.
pub fn known_ids(tx: &mut Tx<'_>, assembly: &str) -> Result<BTreeSet<String>, DbError> {
    let sql = "select own_id from assembly_pool where assembly = $1 and entered is not null";
    tx.query(sql, &params![assembly])?.iter().map(|row| row.get(0)).collect()
}

/// Notes a table that was entered.
pub fn add_entered(tx: &mut Tx<'_>, assembly: &str, one: &Entered) -> Result<(), DbError> {
    tx.execute(
        "insert into assembly_entered (assembly, number, rows_kept, sha256, at) values ($1, $2, $3, $4, $5)",
        &params![assembly, one.number, one.rows, &one.sha256, one.at.micros()],
    )
    .map(|_| ())
}

/// The tables that were entered, in their order.
pub fn entered(tx: &mut Tx<'_>, assembly: &str) -> Result<Vec<Entered>, DbError> {
    let sql =
        "select number, rows_kept, sha256, at, undone_at from assembly_entered where assembly = $1 order by number";
    let read = |row: &Row| {
        Ok(Entered {
            number: row.get(0)?,
            rows: row.get(1)?,
            sha256: row.get(2)?,
            at: Moment(row.get(3)?),
            undone_at: row.get::<Option<i64>>(4)?.map(Moment),
        })
    };
    tx.query(sql, &params![assembly])?.iter().map(read).collect()
}

/// Takes out what was entered with a table. Returns how many.
pub fn remove_entered(tx: &mut Tx<'_>, assembly: &str, number: i64) -> Result<u64, DbError> {
    tx.execute("delete from assembly_pool where assembly = $1 and entered = $2", &params![assembly, number])
}

/// Notes that a table was undone.
pub fn mark_undone(tx: &mut Tx<'_>, assembly: &str, number: i64, now: Moment) -> Result<(), DbError> {
    let sql = "update assembly_entered set undone_at = $1 where assembly = $2 and number = $3";
    tx.execute(sql, &params![now.micros(), assembly, number]).map(|_| ())
}

fn read(row: &Row) -> Result<Entrant, DbError> {
    Ok(Entrant {
        ticket: row.get(0)?,
        person: row.get::<Option<String>>(1)?.map(|id| id.parse().map_err(broken)).transpose()?,
        entered: row.get(2)?,
        own_id: row.get(3)?,
        name: row.get(4)?,
        email: row.get(5)?,
        answers: serde_json::from_str(&row.get::<String>(6)?).map_err(broken)?,
        at: Moment(row.get(7)?),
    })
}
