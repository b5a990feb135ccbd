//! How well the town serves: times, promises kept, and districts compared for the same mix of categories.

use civic::Moment;
use fairness::{Cell, Estimate};
use std::collections::BTreeMap;

/// The shortest time that is told apart, in seconds: what is shorter counts as this in the comparison of districts.
const SHORTEST_SECONDS: u32 = 60;

/// What residents reported in a year, and what became of it. What agencies report themselves is not in here: it often ends in
/// the moment in which it is written down. Neither is what was withdrawn.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// When the oldest of these reports was made.
    pub from: Option<Moment>,
    /// When the newest was made.
    pub until: Option<Moment>,
    /// By district (empty where it lies in none) and category.
    pub tallies: BTreeMap<(String, String), Tally>,
}

/// One report, as far as it counts.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// When it was made.
    pub opened_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// By when its end was promised.
    pub due_at: Option<Moment>,
    /// When its agency first answered.
    pub answered_at: Option<Moment>,
}

/// Reports of one district and category.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Seconds to the end, of those that ended.
    took: Vec<u32>,
    /// Seconds to the first answer, of those that have one.
    answered: Vec<u32>,
    open: u64,
    overdue: u64,
    on_time: u64,
    late: u64,
}

/// The middle and the long end of times, in seconds: the least time within which half, and nine of ten, were done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The median.
    pub median: u32,
    /// The 90th percentile.
    pub p90: u32,
}

/// Figures of one category, one district, or all.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Reports.
    pub reports: u64,
    /// Those that ended.
    pub ended: u64,
    /// Those that are open.
    pub open: u64,
    /// Those that are open although their end was promised by now.
    pub overdue: u64,
    /// Ended on time, and all whose promise has run out: ended on time, ended late, and open overdue.
    pub promises: (u64, u64),
    /// Times to the end.
    pub took: Option<Times>,
    /// Times to the first answer.
    pub answered: Option<Times>,
}

impl Figures {
    /// Counts one report.
    pub fn add(&mut self, district: String, category: String, seen: &Seen, now: Moment) {
        self.from = Some(self.from.map_or(seen.opened_at, |from| from.min(seen.opened_at)));
        self.until = Some(self.until.map_or(seen.opened_at, |until| until.max(seen.opened_at)));
        self.tallies.entry((district, category)).or_default().add(seen, now);
    }

    /// The summary of what fits.
    pub fn summary(&self, fits: impl Fn(&str, &str) -> bool) -> Summary {
        let tallies: Vec<_> = self.tallies.iter().filter(|((d, c), _)| fits(d, c)).map(|(_, tally)| tally).collect();
        let sum = |of: fn(&Tally) -> u64| tallies.iter().map(|tally| of(tally)).sum::<u64>();
        let all = |of: fn(&Tally) -> &Vec<u32>| tallies.iter().flat_map(|tally| of(tally).iter().copied()).collect();
        let (ended, open) = (sum(|tally| tally.took.len() as u64), sum(|tally| tally.open));
        let (overdue, on_time, late) =
            (sum(|tally| tally.overdue), sum(|tally| tally.on_time), sum(|tally| tally.late));
        Summary {
            reports: ended + open,
            ended,
            open,
            overdue,
            promises: (on_time, on_time + late + overdue),
            took: times(all(|tally| &tally.took)),
            answered: times(all(|tally| &tally.answered)),
        }
    }

    /// How many times as long each district waits for an end, for the same mix of categories, in the order of `districts`.
    pub fn compared(&self, districts: &[String]) -> Vec<Option<Estimate>> {
        let mut categories: Vec<&String> = self.tallies.keys().map(|(_, category)| category).collect();
        categories.sort();
        categories.dedup();
        let cells: Vec<Cell> = self
            .tallies
            .iter()
            .filter_map(|((district, category), tally)| {
                let logs = tally.took.iter().map(|seconds| f64::from((*seconds).max(SHORTEST_SECONDS)).ln());
                let (sum, sum_squares) = logs.fold((0.0, 0.0), |(sum, squares), log| (sum + log, squares + log * log));
                let group = districts.iter().position(|code| code == district)?;
                let stratum = categories.binary_search(&category).ok()?;
                Some(Cell { group, stratum, n: tally.took.len() as u64, sum, sum_squares })
            })
            .collect();
        match fairness::compare(districts.len(), categories.len(), &cells) {
            Ok(outcome) => outcome.groups.into_iter().map(|group| group.adjusted).collect(),
            Err(_) => vec![None; districts.len()],
        }
    }
}

impl Tally {
    fn add(&mut self, seen: &Seen, now: Moment) {
        let since = |at: Moment| u32::try_from(at.seconds_since(seen.opened_at).max(0)).unwrap_or(u32::MAX);
        self.answered.extend(seen.answered_at.map(since));
        match (seen.closed_at, seen.due_at) {
            (None, due) => {
                self.open += 1;
                self.overdue += u64::from(due.is_some_and(|due| due < now));
            }
            (Some(closed), due) => {
                self.took.push(since(closed));
                self.on_time += u64::from(due.is_some_and(|due| closed <= due));
                self.late += u64::from(due.is_some_and(|due| closed > due));
            }
        }
    }
}

/// By the nearest rank: the least of the times that is not less than so many of them.
fn times(mut seconds: Vec<u32>) -> Option<Times> {
    let last = seconds.len().checked_sub(1)?;
    let mut ranked = |tenths: usize| {
        let rank = (seconds.len() * tenths).div_ceil(10).saturating_sub(1).min(last);
        *seconds.select_nth_unstable(rank).1
    };
    Some(Times { median: ranked(5), p90: ranked(9) })
}

#[cfg(test)]
mod tests {
    use super::{Figures, Seen, Times, times};
    use civic::Moment;

    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn nearest_ranks() {
        assert_eq!(times(Vec::new()), None);
        assert_eq!(times(vec![7]), Some(Times { median: 7, p90: 7 }));
        assert_eq!(times((1..=10).rev().collect()), Some(Times { median: 5, p90: 9 }));
        assert_eq!(times((1..=11).collect()), Some(Times { median: 6, p90: 10 }));
    }

    #[test]
    fn what_is_open_and_overdue_counts_against_promises() {
        let mut figures = Figures::default();
        let mut add = |closed: Option<i64>, due: Option<i64>| {
            let at = |hour: i64| Moment(hour * HOUR);
            let seen =
                Seen { opened_at: at(0), closed_at: closed.map(at), due_at: due.map(at), answered_at: closed.map(at) };
            figures.add("mill".to_owned(), "lamp".to_owned(), &seen, at(100));
        };
        add(Some(5), Some(10));
        add(Some(10), Some(10));
        add(Some(11), Some(10));
        add(None, Some(99));
        add(None, Some(101));
        add(None, None);
        add(Some(50), None);
        let summary = figures.summary(|district, _| district == "mill");
        assert_eq!((summary.reports, summary.ended, summary.open, summary.overdue), (7, 4, 3, 1));
        assert_eq!(summary.promises, (2, 4), "on time, of those whose promise has run out");
        assert_eq!(summary.took, Some(Times { median: 36_000, p90: 180_000 }));
        assert_eq!(figures.summary(|district, _| district == "docks").took, None);
        assert_eq!(figures.compared(&["mill".to_owned()]), [None], "one district alone");
    }
}
