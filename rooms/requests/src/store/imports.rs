//! Imports, where each request came from, and what was set aside.

use super::rows::{do_in_parts, in_parts};
use crate::model::REQUEST;
use civic::{Code, Moment, RequestId};
use database::{DbError, Param, Row, Tx, params};
use importing::{Aside, Tally};
use std::collections::BTreeSet;

/// An import that begins.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// What it is called.
    pub code: Code,
    /// The name of the other system.
    pub source: String,
    /// The name of the file, or the address.
    pub origin: String,
    /// Its mapping, as TOML.
    pub mapping: String,
}

/// An import.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// What it is called, as `I-7K2M4P`.
    pub code: String,
    /// The name of the other system.
    pub source: String,
    /// The name of the file, or the address.
    pub origin: String,
    /// Its mapping, as TOML.
    pub mapping: String,
    /// When it began.
    pub begun_at: Moment,
    /// When it ended; `None` while it runs, and for one that broke off.
    pub ended_at: Option<Moment>,
    /// When it was undone.
    pub undone_at: Option<Moment>,
    /// What became of its rows.
    pub tally: Tally,
    /// Requests that were taken away again.
    pub removed: i64,
    /// Requests that stayed when it was undone.
    pub stayed: i64,
}

const COLUMNS: &str = "id, source, origin, mapping, begun_at, ended_at, undone_at, row_count, stored, already, set_aside, removed, stayed";

/// Where a request came from.
pub struct Origin<'o> {
    /// The name of the other system.
    pub source: &'o str,
    /// Its id there.
    pub source_id: &'o str,
    /// The request.
    pub request: RequestId,
    /// The import that stored it.
    pub import: &'o str,
    /// How many steps it had then.
    pub steps: i64,
}

/// A request that an import stored.
pub struct ImportedRow {
    /// Its id.
    pub request: String,
    /// Its code.
    pub code: String,
    /// Its category.
    pub category: String,
    /// Its district.
    pub district: Option<String>,
    /// The word of its state.
    pub state: String,
    /// How often it was changed, and one.
    pub version: i64,
}

/// Keeps an import that begins.
pub fn begin_import(tx: &mut Tx<'_>, new: &NewImport, by: &str, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "insert into request_imports (id, source, origin, mapping, begun_by, begun_at, row_count, stored, already, set_aside, removed, stayed) \
         values ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, 0)",
        &params![new.code.as_str(), &new.source, &new.origin, &new.mapping, by, now.micros()],
    )
    .map(|_| ())
}

/// Adds to the counts of an import.
pub fn count_import(tx: &mut Tx<'_>, import: &str, tally: &Tally) -> Result<(), DbError> {
    tx.execute(
        "update request_imports set row_count = row_count + $2, stored = stored + $3, already = already + $4, set_aside = set_aside + $5 \
         where id = $1",
        &params![import, whole(tally.rows), whole(tally.stored), whole(tally.already), whole(tally.set_aside)],
    )
    .map(|_| ())
}

/// Marks an import as ended.
pub fn end_import(tx: &mut Tx<'_>, import: &str, now: Moment) -> Result<(), DbError> {
    tx.execute("update request_imports set ended_at = $2 where id = $1", &params![import, now.micros()]).map(|_| ())
}

/// Marks an import as undone.
pub fn undo_import(tx: &mut Tx<'_>, import: &str, removed: u64, stayed: u64, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "update request_imports set undone_at = $2, removed = removed + $3, stayed = $4 where id = $1",
        &params![import, now.micros(), whole(removed), whole(stayed)],
    )
    .map(|_| ())
}

/// Keeps what was set aside, after what was before.
pub fn keep_asides(tx: &mut Tx<'_>, import: &str, asides: &[Aside]) -> Result<(), DbError> {
    if asides.is_empty() {
        return Ok(());
    }
    let sql = "select coalesce(max(number), 0) from request_import_asides where import_id = $1";
    let before: i64 = tx.query_one(sql, &params![import])?.get(0)?;
    let mut values: Vec<Param<'_>> = Vec::with_capacity(asides.len() * 6);
    for (number, Aside { line, column, value, reason }) in (before + 1..).zip(asides) {
        values.extend(params![import, number, whole(*line), column, value, reason]);
    }
    let into = "insert into request_import_asides (import_id, number, line, column_name, value, reason)";
    tx.insert_rows(into, 6, &values).map(|_| ())
}

/// What an import set aside, in the order of its rows.
pub fn asides(tx: &mut Tx<'_>, import: &str) -> Result<Vec<Aside>, DbError> {
    let sql =
        "select line, column_name, value, reason from request_import_asides where import_id = $1 order by line, number";
    let rows = tx.query(sql, &params![import])?;
    let aside = |row: &Row| {
        let line = u64::try_from(row.get::<i64>(0)?).unwrap_or_default();
        Ok(Aside { line, column: row.get(1)?, value: row.get(2)?, reason: row.get(3)? })
    };
    rows.iter().map(aside).collect()
}

/// Which of these an import stored before.
pub fn origins_known(tx: &mut Tx<'_>, source: &str, source_ids: &[&str]) -> Result<BTreeSet<String>, DbError> {
    let sql = "select source_id from request_origins where source = $1 and source_id in";
    in_parts(tx, sql, &params![source], source_ids)
}

