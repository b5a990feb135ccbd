//! Reports that are not sent yet.

use super::rows::{broken, json};
use civic::Moment;
use database::{DbError, Tx, params};
use std::collections::BTreeMap;

/// What has been filled in so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Fields by name.
    pub fields: BTreeMap<String, String>,
    /// The photo, already re-encoded.
    pub photo_id: Option<String>,
}

/// The draft behind a secret.
pub fn draft(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<Draft>, DbError> {
    let row =
        tx.query_opt("select fields, photo_id from request_drafts where secret_hash = $1", &params![secret_hash])?;
    row.map(|row| {
        Ok(Draft { fields: serde_json::from_str(&row.get::<String>(0)?).map_err(broken)?, photo_id: row.get(1)? })
    })
    .transpose()
}

/// Keeps a draft.
pub fn save_draft(tx: &mut Tx<'_>, secret_hash: &str, draft: &Draft, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "insert into request_drafts (secret_hash, fields, photo_id, updated_at) values ($1, $2, $3, $4) \
         on conflict (secret_hash) do update set fields = excluded.fields, photo_id = excluded.photo_id, updated_at = excluded.updated_at",
        &params![secret_hash, &json(&draft.fields)?, draft.photo_id.as_deref(), now.micros()],
    )
    .map(|_| ())
}

/// Throws a draft away.
pub fn forget_draft(tx: &mut Tx<'_>, secret_hash: &str) -> Result<(), DbError> {
    tx.execute("delete from request_drafts where secret_hash = $1", &params![secret_hash]).map(|_| ())
}

/// Throws away drafts that were last touched before, at most `limit`; answers how many.
pub fn forget_stale_drafts(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from request_drafts where secret_hash in \
               (select secret_hash from request_drafts where updated_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}
