//! How many requests there are, kept by a subscriber of the record so that no page has to count a million rows.

use database::{DbError, Tx, params};

/// Requests of one district, category and openness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The district's code; empty where a request lies in none.
    pub district: String,
    /// The category's code.
    pub category: String,
    /// Whether they are open.
    pub is_open: bool,
    /// How many.
    pub requests: i64,
}

/// Adds (or takes away, when negative) requests.
pub fn add_counts(tx: &mut Tx<'_>, change: &Count) -> Result<(), DbError> {
    tx.execute(
        "insert into request_counts (district, category, is_open, requests) values ($1, $2, $3, $4) \
         on conflict (district, category, is_open) do update set requests = request_counts.requests + excluded.requests",
        &params![&change.district, &change.category, change.is_open, change.requests],
    )
    .map(|_| ())
}

/// All counts.
pub fn all_counts(tx: &mut Tx<'_>) -> Result<Vec<Count>, DbError> {
    let rows = tx.query(
        "select district, category, is_open, requests from request_counts order by district, category, is_open",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Count { district: row.get(0)?, category: row.get(1)?, is_open: row.get(2)?, requests: row.get(3)? })
        })
        .collect()
}
