//! What is measured of an agency's queue.

use crate::{figures::Moves, queue::Days};
use civic::{Moment, OrganisationId};
use database::{DbError, Row, Tx, params};
use std::collections::BTreeMap;

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

/// When an application stopped waiting for its first decision: it was decided, or taken back.
const ENDED: &str = "(case when decided_at is not null then decided_at when state = 'withdrawn' then state_at end)";

/// What came and ended of each service from a day on (its number since 1970, in a zone so many seconds ahead of UTC), and what waited before.
pub fn moves(tx: &mut Tx<'_>, first_day: i64, ahead_seconds: i64) -> Result<BTreeMap<String, Moves>, DbError> {
    let ahead = ahead_seconds * 1_000_000;
    let from = first_day * 86_400_000_000 - ahead;
    let mut all: BTreeMap<String, Moves> = BTreeMap::new();
    let sql = format!(
        "select service, count(*) from applications where filed_at < $1 and ({ENDED} is null or {ENDED} >= $1) group by service"
    );
    for row in tx.query(&sql, &params![from])? {
        all.entry(row.get(0)?).or_default().before = row.get(1)?;
    }
    let by_day = |at: &str| {
        format!("select service, ({at} + $2) / 86400000000, count(*) from applications where {at} >= $1 group by 1, 2")
    };
    for row in tx.query(&by_day("filed_at"), &params![from, ahead])? {
        all.entry(row.get(0)?).or_default().came.insert(row.get(1)?, row.get(2)?);
    }
    for row in tx.query(&by_day(ENDED), &params![from, ahead])? {
        all.entry(row.get(0)?).or_default().ended.insert(row.get(1)?, row.get(2)?);
    }
    Ok(all)
}
