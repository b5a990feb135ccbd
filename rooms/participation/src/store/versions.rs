//! Words that were replaced.

use crate::model::{Proposal, Version};
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "number, title, body, until, by_handle, amendment";

/// Keeps the present words of a proposal as an earlier version, before others take their place: who puts them there, and the
/// amendment they come from.
pub fn keep_version(
    tx: &mut Tx<'_>,
    proposal: &Proposal,
    by: &str,
    amendment: Option<&str>,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "insert into proposal_versions (proposal, number, title, body, until, by_handle, amendment) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    tx.execute(
        sql,
        &params![
            proposal.code.as_str(),
            proposal.version,
            &proposal.title,
            &proposal.text,
            now.micros(),
            by,
            amendment
        ],
    )
    .map(|_| ())
}

/// The earlier versions, oldest first.
pub fn versions_of(tx: &mut Tx<'_>, proposal: &str) -> Result<Vec<Version>, DbError> {
    let sql = format!("select {COLUMNS} from proposal_versions where proposal = $1 order by number");
    tx.query(&sql, &params![proposal])?.iter().map(version_of).collect()
}

/// One earlier version.
pub fn version(tx: &mut Tx<'_>, proposal: &str, number: i64) -> Result<Option<Version>, DbError> {
    let sql = format!("select {COLUMNS} from proposal_versions where proposal = $1 and number = $2");
    tx.query_opt(&sql, &params![proposal, number])?.as_ref().map(version_of).transpose()
}

fn version_of(row: &Row) -> Result<Version, DbError> {
    Ok(Version {
        number: row.get(0)?,
        title: row.get(1)?,
        text: row.get(2)?,
        until: Moment(row.get(3)?),
        by: row.get(4)?,
        amendment: row.get(5)?,
    })
}
