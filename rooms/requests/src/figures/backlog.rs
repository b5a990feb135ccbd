//! The open backlog day by day, and what is to be expected of it.

use super::block::{Counted, DAY_SECONDS};
use civic::Moment;
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};

/// Seconds in which reports are counted until the days of the town are cut from them; every zone's days begin at such a quarter of an hour.
const SLOT_SECONDS: i64 = 900;
/// Complete days that are shown and learned from: half a year.
pub const HISTORY_DAYS: usize = 182;
/// Days ahead.
pub const AHEAD_DAYS: usize = 14;

/// How many reports opened and ended in each quarter of an hour since some day.
#[derive(Debug, Clone, Default)]
pub struct Slots {
    first_day: i64,
    change: Vec<i32>,
}

impl Slots {
    /// From the beginning of a day of UTC to the end of another.
    pub fn between(first_day: i64, last_day: i64) -> Self {
        let slots = (last_day + 1 - first_day).max(0) * (DAY_SECONDS / SLOT_SECONDS);
        Self { first_day, change: vec![0; usize::try_from(slots).unwrap_or_default()] }
    }

    /// Counts a report in, and out again when it ended.
    pub fn add(&mut self, report: &Counted) {
        self.change_at(report.opened_at, 1);
        if let Some(took) = report.took {
            self.change_at(report.opened_at + i64::from(took), -1);
        }
    }

    fn change_at(&mut self, second: i64, by: i32) {
        let slot = (second - self.first_day * DAY_SECONDS).max(0) / SLOT_SECONDS;
        if let Some(change) = usize::try_from(slot).ok().and_then(|slot| self.change.get_mut(slot)) {
            *change += by;
        }
    }

    /// How many are open at the end of each complete day of the town before `until`, at most half a year of them.
    pub fn daily(&self, until: Moment, zone: &TimeZone) -> Vec<(Date, i64)> {
        let Some(begun) = self.change.iter().position(|change| *change != 0) else { return Vec::new() };
        let mut open = vec![0_i64];
        open.extend(self.change.iter().scan(0_i64, |open, change| {
            *open += i64::from(*change);
            Some(*open)
        }));
        let first = self.first_day * DAY_SECONDS;
        let earliest = first + i64::try_from(begun).unwrap_or_default() * SLOT_SECONDS;
        let mut days = Vec::new();
        let mut midnight = until.in_zone(zone).date();
        while days.len() < HISTORY_DAYS {
            let Ok(end) = midnight.to_zoned(zone.clone()) else { break };
            let (end, day) = (end.timestamp().as_second(), midnight.saturating_sub(1.day()));
            // A day counts when it is complete: the reports began before it did.
            let Ok(begin) = day.to_zoned(zone.clone()) else { break };
            if begin.timestamp().as_second() < earliest {
                break;
            }
            let slot = usize::try_from((end - first) / SLOT_SECONDS).unwrap_or_default();
            let Some(count) = open.get(slot.min(open.len() - 1)) else { break };
            days.push((day, *count));
            midnight = day;
        }
        days.reverse();
        days
    }
}

/// The days of several, added up: those of the one that goes back furthest, where others count nothing yet.
pub fn summed<'d>(all: impl Iterator<Item = &'d Vec<(Date, i64)>>) -> Vec<(Date, i64)> {
    let mut days = std::collections::BTreeMap::new();
    all.flatten().for_each(|(day, open)| *days.entry(*day).or_insert(0) += open);
    days.into_iter().collect()
}

/// The backlog so far, and the forecast or why there is none.
#[derive(Debug, Clone)]
pub struct Backlog {
    /// Open at the end of each day.
    pub days: Vec<(Date, i64)>,
    /// What is to be expected.
    pub ahead: Result<forecast::Outcome, forecast::ForecastError>,
}

impl Backlog {
    /// Of these days.
    pub fn of(days: Vec<(Date, i64)>) -> Self {
        let values: Vec<f64> = days.iter().map(|(_, open)| *open as f64).collect();
        Self { days, ahead: forecast::forecast(&values, AHEAD_DAYS) }
    }

    /// The days ahead with what is expected of each; empty where nothing is.
    pub fn expected(&self) -> Vec<(Date, forecast::Step)> {
        let (Ok(outcome), Some((last, _))) = (&self.ahead, self.days.last()) else { return Vec::new() };
        let dates = std::iter::successors(Some(*last), |day| Some(day.saturating_add(1.day()))).skip(1);
        dates.zip(outcome.ahead.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Backlog, Slots};
    use crate::figures::block::{Counted, DAY_SECONDS, Promised};
    use civic::Moment;
    use jiff::tz::TimeZone;

    fn report(opened_at: i64, took: Option<u32>) -> Counted {
        Counted { opened_at, took, answered: None, promise: Promised::Nothing }
    }

    #[test]
    fn days_end_at_the_towns_midnight() {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        let mut slots = Slots::between(17_500, 17_510);
        let noon = 17_500 * DAY_SECONDS + 12 * 3_600;
        slots.add(&report(noon, None));
        // Made at 21:00 of the second day and ended at 01:00 of the third, in the town's time (UTC - 8).
        slots.add(&report(17_502 * DAY_SECONDS + 5 * 3_600, Some(4 * 3_600)));
        let until = Moment((17_504 * DAY_SECONDS + 12 * 3_600) * 1_000_000);
        let days = slots.daily(until, &zone);
        let counts: Vec<i64> = days.iter().map(|(_, open)| *open).collect();
        assert_eq!(counts, [2, 1, 1], "{days:?}");
        assert_eq!(days[0].0.to_string(), "2017-12-01");
        assert!(Backlog::of(days).ahead.is_err(), "three days are too little history");
        assert!(Slots::between(0, 3).daily(until, &zone).is_empty());
    }
}
