//! Other words for proposals.

use super::{broken, parsed, parsed_if_any};
use crate::model::Amendment;
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str =
    "code, proposal, base_version, title, body, why, author, author_id, author_name, at, state, state_at, answer";
/// Amendments one proposal shows.
const AMENDMENTS_SHOWN: u32 = 200;

/// Keeps a new amendment with the id of its entry.
pub fn insert_amendment(tx: &mut Tx<'_>, amendment: &Amendment, entry: &str) -> Result<(), DbError> {
    let sql = format!(
        "insert into proposal_amendments ({COLUMNS}, entry_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    tx.execute(
        &sql,
        &params![
            amendment.code.as_str(),
            &amendment.proposal,
            amendment.base_version,
            &amendment.title,
            &amendment.text,
            &amendment.why,
            &amendment.author,
            amendment.author_id.map(|id| id.text()).as_deref(),
            &amendment.author_name,
            amendment.at.micros(),
            amendment.state.word(),
            amendment.state_at.micros(),
            &amendment.answer,
            entry
        ],
    )
    .map(|_| ())
}

/// Keeps what became of it.
pub fn settle(tx: &mut Tx<'_>, amendment: &Amendment) -> Result<(), DbError> {
    let sql = "update proposal_amendments set state = $1, state_at = $2, answer = $3 where code = $4";
    tx.execute(
        sql,
        &params![amendment.state.word(), amendment.state_at.micros(), &amendment.answer, amendment.code.as_str()],
    )
    .map(|_| ())
}

/// One amendment.
pub fn amendment(tx: &mut Tx<'_>, code: &str) -> Result<Option<Amendment>, DbError> {
    let sql = format!("select {COLUMNS} from proposal_amendments where code = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(amendment_of).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn amendment_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Amendment>, DbError> {
    let sql = format!("select {COLUMNS} from proposal_amendments where code = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![code])?.as_ref().map(amendment_of).transpose()
}

/// The amendments of a proposal, newest first.
pub fn amendments_of(tx: &mut Tx<'_>, proposal: &str) -> Result<Vec<Amendment>, DbError> {
    let sql =
        format!("select {COLUMNS} from proposal_amendments where proposal = $1 order by at desc, code desc limit $2");
    tx.query(&sql, &params![proposal, AMENDMENTS_SHOWN])?.iter().map(amendment_of).collect()
}

/// Whether a drawn code is in use already.
pub fn is_amendment_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from proposal_amendments where code = $1", &params![code])?.is_some())
}

fn amendment_of(row: &Row) -> Result<Amendment, DbError> {
    Ok(Amendment {
        code: parsed(row, 0)?,
        proposal: row.get(1)?,
        base_version: row.get(2)?,
        title: row.get(3)?,
        text: row.get(4)?,
        why: row.get(5)?,
        author: row.get(6)?,
        author_id: parsed_if_any(row, 7)?,
        author_name: row.get(8)?,
        at: Moment(row.get(9)?),
        state: row.get::<String>(10)?.parse().map_err(|()| broken("unknown state"))?,
        state_at: Moment(row.get(11)?),
        answer: row.get(12)?,
    })
}
