//! Following the record: each endpoint gets the entries it hears, in order.

use crate::{model::WAITING_LIMIT, store};
use database::{DbError, Tx};
use record::Sequenced;
use web::Town;

/// Puts entries into the queues of the endpoints that hear them. A queue that is full takes no more: the entries stay in
/// the record, from where they can be sent by a replay.
pub fn follow(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    if entries.is_empty() {
        return Ok(());
    }
    let now = town.now();
    for endpoint in store::all(tx)? {
        let waiting = store::waiting_count(tx, endpoint.id, WAITING_LIMIT)?;
        let room = usize::try_from(i64::from(WAITING_LIMIT) - waiting).unwrap_or(0);
        let heard = entries.iter().filter(|entry| endpoint.hears(&entry.saying));
        let heard = heard.map(|entry| (position_of(entry), entry)).filter(|(at, _)| *at >= endpoint.from_position);
        for (position, entry) in heard.take(room) {
            store::put(tx, endpoint.id, position, &entry.saying, now)?;
        }
    }
    Ok(())
}

/// Positions in the database are whole numbers.
pub fn position_of(entry: &Sequenced) -> i64 {
    i64::try_from(entry.position).unwrap_or(i64::MAX)
}
