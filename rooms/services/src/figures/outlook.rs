//! How many applications are likely to wait for a decision, up to four weeks ahead. Pure.

use super::{SMALL, told};
use civic::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whole days of history that are read: half a year.
pub const HISTORY_DAYS: i64 = 182;
/// Days ahead that are forecast, and from one that is told to the next.
const AHEAD_DAYS: usize = 28;
const TOLD_EVERY: usize = 7;
const DAY_MICROS: i64 = 86_400_000_000;

/// What is likely to wait.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutlookView {
    /// How many waited for a decision at the end of the last whole day.
    pub waiting: u64,
    /// Whole days of history that it rests on.
    pub history_days: u64,
    /// One, two, three and four weeks ahead.
    pub weeks: Vec<OutlookWeek>,
}

/// What is likely to wait on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutlookWeek {
    /// The day, at noon.
    pub day: String,
    /// The middle.
    pub expected: u64,
    /// The lower end of the 95% interval.
    pub low: u64,
    /// The upper end.
    pub high: u64,
}

/// What came and what ended of a service, by the number of the day since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// What waited before the first of these days.
    pub before: i64,
    /// What came.
    pub came: BTreeMap<i64, i64>,
    /// What was decided for the first time, or taken back.
    pub ended: BTreeMap<i64, i64>,
}

impl Moves {
    fn add(&mut self, other: &Self) {
        self.before += other.before;
        other.came.iter().for_each(|(day, count)| *self.came.entry(*day).or_default() += count);
        other.ended.iter().for_each(|(day, count)| *self.ended.entry(*day).or_default() += count);
    }

    /// What waited at the end of each whole day, the last of them `last`. Days before anything ever came are no history.
    fn series(&self, last: i64) -> Vec<i64> {
        let first = last - HISTORY_DAYS + 1;
        let begins = if self.before > 0 { Some(first) } else { self.came.keys().next().copied() };
        let Some(begins) = begins else { return Vec::new() };
        let mut open = self.before;
        let day = |day: i64| {
            open +=
                self.came.get(&day).copied().unwrap_or_default() - self.ended.get(&day).copied().unwrap_or_default();
            open.max(0)
        };
        (begins.max(first)..=last).map(day).collect()
    }
}

/// What is likely to wait, by the code of the service, the empty one for all; `today` is the number of the day that is not over yet, in a zone
/// so many seconds ahead of UTC. Nothing is said where fewer than ten wait, or with less history than the engine needs, nor of a service from
/// which, with what is said of all others, fewer than ten could be read.
pub fn outlooks(moves: &BTreeMap<String, Moves>, today: i64, ahead_seconds: i64) -> BTreeMap<String, OutlookView> {
    let mut all = Moves::default();
    moves.values().for_each(|one| all.add(one));
    let waiting = |one: &Moves| one.series(today - 1).last().copied().unwrap_or_default().unsigned_abs();
    let ns: Vec<u64> = moves.values().map(waiting).collect();
    let told = told(&ns, 0, &vec![true; ns.len()]);
    let each = moves.iter().zip(told).filter(|(_, told)| *told).map(|((code, one), _)| (code.clone(), one));
    std::iter::once((String::new(), &all))
        .chain(each)
        .filter_map(|(code, one)| Some((code, outlook(&one.series(today - 1), today, ahead_seconds)?)))
        .collect()
}

fn outlook(series: &[i64], today: i64, ahead_seconds: i64) -> Option<OutlookView> {
    let waiting = series.last()?.unsigned_abs();
    if waiting < SMALL {
        return None;
    }
    let values: Vec<f64> = series.iter().map(|open| *open as f64).collect();
    let found = forecast::forecast(&values, AHEAD_DAYS).ok()?;
    let whole = |value: f64| value.round().max(0.0) as u64;
    let week = |at: usize| {
        let step = found.ahead.get(at)?;
        let noon = (today + at as i64) * DAY_MICROS + DAY_MICROS / 2;
        let day = Moment(noon).plus_seconds(-ahead_seconds).rfc3339();
        Some(OutlookWeek { day, expected: whole(step.value), low: whole(step.low), high: whole(step.high) })
    };
    let weeks = (1..=AHEAD_DAYS / TOLD_EVERY).filter_map(|week_number| week(week_number * TOLD_EVERY - 1)).collect();
    Some(OutlookView { waiting, history_days: series.len() as u64, weeks })
}

#[cfg(test)]
mod tests {
    use super::{HISTORY_DAYS, Moves, outlooks};
    use std::collections::BTreeMap;

    const TODAY: i64 = 20_000;

    /// So many waited before and still do; each day the same comes and ends.
    fn steady(before: i64, a_day: i64, days: i64) -> Moves {
        let each: BTreeMap<i64, i64> = (TODAY - days..TODAY).map(|day| (day, a_day)).collect();
        Moves { before, came: each.clone(), ended: each }
    }

    fn of(all: &[(&str, Moves)]) -> BTreeMap<String, Moves> {
        all.iter().map(|(code, one)| ((*code).to_owned(), one.clone())).collect()
    }

    #[test]
    fn what_stays_the_same_is_expected_to() {
        let found = outlooks(&of(&[("parking", steady(40, 3, HISTORY_DAYS))]), TODAY, 3_600);
        let (all, one) = (&found[""], &found["parking"]);
        assert_eq!(all, one);
        assert_eq!((one.waiting, one.history_days, one.weeks.len()), (40, 182, 4));
        assert!(one.weeks.iter().all(|week| week.low <= 40 && week.expected == 40 && week.high >= 40), "{one:?}");
        // Day 20,006 is 10 October 2024; noon in a zone one hour ahead.
        assert_eq!(one.weeks[0].day, "2024-10-10T11:00:00Z");
    }

    #[test]
    fn a_backlog_that_grows_is_expected_to_be_longer_and_few_days_are_no_history() {
        let came: BTreeMap<i64, i64> = (TODAY - 100..TODAY).map(|day| (day, 2)).collect();
        let growing = Moves { before: 0, came, ended: BTreeMap::new() };
        let found = outlooks(&of(&[("parking", growing)]), TODAY, 0);
        assert_eq!((found["parking"].waiting, found["parking"].history_days), (200, 100));
        assert!(found["parking"].weeks[0].expected > 205, "{found:?}");
        let young = Moves { before: 0, ..steady(0, 0, 0) };
        let came: BTreeMap<i64, i64> = (TODAY - 55..TODAY).map(|day| (day, 2)).collect();
        assert!(outlooks(&of(&[("parking", Moves { came, ..young })]), TODAY, 0).is_empty());
    }

    #[test]
    fn nothing_is_said_of_few_nor_can_they_be_worked_out() {
        let few = outlooks(&of(&[("parking", steady(9, 1, HISTORY_DAYS))]), TODAY, 0);
        assert!(few.is_empty());
        let found = outlooks(
            &of(&[
                ("parking", steady(40, 1, HISTORY_DAYS)),
                ("school", steady(30, 1, HISTORY_DAYS)),
                ("market", steady(3, 1, HISTORY_DAYS)),
            ]),
            TODAY,
            0,
        );
        // All less parking would be 33, less both 3: the smaller of the two is not said.
        assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), ["", "parking"]);
    }
}
