//! Following the record: where things are, what is news, and who is to be told.

use crate::{decide::read_entry, store};
use database::{DbError, Tx};
use record::Sequenced;
use web::Town;

/// Days after which what an entry says is no news to be mailed: an import tells of what is long past.
const FRESH_DAYS: i64 = 2;

/// Takes the next entries.
///
/// # Errors
/// Those of the database.
pub fn follow(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    let fresh_from = town.now().plus_days(-FRESH_DAYS);
    let has_listeners = store::has_listeners(tx)?;
    for entry in entries {
        let Some(told) = read_entry(&entry.saying, &entry.what()) else { continue };
        store::keep_place(tx, &entry.subject, &told)?;
        let Some(what) = told.what else { continue };
        // A later entry names the district only: the pin is known from the first.
        let spot = store::place_of(tx, &entry.subject)?;
        store::keep_news(tx, entry, what.as_str(), &spot)?;
        if has_listeners && entry.said_at >= fresh_from {
            for listener in store::listeners(tx, &spot)? {
                store::put_waiting(tx, &listener, &entry.id, entry.said_at)?;
            }
        }
    }
    Ok(())
}
