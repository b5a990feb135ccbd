//! Proposals and comments taken over from elsewhere.

use super::proposals::{COLUMNS, proposal_of};
use crate::model::Proposal;
use civic::Moment;
use database::{DbError, Row, Tx, params};
use importing::Tally;

/// An import, with what became of its rows.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// What it is called, as `I-7K2M`.
    pub code: String,
    /// The process it went into.
    pub process: String,
    /// The name of the file.
    pub origin: String,
    /// When.
    pub at: Moment,
    /// When it was undone.
    pub undone_at: Option<Moment>,
    /// What became of its rows.
    pub tally: Tally,
    /// Proposals that were taken away again, and that stayed.
    pub undone: (i64, i64),
}

const IMPORT: &str = "select code, process, origin, at, undone_at, row_count, stored, already, set_aside, removed, stayed from proposal_imports";

/// Keeps an import that begins.
pub fn begin_import(tx: &mut Tx<'_>, code: &str, process: &str, origin: &str, now: Moment) -> Result<(), DbError> {
    let sql = "insert into proposal_imports (code, process, origin, at, row_count, stored, already, set_aside, removed, stayed) \
               values ($1, $2, $3, $4, 0, 0, 0, 0, 0, 0)";
    tx.execute(sql, &params![code, process, origin, now.micros()]).map(|_| ())
}

/// Keeps what became of its rows.
pub fn count_import(tx: &mut Tx<'_>, code: &str, tally: &Tally) -> Result<(), DbError> {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let sql = "update proposal_imports set row_count = $2, stored = $3, already = $4, set_aside = $5 where code = $1";
    tx.execute(
        sql,
        &params![code, whole(tally.rows), whole(tally.stored), whole(tally.already), whole(tally.set_aside)],
    )
    .map(|_| ())
}

/// Keeps that an import was undone.
pub fn end_undo(tx: &mut Tx<'_>, code: &str, removed: i64, stayed: i64, now: Moment) -> Result<(), DbError> {
    let sql = "update proposal_imports set undone_at = $2, removed = removed + $3, stayed = $4 where code = $1";
    tx.execute(sql, &params![code, now.micros(), removed, stayed]).map(|_| ())
}

/// One import.
pub fn import(tx: &mut Tx<'_>, code: &str) -> Result<Option<ImportRow>, DbError> {
    tx.query_opt(&format!("{IMPORT} where code = $1"), &params![code])?.as_ref().map(import_of).transpose()
}

/// The imports of a process, newest first.
pub fn imports_of(tx: &mut Tx<'_>, process: &str) -> Result<Vec<ImportRow>, DbError> {
    let sql = format!("{IMPORT} where process = $1 order by at desc, code desc limit 100");
    tx.query(&sql, &params![process])?.iter().map(import_of).collect()
}

/// Keeps where a proposal came from. Returns whether that was not known yet.
pub fn keep_origin(tx: &mut Tx<'_>, proposal: &Proposal, source_id: &str, import: &str) -> Result<bool, DbError> {
    let sql = "insert into proposal_origins (process, source_id, proposal, import) values ($1, $2, $3, $4) on conflict do nothing";
    Ok(tx.execute(sql, &params![&proposal.process, source_id, proposal.code.as_str(), import])? == 1)
}

/// Whether a proposal of this id came into the process before.
pub fn is_origin_known(tx: &mut Tx<'_>, process: &str, source_id: &str) -> Result<bool, DbError> {
    let sql = "select 1 from proposal_origins where process = $1 and source_id = $2";
    Ok(tx.query_opt(sql, &params![process, source_id])?.is_some())
}

/// The proposals of an import from a code on, in the order of their codes.
pub fn imported(tx: &mut Tx<'_>, import: &str, after: &str, limit: u32) -> Result<Vec<Proposal>, DbError> {
    let sql = format!(
        "select {COLUMNS} from proposals where code in (select proposal from proposal_origins where import = $1) \
         and code > $2 order by code limit $3"
    );
    tx.query(&sql, &params![import, after, limit])?.iter().map(proposal_of).collect()
}

