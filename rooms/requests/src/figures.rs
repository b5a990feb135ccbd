//! How well the town serves: times, promises kept, and districts compared for the same mix of categories.

pub mod backlog;
pub mod block;
pub mod gaps;
pub mod job;

use backlog::{Backlog, Slots};
use block::{Counted, Promised};
use civic::Moment;
use fairness::{Cell, Estimate};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The shortest time that is told apart, in seconds: what is shorter counts as this in the comparison of districts.
const SHORTEST_SECONDS: u32 = 60;

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

/// The middle and the long end of times, in seconds: the least time within which half, and nine of ten, were done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The median.
    pub median: u32,
    /// The 90th percentile.
    pub p90: u32,
    /// Between which the true median lies with 95% certainty; none for few.
    pub between: Option<(u32, u32)>,
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
    /// Those that are open although their end was promised by now.
    pub overdue: u64,
    /// Ended on time, and all whose promise has run out: ended on time, ended late, and open overdue.
    pub promises: (u64, u64),
    /// Times to the end.
    pub took: Option<Times>,
    /// Times to the first answer.
    pub answered: Option<Times>,
}

/// Times to the end of one district and category, as the engine `fairness` wants them.
#[derive(Debug, Clone, Copy, Default)]
struct Logs {
    n: u64,
    sum: f64,
    sum_squares: f64,
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

/// Reports of one district and category.
#[derive(Debug, Clone, Default)]
struct Tally {
    /// Seconds to the end, of those that ended.
    took: Vec<u32>,
    /// Seconds to the first answer, of those that have one.
    answered: Vec<u32>,
    open: u64,
    overdue: u64,
    on_time: u64,
    late: u64,
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
            logs: tallies.iter().map(|(key, tally)| (key.clone(), Logs::of(&tally.took))).collect(),
        }
    }
}

impl Figures {
    /// How many times as long each district waits for an end, for the same mix of categories, in the order of `districts`.
    pub fn compared(&self, districts: &[String]) -> Vec<Option<Estimate>> {
        compare(districts, self.logs.iter().map(|(key, logs)| (key, *logs)))
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

fn compare<'l>(
    districts: &[String],
    logs: impl Iterator<Item = (&'l (String, String), Logs)> + Clone,
) -> Vec<Option<Estimate>> {
    let mut categories: Vec<&String> = logs.clone().map(|((_, category), _)| category).collect();
    categories.sort();
    categories.dedup();
    let cells: Vec<Cell> = logs
        .filter_map(|((district, category), Logs { n, sum, sum_squares })| {
            let group = districts.iter().position(|code| code == district)?;
            let stratum = categories.binary_search(&category).ok()?;
            Some(Cell { group, stratum, n, sum, sum_squares })
        })
        .collect();
    match fairness::compare(districts.len(), categories.len(), &cells) {
        Ok(outcome) => outcome.groups.into_iter().map(|group| group.adjusted).collect(),
        Err(_) => vec![None; districts.len()],
    }
}

impl Logs {
    fn of(took: &[u32]) -> Self {
        let logs = took.iter().map(|seconds| f64::from((*seconds).max(SHORTEST_SECONDS)).ln());
        let (sum, sum_squares) = logs.fold((0.0, 0.0), |(sum, squares), log| (sum + log, squares + log * log));
        Self { n: took.len() as u64, sum, sum_squares }
    }
}

impl Summary {
    fn of(tallies: &[&Tally]) -> Self {
        let sum = |of: fn(&Tally) -> u64| tallies.iter().map(|tally| of(tally)).sum::<u64>();
        let all =
            |of: fn(&Tally) -> &Vec<u32>| tallies.iter().map(|tally| of(tally).as_slice()).collect::<Vec<_>>().concat();
        let (ended, open) = (sum(|tally| tally.took.len() as u64), sum(|tally| tally.open));
        let (overdue, on_time, late) =
            (sum(|tally| tally.overdue), sum(|tally| tally.on_time), sum(|tally| tally.late));
        Self {
            reports: ended + open,
            ended,
            open,
            overdue,
            promises: (on_time, on_time + late + overdue),
            took: times(all(|tally| &tally.took)),
            answered: times(all(|tally| &tally.answered)),
        }
    }
}

impl Tally {
    /// Counts a report at this second since 1970.
    fn add(&mut self, report: &Counted, now: i64) {
        self.answered.extend(report.answered);
        match (report.took, report.promise) {
            (Some(took), promise) => {
                self.took.push(took);
                self.on_time += u64::from(promise == Promised::OnTime);
                self.late += u64::from(promise == Promised::Late);
            }
            (None, Promised::Within(seconds)) => {
                self.open += 1;
                self.overdue += u64::from(report.opened_at + i64::from(seconds) < now);
            }
            (None, _) => self.open += 1,
        }
    }
}

/// By the nearest rank: the least of the times that is not less than so many of them.
fn times(mut seconds: Vec<u32>) -> Option<Times> {
    let last = seconds.len().checked_sub(1)?;
    let rank = |tenths: usize| (seconds.len() * tenths).div_ceil(10).saturating_sub(1).min(last);
    let (median, p90) = (rank(5), rank(9));
    let between = fairness::median_places(seconds.len() as u64).map(|(low, high)| (low as usize, high as usize));
    let mut places = vec![median, p90];
    places.extend(between.iter().flat_map(|(low, high)| [*low, *high]));
    places.sort_unstable();
    put_in_place(&mut seconds, 0, &places);
    let between = between.map(|(low, high)| (seconds[low], seconds[high]));
    Some(Times { median: seconds[median], p90: seconds[p90], between })
}

/// Brings the values of these places, in order and counted from `before` values ahead, to where they would be if all were sorted.
fn put_in_place(values: &mut [u32], before: usize, places: &[usize]) {
    let Some(place) = places.get(places.len() / 2) else { return };
    let at = place - before;
    values.select_nth_unstable(at);
    let (lower, higher) = values.split_at_mut(at);
    put_in_place(lower, before, &places[..places.partition_point(|one| one < place)]);
    let above = &places[places.partition_point(|one| one <= place)..];
    if let Some((_, higher)) = higher.split_first_mut() {
        put_in_place(higher, place + 1, above);
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Counting, Seen, Times, times};
    use civic::Moment;

    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn nearest_ranks() {
        assert_eq!(times(Vec::new()), None);
        let few = |median, p90| Some(Times { median, p90, between: None });
        assert_eq!(times(vec![7]), few(7, 7));
        assert_eq!(times((1..=10).rev().collect()), few(5, 9));
        assert_eq!(times((1..=11).collect()), few(6, 10));
        let hundred = (1..=100).map(|number| number * 37 % 101).collect();
        assert_eq!(times(hundred), Some(Times { median: 50, p90: 90, between: Some((40, 61)) }));
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
        assert_eq!((summary.reports, summary.ended, summary.open, summary.overdue), (7, 4, 3, 1));
        assert_eq!(summary.promises, (2, 4), "on time, of those whose promise has run out");
        assert_eq!(summary.took, Some(Times { median: 36_000, p90: 180_000, between: None }));
        assert_eq!((&figures.all, &figures.categories["lamp"]), (summary, summary));
        assert_eq!(figures.compared(&["mill".to_owned()]), [None], "one district alone");
        assert!(figures.reporting(&["mill".to_owned()]).is_err(), "nobody said it again");
    }
}
