//! What is counted of applications in one pass over them, however many there are.

use super::spread::Spread;
use crate::{model::Outcome, store::Case};
use civic::{Moment, words};
use std::collections::BTreeMap;

/// Seconds of a tenth of a day: waits are shown in tenths, so they are counted in tenths.
pub const TENTH_SECONDS: i64 = 8_640;
/// Seconds that the quickest decision counts as where logarithms are compared: what was decided within an hour took an hour.
const SHORTEST_SECONDS: i64 = 3_600;
/// Days of a period in which gaps are looked for: four weeks, so that each has as many weekends.
const PERIOD_DAYS: i64 = 28;
const PERIOD_MICROS: i64 = PERIOD_DAYS * 86_400 * 1_000_000;

words! {
    /// By what groups are told apart.
    By {
        /// Where the applicant lives.
        District = "district",
        /// How the application came.
        Channel = "channel",
        /// In which language it was written.
        Language = "language",
    }
}

/// What applications have in common that are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The code of the service.
    pub service: String,
    /// The district; empty for none.
    pub district: String,
    /// The word of the channel.
    pub channel: &'static str,
    /// The language's tag.
    pub language: String,
}

impl Key {
    /// The group to which they belong.
    pub fn group(&self, by: By) -> &str {
        match by {
            By::District => &self.district,
            By::Channel => self.channel,
            By::Language => &self.language,
        }
    }
}

/// Counts and sums.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Applications.
    pub n: u64,
    /// Those of which something was missing.
    pub incomplete: u64,
    /// Those that were decided.
    pub decided: u64,
    /// Those that were granted at first.
    pub granted: u64,
    /// Appeals that were decided.
    pub appeals: u64,
    /// Those of them whose end changed the decision.
    pub changed: u64,
    /// Sum of the logarithms of the seconds to the decision.
    pub logs: f64,
    /// Sum of their squares.
    pub log_squares: f64,
}

impl Tally {
    fn add(&mut self, case: &Case) {
        self.n += 1;
        self.incomplete += u64::from(case.was_incomplete);
        if let Some(seconds) = case.waited_seconds() {
            let log = (seconds.max(SHORTEST_SECONDS) as f64).ln();
            self.decided += 1;
            self.granted += u64::from(case.first == Some(Outcome::Granted));
            (self.logs, self.log_squares) = (self.logs + log, self.log_squares + log * log);
        }
        if let Some(outcome) = case.appeal.flatten() {
            self.appeals += 1;
            self.changed += u64::from(Some(outcome) != case.first);
        }
    }

    /// Adds up with another.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.incomplete += other.incomplete;
        self.decided += other.decided;
        self.granted += other.granted;
        self.appeals += other.appeals;
        self.changed += other.changed;
        (self.logs, self.log_squares) = (self.logs + other.logs, self.log_squares + other.log_squares);
    }
}

/// A tally with what is shown of times and of what applying costs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Counts and sums.
    pub tally: Tally,
    /// Tenths of days to the first decision.
    pub wait: Spread,
    /// Minutes that writing took.
    pub minutes: Spread,
    /// Pages that were filled in.
    pub pages: Spread,
    /// Times that somebody had to come.
    pub visits: Spread,
    /// Letters that were sent.
    pub letters: Spread,
    /// Those that were made up.
    pub simulated: u64,
}

impl Cell {
    fn add(&mut self, case: &Case) {
        self.tally.add(case);
        if let Some(seconds) = case.waited_seconds() {
            self.wait.add((seconds + TENTH_SECONDS / 2) / TENTH_SECONDS);
        }
        self.minutes.add(case.minutes);
        self.pages.add(case.pages);
        self.visits.add(case.visits);
        self.letters.add(case.letters);
        self.simulated += u64::from(case.is_simulated);
    }

    /// Adds up with another.
    pub fn merge(&mut self, other: &Self) {
        self.tally.merge(&other.tally);
        self.wait.merge(&other.wait);
        self.minutes.merge(&other.minutes);
        self.pages.merge(&other.pages);
        self.visits.merge(&other.visits);
        self.letters.merge(&other.letters);
        self.simulated += other.simulated;
    }
}

/// All that was counted.
#[derive(Debug, Clone)]
pub struct Counted {
    /// When.
    pub now: Moment,
    /// By what applications have in common.
    pub cells: BTreeMap<Key, Cell>,
    /// What was decided in the last complete periods, the latest last.
    pub periods: [BTreeMap<Key, Tally>; fairness::GAP_PERIODS],
    first_period: i64,
}

impl Counted {
    /// Nothing yet.
    pub fn new(now: Moment) -> Self {
        let current = now.micros().div_euclid(PERIOD_MICROS);
        let first_period = current - fairness::GAP_PERIODS as i64;
        Self { now, cells: BTreeMap::new(), periods: Default::default(), first_period }
    }

    /// Counts one more.
    pub fn add(&mut self, key: Key, case: &Case) {
        let period = case.decided_at.map(|at| at.micros().div_euclid(PERIOD_MICROS) - self.first_period);
        let period = period.and_then(|period| usize::try_from(period).ok());
        if let Some(tallies) = period.and_then(|period| self.periods.get_mut(period)) {
            tallies.entry(key.clone()).or_default().add(case);
        }
        self.cells.entry(key).or_default().add(case);
    }
}
