//! What was done about an application, and who looked at it.

use crate::model::{Look, Step};
use civic::{Code, Moment};
use database::{DbError, Row, Tx, params};

/// Looks that a page shows.
const LOOKS_SHOWN: i64 = 200;

/// Adds a step.
pub fn add_step(tx: &mut Tx<'_>, code: &Code, step: &Step) -> Result<(), DbError> {
    tx.execute(
        "insert into application_steps (id, code, at, what, actor, body, is_internal) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![&step.id, code.as_str(), step.at.micros(), &step.what, &step.actor, &step.body, step.is_internal],
    )
    .map(|_| ())
}

/// Whether an application has a step of this id.
pub fn has_step(tx: &mut Tx<'_>, code: &Code, id: &str) -> Result<bool, DbError> {
    let sql = "select 1 from application_steps where id = $1 and code = $2";
    Ok(tx.query_opt(sql, &params![id, code.as_str()])?.is_some())
}

/// The steps of an application, oldest first.
pub fn steps(tx: &mut Tx<'_>, code: &Code) -> Result<Vec<Step>, DbError> {
    let sql = "select id, at, what, actor, body, is_internal from application_steps where code = $1 order by at, id limit 500";
    let step = |row: &Row| {
        Ok(Step {
            id: row.get(0)?,
            at: Moment(row.get(1)?),
            what: row.get(2)?,
            actor: row.get(3)?,
            body: row.get(4)?,
            is_internal: row.get(5)?,
        })
    };
    tx.query(sql, &params![code.as_str()])?.iter().map(step).collect()
}

/// Keeps that somebody opened an application.
pub fn add_look(tx: &mut Tx<'_>, id: &str, code: &Code, look: &Look) -> Result<(), DbError> {
    tx.execute(
        "insert into application_looks (id, code, at, actor, why) values ($1, $2, $3, $4, $5)",
        &params![id, code.as_str(), look.at.micros(), &look.actor, &look.why],
    )
    .map(|_| ())
}

/// Whether somebody said since then why they open it.
pub fn has_looked(tx: &mut Tx<'_>, code: &Code, actor: &str, since: Moment) -> Result<bool, DbError> {
    // Whoever entered it for the applicant has not said yet why they open it again.
    let sql =
        "select 1 from application_looks where code = $1 and actor = $2 and at >= $3 and why <> 'entered' limit 1";
    Ok(tx.query_opt(sql, &params![code.as_str(), actor, since.micros()])?.is_some())
}

/// Who opened it, newest first: as many as a page shows.
pub fn looks(tx: &mut Tx<'_>, code: &Code) -> Result<Vec<Look>, DbError> {
    looks_up_to(tx, code, LOOKS_SHOWN)
}

/// All who opened it, newest first.
pub fn all_looks(tx: &mut Tx<'_>, code: &Code) -> Result<Vec<Look>, DbError> {
    looks_up_to(tx, code, i64::MAX)
}

fn looks_up_to(tx: &mut Tx<'_>, code: &Code, limit: i64) -> Result<Vec<Look>, DbError> {
    let sql = "select at, actor, why from application_looks where code = $1 order by at desc, id desc limit $2";
    let look = |row: &Row| Ok(Look { at: Moment(row.get(0)?), actor: row.get(1)?, why: row.get(2)? });
    tx.query(sql, &params![code.as_str(), limit])?.iter().map(look).collect()
}

/// The salt of a recorded decision, as long as it is there: only for the applicant.
pub fn salt_of(tx: &mut Tx<'_>, entry: &str) -> Result<Option<String>, DbError> {
    tx.query_opt("select salt from record_salts where entry_id = $1", &params![entry])?
        .map(|row| row.get(0))
        .transpose()
}
