//! How well the town serves: times, promises kept, and districts compared for the same mix of categories.

pub mod backlog;
pub mod block;
mod compared;
pub mod gaps;
pub mod job;
mod tally;

use backlog::{Backlog, Slots};
use block::Counted;
use civic::Moment;
pub use compared::Compared;
use compared::{Logs, compare, differences};
use fairness::{Difference, Within};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use tally::{Promises, Tally};

/// Districts whose backlog is counted by day; those of further ones count for the town alone.
const BACKLOGS_LIMIT: usize = 200;

/// What residents reported in a year, and what became of it. What agencies report themselves is not in here: it often ends in
/// the moment in which it is written down. Neither is what was withdrawn, nor what was merged into an
/// earlier report: that one is counted, with its own longer wait.
#[derive(Debug, Clone)]
pub struct Figures {
    /// When they were counted.
    pub as_of: Moment,
    /// When the oldest of these reports was made.
    pub from: Option<Moment>,
    /// When the newest was made.
    pub until: Option<Moment>,
    /// All reports.
    pub all: Summary,
    /// By category.
    pub categories: BTreeMap<String, Summary>,
    /// By district; empty where they lie in none.
    pub districts: BTreeMap<String, Summary>,
    /// By district and category.
    pub cells: BTreeMap<(String, String), Summary>,
    /// The backlog of the town, and what is to be expected of it.
    pub backlog: Backlog,
    /// The backlog of each district.
    pub backlogs: BTreeMap<String, Vec<(jiff::civil::Date, i64)>>,
    /// What is known of how often reported matters are reported again.
    pub reporting: Vec<ReportingCell>,
    /// Districts that have waited longer for the same mix, as long as they do.
    pub gaps: Vec<gaps::OpenGap>,
    logs: Vec<((String, String), Logs)>,
}

/// One report, as it lies in its table.
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
    /// The first promised end, where it is known.
    pub first_due_at: Option<Moment>,
    /// When a promise was broken.
    pub broken_at: Option<Moment>,
}

/// Repeats of one district and category: see the engine `reporting`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingCell {
    /// The district's code; empty for none.
    pub district: String,
    /// The category's code.
    pub category: String,
    /// Matters that were reported.
    pub matters: i64,
    /// For how long they were watched after the first report, in seconds.
    pub watched_seconds: i64,
    /// Repeats in that time.
    pub repeats: i64,
}

/// How long what is open has been open so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ages {
    /// Half have been open at most so many seconds; none where nothing is open.
    pub median: Option<u32>,
    /// Nine of ten.
    pub p90: Option<u32>,
    /// Open for more than 30 days.
    pub over_30_days: u64,
    /// Open for more than 90 days.
    pub over_90_days: u64,
}

/// Figures of one category, one district, or all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports.
    pub reports: u64,
    /// Those that ended.
    pub ended: u64,
    /// Those that are open.
    pub open: u64,
    /// How long these have been open.
    pub ages: Ages,
    /// What became of what was promised.
    pub promises: Promises,
    /// Times to the end; what is open counts for as long as it has been.
    pub took: Within,
    /// Times to the first answer; what has none yet counts for as long as it has waited for it.
    pub answered: Within,
}

/// Counts reports.
#[derive(Debug)]
pub struct Counting {
    now: Moment,
    from: Option<i64>,
    until: Option<i64>,
    tallies: BTreeMap<(String, String), Tally>,
    slots: BTreeMap<String, Slots>,
    empty: Slots,
}

impl Counting {
    /// Of what is so at `now`, from a day of UTC on.
    pub fn new(now: Moment, first_day: i64) -> Self {
        let empty = Slots::between(first_day, now.micros().div_euclid(block::DAY_MICROS));
        Self { now, from: None, until: None, tallies: BTreeMap::new(), slots: BTreeMap::new(), empty }
    }

    /// Counts reports of one district and category.
    pub fn add(&mut self, district: &str, category: &str, reports: &mut dyn Iterator<Item = Counted>) {
        let now = self.now.micros().div_euclid(1_000_000);
        let tally = self.tallies.entry((district.to_owned(), category.to_owned())).or_default();
        let has_own = self.slots.contains_key(district) || self.slots.len() < BACKLOGS_LIMIT;
        let slots = self.slots.entry(if has_own { district.to_owned() } else { String::new() });
        let slots = slots.or_insert_with(|| self.empty.clone());
        for report in reports {
            self.from = Some(self.from.map_or(report.opened_at, |from| from.min(report.opened_at)));
            self.until = Some(self.until.map_or(report.opened_at, |until| until.max(report.opened_at)));
            tally.add(&report, now);
            slots.add(&report);
        }
    }

    /// The figures; days are those of this zone.
    pub fn finish(self, zone: &TimeZone, reporting: Vec<ReportingCell>, gaps: Vec<gaps::OpenGap>) -> Figures {
        let moment = |second: i64| Moment(second * 1_000_000);
        let (from, until) = (self.from.map(moment), self.until.map(moment));
        let tallies = &self.tallies;
        let by = |of: fn(&(String, String)) -> &String| {
            let mut all = BTreeMap::<String, Vec<&Tally>>::new();
            tallies.iter().for_each(|(key, tally)| all.entry(of(key).clone()).or_default().push(tally));
            all.into_iter().map(|(code, tallies)| (code, Summary::of(&tallies))).collect::<BTreeMap<_, _>>()
        };
        let backlogs: BTreeMap<_, _> = match until {
            Some(until) => self.slots.iter().map(|(code, slots)| (code.clone(), slots.daily(until, zone))).collect(),
            None => BTreeMap::new(),
        };
        Figures {
            as_of: self.now,
            from,
            until,
            all: Summary::of(&tallies.values().collect::<Vec<_>>()),
            categories: by(|(_, category)| category),
            districts: by(|(district, _)| district),
            cells: tallies.iter().map(|(key, tally)| (key.clone(), Summary::of(&[tally]))).collect(),
            backlog: Backlog::of(backlog::summed(backlogs.values())),
            backlogs,
            reporting,
            gaps,
            logs: tallies.iter().map(|(key, tally)| (key.clone(), Logs::of_ended(&tally.took))).collect(),
        }
    }
}

