//! Known deadlines, refusals, and a slow twin.
#![allow(clippy::unwrap_used, missing_docs)]

mod known;
mod twin;

use jiff::{Timestamp, tz::TimeZone};
use service_clock::Calendar;

fn berlin(hours: &[&str], holidays: &[&str]) -> Calendar {
    Calendar::read(hours, holidays, TimeZone::get("Europe/Berlin").unwrap()).unwrap()
}

/// A moment by the clock in Berlin.
fn at(text: &str) -> Timestamp {
    format!("{text}[Europe/Berlin]").parse::<jiff::Zoned>().unwrap().timestamp()
}
