//! The two-way additive model.

use crate::solve::Matrix;

/// Groups that can be compared at once.
pub const GROUPS_LIMIT: usize = 500;
/// Strata there may be.
pub const STRATA_LIMIT: usize = 5_000;
/// Degrees of freedom under which nothing is said.
const DEGREES_LEAST: u64 = 30;
/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// What is known of one group in one stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Index of the group.
    pub group: usize,
    /// Index of the stratum.
    pub stratum: usize,
    /// How many observations.
    pub n: u64,
    /// Sum of the logarithms of their times.
    pub sum: f64,
    /// Sum of the squares of these logarithms.
    pub sum_squares: f64,
}

/// A ratio with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// How many times as long as the average, for the same mix.
    pub ratio: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What is found about one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// Its observations.
    pub n: u64,
    /// Its geometric mean against that of all, without adjustment; `None` without observations.
    pub crude: Option<f64>,
    /// The comparison for the same mix; `None` where there is none to make.
    pub adjusted: Option<Estimate>,
    /// Its observations in that comparison; 0 without one.
    pub compared: u64,
}

/// The comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The groups, in the order of their indexes.
    pub groups: Vec<Group>,
    /// Observations that were compared.
    pub compared: u64,
    /// Degrees of freedom of the rest.
    pub degrees: u64,
    /// Standard deviation of the rest, in logarithms.
    pub deviation: f64,
}

/// Why nothing can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FairnessError {
    /// More groups or strata than the limits.
    #[error("at most {GROUPS_LIMIT} groups and {STRATA_LIMIT} strata can be compared")]
    TooMany,
    /// A cell names a group or stratum that is not there, or has a sum that is not a number.
    #[error("the cell at {0} does not belong to the table")]
    Cell(usize),
    /// Too few observations, or only one group.
    #[error("there are too few observations to compare anything")]
    TooFew,
}

/// Compares groups, adjusted for strata. Cells may come in any order; two of the same pair are added up.
///
/// # Errors
/// [`FairnessError`].
pub fn compare(groups: usize, strata: usize, cells: &[Cell]) -> Result<Outcome, FairnessError> {
    if groups > GROUPS_LIMIT || strata > STRATA_LIMIT {
        return Err(FairnessError::TooMany);
    }
    let is_wrong = |cell: &Cell| {
        cell.group >= groups || cell.stratum >= strata || !cell.sum.is_finite() || !cell.sum_squares.is_finite()
    };
    if let Some(at) = cells.iter().position(is_wrong) {
        return Err(FairnessError::Cell(at));
    }
    let cells: Vec<Cell> = cells.iter().copied().filter(|cell| cell.n > 0).collect();
    let mut found = crude(groups, &cells);
    let table = Table::of(groups, strata, &connected(groups, strata, &cells));
    let degrees = table.degrees().filter(|degrees| *degrees >= DEGREES_LEAST).ok_or(FairnessError::TooFew)?;
    let (effects, spread, deviation) = table.solve(degrees).ok_or(FairnessError::TooFew)?;
    for (place, group) in table.present.iter().enumerate() {
        let (effect, half) = (effects[place], NORMAL_97_5 * spread[place]);
        found[*group].adjusted =
            Some(Estimate { ratio: effect.exp(), low: (effect - half).exp(), high: (effect + half).exp() });
        found[*group].compared = table.groups[place].0 as u64;
    }
    Ok(Outcome { groups: found, compared: table.total_n(), degrees, deviation })
}

/// The groups without adjustment.
fn crude(groups: usize, cells: &[Cell]) -> Vec<Group> {
    let (n, sum) = cells.iter().fold((0, 0.0), |(n, sum), cell| (n + cell.n, sum + cell.sum));
    let mean = |sum: f64, n: u64| sum / n as f64;
    (0..groups)
        .map(|group| {
            let own = cells.iter().filter(|cell| cell.group == group);
            let (own_n, own_sum) = own.fold((0, 0.0), |(n, sum), cell| (n + cell.n, sum + cell.sum));
            let crude = (own_n > 0).then(|| (mean(own_sum, own_n) - mean(sum, n)).exp());
            Group { n: own_n, crude, adjusted: None, compared: 0 }
        })
        .collect()
}

/// The cells of the largest set of groups that are bound together by strata they share.
fn connected(groups: usize, strata: usize, cells: &[Cell]) -> Vec<Cell> {
    // Each group and stratum begins as a set of its own; each cell joins two.
    let mut set: Vec<usize> = (0..groups + strata).collect();
    fn root(set: &mut [usize], mut at: usize) -> usize {
        while set[at] != at {
            set[at] = set[set[at]];
            at = set[at];
        }
        at
    }
    for cell in cells {
        let (one, other) = (root(&mut set, cell.group), root(&mut set, groups + cell.stratum));
        set[one.max(other)] = one.min(other);
    }
    let mut sizes = vec![0_u64; groups + strata];
    for cell in cells {
        sizes[root(&mut set, cell.group)] += cell.n;
    }
    let largest = (0..sizes.len()).rev().max_by_key(|at| sizes[*at]).unwrap_or_default();
    cells.iter().copied().filter(|cell| root(&mut set, cell.group) == largest).collect()
}

