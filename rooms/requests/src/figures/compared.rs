//! Districts compared for the same mix of categories.

use fairness::{Cell, Difference, Estimate, Pair, Waits};
use std::collections::BTreeMap;

/// The shortest time that is told apart, in seconds: what is shorter counts as this in the comparison of districts.
const SHORTEST_SECONDS: u32 = 60;

/// A district and a category.
type Key = (String, String);

/// A ratio with its interval, and how many of the district's reports were compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The ratio.
    pub estimate: Estimate,
    /// Its reports that ended and could be compared.
    pub n: u64,
}

/// Times to the end of one district and category, as the engine `fairness` wants them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Logs {
    n: u64,
    sum: f64,
    sum_squares: f64,
}

impl Logs {
    /// Of these seconds.
    pub fn of(took: impl Iterator<Item = u32>) -> Self {
        let logs = took.map(|seconds| f64::from(seconds.max(SHORTEST_SECONDS)).ln());
        logs.fold(Self::default(), |Self { n, sum, sum_squares }, log| Self {
            n: n + 1,
            sum: sum + log,
            sum_squares: sum_squares + log * log,
        })
    }

    /// Of what has ended.
    pub fn of_ended(took: &Waits) -> Self {
        Self::of(took.over())
    }
}

/// How many times as long each district waits, in the order of `districts`.
pub(super) fn compare<'l>(
    districts: &[String],
    logs: impl Iterator<Item = (&'l Key, Logs)> + Clone,
) -> Vec<Option<Compared>> {
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
    let of = |group: fairness::Group| group.adjusted.map(|estimate| Compared { estimate, n: group.compared });
    match fairness::compare(districts.len(), categories.len(), &cells) {
        Ok(outcome) => outcome.groups.into_iter().map(of).collect(),
        Err(_) => vec![None; districts.len()],
    }
}

/// How much larger the share of some of so many is in each district than in all others, in the order of `districts`. What lies in none of
/// them is not compared.
pub(super) fn differences<'c>(
    districts: &[String],
    cells: impl Iterator<Item = (&'c Key, (u64, u64))>,
) -> Vec<Option<Difference>> {
    let mut all = BTreeMap::<&str, (u64, u64)>::new();
    let mut own = vec![Vec::new(); districts.len()];
    for ((district, category), (part, n)) in cells {
        let Some(place) = districts.iter().position(|code| code == district) else { continue };
        let sum = all.entry(category).or_default();
        *sum = (sum.0 + part, sum.1 + n);
        own[place].push((category.as_str(), part, n));
    }
    let of = |cells: Vec<(&str, u64, u64)>| {
        let pairs: Vec<Pair> = cells
            .into_iter()
            .map(|(category, part, n)| {
                let (all_part, all_n) = all.get(category).copied().unwrap_or_default();
                Pair { part, n, other_part: all_part.saturating_sub(part), other_n: all_n.saturating_sub(n) }
            })
            .collect();
        fairness::difference(&pairs)
    };
    own.into_iter().map(of).collect()
}
