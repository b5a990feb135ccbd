//! The roll of a conversation: names that only its key gives, and whether somebody took part by each.

use civic::Moment;
use database::{DbError, Tx, params};

/// Puts somebody on the roll; whether they were not on it yet.
pub fn add_to_roll(tx: &mut Tx<'_>, conversation: &str, name: &str) -> Result<bool, DbError> {
    let sql = "insert into conversation_roll (conversation, name, taken) values ($1, $2, false) on conflict do nothing";
    Ok(tx.execute(sql, &params![conversation, name])? == 1)
}

/// Whether a name is on the roll.
pub fn is_named(tx: &mut Tx<'_>, conversation: &str, name: &str) -> Result<bool, DbError> {
    let sql = "select 1 from conversation_roll where conversation = $1 and name = $2";
    Ok(tx.query_opt(sql, &params![conversation, name])?.is_some())
}

/// Lets somebody take part by a line. Returns whether nobody had.
pub fn take_line(tx: &mut Tx<'_>, conversation: &str, name: &str) -> Result<bool, DbError> {
    let sql = "update conversation_roll set taken = true where conversation = $1 and name = $2 and taken = false";
    Ok(tx.execute(sql, &params![conversation, name])? == 1)
}

/// How many are on the roll.
pub fn count_roll(tx: &mut Tx<'_>, conversation: &str) -> Result<i64, DbError> {
    let sql = "select count(*) from conversation_roll where conversation = $1";
    tx.query_one(sql, &params![conversation])?.get(0)
}

/// Whether anybody took part by the roll.
pub fn is_roll_used(tx: &mut Tx<'_>, conversation: &str) -> Result<bool, DbError> {
    let sql = "select 1 from conversation_roll where conversation = $1 and taken = true limit 1";
    Ok(tx.query_opt(sql, &params![conversation])?.is_some())
}

/// Forgets the roll.
pub fn drop_roll(tx: &mut Tx<'_>, conversation: &str) -> Result<(), DbError> {
    tx.execute("delete from conversation_roll where conversation = $1", &params![conversation]).map(|_| ())
}

/// Forgets rolls of conversations that ended, or were begun and never published, before `before`, at most `limit` lines; how
/// many went.
pub fn forget_rolls(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from conversation_roll where (conversation, name) in (select r.conversation, r.name \
               from conversation_roll r join conversations c on c.code = r.conversation \
               where coalesce(c.closed_at, c.closes_at, c.made_at) < $1 \
               and (c.published_at is null or coalesce(c.closed_at, c.closes_at) is not null) limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}
