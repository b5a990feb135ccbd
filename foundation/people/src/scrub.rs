//! After an erasure: the file is written anew, so that nothing of it can be found in unused parts of it.

use civic::{Chance, JobId, Moment};
use database::{
    DbError, Dialect, Tx,
    jobs::{self, NewJob},
};
use jiff::tz::TimeZone;
use serde_json::Value;
use std::sync::Arc;
use web::manifest::JobKind;

/// The kind of the job, which takes long.
pub const SCRUB: &str = "long.scrub";
/// A file up to this size is written anew at once (a second or two); a larger one at night.
const AT_ONCE_BYTES: i64 = 256 * 1024 * 1024;
/// The hour of the town's day at which a larger file is written anew.
const NIGHT_HOUR: i8 = 3;

/// Asks for the file to be written anew, once for however many erasures until then. Nothing to do on PostgreSQL.
pub(crate) fn ask(tx: &mut Tx<'_>, zone: &TimeZone, now: Moment, chance: &dyn Chance) -> Result<(), DbError> {
    if tx.dialect() == Dialect::Postgres || jobs::is_waiting(tx, SCRUB)? {
        return Ok(());
    }
    let not_before = if tx.size_bytes()? <= AT_ONCE_BYTES { now } else { next_night(now, zone) };
    let id = JobId::new(now, chance).text();
    jobs::put(tx, &NewJob { id, kind: SCRUB, payload: &Value::Null, not_before })
}

/// The next moment at which it is night in the town.
fn next_night(now: Moment, zone: &TimeZone) -> Moment {
    let here = now.in_zone(zone);
    let tonight = here.with().hour(NIGHT_HOUR).minute(0).second(0).subsec_nanosecond(0).build();
    let Ok(tonight) = tonight else { return now };
    let next = if tonight > here { Ok(tonight) } else { tonight.tomorrow() };
    next.map_or(now, |night| Moment::from(night.timestamp()))
}

/// The job.
pub fn job_kind() -> JobKind {
    JobKind::asked(
        SCRUB,
        Arc::new(|town, _| Box::pin(async move { town.db().scrub().await.map_err(|error| error.to_string()) })),
    )
}

#[cfg(test)]
mod tests {
    use super::next_night;
    use civic::Moment;
    use jiff::tz::TimeZone;

    #[test]
    fn the_night_is_the_towns_own() {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        let night = |text| next_night(Moment::parse(text).unwrap(), &zone).rfc3339();
        assert!(night("2026-11-26T10:59:00Z").starts_with("2026-11-26T11:00:00"));
        assert!(night("2026-11-26T11:00:00Z").starts_with("2026-11-27T11:00:00"));
    }
}
