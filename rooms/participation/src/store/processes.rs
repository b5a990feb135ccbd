//! Processes.

use super::{broken, json, parsed_if_any};
use crate::model::{Process, Template};
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "code, template, definition, organisation_id, published_at, made_at, updated_at, version";
/// Processes that lists show.
const PROCESSES_LIMIT: u32 = 500;

/// Keeps a new process. Returns whether its code was free.
pub fn insert_process(tx: &mut Tx<'_>, process: &Process) -> Result<bool, DbError> {
    let sql = "insert into processes (code, template, definition, organisation_id, published_at, opens_at, closes_at, made_at, \
               updated_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
    Ok(tx.execute(
        sql,
        &params![
            &process.code,
            process.template.word(),
            &json(&process.definition)?,
            process.organisation.map(|id| id.text()).as_deref(),
            process.published_at.map(Moment::micros),
            process.opens_at().micros(),
            process.closes_at().micros(),
            process.made_at.micros(),
            process.updated_at.micros(),
            process.version
        ],
    )? == 1)
}

/// Saves a changed process, unless somebody else changed it since it was read. Returns whether it was saved.
pub fn update_process(tx: &mut Tx<'_>, process: &Process, read_version: i64) -> Result<bool, DbError> {
    let sql = "update processes set definition = $1, organisation_id = $2, published_at = $3, opens_at = $4, closes_at = $5, \
               updated_at = $6, version = $7 where code = $8 and version = $9";
    Ok(tx.execute(
        sql,
        &params![
            &json(&process.definition)?,
            process.organisation.map(|id| id.text()).as_deref(),
            process.published_at.map(Moment::micros),
            process.opens_at().micros(),
            process.closes_at().micros(),
            process.updated_at.micros(),
            process.version,
            &process.code,
            read_version
        ],
    )? == 1)
}

/// The process of this code, public or not.
pub fn process(tx: &mut Tx<'_>, code: &str) -> Result<Option<Process>, DbError> {
    let sql = format!("select {COLUMNS} from processes where code = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(process_of).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn process_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Process>, DbError> {
    let sql = format!("select {COLUMNS} from processes where code = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![code])?.as_ref().map(process_of).transpose()
}

/// The public process of this code.
pub fn published(tx: &mut Tx<'_>, code: &str) -> Result<Option<Process>, DbError> {
    Ok(process(tx, code)?.filter(|process| process.published_at.is_some()))
}

/// All processes, or the public ones, what ends last first.
pub fn processes(tx: &mut Tx<'_>, private_too: bool) -> Result<Vec<Process>, DbError> {
    let which = if private_too { "" } else { "where published_at is not null" };
    let sql = format!("select {COLUMNS} from processes {which} order by closes_at desc, code desc limit $1");
    tx.query(&sql, &params![PROCESSES_LIMIT])?.iter().map(process_of).collect()
}

/// How many proposals wait for the answer they must have, where that can hold something up now.
pub fn waiting(tx: &mut Tx<'_>, process: &Process, now: Moment) -> Result<i64, DbError> {
    if process.evaluated_before(now).is_none() {
        return Ok(0);
    }
    let sql = "select count(*) from proposals where process = $1 and state = 'open' and supports >= $2";
    tx.query_one(sql, &params![&process.code, process.definition.rules.supports_min])?.get(0)
}

fn process_of(row: &Row) -> Result<Process, DbError> {
    let template: String = row.get(1)?;
    Ok(Process {
        code: row.get(0)?,
        template: template.parse::<Template>().map_err(|()| broken("unknown template"))?,
        definition: serde_json::from_str(&row.get::<String>(2)?).map_err(broken)?,
        organisation: parsed_if_any(row, 3)?,
        published_at: row.get::<Option<i64>>(4)?.map(Moment),
        made_at: Moment(row.get(5)?),
        updated_at: Moment(row.get(6)?),
        version: row.get(7)?,
    })
}

/// The categories in which a process has proposals, drafts too.
pub fn categories_used(tx: &mut Tx<'_>, process: &str) -> Result<std::collections::BTreeSet<String>, DbError> {
    let sql = "select distinct category from proposals where process = $1 and category <> ''";
    tx.query(sql, &params![process])?.iter().map(|row| row.get(0)).collect()
}
