//! Known likenesses, limits, and a naive twin.
#![allow(clippy::unwrap_used, missing_docs)]

mod known;
mod twin;

use likeness::{Candidate, Point, Report};

/// A report at a point some metres north and east of a corner of Los Angeles.
pub fn at(north_m: f64, east_m: f64) -> Point {
    let micro = |metres: f64| (metres / 0.111_195).round() as i64;
    Point { lat_micro: 34_000_000 + micro(north_m), long_micro: -118_000_000 + micro(east_m / 0.829_04) }
}

pub fn lamp(place: Point, text: &str, day: f64) -> Report<'_> {
    let at = 1_700_000_000 + (day * 86_400.0) as i64;
    Report { category: "lamp", place: Some(place), address: "", text, at, photo: None }
}

pub fn open<'c>(key: &'c str, report: Report<'c>) -> Candidate<'c> {
    Candidate { key, report, ended: false }
}
