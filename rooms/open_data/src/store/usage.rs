//! How often datasets are used.

use crate::usage::{UsageView, Way};
use database::{DbError, Tx, params};
use std::collections::BTreeMap;

/// Adds uses of a day.
pub fn add_uses(tx: &mut Tx<'_>, dataset: &str, day: &str, way: &str, uses: i64) -> Result<(), DbError> {
    let sql = "insert into dataset_usage (dataset_id, day, way, uses) values ($1, $2, $3, $4) \
               on conflict (dataset_id, day, way) do update set uses = dataset_usage.uses + excluded.uses";
    tx.execute(sql, &params![dataset, day, way, uses]).map(|_| ())
}

/// The uses of a dataset since a day, newest first; days without any are left out.
pub fn uses_since(tx: &mut Tx<'_>, dataset: &str, day: &str) -> Result<Vec<UsageView>, DbError> {
    let sql = "select day, way, uses from dataset_usage where dataset_id = $1 and day >= $2";
    let mut days: BTreeMap<String, UsageView> = BTreeMap::new();
    for row in tx.query(sql, &params![dataset, day])? {
        let day: String = row.get(0)?;
        let view = days.entry(day.clone()).or_insert(UsageView { day, downloads: 0, api: 0 });
        match row.get::<String>(1)?.parse::<Way>().map_err(DbError::Other)? {
            Way::Download => view.downloads += row.get::<i64>(2)?,
            Way::Api => view.api += row.get::<i64>(2)?,
        }
    }
    Ok(days.into_values().rev().collect())
}
