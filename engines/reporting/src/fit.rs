//! Poisson regression with one effect for each group and one for each stratum, and the watched time as its offset.

use crate::{Cell, DAY_SECONDS};

/// Rounds of fitting; a few dozen do.
const ROUNDS_LIMIT: u32 = 10_000;
/// The change of an effect under which the fit stands.
const SETTLED: f64 = 1e-13;

/// One group's effect.
pub(crate) struct Effect {
    pub group: usize,
    /// The logarithm of its ratio to all.
    pub log: f64,
    /// Its standard error, before it is widened by the scatter.
    pub spread: f64,
}

pub(crate) struct Fitted {
    pub effects: Vec<Effect>,
    pub scatter: f64,
}

/// A cell of the fitted table: its group's and stratum's place, days, repeats.
struct Entry {
    group: usize,
    stratum: usize,
    days: f64,
    repeats: f64,
}

/// Fits the effects by setting those of groups and strata in turn to what makes their sums right, which climbs to the greatest likelihood
/// (Bishop, Fienberg, Holland, *Discrete Multivariate Analysis*, 1975, section 3.5). Groups and strata without any repeat have no finite
/// effect and are left out; so are groups that share no stratum with the largest set.
pub(crate) fn fit(groups: usize, strata: usize, cells: &[Cell]) -> Fitted {
    let (present, entries) = table(groups, strata, cells);
    if present.len() < 2 {
        return Fitted { effects: Vec::new(), scatter: 1.0 };
    }
    let mut of_group = vec![1.0_f64; present.len()];
    let mut of_stratum = vec![1.0_f64; strata];
    for _ in 0..ROUNDS_LIMIT {
        settle(&entries, |entry| entry.stratum, &mut of_stratum, |entry| of_group[entry.group]);
        let moved = settle(&entries, |entry| entry.group, &mut of_group, |entry| of_stratum[entry.stratum]);
        if moved < SETTLED {
            break;
        }
    }
    let expected: Vec<f64> =
        entries.iter().map(|entry| entry.days * of_group[entry.group] * of_stratum[entry.stratum]).collect();
    let total: f64 = expected.iter().sum();
    let weights: Vec<f64> = (0..present.len())
        .map(|group| entries.iter().zip(&expected).filter(|(entry, _)| entry.group == group).map(|(_, one)| one).sum())
        .collect();
    let middle: f64 = weights.iter().zip(&of_group).map(|(weight, rate)| weight * rate.ln()).sum::<f64>() / total;
    let spreads = spreads(&entries, &expected, &weights, strata);
    let effects = present.iter().enumerate().map(|(place, group)| Effect {
        group: *group,
        log: of_group[place].ln() - middle,
        spread: spreads[place],
    });
    Fitted { effects: effects.collect(), scatter: scatter(&entries, &expected, present.len()) }
}

/// Sets each effect of one side to its repeats over its days at the other side's rates. Returns the greatest change of a logarithm.
fn settle(entries: &[Entry], side: impl Fn(&Entry) -> usize, rates: &mut [f64], other: impl Fn(&Entry) -> f64) -> f64 {
    let mut sums = vec![(0.0, 0.0); rates.len()];
    for entry in entries {
        let sum = &mut sums[side(entry)];
        *sum = (sum.0 + entry.repeats, sum.1 + entry.days * other(entry));
    }
    let mut moved = 0.0_f64;
    for (rate, (repeats, days)) in rates.iter_mut().zip(sums).filter(|(_, (repeats, _))| *repeats > 0.0) {
        let settled = repeats / days;
        moved = moved.max((settled / *rate).ln().abs());
        *rate = settled;
    }
    moved
}