/// Keeps how many supported it elsewhere.
pub fn keep_supports(tx: &mut Tx<'_>, proposal: &str, supports: i64) -> Result<(), DbError> {
    tx.execute("update proposals set supports_elsewhere = $1 where code = $2", &params![supports, proposal]).map(|_| ())
}

/// Whether anybody here has done something with it.
pub fn is_touched(tx: &mut Tx<'_>, proposal: &str) -> Result<bool, DbError> {
    let sql = "select 1 where exists (select 1 from proposal_supports where proposal = $1) \
               or exists (select 1 from proposal_arguments where proposal = $1) \
               or exists (select 1 from proposal_amendments where proposal = $1) \
               or exists (select 1 from proposal_endorsements where proposal = $1) \
               or exists (select 1 from proposals where merged_into = $1)";
    Ok(tx.query_opt(sql, &params![proposal])?.is_some())
}

/// Takes a proposal away with all that hangs on it.
pub fn remove_imported(tx: &mut Tx<'_>, proposal: &str) -> Result<(), DbError> {
    for table in [
        "proposal_comment_origins",
        "proposal_origins",
        "proposal_evaluations",
        "proposal_authors",
        "proposal_versions",
    ] {
        tx.execute(&format!("delete from {table} where proposal = $1"), &params![proposal])?;
    }
    tx.execute("delete from proposals where code = $1", &params![proposal]).map(|_| ())
}

/// Where a comment was taken over to.
#[derive(Debug, Clone)]
pub struct CommentOrigin {
    /// The process.
    pub process: String,
    /// The proposal it hangs on.
    pub proposal: String,
    /// The import.
    pub import: String,
    /// Its place among the rows of the import.
    pub place: i64,
}

/// The proposal that has this id elsewhere.
pub fn proposal_of_origin(tx: &mut Tx<'_>, process: &str, source_id: &str) -> Result<Option<String>, DbError> {
    let sql = "select proposal from proposal_origins where process = $1 and source_id = $2";
    tx.query_opt(sql, &params![process, source_id])?.map(|row| row.get(0)).transpose()
}

/// The comment that has this id elsewhere: its proposal, and its id here.
pub fn comment_origin(tx: &mut Tx<'_>, process: &str, source_id: &str) -> Result<Option<(String, String)>, DbError> {
    let sql = "select proposal, comment from proposal_comment_origins where process = $1 and source_id = $2";
    tx.query_opt(sql, &params![process, source_id])?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Keeps where a comment came from.
pub fn keep_comment_origin(
    tx: &mut Tx<'_>,
    origin: &CommentOrigin,
    source_id: &str,
    comment: &str,
) -> Result<(), DbError> {
    let sql = "insert into proposal_comment_origins (process, source_id, proposal, comment, import, place) \
               values ($1, $2, $3, $4, $5, $6)";
    let CommentOrigin { process, proposal, import, place } = origin;
    tx.execute(sql, &params![process, source_id, proposal, comment, import, *place]).map(|_| ())
}

/// Comments of an import before a place, the last first: place, proposal and id.
pub fn imported_comments(
    tx: &mut Tx<'_>,
    import: &str,
    before: i64,
    limit: u32,
) -> Result<Vec<(i64, String, String)>, DbError> {
    let sql = "select place, proposal, comment from proposal_comment_origins where import = $1 and place < $2 \
               order by place desc limit $3";
    let rows = tx.query(sql, &params![import, before, limit])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// Forgets where a comment came from that is gone.
pub fn forget_comment_origin(tx: &mut Tx<'_>, comment: &str) -> Result<(), DbError> {
    tx.execute("delete from proposal_comment_origins where comment = $1", &params![comment]).map(|_| ())
}

fn import_of(row: &Row) -> Result<ImportRow, DbError> {
    let count = |index| Ok::<_, DbError>(u64::try_from(row.get::<i64>(index)?).unwrap_or(0));
    let tally = Tally { rows: count(5)?, stored: count(6)?, already: count(7)?, set_aside: count(8)? };
    Ok(ImportRow {
        code: row.get(0)?,
        process: row.get(1)?,
        origin: row.get(2)?,
        at: Moment(row.get(3)?),
        undone_at: row.get::<Option<i64>>(4)?.map(Moment),
        tally,
        undone: (row.get(9)?, row.get(10)?),
    })
}
