//! Deliveries.

use super::endpoints::kept;
use crate::{DeliveryState, model::Delivery};
use civic::{Moment, WebhookId};
use database::{Cursor, DbError, Page, Row, Tx, params};

const COLUMNS: &str = "position, saying, state, attempts, made_at, tried_at, status, error";

/// What an attempt left behind.
#[derive(Debug, Clone)]
pub struct Tried {
    /// Where the delivery stands now.
    pub state: DeliveryState,
    /// What was answered.
    pub status: Option<i64>,
    /// What stood in the way; empty for nothing.
    pub error: String,
}

/// Puts an entry in, once.
pub fn put(tx: &mut Tx<'_>, id: WebhookId, position: i64, saying: &str, now: Moment) -> Result<(), DbError> {
    let sql = "insert into webhook_deliveries (webhook_id, position, saying, state, attempts, made_at, error) \
               values ($1, $2, $3, 'waiting', 0, $4, '') on conflict (webhook_id, position) do nothing";
    tx.execute(sql, &params![&id.text(), position, saying, now.micros()]).map(|_| ())
}

/// Puts an entry in, also one that was delivered before.
pub fn put_again(tx: &mut Tx<'_>, id: WebhookId, position: i64, saying: &str, now: Moment) -> Result<(), DbError> {
    let sql = "insert into webhook_deliveries (webhook_id, position, saying, state, attempts, made_at, error) \
               values ($1, $2, $3, 'waiting', 0, $4, '') on conflict (webhook_id, position) \
               do update set state = 'waiting', attempts = 0, status = null, error = '', made_at = excluded.made_at";
    tx.execute(sql, &params![&id.text(), position, saying, now.micros()]).map(|_| ())
}

/// Keeps what came of a test.
pub fn put_test(tx: &mut Tx<'_>, id: WebhookId, position: i64, tried: &Tried, now: Moment) -> Result<(), DbError> {
    let sql = "insert into webhook_deliveries (webhook_id, position, saying, state, attempts, made_at, tried_at, status, error) \
               values ($1, $2, $3, $4, 1, $5, $5, $6, $7)";
    let id = id.text();
    let values =
        params![&id, position, crate::payload::TEST, tried.state.word(), now.micros(), tried.status, &tried.error];
    tx.execute(sql, &values).map(|_| ())
}

/// The next one to deliver.
pub fn waiting_first(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<Delivery>, DbError> {
    let sql = format!(
        "select {COLUMNS} from webhook_deliveries where webhook_id = $1 and state = 'waiting' order by position limit 1"
    );
    tx.query_opt(&sql, &params![&id.text()])?.as_ref().map(read).transpose()
}

/// How many wait, counting no further than `limit`.
pub fn waiting_count(tx: &mut Tx<'_>, id: WebhookId, limit: u32) -> Result<i64, DbError> {
    let sql = "select count(*) from (select 1 from webhook_deliveries where webhook_id = $1 and state = 'waiting' limit $2) waiting";
    tx.query_one(sql, &params![&id.text(), limit])?.get(0)
}

/// Notes an attempt. A delivery that was put in again meanwhile stays waiting.
pub fn note(tx: &mut Tx<'_>, id: WebhookId, delivery: &Delivery, tried: &Tried, now: Moment) -> Result<(), DbError> {
    let sql = "update webhook_deliveries set state = $3, attempts = attempts + 1, tried_at = $4, status = $5, error = $6 \
               where webhook_id = $1 and position = $2 and made_at = $7";
    let id = id.text();
    let values = params![
        &id,
        delivery.position,
        tried.state.word(),
        now.micros(),
        tried.status,
        &tried.error,
        delivery.made_at.micros()
    ];
    tx.execute(sql, &values).map(|_| ())
}

/// One of them.
pub fn by_position(tx: &mut Tx<'_>, id: WebhookId, position: i64) -> Result<Option<Delivery>, DbError> {
    let sql = format!("select {COLUMNS} from webhook_deliveries where webhook_id = $1 and position = $2");
    tx.query_opt(&sql, &params![&id.text(), position])?.as_ref().map(read).transpose()
}

/// A page of them, newest first.
pub fn newest(tx: &mut Tx<'_>, id: WebhookId, after: Option<&Cursor>, limit: u32) -> Result<Page<Delivery>, DbError> {
    let (at, position) =
        after.map_or((i64::MAX, i64::MAX), |cursor| (cursor.at(), cursor.id().parse().unwrap_or(i64::MAX)));
    let sql = format!(
        "select {COLUMNS} from webhook_deliveries where webhook_id = $1 and (made_at, position) < ($2, $3) \
         order by made_at desc, position desc limit $4"
    );
    let rows = tx.query(&sql, &params![&id.text(), at, position, limit + 1])?;
    let found: Vec<Delivery> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::cut(found, limit, |one| Cursor::new(one.made_at.micros(), one.position.to_string())))
}

/// Forgets what is done and from before, at most `limit`; answers how many.
pub fn forget_old(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from webhook_deliveries where (webhook_id, position) in \
               (select webhook_id, position from webhook_deliveries where state <> 'waiting' and made_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn read(row: &Row) -> Result<Delivery, DbError> {
    let tried_at: Option<i64> = row.get(5)?;
    Ok(Delivery {
        position: row.get(0)?,
        saying: row.get(1)?,
        state: kept(row, 2)?,
        attempts: row.get(3)?,
        made_at: Moment(row.get(4)?),
        tried_at: tried_at.map(Moment),
        status: row.get(6)?,
        error: row.get(7)?,
    })
}
