//! Endpoints.

use crate::{Secret, State, model::Endpoint};
use civic::{Moment, WebhookId};
use database::{DbError, Row, Tx, params};
use std::{fmt::Display, str::FromStr};

const COLUMNS: &str = "id, url, note, kinds, secret, old_secret, old_secret_until, state, created_at, from_position, failures, failing_since, next_at";

/// Adds one.
pub fn insert(tx: &mut Tx<'_>, new: &Endpoint) -> Result<(), DbError> {
    let kinds = serde_json::to_string(&new.kinds).map_err(|error| DbError::Other(error.to_string()))?;
    tx.execute(
        "insert into webhooks (id, url, note, kinds, secret, state, created_at, from_position, failures, next_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
        &params![
            &new.id.text(),
            &new.url,
            &new.note,
            &kinds,
            &new.secret.text(),
            new.state.word(),
            new.created_at.micros(),
            new.from_position,
            new.next_at.micros()
        ],
    )
    .map(|_| ())
}

/// All of them, oldest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Endpoint>, DbError> {
    tx.query(&format!("select {COLUMNS} from webhooks order by created_at, id"), &[])?.iter().map(read).collect()
}

/// How many there are.
pub fn count(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    tx.query_one("select count(*) from webhooks", &[])?.get(0)
}

/// One of them.
pub fn by_id(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<Endpoint>, DbError> {
    let sql = format!("select {COLUMNS} from webhooks where id = $1");
    tx.query_opt(&sql, &params![&id.text()])?.as_ref().map(read).transpose()
}

/// Active ones for which something waits and that may be tried now.
pub fn due(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<WebhookId>, DbError> {
    let sql = "select id from webhooks w where state = 'active' and next_at <= $1 and exists \
               (select 1 from webhook_deliveries d where d.webhook_id = w.id and d.state = 'waiting') order by id";
    tx.query(sql, &params![now.micros()])?.iter().map(|row| kept(row, 0)).collect()
}

/// Takes an endpoint for one runner until then; false when another has it.
pub fn lease(tx: &mut Tx<'_>, id: WebhookId, now: Moment, until: Moment) -> Result<bool, DbError> {
    let sql = "update webhooks set next_at = $3 where id = $1 and next_at <= $2 and state = 'active'";
    Ok(tx.execute(sql, &params![&id.text(), now.micros(), until.micros()])? == 1)
}

/// How an endpoint does, and when it may be tried next.
pub fn save_progress(
    tx: &mut Tx<'_>,
    id: WebhookId,
    failures: i64,
    failing_since: Option<Moment>,
    next_at: Moment,
) -> Result<(), DbError> {
    let sql = "update webhooks set failures = $2, failing_since = $3, next_at = $4 where id = $1";
    let id = id.text();
    let values = params![&id, failures, failing_since.map(Moment::micros), next_at.micros()];
    tx.execute(sql, &values).map(|_| ())
}

/// Lets it go on, wait or stop; false when it is not there. Whoever goes on begins anew.
pub fn set_state(tx: &mut Tx<'_>, id: WebhookId, state: State, now: Moment) -> Result<bool, DbError> {
    let sql = "update webhooks set state = $2, failures = case when $2 = 'active' then 0 else failures end, \
               failing_since = case when $2 = 'active' then null else failing_since end, next_at = $3 where id = $1";
    Ok(tx.execute(sql, &params![&id.text(), state.word(), now.micros()])? == 1)
}

/// Puts a new secret in the place of the present one, which signs beside it until then.
pub fn rotate(tx: &mut Tx<'_>, id: WebhookId, secret: &Secret, old_until: Moment) -> Result<bool, DbError> {
    let sql = "update webhooks set old_secret = secret, old_secret_until = $3, secret = $2 where id = $1";
    Ok(tx.execute(sql, &params![&id.text(), &secret.text(), old_until.micros()])? == 1)
}

/// Removes it with its deliveries; false when it is not there.
pub fn remove(tx: &mut Tx<'_>, id: WebhookId) -> Result<bool, DbError> {
    tx.execute("delete from webhook_deliveries where webhook_id = $1", &params![&id.text()])?;
    Ok(tx.execute("delete from webhooks where id = $1", &params![&id.text()])? == 1)
}

fn read(row: &Row) -> Result<Endpoint, DbError> {
    let old: Option<String> = row.get(5)?;
    let old_until: Option<i64> = row.get(6)?;
    let old_secret = match old.zip(old_until) {
        Some((text, until)) => Some((text.parse().map_err(broken)?, Moment(until))),
        None => None,
    };
    let failing_since: Option<i64> = row.get(11)?;
    Ok(Endpoint {
        id: kept(row, 0)?,
        url: row.get(1)?,
        note: row.get(2)?,
        kinds: serde_json::from_str(&row.get::<String>(3)?).map_err(broken)?,
        secret: kept(row, 4)?,
        old_secret,
        state: kept(row, 7)?,
        created_at: Moment(row.get(8)?),
        from_position: row.get(9)?,
        failures: row.get(10)?,
        failing_since: failing_since.map(Moment),
        next_at: Moment(row.get(12)?),
    })
}

/// The text in a column, read as what it was written from.
pub(super) fn kept<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<T, DbError> {
    row.get::<String>(index)?.parse().map_err(broken)
}

fn broken(error: impl Display) -> DbError {
    DbError::Other(format!("a webhook cannot be read back: {error}"))
}
