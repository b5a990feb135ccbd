//! How often one address reports something. Counted in the database, so that all processes of a town agree; kept is only a
//! hash under a salt of the day, and both are thrown away the day after.

use super::store;
use civic::{Chance, Moment, secret};
use database::{DbError, Tx};
use hex::encode;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use web::limits::network_of;

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;
/// Seconds in which the reports of an address are counted together.
const HOUR_SECONDS: i64 = 3_600;

/// What is known of an address that reports something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It reports this for the first time today.
    First,
    /// It reported this before today.
    Again,
    /// It has reported too much within an hour, and may again in so many seconds.
    TooOften(u32),
}

/// Counts that an address reports `what`, of which it may report `most` within an hour. A day begins at midnight UTC, and so
/// does the count.
///
/// # Errors
/// Those of the database.
pub fn count_address(
    tx: &mut Tx<'_>,
    from: IpAddr,
    what: &str,
    most: u32,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Counted, DbError> {
    let day = now.micros().div_euclid(DAY_SECONDS * 1_000_000);
    let salt = store::salt_of_day(tx, day, &secret(chance))?;
    let hash = |text: &str| encode(Sha256::digest(format!("{salt} {text}")));
    let (who, what) = (hash(&network_of(from).to_string()), hash(what));
    if store::reports_from(tx, day, &who, now.plus_seconds(-HOUR_SECONDS))? >= i64::from(most) {
        let first = store::report_back(tx, day, &who, most)?.unwrap_or(now);
        // With the day the count ends too.
        let opens = first.plus_seconds(HOUR_SECONDS).min(Moment((day + 1) * DAY_SECONDS * 1_000_000));
        return Ok(Counted::TooOften(u32::try_from(opens.seconds_since(now) + 1).unwrap_or(1)));
    }
    let is_new = store::note_address(tx, day, &who, &what, now)?;
    Ok(if is_new { Counted::First } else { Counted::Again })
}
