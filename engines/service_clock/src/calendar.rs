//! Opening hours, holidays, a time zone.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{AmbiguousOffset, TimeZone},
};
use std::collections::BTreeSet;

/// Spans one day of the week may have.
pub const SPANS_LIMIT: usize = 8;
/// Holidays a calendar may have.
pub const HOLIDAYS_LIMIT: usize = 4_000;
/// Minutes of a day.
pub(crate) const DAY_MINUTES: u16 = 1_440;

/// A span of a day, in minutes after midnight: from 0, to at most 1,440.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// When it begins.
    pub from: u16,
    /// When it ends; later than `from`.
    pub to: u16,
}

/// When somebody works.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pub(crate) week: [Vec<Hours>; 7],
    pub(crate) holidays: BTreeSet<Date>,
    pub(crate) zone: TimeZone,
}

/// Why a calendar cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A span ends before it begins, or after midnight.
    #[error(
        "the hours from {from} to {to} (minutes after midnight) are none: they must end after they begin and by 24:00"
    )]
    EmptySpan {
        /// Its beginning.
        from: u16,
        /// Its end.
        to: u16,
    },
    /// Two spans of a day overlap.
    #[error("two spans of hours of the same day overlap")]
    Overlap,
    /// No day has any hours.
    #[error("no day of the week has working hours")]
    NeverOpen,
    /// More spans or holidays than the limits.
    #[error("there are too many: at most {SPANS_LIMIT} spans a day and {HOLIDAYS_LIMIT} holidays")]
    TooMany,
    /// A text that is no hours.
    #[error("“{0}” is not working hours: write days and hours, as mon-fri 08:00-12:30 or sat 09:00-12:00")]
    Hours(String),
    /// A text that is no date.
    #[error("“{0}” is not a date: write it as 2026-12-25")]
    Date(String),
}

impl Calendar {
    /// A calendar of hours for each day of the week, Monday first.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn new(mut week: [Vec<Hours>; 7], holidays: BTreeSet<Date>, zone: TimeZone) -> Result<Self, CalendarError> {
        for spans in &mut week {
            spans.sort_unstable();
            if let Some(span) = spans.iter().find(|span| span.from >= span.to || span.to > DAY_MINUTES) {
                return Err(CalendarError::EmptySpan { from: span.from, to: span.to });
            }
            if spans.windows(2).any(|two| two[0].to > two[1].from) {
                return Err(CalendarError::Overlap);
            }
            if spans.len() > SPANS_LIMIT || holidays.len() > HOLIDAYS_LIMIT {
                return Err(CalendarError::TooMany);
            }
        }
        if week.iter().all(Vec::is_empty) {
            return Err(CalendarError::NeverOpen);
        }
        Ok(Self { week, holidays, zone })
    }

    /// Whether somebody works at any time of this day.
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.spans(date).is_empty()
    }

    /// The hours of a day; none on a holiday.
    pub fn spans(&self, date: Date) -> &[Hours] {
        if self.holidays.contains(&date) {
            return &[];
        }
        let day = date.weekday().to_monday_zero_offset();
        usize::try_from(day).map_or(&[], |day| &self.week[day])
    }

    /// The day of a moment, in the calendar's zone.
    pub fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The spans of a day as moments, in order; none on a holiday. Where the clocks change within a span it is as long as it really is.
    pub fn open_times(&self, date: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        self.spans(date).iter().filter_map(move |span| {
            let (from, to) = (self.moment(date, span.from, false)?, self.moment(date, span.to, true)?);
            (from < to).then_some((from, to))
        })
    }

    /// A minute of a day as a moment. Where the clocks leave it out: the moment of the change. Where they show it twice: the later
    /// one for an end, the earlier one for a beginning. `None` only at the end of the calendar's years.
    fn moment(&self, date: Date, minute: u16, is_end: bool) -> Option<Timestamp> {
        let civil = if minute == DAY_MINUTES {
            DateTime::from_parts(date.tomorrow().ok()?, Time::midnight())
        } else {
            let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
            date.at(hour, minute, 0, 0)
        };
        let ambiguous = self.zone.to_ambiguous_timestamp(civil);
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(civil).ok(),
            AmbiguousOffset::Gap { after, .. } => {
                let before_the_change = after.to_timestamp(civil).ok()?;
                self.zone.following(before_the_change).next().map(|change| change.timestamp())
            }
            AmbiguousOffset::Fold { before, after } => {
                if is_end {
                    after.to_timestamp(civil).ok()
                } else {
                    before.to_timestamp(civil).ok()
                }
            }
        }
    }
}