/// Counts and sums of what is compared; groups by their place in `present`.
struct Table {
    present: Vec<usize>,
    /// By group: observations and sum.
    groups: Vec<(f64, f64)>,
    strata: Vec<Stratum>,
    sum_squares: f64,
}

/// One stratum: observations, sum, and the observations of each group in it.
#[derive(Clone, Default)]
struct Stratum {
    n: f64,
    sum: f64,
    members: Vec<(usize, f64)>,
}

impl Table {
    fn of(groups: usize, strata: usize, cells: &[Cell]) -> Self {
        let present: Vec<usize> = (0..groups).filter(|group| cells.iter().any(|cell| cell.group == *group)).collect();
        let mut table = Self {
            groups: vec![(0.0, 0.0); present.len()],
            strata: vec![Stratum::default(); strata],
            sum_squares: cells.iter().map(|cell| cell.sum_squares).sum(),
            present,
        };
        for cell in cells {
            let Ok(place) = table.present.binary_search(&cell.group) else { continue };
            let n = cell.n as f64;
            let (group, stratum) = (&mut table.groups[place], &mut table.strata[cell.stratum]);
            *group = (group.0 + n, group.1 + cell.sum);
            (stratum.n, stratum.sum) = (stratum.n + n, stratum.sum + cell.sum);
            stratum.members.push((place, n));
        }
        table.strata.retain(|stratum| stratum.n > 0.0);
        table
    }

    fn total_n(&self) -> u64 {
        self.groups.iter().map(|group| group.0 as u64).sum()
    }

    /// Observations less the effects that are fitted; `None` with fewer than two groups.
    fn degrees(&self) -> Option<u64> {
        let effects = (self.groups.len() + self.strata.len()) as u64;
        (self.groups.len() > 1).then(|| (self.total_n() + 1).checked_sub(effects)).flatten()
    }

    /// The effects of the groups around their weighted average, their standard errors, and the deviation of the rest.
    ///
    /// The strata are solved for first (each is its own mean, less its groups), which leaves a system of the groups alone. It is
    /// singular by the constant; adding `w w'/N`, with `w` the counts, makes it regular and its solution the one with `w'd = 0`.
    fn solve(&self, degrees: u64) -> Option<(Vec<f64>, Vec<f64>, f64)> {
        let size = self.groups.len();
        let total: f64 = self.groups.iter().map(|group| group.0).sum();
        let (mut left, mut right) = (Matrix::zero(size), Vec::with_capacity(size));
        for (place, (n, sum)) in self.groups.iter().enumerate() {
            left.add(place, place, *n);
            right.push(*sum);
        }
        for Stratum { n, sum, members } in &self.strata {
            for (place, count) in members {
                right[*place] -= count * sum / n;
                members.iter().for_each(|(other, other_count)| left.add(*place, *other, -count * other_count / n));
            }
        }
        let mut regular = left.clone();
        for (row, (n, _)) in self.groups.iter().enumerate() {
            for (column, (other, _)) in self.groups.iter().enumerate() {
                regular.add(row, column, n * other / total);
            }
        }
        let inverse = regular.inverse()?;
        let times = |row: usize, vector: &dyn Fn(usize) -> f64| -> f64 {
            (0..size).map(|column| inverse.get(row, column) * vector(column)).sum()
        };
        let effects: Vec<f64> = (0..size).map(|row| times(row, &|column| right[column])).collect();
        let variance = self.rest(&effects).max(0.0) / degrees as f64;
        // Var(d) = σ² M A M, with A the singular system and M the inverse of the regular one.
        let spread = (0..size)
            .map(|row| {
                let own = |column: usize| -> f64 { (0..size).map(|k| left.get(column, k) * inverse.get(k, row)).sum() };
                (variance * times(row, &own)).max(0.0).sqrt()
            })
            .collect();
        Some((effects, spread, variance.sqrt()))
    }

    /// The sum of squares that the fitted effects leave.
    fn rest(&self, effects: &[f64]) -> f64 {
        let by_groups: f64 = self.groups.iter().zip(effects).map(|((_, sum), effect)| effect * sum).sum();
        let by_strata: f64 = self
            .strata
            .iter()
            .map(|Stratum { n, sum, members }| {
                let of_groups: f64 = members.iter().map(|(place, count)| count * effects[*place]).sum();
                (sum - of_groups) / n * sum
            })
            .sum();
        self.sum_squares - by_groups - by_strata
    }
}
