//! The receipt of an erasure: what was taken away, in numbers. It names nobody, and is itself forgotten after a day.

use crate::secrets;
use civic::{Chance, Moment};
use database::{DbError, Tx, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Hours for which a receipt can be read.
pub const RECEIPT_HOURS: i64 = 24;
/// Entries whose salts are gone that a receipt lists; the rest is only counted.
const ENTRIES_LISTED: usize = 500;
/// What a room says by [`Tx::note`] of something that it keeps, and why: the Fluent key of the reason.
pub const STAYS: &str = "stays";

/// What was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// When (RFC 3339).
    pub erased_at: String,
    /// How many things of each kind, as the export names them: room, kind, number.
    pub taken: Vec<Taken>,
    /// Entries of the record of which nobody can prove any more what was private in them.
    pub salts_forgotten: u64,
    /// These entries: their places in the record, or `null` for what had no place yet; at most 500.
    pub entries: Vec<Option<u64>>,
    /// What stays, and how often: the key of the reason.
    pub stays: BTreeMap<String, u64>,
}

/// Things of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Taken {
    /// The room that kept them.
    pub room: String,
    /// What they are called in the export.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// Counts what an export holds: each list by its length, each other thing that is there as one.
pub(crate) fn count(export: &Value) -> Vec<Taken> {
    let rooms = export.as_object().into_iter().flatten();
    let kinds = rooms.flat_map(|(room, kept)| {
        kept.as_object().into_iter().flatten().map(move |(kind, what)| Taken {
            room: room.clone(),
            kind: kind.clone(),
            count: match what {
                Value::Array(list) => list.len() as u64,
                Value::Null => 0,
                _ => 1,
            },
        })
    });
    kinds.filter(|taken| taken.count > 0).collect()
}

/// The receipt of what happened in this transaction.
///
/// # Errors
/// Those of the database.
pub(crate) fn write(tx: &mut Tx<'_>, taken: Vec<Taken>, now: Moment) -> Result<Receipt, DbError> {
    let forgotten = tx.notes(record::SALT_FORGOTTEN);
    let places = forgotten.iter().take(ENTRIES_LISTED).map(|id| {
        let found = record::entry_bytes(tx, id)?;
        Ok(found.and_then(|(_, position)| position))
    });
    let mut entries = places.collect::<Result<Vec<_>, DbError>>()?;
    entries.sort_unstable();
    let mut stays = BTreeMap::new();
    for reason in tx.notes(STAYS) {
        *stays.entry(reason).or_insert(0) += 1;
    }
    Ok(Receipt { erased_at: now.rfc3339(), taken, salts_forgotten: forgotten.len() as u64, entries, stays })
}

/// Keeps a receipt for a day; answers the secret it is read by.
///
/// # Errors
/// Those of the database.
pub(crate) fn keep(tx: &mut Tx<'_>, receipt: &Receipt, now: Moment, chance: &dyn Chance) -> Result<String, DbError> {
    forget_old(tx, now.plus_seconds(-RECEIPT_HOURS * 3_600))?;
    let secret = secrets::draw(chance);
    let text = serde_json::to_string(receipt).map_err(|error| DbError::Other(error.to_string()))?;
    tx.execute(
        "insert into erasure_receipts (secret_hash, made_at, receipt) values ($1, $2, $3)",
        &params![&secrets::hash_of(&secret), now.micros(), &text],
    )?;
    Ok(secret)
}

/// The receipt of this secret, while it is there.
///
/// # Errors
/// Those of the database.
pub(crate) fn read(tx: &mut Tx<'_>, secret: &str, now: Moment) -> Result<Option<Receipt>, DbError> {
    let since = now.plus_seconds(-RECEIPT_HOURS * 3_600).micros();
    let sql = "select receipt from erasure_receipts where secret_hash = $1 and made_at > $2";
    let row = tx.query_opt(sql, &params![&secrets::hash_of(secret), since])?;
    let text: Option<String> = row.map(|row| row.get(0)).transpose()?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| DbError::Other(error.to_string()))).transpose()
}

/// Forgets receipts from before; answers how many.
///
/// # Errors
/// Those of the database.
pub(crate) fn forget_old(tx: &mut Tx<'_>, before: Moment) -> Result<u64, DbError> {
    tx.execute("delete from erasure_receipts where made_at <= $1", &params![before.micros()])
}

#[cfg(test)]
mod tests {
    use super::count;
    use serde_json::json;

    #[test]
    fn lists_count_by_their_length_and_the_rest_as_one() {
        let export = json!({"people": {"account": {"name": "x"}, "sessions": [1, 2], "tokens": []}, "commons": {"comments": [1]}, "none": null});
        let counted: Vec<_> = count(&export).into_iter().map(|one| (one.room, one.kind, one.count)).collect();
        let wanted = [("commons", "comments", 1), ("people", "account", 1), ("people", "sessions", 2)];
        assert_eq!(counted, wanted.map(|(room, kind, count)| (room.to_owned(), kind.to_owned(), count)));
    }
}
