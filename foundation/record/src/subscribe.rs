//! Following the record: each follower keeps its place, and takes what is new in order.

use crate::read::{self, Sequenced, natural, whole};
use database::{DbError, Tx, params};

/// Where a follower is: the position of the next entry it takes.
///
/// # Errors
/// Those of the database.
pub fn cursor_of(tx: &mut Tx<'_>, subscriber: &str) -> Result<u64, DbError> {
    cursor(tx, subscriber, "")
}

fn cursor(tx: &mut Tx<'_>, subscriber: &str, lock: &str) -> Result<u64, DbError> {
    let sql = format!("select position from record_cursors where subscriber = $1{lock}");
    let row = tx.query_opt(&sql, &params![subscriber])?;
    row.map_or(Ok(0), |row| row.get(0).map(natural))
}

/// The next entries for a follower, and its place behind them, in one transaction: whatever the
/// follower writes in the same transaction happens once. Two processes take turns by the row's lock.
///
/// # Errors
/// Those of the database.
pub fn take_next(tx: &mut Tx<'_>, subscriber: &str, limit: u32) -> Result<Vec<Sequenced>, DbError> {
    tx.execute(
        "insert into record_cursors (subscriber, position) values ($1, 0) on conflict (subscriber) do nothing",
        &params![subscriber],
    )?;
    let lock = tx.dialect().for_update();
    let position = cursor(tx, subscriber, lock)?;
    let entries = read::from(tx, position, limit)?;
    if let Some(last) = entries.last() {
        tx.execute(
            "update record_cursors set position = $1 where subscriber = $2",
            &params![whole(last.position + 1), subscriber],
        )?;
    }
    Ok(entries)
}
