//! All SQL of pilots.

use super::model::{Arm, Ending, Pilot};
use crate::model::Outcome;
use civic::{LocalText, Moment};
use database::{DbError, Row, Tx, params};

const COLUMNS: &str =
    "id, service, number_a, number_b, share_percent, why, begun_at, begun_a, begun_b, ended_at, outcome";

fn read(row: &Row) -> Result<Pilot, DbError> {
    let ended_at: Option<i64> = row.get(9)?;
    let outcome: String = row.get(10)?;
    Ok(Pilot {
        id: row.get(0)?,
        service: row.get(1)?,
        number_a: row.get(2)?,
        number_b: row.get(3)?,
        share_percent: row.get(4)?,
        why: why_of(row.get(5)?),
        begun_at: Moment(row.get(6)?),
        begun_a: row.get(7)?,
        begun_b: row.get(8)?,
        ended: ended_at.map(Moment).zip(Ending::of_word(&outcome)),
    })
}

/// Why, by language; what was written before it was asked by language are words alone.
fn why_of(kept: String) -> LocalText {
    serde_json::from_str(&kept).unwrap_or_else(|_| LocalText::plain(kept))
}

/// Keeps a new pilot.
pub fn add(tx: &mut Tx<'_>, new: &Pilot, actor: &str) -> Result<(), DbError> {
    let sql = "insert into service_pilots (id, service, number_a, number_b, share_percent, why, begun_at, actor, begun_a, begun_b, ended_at, outcome) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, null, '')";
    let at = new.begun_at.micros();
    let why = crate::store::json(&new.why)?;
    let values = params![&new.id, &new.service, new.number_a, new.number_b, new.share_percent, &why, at, actor];
    tx.execute(sql, &values).map(|_| ())
}

/// The pilot of a service that goes on.
pub fn open_pilot(tx: &mut Tx<'_>, service: &str) -> Result<Option<Pilot>, DbError> {
    let sql = format!("select {COLUMNS} from service_pilots where service = $1 and ended_at is null");
    tx.query_opt(&sql, &params![service])?.as_ref().map(read).transpose()
}

/// The pilot of a service that goes on, else the last.
pub fn last(tx: &mut Tx<'_>, service: &str) -> Result<Option<Pilot>, DbError> {
    let sql =
        format!("select {COLUMNS} from service_pilots where service = $1 order by begun_at desc, id desc limit 1");
    tx.query_opt(&sql, &params![service])?.as_ref().map(read).transpose()
}

/// Every pilot of a service, oldest first.
pub fn all(tx: &mut Tx<'_>, service: &str) -> Result<Vec<Pilot>, DbError> {
    let sql = format!("select {COLUMNS} from service_pilots where service = $1 order by begun_at, id");
    tx.query(&sql, &params![service])?.iter().map(read).collect()
}

/// Counts an application that was begun.
pub fn note_begun(tx: &mut Tx<'_>, id: &str, arm: Arm) -> Result<(), DbError> {
    let sql = match arm {
        Arm::A => "update service_pilots set begun_a = begun_a + 1 where id = $1",
        Arm::B => "update service_pilots set begun_b = begun_b + 1 where id = $1",
    };
    tx.execute(sql, &params![id]).map(|_| ())
}

/// Ends a pilot.
pub fn end(tx: &mut Tx<'_>, id: &str, ending: Ending, now: Moment) -> Result<(), DbError> {
    let sql = "update service_pilots set ended_at = $1, outcome = $2 where id = $3";
    tx.execute(sql, &params![now.micros(), ending.word(), id]).map(|_| ())
}

/// What is counted of an application that was filed in a pilot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filed {
    /// Which version it was written with.
    pub arm: Arm,
    /// Minutes that writing took.
    pub minutes: i64,
    /// Whether anything was ever missing.
    pub was_incomplete: bool,
    /// What was decided at first.
    pub first: Option<Outcome>,
}

/// The applications that were filed in a pilot and not taken back.
pub fn filed(tx: &mut Tx<'_>, pilot: &Pilot) -> Result<Vec<Filed>, DbError> {
    let sql = "select minutes, was_incomplete, decided_at, first_outcome from applications where pilot = $1 and state <> 'withdrawn'";
    let mut all = Vec::new();
    for arm in [Arm::A, Arm::B] {
        tx.each(sql, &params![&pilot.mark(arm)], |row| {
            let decided: Option<i64> = row.get(2)?;
            let first = row.get::<Option<String>>(3)?.and_then(|word| Outcome::of_word(&word));
            let first = decided.and(first);
            all.push(Filed { arm, minutes: row.get(0)?, was_incomplete: row.get(1)?, first });
            Ok(())
        })?;
    }
    Ok(all)
}
