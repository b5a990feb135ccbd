//! Plans, slots, appointments.

use civic::{LocalText, Moment, words};

/// Places a service may see people at.
pub const PLANS_LIMIT: usize = 20;
/// The shortest appointment, in minutes.
pub const MINUTES_LEAST: i64 = 5;
/// The longest appointment, in minutes.
pub const MINUTES_MOST: i64 = 480;
/// People who can come at the same time.
pub const CAPACITY_MOST: i64 = 100;
/// Days ahead for which one can book.
pub const AHEAD_MOST: i64 = 365;
/// Lines of hours a plan may have.
pub const WEEK_LINES_MOST: usize = 50;
/// Days with other hours a plan may have.
pub const EXCEPTIONS_MOST: usize = 400;
/// Minutes for which a place is held for an application that is being written.
pub const HELD_MINUTES: i64 = 30;
/// Applications that may wait for a place at one plan.
pub const WAITS_MOST: i64 = 500;
/// Hours before its beginning from which on a place that gets free is no longer given to who waits: they could miss the news.
pub const FILL_HOURS: i64 = 12;
/// Hours before the beginning at which the reminder leaves.
pub const REMIND_HOURS: i64 = 24;

/// Where and when a service sees people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its id, a UUID.
    pub id: String,
    /// The code of the service.
    pub service: String,
    /// Where: name and address.
    pub place: LocalText,
    /// The hours of a week, lines as `mon-fri 09:00-12:00`. Holidays are those of the agency's calendar.
    pub week: String,
    /// Days with other hours, lines as `2026-12-24 closed` or `2026-12-23 09:00-11:00`.
    pub exceptions: String,
    /// How long one appointment takes.
    pub minutes: i64,
    /// How many people can come at the same time.
    pub capacity: i64,
    /// For how many days ahead one can book.
    pub ahead_days: i64,
    /// Whether one can book.
    pub is_open: bool,
    /// Counts changes.
    pub version: i64,
}

/// A plan as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// The plan that is changed, with the version that was seen; `None` for a new one.
    pub of: Option<(String, i64)>,
    /// As [`Plan::place`].
    pub place: Option<LocalText>,
    /// As [`Plan::week`].
    pub week: String,
    /// As [`Plan::exceptions`].
    pub exceptions: String,
    /// As [`Plan::minutes`].
    pub minutes: Option<i64>,
    /// As [`Plan::capacity`].
    pub capacity: Option<i64>,
    /// As [`Plan::ahead_days`].
    pub ahead_days: Option<i64>,
    /// As [`Plan::is_open`].
    pub is_open: bool,
}

/// A time that can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// When it begins.
    pub begins_at: Moment,
    /// When it ends.
    pub ends_at: Moment,
}

words! {
    /// What became of an appointment.
    AppointmentState {
        /// Held for an application that is being written.
        Held = "held",
        /// Somebody will come.
        Booked = "booked",
        /// They came.
        Came = "came",
        /// They did not come.
        Missed = "missed",
        /// It was given up.
        Cancelled = "cancelled",
    }
}

words! {
    /// What an officer does with an appointment.
    MarkAct {
        /// They came.
        Came = "came",
        /// They did not.
        Missed = "missed",
        /// The office cannot keep it.
        Cancel = "cancel",
    }
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its id, a UUID.
    pub id: String,
    /// Where.
    pub plan: String,
    /// The code of the service.
    pub service: String,
    /// The code of the application, or the hash of a draft's secret.
    pub owner: String,
    /// When.
    pub slot: Slot,
    /// Which of the places of that time.
    pub seat: i64,
    /// What became of it.
    pub state: AppointmentState,
}

/// Somebody waits for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The code of the application.
    pub owner: String,
    /// Where.
    pub plan: String,
    /// The day, as 2026-12-01; empty for the first place on any day.
    pub day: String,
    /// When they asked.
    pub asked_at: Moment,
}
