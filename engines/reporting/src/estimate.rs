//! Rates of repeats, alone and adjusted for strata.

use crate::{DAY_SECONDS, REPEATS_LEAST, fit::fit};

/// Groups that can be estimated at once.
pub const GROUPS_LIMIT: usize = 500;
/// Strata there may be.
pub const STRATA_LIMIT: usize = 5_000;
/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// What is known of one group (district) in one stratum (category).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Index of the group.
    pub group: usize,
    /// Index of the stratum.
    pub stratum: usize,
    /// Matters that were reported at least once.
    pub matters: u64,
    /// For how long they were watched after their first report, added up, in seconds.
    pub watched_seconds: f64,
    /// Repeats within that time.
    pub repeats: u64,
}

/// A rate with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The estimate.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Rate {
    /// Days until a first report, on average, where this is a rate of reports in a day: the fast end first.
    #[must_use]
    pub fn days_unreported(self) -> Self {
        Self { value: 1.0 / self.value, low: 1.0 / self.high, high: 1.0 / self.low }
    }

    /// The share of matters nobody reports within `days`, where this is a rate of reports in a day.
    #[must_use]
    pub fn share_unreported(self, days: f64) -> Self {
        let share = |rate: f64| (-rate * days).exp();
        Self { value: share(self.value), low: share(self.high), high: share(self.low) }
    }
}

/// What is estimated of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// Matters it rests on.
    pub matters: u64,
    /// Repeats it rests on.
    pub repeats: u64,
    /// Reports in a day of a matter that is there, as it is; `None` with fewer than [`REPEATS_LEAST`] repeats.
    pub rate: Option<Rate>,
    /// The rate as a ratio to that of all, for the same mix of strata; `None` where there is none to give.
    pub adjusted: Option<Rate>,
}

/// The estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// All groups together.
    pub all: Group,
    /// The groups, in the order of their indexes.
    pub groups: Vec<Group>,
    /// How many times as much the repeats scatter as the model's chance alone; never less than 1. Intervals are widened by its root.
    pub scatter: f64,
}

/// Why nothing is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReportingError {
    /// More groups or strata than the limits.
    #[error("at most {GROUPS_LIMIT} groups and {STRATA_LIMIT} strata can be estimated")]
    TooMany,
    /// A cell that names a group or stratum that is not there, or repeats without time.
    #[error("the cell at {0} does not belong to the table")]
    Cell(usize),
    /// Fewer repeats in all than [`REPEATS_LEAST`].
    #[error("there are {0} repeats, and an estimate needs {REPEATS_LEAST}")]
    TooFew(u64),
}

/// Estimates rates; two cells of the same pair are added up.
///
/// # Errors
/// [`ReportingError`].
pub fn estimate(groups: usize, strata: usize, cells: &[Cell]) -> Result<Outcome, ReportingError> {
    if groups > GROUPS_LIMIT || strata > STRATA_LIMIT {
        return Err(ReportingError::TooMany);
    }
    let is_wrong = |cell: &Cell| {
        let seconds = cell.watched_seconds;
        cell.group >= groups
            || cell.stratum >= strata
            || !seconds.is_finite()
            || seconds < 0.0
            || (seconds == 0.0 && cell.repeats > 0)
    };
    if let Some(at) = cells.iter().position(is_wrong) {
        return Err(ReportingError::Cell(at));
    }
    let all = summed(cells.iter());
    if all.repeats < REPEATS_LEAST {
        return Err(ReportingError::TooFew(all.repeats));
    }
    let mut found: Vec<Group> =
        (0..groups).map(|group| summed(cells.iter().filter(|cell| cell.group == group))).collect();
    let fitted = fit(groups, strata, cells);
    let widened = NORMAL_97_5 * fitted.scatter.sqrt();
    for effect in &fitted.effects {
        let group = &mut found[effect.group];
        let half = widened * effect.spread;
        let (value, low, high) = (effect.log.exp(), (effect.log - half).exp(), (effect.log + half).exp());
        group.adjusted = (group.repeats >= REPEATS_LEAST).then_some(Rate { value, low, high });
    }
    Ok(Outcome { all, groups: found, scatter: fitted.scatter })
}

fn summed<'c>(cells: impl Iterator<Item = &'c Cell>) -> Group {
    let (matters, repeats, seconds) = cells.fold((0, 0, 0.0), |(matters, repeats, seconds), cell| {
        (matters + cell.matters, repeats + cell.repeats, seconds + cell.watched_seconds)
    });
    let rate = (repeats >= REPEATS_LEAST).then(|| rate(repeats, seconds));
    Group { matters, repeats, rate, adjusted: None }
}

/// The rate in a day of so many events (at least one) in so many seconds, with Byar's approximation of the exact Poisson interval
/// (Breslow and Day, *Statistical Methods in Cancer Research* II, 1987, page 69).
pub fn rate(events: u64, seconds: f64) -> Rate {
    let (days, n) = (seconds / DAY_SECONDS, events as f64);
    let bound = |n: f64, sign: f64| n * (1.0 - 1.0 / (9.0 * n) + sign * NORMAL_97_5 / (3.0 * n.sqrt())).powi(3);
    Rate { value: n / days, low: bound(n, -1.0).max(0.0) / days, high: bound(n + 1.0, 1.0) / days }
}
