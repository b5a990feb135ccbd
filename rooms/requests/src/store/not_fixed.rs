//! Neighbours who say that a matter is not fixed.

use crate::model::ServiceRequest;
use civic::{Moment, PersonId};
use database::{DbError, Tx, params};

/// How many said it since the matter was last closed.
pub fn not_fixed_count(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<i64, DbError> {
    let Some(ended_at) = request.state.closed_at() else { return Ok(0) };
    let sql = "select count(*) from request_not_fixed where request_id = $1 and ended_at = $2";
    tx.query_one(sql, &params![&request.id.text(), ended_at.micros()])?.get(0)
}

/// Keeps that a person said it. Returns false where they had.
pub fn say_not_fixed(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    person: PersonId,
    now: Moment,
) -> Result<bool, DbError> {
    let Some(ended_at) = request.state.closed_at() else { return Ok(false) };
    let rows = tx.execute(
        "insert into request_not_fixed (request_id, ended_at, person_id, at) values ($1, $2, $3, $4) on conflict do nothing",
        &params![&request.id.text(), ended_at.micros(), &person.text(), now.micros()],
    )?;
    Ok(rows == 1)
}

/// What a person called not fixed: code and moment, and the words while they are public.
pub fn not_fixed_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(String, Moment, String)>, DbError> {
    let sql = "select r.code, n.at, coalesce(h.body, '') from request_not_fixed n join requests r on r.id = n.request_id \
               join people p on p.id = n.person_id \
               left join request_history h on h.request_id = n.request_id and h.at = n.at and h.actor = p.handle and h.agency = '' \
               where n.person_id = $1 order by n.at, r.code";
    let rows = tx.query(sql, &params![&person.text()])?;
    rows.iter().map(|row| Ok((row.get(0)?, Moment(row.get(1)?), row.get(2)?))).collect()
}

/// Forgets what a person said.
pub fn erase_not_fixed(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute("delete from request_not_fixed where person_id = $1", &params![&person.text()]).map(|_| ())
}