/// The groups that can be fitted, and the entries of the largest set of groups and strata bound together by repeats.
fn table(groups: usize, strata: usize, cells: &[Cell]) -> (Vec<usize>, Vec<Entry>) {
    let mut summed = std::collections::BTreeMap::<(usize, usize), (f64, f64)>::new();
    for cell in cells.iter().filter(|cell| cell.watched_seconds > 0.0) {
        let sum = summed.entry((cell.group, cell.stratum)).or_default();
        *sum = (sum.0 + cell.watched_seconds / DAY_SECONDS, sum.1 + cell.repeats as f64);
    }
    // Each group and stratum begins as a set of its own, and takes the least name of those it shares repeats with.
    let mut names: Vec<usize> = (0..groups + strata).collect();
    let mut weights = vec![0.0; groups + strata];
    loop {
        let mut is_settled = true;
        for ((group, stratum), _) in summed.iter().filter(|(_, sum)| sum.1 > 0.0) {
            let (one, other) = (*group, groups + stratum);
            let least = names[one].min(names[other]);
            is_settled &= names[one] == least && names[other] == least;
            (names[one], names[other]) = (least, least);
        }
        if is_settled {
            break;
        }
    }
    for ((group, _), (_, repeats)) in &summed {
        weights[names[*group]] += repeats;
    }
    let largest = (0..weights.len()).rev().max_by(|one, other| weights[*one].total_cmp(&weights[*other]));
    let belongs = |at: usize| Some(names[at]) == largest;
    let mut present: Vec<usize> = summed.keys().map(|(group, _)| *group).filter(|group| belongs(*group)).collect();
    present.dedup();
    let entries = summed
        .into_iter()
        .filter(|((group, stratum), _)| belongs(*group) && belongs(groups + stratum))
        .filter_map(|((group, stratum), (days, repeats))| {
            let group = present.binary_search(&group).ok()?;
            Some(Entry { group, stratum, days, repeats })
        })
        .collect();
    (present, entries)
}

/// The standard errors of the groups' effects around their weighted mean: the strata are solved for first, and what is left is made regular
/// by adding `w w'/N` (as in the engine fairness), whose inverse less the constant is the covariance.
fn spreads(entries: &[Entry], expected: &[f64], weights: &[f64], strata: usize) -> Vec<f64> {
    let size = weights.len();
    let total: f64 = weights.iter().sum();
    let mut matrix: Vec<Vec<f64>> =
        weights.iter().map(|one| weights.iter().map(|other| one * other / total).collect()).collect();
    for (place, weight) in weights.iter().enumerate() {
        matrix[place][place] += weight;
    }
    for stratum in 0..strata {
        let members: Vec<(usize, f64)> = entries
            .iter()
            .zip(expected)
            .filter(|(entry, _)| entry.stratum == stratum)
            .map(|(entry, one)| (entry.group, *one))
            .collect();
        let sum: f64 = members.iter().map(|(_, one)| one).sum();
        for (row, one) in &members {
            members.iter().for_each(|(column, other)| matrix[*row][*column] -= one * other / sum);
        }
    }
    let inverse = inverted(matrix);
    (0..size).map(|place| (inverse[place][place] - 1.0 / total).max(0.0).sqrt()).collect()
}

/// Gauss and Jordan, for a symmetric positive definite matrix of at most 500 rows.
fn inverted(mut matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let size = matrix.len();
    for pivot in 0..size {
        let over = 1.0 / matrix[pivot][pivot];
        matrix[pivot][pivot] = 1.0;
        matrix[pivot].iter_mut().for_each(|value| *value *= over);
        let pivot_row = matrix[pivot].clone();
        for (_, values) in matrix.iter_mut().enumerate().filter(|(row, _)| *row != pivot) {
            let factor = std::mem::replace(&mut values[pivot], 0.0);
            values.iter_mut().zip(&pivot_row).for_each(|(value, above)| *value -= factor * above);
        }
    }
    matrix
}

/// Pearson's statistic over its degrees of freedom, at least 1 (McCullagh and Nelder, *Generalized Linear Models*, 1989, section 4.5).
fn scatter(entries: &[Entry], expected: &[f64], groups: usize) -> f64 {
    let pearson: f64 = entries.iter().zip(expected).map(|(entry, one)| (entry.repeats - one).powi(2) / one).sum();
    let mut strata: Vec<usize> = entries.iter().map(|entry| entry.stratum).collect();
    strata.sort_unstable();
    strata.dedup();
    let effects = groups + strata.len() - 1;
    match entries.len().checked_sub(effects) {
        Some(degrees) if degrees > 0 => (pearson / degrees as f64).max(1.0),
        _ => 1.0,
    }
}
