//! The steps of a request's life.

use super::rows::{broken, json};
use crate::model::HistoryStep;
use civic::{Moment, RequestId};
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "h.id, h.at, h.saying, h.actor, h.agency, h.body, h.detail, h.state, h.internal";

/// Adds a step.
pub fn add_step(tx: &mut Tx<'_>, request: RequestId, step: &HistoryStep) -> Result<(), DbError> {
    tx.execute(
        "insert into request_history (id, request_id, at, saying, actor, agency, body, detail, state, internal) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            &step.id,
            &request.text(),
            step.at.micros(),
            &step.saying,
            &step.actor,
            &step.agency,
            &step.body,
            &json(&step.detail)?,
            step.state.as_str(),
            step.internal
        ],
    )
    .map(|_| ())
}

/// The steps of one request, oldest first; internal ones only for the desk.
pub fn steps(tx: &mut Tx<'_>, request: RequestId, with_internal: bool) -> Result<Vec<HistoryStep>, DbError> {
    let sql = format!("select {COLUMNS} from request_history h where h.request_id = $1 order by h.at, h.id");
    let rows = tx.query(&sql, &params![&request.text()])?;
    let steps: Vec<HistoryStep> = rows.iter().map(step_of).collect::<Result<_, _>>()?;
    Ok(steps.into_iter().filter(|step| with_internal || !step.internal).collect())
}

/// Whether the reporter opened it again before.
pub fn was_reopened_by_reporter(tx: &mut Tx<'_>, request: RequestId) -> Result<bool, DbError> {
    let sql =
        "select 1 from request_history where request_id = $1 and saying = 'request.reopened' and agency = '' limit 1";
    Ok(tx.query_opt(sql, &params![&request.text()])?.is_some())
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

fn step_of(row: &Row) -> Result<HistoryStep, DbError> {
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