impl Figures {
    /// How many times as long each district waits for an end, for the same mix of categories, in the order of `districts`.
    pub fn compared(&self, districts: &[String]) -> Vec<Option<Compared>> {
        compare(districts, self.logs.iter().map(|(key, logs)| (key, *logs)))
    }

    /// How much more often than of all others promises to each district are broken, for the same mix of categories, in the order of
    /// `districts`.
    pub fn broken_more(&self, districts: &[String]) -> Vec<Option<Difference>> {
        differences(
            districts,
            self.cells.iter().map(|(key, cell)| (key, (cell.promises.broken(), cell.promises.due()))),
        )
    }

    /// How fast residents report what is there, in the order of `districts`.
    ///
    /// # Errors
    /// When there are too few repeats to say anything.
    pub fn reporting(&self, districts: &[String]) -> Result<reporting::Outcome, reporting::ReportingError> {
        let mut categories: Vec<&String> = self.reporting.iter().map(|cell| &cell.category).collect();
        categories.sort();
        categories.dedup();
        let cell_of = |cell: &ReportingCell| {
            Some(reporting::Cell {
                group: districts.iter().position(|code| *code == cell.district)?,
                stratum: categories.binary_search(&&cell.category).ok()?,
                matters: u64::try_from(cell.matters).ok()?,
                watched_seconds: cell.watched_seconds as f64,
                repeats: u64::try_from(cell.repeats).ok()?,
            })
        };
        let cells: Vec<_> = self.reporting.iter().filter_map(cell_of).collect();
        reporting::estimate(districts.len(), categories.len(), &cells)
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Counting, Seen};
    use civic::Moment;
    use fairness::Within;

    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn a_promise_that_was_broken_stays_so_when_it_is_moved() {
        let at = |hour: i64| Moment(hour * HOUR);
        let of = |closed: Option<i64>, due: i64, first: i64, broken: Option<i64>| {
            Counted::of(&Seen {
                opened_at: at(0),
                closed_at: closed.map(at),
                due_at: Some(at(due)),
                answered_at: None,
                first_due_at: Some(at(first)),
                broken_at: broken.map(at),
            })
        };
        let reports = [
            of(None, 900, 10, Some(10)),
            of(None, 90, 10, Some(10)),
            of(Some(50), 80, 10, Some(10)),
            of(Some(50), 80, 10, None),
            of(Some(5), 80, 10, None),
        ];
        let mut counting = Counting::new(at(100), 0);
        counting.add("mill", "lamp", &mut reports.into_iter());
        let promises = counting.finish(&jiff::tz::TimeZone::UTC, Vec::new(), Vec::new()).all.promises;
        assert_eq!((promises.kept, promises.kept_moved, promises.late), (2, 1, 1));
        assert_eq!((promises.overdue, promises.moved, promises.broken(), promises.due()), (1, 1, 3, 5));
    }

    #[test]
    fn what_is_open_and_overdue_counts_against_promises() {
        let at = |hour: i64| Moment(hour * HOUR);
        let seen = |closed: Option<i64>, due: Option<i64>| {
            Counted::of(&Seen {
                opened_at: at(0),
                closed_at: closed.map(at),
                due_at: due.map(at),
                answered_at: closed.map(at),
                first_due_at: due.map(at),
                broken_at: None,
            })
        };
        let reports = [
            seen(Some(5), Some(10)),
            seen(Some(10), Some(10)),
            seen(Some(11), Some(10)),
            seen(None, Some(99)),
            seen(None, Some(101)),
            seen(None, None),
            seen(Some(50), None),
        ];
        let mut counting = Counting::new(at(100), 0);
        counting.add("mill", "lamp", &mut reports.into_iter());
        let figures = counting.finish(&jiff::tz::TimeZone::UTC, Vec::new(), Vec::new());
        let summary = &figures.districts["mill"];
        assert_eq!((summary.reports, summary.ended, summary.open, summary.promises.overdue), (7, 4, 3, 1));
        let kept = (summary.promises.kept, summary.promises.due());
        assert_eq!(kept, (2, 4), "on time, of those whose promise has run out");
        // Three of seven are open after a hundred hours: half had ended after fifty, nine of ten have not yet.
        let took = Within { n: 7, over: 4, median: Some(180_000), p90: None, between: None };
        assert_eq!((summary.took, summary.answered), (took, took));
        assert_eq!((summary.ages.median, summary.ages.over_30_days), (Some(360_000), 0));
        assert_eq!((&figures.all, &figures.categories["lamp"]), (summary, summary));
        assert_eq!(figures.compared(&["mill".to_owned()]), [None], "one district alone");
        assert!(figures.reporting(&["mill".to_owned()]).is_err(), "nobody said it again");
    }
}
