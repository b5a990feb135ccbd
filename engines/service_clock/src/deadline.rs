//! Counting a length of working time.

use crate::Calendar;
use jiff::{Timestamp, civil::Date};

/// Hours or days a length may have.
pub const LENGTH_LIMIT: u32 = 5_000;
/// Days that are looked at before giving up: some twenty years.
pub const SEARCH_DAYS: u32 = 7_400;

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Length {
    /// So many hours while the office is open.
    Hours(u32),
    /// So many working days after the day of the event, to the close of the last; 0 is the close of the same day, or of the next
    /// working day when the office is closed by then.
    Days(u32),
}

/// A time in which the clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When it ended; later than `from`.
    pub to: Timestamp,
}

/// What a deadline is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Open hours.
    Hours,
    /// Working days, to the close of the last.
    Days,
}

/// A day, and what was counted of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCounted {
    /// The day, in the calendar's zone.
    pub date: Date,
    /// Open seconds that were counted; for a length in days, all that the clock ran.
    pub seconds: i64,
}

/// When it is due, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The moment.
    pub at: Timestamp,
    /// The days that were counted, in order: with them anybody can redo it.
    pub days: Vec<DayCounted>,
}

/// Why there is no deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// The length is larger than [`LENGTH_LIMIT`].
    #[error("a length may have at most {LENGTH_LIMIT} hours or days")]
    TooLong,
    /// There is not enough working time within [`SEARCH_DAYS`].
    #[error("the calendar has not enough working time within {SEARCH_DAYS} days")]
    TooFar,
}

impl Calendar {
    /// When `length` has passed since `start`.
    ///
    /// # Errors
    /// [`ClockError`].
    pub fn deadline(&self, start: Timestamp, length: Length, pauses: &[Pause]) -> Result<Deadline, ClockError> {
        match length {
            Length::Hours(n) | Length::Days(n) if n > LENGTH_LIMIT => Err(ClockError::TooLong),
            Length::Hours(hours) => self.after_hours(start, i64::from(hours) * 3_600, pauses),
            Length::Days(days) => self.after_days(start, days, pauses),
        }
    }

    /// When something that began at `start` and was due at `due` is due, after the clock stood still during `pause`. The same as
    /// counting anew with the pause, where `due` was counted from `start` without it; `due` where the pause begins after it.
    ///
    /// # Errors
    /// [`ClockError::TooFar`].
    pub fn moved(&self, start: Timestamp, due: Timestamp, pause: Pause, unit: Unit) -> Result<Timestamp, ClockError> {
        if pause.from >= due || pause.to <= pause.from {
            return Ok(due);
        }
        match unit {
            Unit::Hours => {
                let left = self.working_seconds(pause.from.max(start), due, &[]);
                self.after_hours(pause.to.max(start), left, &[]).map(|deadline| deadline.at)
            }
            Unit::Days => {
                let (first, last) = (self.date_of(start), self.date_of(due));
                let counts = |date: Date| date > first || last == first;
                let left = self
                    .closes(pause.from.max(start))
                    .take_while(|(_, close)| *close <= due)
                    .filter(|(date, _)| counts(*date))
                    .count();
                let closes = self.closes(pause.to.max(start)).filter(|(date, _)| counts(*date));
                closes.map(|(_, close)| close).nth(left.max(1) - 1).ok_or(ClockError::TooFar)
            }
        }
    }

    /// Closes of working days after a moment, within [`SEARCH_DAYS`].
    fn closes(&self, after: Timestamp) -> impl Iterator<Item = (Date, Timestamp)> {
        self.dates(after)
            .take(SEARCH_DAYS as usize)
            .filter_map(|date| self.open_times(date).last().map(|(_, close)| (date, close)))
            .filter(move |(_, close)| *close > after)
    }

    /// Open seconds from one moment to another, without pauses; 0 when `to` is not later.
    pub fn working_seconds(&self, from: Timestamp, to: Timestamp, pauses: &[Pause]) -> i64 {
        self.dates(from)
            .take_while(|date| *date <= self.date_of(to))
            .flat_map(|date| self.running(date, from, pauses))
            .map(|(begin, end)| seconds(begin, end.min(to)).max(0))
            .sum()
    }

    fn after_hours(&self, start: Timestamp, length: i64, pauses: &[Pause]) -> Result<Deadline, ClockError> {
        let mut left = length;
        let mut days = Vec::new();
        for date in self.dates(start).take(SEARCH_DAYS as usize) {
            let mut counted = 0;
            for (begin, end) in self.running(date, start, pauses) {
                let span = seconds(begin, end);
                if span >= left {
                    days.push(DayCounted { date, seconds: counted + left });
                    let at = Timestamp::from_nanosecond(begin.as_nanosecond() + i128::from(left) * 1_000_000_000);
                    return at.map(|at| Deadline { at, days }).map_err(|_| ClockError::TooFar);
                }
                (left, counted) = (left - span, counted + span);
            }
            if counted > 0 {
                days.push(DayCounted { date, seconds: counted });
            }
        }
        Err(ClockError::TooFar)
    }

    fn after_days(&self, start: Timestamp, length: u32, pauses: &[Pause]) -> Result<Deadline, ClockError> {
        let first = self.date_of(start);
        let mut left = length;
        let mut days = Vec::new();
        for date in self.dates(start).take(SEARCH_DAYS as usize) {
            let Some((_, close)) = self.open_times(date).last() else { continue };
            let is_running = close > start && !pauses.iter().any(|pause| pause.from < close && close <= pause.to);
            let counts = if length == 0 { is_running } else { is_running && date > first };
            if !counts {
                continue;
            }
            let ran = self.running(date, start, pauses).map(|(begin, end)| seconds(begin, end)).sum();
            days.push(DayCounted { date, seconds: ran });
            left = left.saturating_sub(1);
            if left == 0 {
                return Ok(Deadline { at: close, days });
            }
        }
        Err(ClockError::TooFar)
    }

    /// The days from a moment's own day on. A day earlier is looked at too where hours end after midnight: none do.
    fn dates(&self, from: Timestamp) -> impl Iterator<Item = Date> + use<> {
        std::iter::successors(Some(self.date_of(from)), |date| date.tomorrow().ok())
    }

    /// The open times of a day from `start` on, less the pauses, in order.
    fn running(&self, date: Date, start: Timestamp, pauses: &[Pause]) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let mut open: Vec<_> = self.open_times(date).map(|(begin, end)| (begin.max(start), end)).collect();
        for pause in pauses {
            let around = |(begin, end): (Timestamp, Timestamp)| {
                [(begin, end.min(pause.from.max(begin))), (begin.max(pause.to.min(end)), end)]
            };
            let meets = |(begin, end): &(Timestamp, Timestamp)| pause.from < *end && pause.to > *begin;
            open = open
                .into_iter()
                .flat_map(|span| if meets(&span) { around(span).to_vec() } else { vec![span] })
                .collect();
        }
        open.into_iter().filter(|(begin, end)| begin < end)
    }
}

/// Whole seconds; a moment of a report has microseconds, which are rounded down.
fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_secs()
}
