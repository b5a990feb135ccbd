//! The map of each conversation, and what it looked like before.

use civic::Moment;
use database::{DbError, Tx, params};

/// A map as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Counts the drawings.
    pub version: i64,
    /// When it was drawn.
    pub drawn_at: Option<Moment>,
    /// The view as JSON; empty before the first.
    pub view: String,
}

/// Makes room for the map of a new conversation.
pub fn begin_map(tx: &mut Tx<'_>, conversation: &str) -> Result<(), DbError> {
    let sql = "insert into conversation_maps (conversation, version, drawn_at, waiting_since, view) values ($1, 0, null, null, '')";
    tx.execute(sql, &params![conversation]).map(|_| ())
}

/// Says that the map no longer holds. Returns whether nobody had said so since it was taken up last. Whoever finds it said
/// already changes no row, so that answers do not wait for each other.
pub fn want_map(tx: &mut Tx<'_>, conversation: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "update conversation_maps set waiting_since = $2 where conversation = $1 and waiting_since is null";
    Ok(tx.execute(sql, &params![conversation, now.micros()])? == 1)
}

/// Takes the map up: what is said from now on asks for another drawing.
pub fn take_up(tx: &mut Tx<'_>, conversation: &str) -> Result<(), DbError> {
    tx.execute("update conversation_maps set waiting_since = null where conversation = $1", &params![conversation])
        .map(|_| ())
}

/// Keeps a drawing; answers its version.
pub fn keep_map(tx: &mut Tx<'_>, conversation: &str, view: &str, now: Moment) -> Result<i64, DbError> {
    let sql = "update conversation_maps set version = version + 1, drawn_at = $2, view = $3 where conversation = $1 returning version";
    tx.query_one(sql, &params![conversation, now.micros(), view])?.get(0)
}

/// The map of a conversation.
pub fn drawn(tx: &mut Tx<'_>, conversation: &str) -> Result<Option<Drawn>, DbError> {
    let row = tx.query_opt(
        "select version, drawn_at, view from conversation_maps where conversation = $1",
        &params![conversation],
    )?;
    row.map(|row| {
        Ok(Drawn { version: row.get(0)?, drawn_at: row.get::<Option<i64>>(1)?.map(Moment), view: row.get(2)? })
    })
    .transpose()
}

/// The version of every map.
pub fn map_versions(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, DbError> {
    let rows = tx.query("select conversation, version from conversation_maps", &[])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// When a map was last kept for playback, and with how many answers.
pub fn last_snapshot(tx: &mut Tx<'_>, conversation: &str) -> Result<Option<(Moment, i64)>, DbError> {
    let sql = "select at, reactions from conversation_snapshots where conversation = $1 order by at desc limit 1";
    tx.query_opt(sql, &params![conversation])?.map(|row| Ok((Moment(row.get(0)?), row.get(1)?))).transpose()
}

/// Keeps a map for playback.
pub fn add_snapshot(
    tx: &mut Tx<'_>,
    conversation: &str,
    at: Moment,
    reactions: i64,
    view: &str,
) -> Result<(), DbError> {
    tx.execute(
        "insert into conversation_snapshots (conversation, at, reactions, view) values ($1, $2, $3, $4) on conflict do nothing",
        &params![conversation, at.micros(), reactions, view],
    )
    .map(|_| ())
}

/// When maps were kept, and with how many answers, the oldest first.
pub fn snapshots(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<(Moment, i64)>, DbError> {
    let sql = "select at, reactions from conversation_snapshots where conversation = $1 order by at limit 500";
    let rows = tx.query(sql, &params![conversation])?;
    rows.iter().map(|row| Ok((Moment(row.get(0)?), row.get(1)?))).collect()
}

/// A map that was kept then.
pub fn snapshot(tx: &mut Tx<'_>, conversation: &str, at: Moment) -> Result<Option<String>, DbError> {
    let sql = "select view from conversation_snapshots where conversation = $1 and at = $2";
    tx.query_opt(sql, &params![conversation, at.micros()])?.map(|row| row.get(0)).transpose()
}
