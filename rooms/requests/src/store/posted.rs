//! Updates that clients of Open311 sent, so that one sent twice is kept once.

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