/// Keeps where requests came from.
pub fn keep_origins(tx: &mut Tx<'_>, origins: &[Origin<'_>]) -> Result<(), DbError> {
    let ids: Vec<String> = origins.iter().map(|origin| origin.request.text()).collect();
    let mut values = Vec::with_capacity(origins.len() * 5);
    for (origin, id) in origins.iter().zip(&ids) {
        values.extend(params![origin.source, origin.source_id, id, origin.import, origin.steps]);
    }
    let into = "insert into request_origins (source, source_id, request_id, import_id, steps)";
    tx.insert_rows(into, 5, &values).map(|_| ())
}

/// The other system a request came from, and its id there.
pub fn origin_of(tx: &mut Tx<'_>, request: RequestId) -> Result<Option<(String, String)>, DbError> {
    let sql = "select source, source_id from request_origins where request_id = $1";
    tx.query_opt(sql, &params![&request.text()])?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Requests that an import stored, from after the one of this id, held against change by others.
pub fn imported(tx: &mut Tx<'_>, import: &str, after: &str, limit: u32) -> Result<Vec<ImportedRow>, DbError> {
    let lock = tx.dialect().for_update();
    let sql = format!(
        "select o.request_id, r.code, r.category, r.district, r.state, r.version from request_origins o \
         join requests r on r.id = o.request_id where o.import_id = $1 and o.request_id > $2 order by o.request_id limit $3{lock}"
    );
    let read = |row: &Row| {
        Ok(ImportedRow {
            request: row.get(0)?,
            code: row.get(1)?,
            category: row.get(2)?,
            district: row.get(3)?,
            state: row.get(4)?,
            version: row.get(5)?,
        })
    };
    tx.query(&sql, &params![import, after, i64::from(limit)])?.iter().map(read).collect()
}

/// Tables in which somebody acts on a request, and what says so; each ends where the list of ids begins.
const ACTED_BY_ID: [&str; 6] = [
    "select request_id from request_supporters where request_id in",
    "select request_id from request_not_fixed where request_id in",
    "select request_id from request_suggestions_rejected where request_id in",
    "select request_id from request_forwards where request_id in",
    "select request_id from request_forward_words where request_id in",
    "select o.request_id from request_origins o where o.steps <> \
     (select count(*) from request_history h where h.request_id = o.request_id) and o.request_id in",
];
/// The same by codes.
const ACTED_BY_CODE: [&str; 3] = [
    "select duplicate_of from requests where duplicate_of in",
    "select one from request_set_aside where one in",
    "select other from request_set_aside where other in",
];

/// Which of these somebody acted on, or said something about, since they were stored; by id.
pub fn acted_on(tx: &mut Tx<'_>, rows: &[ImportedRow]) -> Result<BTreeSet<String>, DbError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.request.as_str()).collect();
    let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let mut acted: BTreeSet<String> =
        rows.iter().filter(|row| row.version != 1).map(|row| row.request.clone()).collect();
    for sql in ACTED_BY_ID {
        acted.extend(in_parts(tx, sql, &[], &ids)?);
    }
    let mut named = commons::traces::about_each(tx, REQUEST.0, &codes)?;
    for sql in ACTED_BY_CODE {
        named.extend(in_parts(tx, sql, &[], &codes)?);
    }
    acted.extend(rows.iter().filter(|row| named.contains(&row.code)).map(|row| row.request.clone()));
    Ok(acted)
}

/// The codes of those of these requests of which something waits for the desk.
pub fn unpublished_of(tx: &mut Tx<'_>, ids: &[&str]) -> Result<BTreeSet<String>, DbError> {
    in_parts(tx, "select code from requests where unpublished_at is not null and id in", &[], ids)
}

/// Takes away requests that nobody has acted on.
pub fn remove_imported(tx: &mut Tx<'_>, ids: &[&str]) -> Result<(), DbError> {
    for sql in [
        "delete from request_reporters where request_id in",
        "delete from request_history where request_id in",
        "delete from request_origins where request_id in",
        "delete from request_waits_of_old where request_id in",
        "delete from requests where id in",
    ] {
        do_in_parts(tx, sql, ids)?;
    }
    Ok(())
}

/// Imports, the newest first.
pub fn imports(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ImportRow>, DbError> {
    let sql = format!("select {COLUMNS} from request_imports order by begun_at desc, id limit $1");
    tx.query(&sql, &params![i64::from(limit)])?.iter().map(import_of).collect()
}

/// One import.
pub fn import(tx: &mut Tx<'_>, code: &str) -> Result<Option<ImportRow>, DbError> {
    let sql = format!("select {COLUMNS} from request_imports where id = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(import_of).transpose()
}

fn import_of(row: &Row) -> Result<ImportRow, DbError> {
    let count = |index| Ok::<_, DbError>(u64::try_from(row.get::<i64>(index)?).unwrap_or_default());
    Ok(ImportRow {
        code: row.get(0)?,
        source: row.get(1)?,
        origin: row.get(2)?,
        mapping: row.get(3)?,
        begun_at: Moment(row.get(4)?),
        ended_at: row.get::<Option<i64>>(5)?.map(Moment),
        undone_at: row.get::<Option<i64>>(6)?.map(Moment),
        tally: Tally { rows: count(7)?, stored: count(8)?, already: count(9)?, set_aside: count(10)? },
        removed: row.get(11)?,
        stayed: row.get(12)?,
    })
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
