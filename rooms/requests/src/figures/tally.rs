//! Counts of reports of one district and category, and what they come to.

use super::{
    Ages, Summary,
    block::{Counted, DAY_SECONDS, Promised},
};
use fairness::Waits;

/// What became of what was promised. What is open and whose promise has not run out is not in here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promises {
    /// Ended by the promised time.
    pub kept: u64,
    /// Of these, by a later one than was promised first.
    pub kept_moved: u64,
    /// Ended after a promise had run out.
    pub late: u64,
    /// Open, and beyond the promise that stands.
    pub overdue: u64,
    /// Open, with a promise that was broken and then moved, and has not run out again.
    pub moved: u64,
}

/// Reports of one district and category.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Seconds to the end.
    pub took: Waits,
    /// Seconds to the first answer.
    answered: Waits,
    promises: Promises,
}

impl Promises {
    /// Those that were broken.
    pub fn broken(&self) -> u64 {
        self.late + self.overdue + self.moved
    }

    /// All whose promise has run out or was kept.
    pub fn due(&self) -> u64 {
        self.kept + self.broken()
    }

    fn plus(self, other: Self) -> Self {
        Self {
            kept: self.kept + other.kept,
            kept_moved: self.kept_moved + other.kept_moved,
            late: self.late + other.late,
            overdue: self.overdue + other.overdue,
            moved: self.moved + other.moved,
        }
    }

    fn add(&mut self, report: &Counted, now: i64) {
        let is_past = |within: u32| report.opened_at + i64::from(within) < now;
        match report.promise {
            Promised::Nothing => {}
            Promised::Kept { moved, .. } => {
                self.kept += 1;
                self.kept_moved += u64::from(moved);
            }
            Promised::Broken { .. } if report.took.is_some() => self.late += 1,
            Promised::Broken { again: Some(again), .. } if !is_past(again) => self.moved += 1,
            Promised::Broken { .. } => self.overdue += 1,
            Promised::Within(within) => self.overdue += u64::from(is_past(within)),
        }
    }
}

impl Tally {
    /// Counts a report at this second since 1970.
    pub fn add(&mut self, report: &Counted, now: i64) {
        let age = u32::try_from((now - report.opened_at).max(0)).unwrap_or(u32::MAX);
        let took = report.took.unwrap_or(age);
        self.took.push(took, report.took.is_some());
        self.answered.push(report.answered.unwrap_or(took), report.answered.is_some());
        self.promises.add(report, now);
    }
}

impl Summary {
    /// Of all reports of several tallies.
    pub(super) fn of(tallies: &[&Tally]) -> Self {
        let took = Waits::of_all(tallies.iter().map(|tally| &tally.took)).sorted();
        let answered = Waits::of_all(tallies.iter().map(|tally| &tally.answered)).sorted().within();
        let (ages, took) = (Ages::of(&took.running()), took.within());
        Self {
            reports: took.n,
            ended: took.over,
            open: took.n - took.over,
            ages,
            promises: tallies.iter().fold(Promises::default(), |sum, tally| sum.plus(tally.promises)),
            took,
            answered,
        }
    }
}

impl Ages {
    /// Of seconds in order, by the nearest rank.
    fn of(sorted: &[u32]) -> Self {
        let rank = |tenths: usize| sorted.get((sorted.len() * tenths).div_ceil(10).saturating_sub(1)).copied();
        let over = |days: i64| sorted.len() - sorted.partition_point(|age| i64::from(*age) <= days * DAY_SECONDS);
        Self { median: rank(5), p90: rank(9), over_30_days: over(30) as u64, over_90_days: over(90) as u64 }
    }
}
