//! The steps of a request's life.

use super::rows::{broken, json};
use crate::model::HistoryStep;
use civic::{Moment, RequestId};
use database::{DbError, Row, Tx, params};

pub(super) const COLUMNS: &str = "h.id, h.at, h.saying, h.actor, h.agency, h.body, h.detail, h.state, h.internal";

/// Adds a step.
pub fn add_step(tx: &mut Tx<'_>, request: RequestId, step: &HistoryStep) -> Result<(), DbError> {
    add_steps(tx, &[(request, step)])
}

/// Adds steps of many requests.
pub fn add_steps(tx: &mut Tx<'_>, steps: &[(RequestId, &HistoryStep)]) -> Result<(), DbError> {
    let texts: Vec<(String, String)> = steps
        .iter()
        .map(|(request, step)| Ok((request.text(), json(&step.detail)?)))
        .collect::<Result<_, DbError>>()?;
    let mut values = Vec::with_capacity(steps.len() * 10);
    for ((_, step), (request, detail)) in steps.iter().zip(&texts) {
        values.extend(params![
            &step.id,
            request,
            step.at.micros(),
            &step.saying,
            &step.actor,
            &step.agency,
            &step.body,
            detail,
            step.state.as_str(),
            step.internal
        ]);
    }
    let into = "insert into request_history (id, request_id, at, saying, actor, agency, body, detail, state, internal)";
    tx.insert_rows(into, 10, &values).map(|_| ())
}

/// The steps of one request, oldest first; internal ones only for the desk.
pub fn steps(tx: &mut Tx<'_>, request: RequestId, with_internal: bool) -> Result<Vec<HistoryStep>, DbError> {
    let sql = format!("select {COLUMNS} from request_history h where h.request_id = $1 order by h.at, h.id");
    let rows = tx.query(&sql, &params![&request.text()])?;
    let steps: Vec<HistoryStep> = rows.iter().map(step_of).collect::<Result<_, _>>()?;
    Ok(steps.into_iter().filter(|step| with_internal || !step.internal).collect())
}

/// One step.
pub fn step(tx: &mut Tx<'_>, id: &str) -> Result<Option<HistoryStep>, DbError> {
    let sql = format!("select {COLUMNS} from request_history h where h.id = $1");
    tx.query_opt(&sql, &params![id])?.as_ref().map(step_of).transpose()
}

/// Whether the reporter or neighbours opened it again before.
pub fn was_reopened_from_outside(tx: &mut Tx<'_>, request: RequestId) -> Result<bool, DbError> {
    let sql =
        "select 1 from request_history where request_id = $1 and saying = 'request.reopened' and agency = '' limit 1";
    Ok(tx.query_opt(sql, &params![&request.text()])?.is_some())
}

/// Whether the desk covered something in the words of its reporter, or published them in others.
pub fn was_redacted(tx: &mut Tx<'_>, request: RequestId) -> Result<bool, DbError> {
    let sql = "select 1 from request_history where request_id = $1 and (saying = 'request.redacted' \
               or saying = 'request.published' and detail like '%\"words\":\"desk\"%' and detail like '%\"description\"%') limit 1";
    Ok(tx.query_opt(sql, &params![&request.text()])?.is_some())
}

/// What the agency last asked the reporter, as long as neither answered nor went on, and nobody ended the matter or opened it again since; empty for
/// nothing.
pub fn open_question(tx: &mut Tx<'_>, request: RequestId) -> Result<String, DbError> {
    let sql = "select saying, body from request_history where request_id = $1 \
               and saying in ('request.asked', 'request.replied', 'request.continued', 'request.resolved', 'request.declined', \
               'request.withdrawn', 'request.merged', 'request.reopened') order by at desc, id desc limit 1";
    let Some(row) = tx.query_opt(sql, &params![&request.text()])? else { return Ok(String::new()) };
    if row.get::<String>(0)? == "request.asked" { row.get(1) } else { Ok(String::new()) }
}

/// Takes the words of a pseudonym out of all steps, with the salts of their seals; hidden ones first.
pub fn erase_words_of(tx: &mut Tx<'_>, handle: &str) -> Result<(), DbError> {
    super::erase_moderated_words_of(tx, handle)?;
    let rows =
        tx.query("select id from request_history where actor = $1 and agency = '' and body <> ''", &params![handle])?;
    for row in &rows {
        let id: String = row.get(0)?;
        record::forget_salt(tx, &id)?;
        tx.execute("update request_history set body = '' where id = $1", &params![&id])?;
    }
    Ok(())
}

/// Forgets words as they were before they were blackened from before, at most `limit`; answers how many.
pub fn forget_old_originals(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "update request_history set body = '' where id in (select id from request_history \
               where saying = 'request.original' and body <> '' and at < $1 order by at, id limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

/// Public steps of all requests from `start` to `end`, oldest first, with the request's code.
pub fn updates_between(
    tx: &mut Tx<'_>,
    start: Moment,
    end: Moment,
    limit: i64,
) -> Result<Vec<(String, HistoryStep)>, DbError> {
    let sql = format!(
        "select {COLUMNS}, r.code from request_history h join requests r on r.id = h.request_id \
         where h.internal = false and h.at >= $1 and h.at <= $2 and h.saying <> 'request.opened' order by h.at, h.id limit $3"
    );
    let rows = tx.query(&sql, &params![start.micros(), end.micros(), limit])?;
    rows.iter().map(|row| Ok((row.get(9)?, step_of(row)?))).collect()
}

pub(super) fn step_of(row: &Row) -> Result<HistoryStep, DbError> {
    Ok(HistoryStep {
        id: row.get(0)?,
        at: Moment(row.get(1)?),
        saying: row.get(2)?,
        actor: row.get(3)?,
        agency: row.get(4)?,
        body: row.get(5)?,
        detail: serde_json::from_str(&row.get::<String>(6)?).map_err(broken)?,
        state: row.get::<String>(7)?.parse().map_err(|()| broken("unknown state"))?,
        internal: row.get(8)?,
    })
}
