//! What senders name by a key of their own, so that what is sent twice is kept once: updates by Open311, and reports.

use civic::Moment;
use database::{DbError, Tx, params};

/// An update as its client names it.
pub struct Posted<'p> {
    /// The pseudonym of the key's holder.
    pub client: &'p str,
    /// The client's own id for it.
    pub update_id: &'p str,
}

/// What was answered when this update was sent before.
pub fn posted(tx: &mut Tx<'_>, posted: &Posted<'_>) -> Result<Option<String>, DbError> {
    let sql = "select answer_id from request_updates_posted where client = $1 and update_id = $2";
    tx.query_opt(sql, &params![posted.client, posted.update_id])?.map(|row| row.get(0)).transpose()
}

/// Remembers what is answered.
pub fn keep_posted(tx: &mut Tx<'_>, posted: &Posted<'_>, answer: &str) -> Result<(), DbError> {
    let sql = "insert into request_updates_posted (client, update_id, answer_id) values ($1, $2, $3)";
    tx.execute(sql, &params![posted.client, posted.update_id, answer]).map(|_| ())
}

/// A report that came with a key.
pub struct SentReport {
    /// The SHA-256 of all that was sent, in hexadecimal.
    pub fingerprint: String,
    /// What the secret of its private link is made with, besides the key.
    pub salt: String,
    /// The code of its request.
    pub code: String,
}

/// The report that came with the key of this hash.
pub fn sent(tx: &mut Tx<'_>, key_hash: &str) -> Result<Option<SentReport>, DbError> {
    let sql = "select fingerprint, salt, code from request_sent where key_hash = $1";
    let row = tx.query_opt(sql, &params![key_hash])?;
    row.map(|row| Ok(SentReport { fingerprint: row.get(0)?, salt: row.get(1)?, code: row.get(2)? })).transpose()
}

/// Takes a key for a report. False when it is taken; another process that is taking it now is waited for.
pub fn claim_sent(
    tx: &mut Tx<'_>,
    key_hash: &str,
    fingerprint: &str,
    salt: &str,
    now: Moment,
) -> Result<bool, DbError> {
    let sql = "insert into request_sent (key_hash, fingerprint, salt, code, at) values ($1, $2, $3, '', $4) on conflict (key_hash) do nothing";
    Ok(tx.execute(sql, &params![key_hash, fingerprint, salt, now.micros()])? == 1)
}

/// Remembers which request the key stands for.
pub fn keep_sent_code(tx: &mut Tx<'_>, key_hash: &str, code: &str) -> Result<(), DbError> {
    tx.execute("update request_sent set code = $1 where key_hash = $2", &params![code, key_hash]).map(|_| ())
}

/// Forgets keys from before, at most `limit`; answers how many.
pub fn forget_old_sent(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from request_sent where key_hash in (select key_hash from request_sent where at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}
