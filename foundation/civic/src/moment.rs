//! Points in time: microseconds since 1970 in UTC, the only time the database knows.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// Microseconds since 1970 in UTC.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Parses an RFC 3339 date-time, which must carry `Z` or an offset.
    ///
    /// # Errors
    /// The text itself, when it is not such a date-time.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.parse::<Timestamp>().map(Self::from).map_err(|_| text.chars().take(40).collect())
    }

    /// As RFC 3339 in UTC to the second, like `2026-11-23T10:00:00Z`.
    pub fn rfc3339(self) -> String {
        let seconds = Timestamp::from_second(self.0.div_euclid(1_000_000)).unwrap_or(Timestamp::UNIX_EPOCH);
        seconds.to_string()
    }

    /// The same instant on the wall clock of `zone`.
    pub fn in_zone(self, zone: &TimeZone) -> jiff::Zoned {
        self.timestamp().to_zoned(zone.clone())
    }

    /// As a jiff timestamp; instants outside jiff's years become 1970.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// This moment and `seconds` more (or fewer, when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// This moment and `days` of 24 hours more.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Seconds from `earlier` to this moment.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        SignedDuration::from_micros(self.0.saturating_sub(earlier.0)).as_secs()
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// What time it is. The shell gives the real one, tests and the demo one they can turn.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Moment;
}

/// A clock that stands still: one act of the past, replayed.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Moment);

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        self.0
    }
}

/// A clock that is turned by hand; clones show the same time.
#[derive(Debug, Clone)]
pub struct TurnedClock(Arc<AtomicI64>);

impl TurnedClock {
    /// A clock that stands at `start`.
    pub fn new(start: Moment) -> Self {
        Self(Arc::new(AtomicI64::new(start.0)))
    }

    /// Moves the hands to `moment`.
    pub fn turn_to(&self, moment: Moment) {
        self.0.store(moment.0, Ordering::SeqCst);
    }

    /// Moves the hands on by `seconds`.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }
}
