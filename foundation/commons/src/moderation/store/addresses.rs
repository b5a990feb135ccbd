//! Addresses that reported something, as hashes of their day.

use civic::Moment;
use database::{DbError, Tx, params};

/// The salt of a day: `drawn` where it has none yet. With a new day everything of earlier ones but yesterday goes.
pub fn salt_of_day(tx: &mut Tx<'_>, day: i64, drawn: &str) -> Result<String, DbError> {
    let sql = "insert into moderation_salts (day, salt) values ($1, $2) on conflict (day) do nothing";
    if tx.execute(sql, &params![day, drawn])? == 1 {
        tx.execute("delete from moderation_salts where day < $1", &params![day - 1])?;
        tx.execute("delete from moderation_addresses where day < $1", &params![day - 1])?;
    }
    tx.query_one("select salt from moderation_salts where day = $1", &params![day])?.get(0)
}

/// What an address reported since.
pub fn reports_from(tx: &mut Tx<'_>, day: i64, who: &str, since: Moment) -> Result<i64, DbError> {
    let sql = "select count(*) from moderation_addresses where day = $1 and who = $2 and at > $3";
    tx.query_one(sql, &params![day, who, since.micros()])?.get(0)
}

/// When an address made the report of this day that is so many back, the newest being the first.
pub fn report_back(tx: &mut Tx<'_>, day: i64, who: &str, back: u32) -> Result<Option<Moment>, DbError> {
    let sql = "select at from moderation_addresses where day = $1 and who = $2 order by at desc limit 1 offset $3";
    let row = tx.query_opt(sql, &params![day, who, back.saturating_sub(1)])?;
    row.map(|row| row.get(0).map(Moment)).transpose()
}

/// Notes that an address reports something. Returns whether it did not before today.
pub fn note_address(tx: &mut Tx<'_>, day: i64, who: &str, what: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "insert into moderation_addresses (day, who, what, at) values ($1, $2, $3, $4) on conflict do nothing";
    Ok(tx.execute(sql, &params![day, who, what, now.micros()])? == 1)
}
