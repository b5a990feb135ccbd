//! The secret by which voices are signed, and challenges that were used.

use civic::Moment;
use database::{DbError, Tx, params};

/// The secret, when there is one.
pub fn key(tx: &mut Tx<'_>) -> Result<Option<String>, DbError> {
    tx.query_opt("select secret from conversation_keys where id = 1", &[])?.map(|row| row.get(0)).transpose()
}

/// Keeps a secret unless there is one; answers the one that counts.
pub fn make_key(tx: &mut Tx<'_>, secret: &str) -> Result<String, DbError> {
    tx.execute("insert into conversation_keys (id, secret) values (1, $1) on conflict do nothing", &params![secret])?;
    key(tx)?.ok_or(DbError::NotFound)
}

/// Uses a challenge. Returns whether it was for the first time.
pub fn spend(tx: &mut Tx<'_>, challenge: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "insert into conversation_challenges (challenge, at) values ($1, $2) on conflict do nothing";
    Ok(tx.execute(sql, &params![challenge, now.micros()])? == 1)
}

/// Forgets challenges that are no longer good anyway.
pub fn forget_spent(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from conversation_challenges where challenge in \
               (select challenge from conversation_challenges where at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}
