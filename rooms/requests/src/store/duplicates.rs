//! Which requests say the same, and which pairs were said not to.

use super::rows::{COLUMNS, by_code, request_of};
use crate::model::ServiceRequest;
use civic::{Code, Moment};
use database::{DbError, Tx, params};
use std::collections::BTreeMap;

/// Merges one request may hang behind another; a merge into a duplicate goes to its root, so few ever do.
const DEPTH_LIMIT: usize = 50;
/// Pairs set aside that one request shows.
const SET_ASIDE_SHOWN: i64 = 200;

/// The request that goes on: this one, or the earlier one it was merged into, however far.
///
/// # Errors
/// Those of the database; one that says so when merges go in a circle, which no act can bring about.
pub fn root_of(tx: &mut Tx<'_>, request: ServiceRequest) -> Result<ServiceRequest, DbError> {
    let mut root = request;
    for _ in 0..DEPTH_LIMIT {
        let Some(of) = root.state.duplicate_of() else { return Ok(root) };
        root = by_code(tx, of.as_str())?.ok_or(DbError::NotFound)?;
    }
    Err(DbError::Other(format!("the duplicates behind {} have no end", root.code)))
}

/// What was merged into these requests, the first reported first.
pub fn merged_into(tx: &mut Tx<'_>, code: &str) -> Result<Vec<ServiceRequest>, DbError> {
    let sql = format!("select {COLUMNS} from requests where duplicate_of = $1 order by opened_at, id limit $2");
    tx.query(&sql, &params![code, commons::links::DUPLICATES_LIMIT as i64])?.iter().map(request_of).collect()
}

/// All that was merged into this one, directly or through others.
pub fn all_merged_into(tx: &mut Tx<'_>, code: &str) -> Result<Vec<ServiceRequest>, DbError> {
    let mut found = merged_into(tx, code)?;
    let mut looked = 0;
    while looked < found.len() && found.len() < commons::links::DUPLICATES_LIMIT {
        let more = merged_into(tx, found[looked].code.as_str())?;
        found.extend(more);
        looked += 1;
    }
    Ok(found)
}

/// Remembers that two requests are not the same; an officer's word stands over a reporter's.
pub fn set_aside(tx: &mut Tx<'_>, one: &str, other: &str, by_reporter: bool, now: Moment) -> Result<(), DbError> {
    let (one, other) = if one < other { (one, other) } else { (other, one) };
    tx.execute(
        "insert into request_set_aside (one, other, by_reporter, at) values ($1, $2, $3, $4) \
         on conflict (one, other) do update set by_reporter = excluded.by_reporter, at = excluded.at \
         where request_set_aside.by_reporter = true and excluded.by_reporter = false",
        &params![one, other, by_reporter, now.micros()],
    )
    .map(|_| ())
}

/// Remembers, with a new request, what its reporter said it is not; see the draft's field `not-alike`.
pub fn keep_set_aside(tx: &mut Tx<'_>, request: &ServiceRequest, draft: &str, now: Moment) -> Result<(), DbError> {
    let draft = super::draft(tx, draft)?.unwrap_or_default();
    let others = draft.fields.get("not-alike").map(String::as_str).unwrap_or_default();
    for other in others.split_whitespace().filter_map(|code| code.parse::<Code>().ok()) {
        set_aside(tx, request.code.as_str(), other.as_str(), true, now)?;
    }
    Ok(())
}

/// Forgets that two requests are not the same.
pub fn suggest_again(tx: &mut Tx<'_>, one: &str, other: &str) -> Result<(), DbError> {
    let (one, other) = if one < other { (one, other) } else { (other, one) };
    tx.execute("delete from request_set_aside where one = $1 and other = $2", &params![one, other]).map(|_| ())
}

/// What was said not to be the same as this request, with whether only its reporter said so.
pub fn set_aside_of(tx: &mut Tx<'_>, code: &str) -> Result<BTreeMap<String, bool>, DbError> {
    let sql =
        "select one, other, by_reporter from request_set_aside where one = $1 or other = $1 order by at desc limit $2";
    let rows = tx.query(sql, &params![code, SET_ASIDE_SHOWN])?;
    let other = |one: String, other: String| if one == code { other } else { one };
    rows.iter().map(|row| Ok((other(row.get(0)?, row.get(1)?), row.get(2)?))).collect()
}
