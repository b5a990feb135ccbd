//! Deadlines in working time.
//!
//! A [`Calendar`] is opening hours, holidays and a time zone. [`Calendar::deadline`] counts a [`Length`] on it from a moment on,
//! standing still during [`Pause`]s, and says which days it counted. See the README for the rules.

mod calendar;
mod deadline;
mod read;

pub use calendar::{Calendar, CalendarError, HOLIDAYS_LIMIT, Hours, SPANS_LIMIT};
pub use deadline::{ClockError, DayCounted, Deadline, LENGTH_LIMIT, Length, Pause, SEARCH_DAYS, Unit};
