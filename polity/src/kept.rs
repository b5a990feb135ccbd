//! What the town has set for itself on its own pages, kept in the database.

use civic::Moment;
use database::{DbError, Migration, MigrationSet, Tx, params};
use std::collections::BTreeMap;

/// The table.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "town",
    migrations: &[Migration {
        number: 1,
        name: "town settings",
        sql: include_str!("../migrations/0001_town_settings.sql"),
    }],
};

/// All of it, by key.
///
/// # Errors
/// Those of the database.
pub fn all(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>, DbError> {
    tx.query("select key, value from town_settings order by key", &[])?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect()
}

/// Sets a key.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &mut Tx<'_>, key: &str, value: &str, now: Moment) -> Result<(), DbError> {
    let sql = "insert into town_settings (key, value, set_at) values ($1, $2, $3) \
               on conflict (key) do update set value = excluded.value, set_at = excluded.set_at";
    tx.execute(sql, &params![key, value, now.micros()]).map(|_| ())
}
