//! Groups against what is usual for the same kind of thing: a plain reading that anybody can redo with a calculator.

use crate::{Estimate, FairnessError, GROUPS_LIMIT, STRATA_LIMIT};

/// Observations of a group under which nothing is said of it.
pub const USUAL_LEAST: usize = 30;
/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// One matter that has ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ended {
    /// Index of the group.
    pub group: usize,
    /// Index of the stratum.
    pub stratum: usize,
    /// How long it took, in any unit, at least 0.
    pub time: f64,
}

/// For each group the geometric mean of `(time + offset) / (median of the stratum + offset)`, with the 95% interval of the mean of
/// the logarithms (normal distribution, the medians taken as known); `None` for groups of fewer than [`USUAL_LEAST`].
///
/// Unlike [`compare`](crate::compare) it does not take the effects of groups and strata apart: it asks how far a group is from what
/// is usual for each kind, so a few very quick matters weigh less, and the ratios need not surround 1. The offset, in the unit of
/// the times, keeps what ended at once from counting as infinitely quick; the known answers are in hours with an offset of 1.
///
/// # Errors
/// [`FairnessError::TooMany`] beyond the limits; [`FairnessError::Cell`] with the place of a matter that names a group or stratum
/// that is not there, or whose time plus the offset is not a positive number.
pub fn against_usual(
    groups: usize,
    strata: usize,
    ended: &[Ended],
    offset: f64,
) -> Result<Vec<Option<Estimate>>, FairnessError> {
    if groups > GROUPS_LIMIT || strata > STRATA_LIMIT {
        return Err(FairnessError::TooMany);
    }
    let is_wrong = |one: &Ended| {
        let shifted = one.time + offset;
        one.group >= groups || one.stratum >= strata || one.time < 0.0 || !shifted.is_finite() || shifted <= 0.0
    };
    if let Some(at) = ended.iter().position(is_wrong) {
        return Err(FairnessError::Cell(at));
    }
    let mut by_stratum = vec![Vec::new(); strata];
    ended.iter().for_each(|one| by_stratum[one.stratum].push(one.time));
    let usual: Vec<f64> = by_stratum.into_iter().map(|times| (median(times) + offset).ln()).collect();
    let mut by_group = vec![Vec::new(); groups];
    for one in ended {
        by_group[one.group].push((one.time + offset).ln() - usual[one.stratum]);
    }
    Ok(by_group.iter().map(|logs| around(logs)).collect())
}

/// The middle of these times, of two middle ones their average; 0 of none.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    let half = times.len() / 2;
    match times.len() {
        0 => 0.0,
        even if even % 2 == 0 => f64::midpoint(times[half - 1], times[half]),
        _ => times[half],
    }
}

fn around(logs: &[f64]) -> Option<Estimate> {
    let n = logs.len() as f64;
    let mean = logs.iter().sum::<f64>() / n;
    let variance = logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let half = NORMAL_97_5 * (variance / n).sqrt();
    (logs.len() >= USUAL_LEAST).then(|| Estimate {
        ratio: mean.exp(),
        low: (mean - half).exp(),
        high: (mean + half).exp(),
    })
}
