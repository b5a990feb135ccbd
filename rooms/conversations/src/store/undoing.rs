//! A conversation that was taken over goes again.

use database::{DbError, Tx, params};

/// Whether anybody here answered it; those who came with it are known by where it was held.
pub fn has_live_answers(tx: &mut Tx<'_>, conversation: &str) -> Result<bool, DbError> {
    let sql = "select 1 from conversation_participants where conversation = $1 and who not like 'origin:%' limit 1";
    Ok(tx.query_opt(sql, &params![conversation])?.is_some())
}

/// Takes away everything that came with it, and what was drawn from that. Its own row and the log of its facilitators stay.
pub fn take_away(tx: &mut Tx<'_>, conversation: &str) -> Result<(), DbError> {
    for table in [
        "reactions",
        "reactions_before",
        "participants",
        "statements",
        "snapshots",
        "facts",
        "drafts",
        "roll",
        "report_drafts",
        "report_editions",
    ] {
        tx.execute(&format!("delete from conversation_{table} where conversation = $1"), &params![conversation])?;
    }
    let sql = "update conversation_maps set version = version + 1, drawn_at = null, waiting_since = null, view = '' where conversation = $1";
    tx.execute(sql, &params![conversation]).map(|_| ())
}
