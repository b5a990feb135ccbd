//! Groups against all others, for the same mix of services.

use super::{
    SMALL,
    tally::{By, Key, Tally},
};
use fairness::{Pair, difference};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A comparison with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedView {
    /// A ratio (1 is the same) or a difference of shares (0 is the same).
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Of how many of the group.
    pub n: u64,
}

/// How a group fares beside all others, for the same mix of services; what is none cannot be told or compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FairView {
    /// By what groups are told apart: `district`, `channel` or `language`.
    pub by: String,
    /// The group.
    pub group: String,
    /// How many times as long it waits for the first decision as all do (engine `fairness`: least squares of the logarithms).
    pub wait: Option<ComparedView>,
    /// Its share of which something was missing, less that of the others (Mantel and Haenszel).
    pub incomplete: Option<ComparedView>,
    /// Its share that was granted at first, less that of the others.
    pub granted: Option<ComparedView>,
    /// Its share of appeals that changed the decision, less that of the others.
    pub appeals_changed: Option<ComparedView>,
}

impl FairView {
    /// Whether there is anything in it.
    pub fn says_anything(&self) -> bool {
        self.wait.is_some() || self.incomplete.is_some() || self.granted.is_some() || self.appeals_changed.is_some()
    }
}

/// What is known of a group, service by service.
type Strata<'k> = BTreeMap<&'k str, Tally>;

/// Compares the groups. Who belongs to none is in no comparison.
pub fn compare<'k>(by: By, tallies: impl Iterator<Item = (&'k Key, &'k Tally)>) -> Vec<FairView> {
    let (mut groups, mut all): (BTreeMap<&str, Strata<'_>>, Strata<'_>) = (BTreeMap::new(), Strata::new());
    for (key, tally) in tallies.filter(|(key, _)| !key.group(by).is_empty()) {
        groups.entry(key.group(by)).or_default().entry(&key.service).or_default().merge(tally);
        all.entry(&key.service).or_default().merge(tally);
    }
    let waits = waits(&groups, &all);
    let views = groups.iter().zip(waits).map(|((group, strata), wait)| FairView {
        by: by.word().to_owned(),
        group: (*group).to_owned(),
        wait,
        incomplete: rates(strata, &all, |tally| (tally.incomplete, tally.n)),
        granted: rates(strata, &all, |tally| (tally.granted, tally.decided)),
        appeals_changed: rates(strata, &all, |tally| (tally.changed, tally.appeals)),
    });
    views.filter(FairView::says_anything).collect()
}

fn waits(groups: &BTreeMap<&str, Strata<'_>>, all: &Strata<'_>) -> Vec<Option<ComparedView>> {
    let services: Vec<&str> = all.keys().copied().collect();
    let mut cells = Vec::new();
    for (group, strata) in groups.values().enumerate() {
        for (service, tally) in strata {
            let Ok(stratum) = services.binary_search(service) else { continue };
            let (n, sum, sum_squares) = (tally.decided, tally.logs, tally.log_squares);
            cells.push(fairness::Cell { group, stratum, n, sum, sum_squares });
        }
    }
    let Ok(outcome) = fairness::compare(groups.len(), services.len(), &cells) else { return vec![None; groups.len()] };
    let view = |group: fairness::Group| {
        let one = group.adjusted.filter(|_| group.n >= SMALL)?;
        Some(ComparedView { value: one.ratio, low: one.low, high: one.high, n: group.n })
    };
    outcome.groups.into_iter().map(view).collect()
}

fn rates(strata: &Strata<'_>, all: &Strata<'_>, of: fn(&Tally) -> (u64, u64)) -> Option<ComparedView> {
    let pair = |(service, tally): (&&str, &Tally)| {
        let ((part, n), (all_part, all_n)) = (of(tally), all.get(service).map_or((0, 0), of));
        Pair { part, n, other_part: all_part.saturating_sub(part), other_n: all_n.saturating_sub(n) }
    };
    let found = difference(&strata.iter().map(pair).collect::<Vec<_>>())?;
    Some(ComparedView { value: found.value, low: found.low, high: found.high, n: found.n })
}
