//! What is measured of an agency's queue.

use crate::queue::Days;
use civic::{Moment, OrganisationId};
use database::{DbError, Row, Tx, params};

/// Counts what came and what was decided in a span, by the day in a zone so many seconds ahead of UTC, and what waits now; of one service
/// or of all that an agency answers for.
pub fn queue_days(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    service: Option<&str>,
    (from, until): (Moment, Moment),
    ahead_seconds: i64,
) -> Result<Days, DbError> {
    let id = organisation.text();
    let only = service.unwrap_or_default();
    let ahead = ahead_seconds * 1_000_000;
    let in_span = params![&id, from.micros(), until.micros(), ahead, only];
    let sql = "select (filed_at + $4) / 86400000000, count(*) from applications where organisation_id = $1 and filed_at >= $2 \
               and filed_at < $3 and ($5 = '' or service = $5) and state <> 'withdrawn' group by 1 order by 1";
    let came = tx.query(sql, &in_span)?;
    let sql = "select (decided_at + $4) / 86400000000, decided_by, count(*) from applications where organisation_id = $1 \
               and decided_at >= $2 and decided_at < $3 and ($5 = '' or service = $5) group by 1, 2 order by 1, 2";
    let decided = tx.query(sql, &in_span)?;
    let sql = "select count(*) from applications where organisation_id = $1 and is_open = true \
               and state in ('received', 'under-review', 'proposed') and ($2 = '' or service = $2)";
    let decision = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(Days {
        came: came.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_, DbError>>()?,
        decided: decided.iter().map(decision).collect::<Result<_, DbError>>()?,
        backlog: tx.query_one(sql, &params![&id, only])?.get(0)?,
    })
}
