use crate::{limits, refusal::Refusal};
use std::collections::BTreeSet;

/// How a map is drawn. The same settings, the same reactions: the same map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where all chance comes from; published with the map.
    pub seed: u64,
    /// How often the grouping is begun anew for each number of groups; at least 20.
    pub restarts: usize,
    /// The most groups to look for; at least 2.
    pub groups_max: usize,
    /// How many half-samples of people the stability is measured on; 0 to leave it out.
    pub resamples: usize,
    /// How many clouds without groups the separation is held against; 0 to leave it out. With 19, one in twenty clouds
    /// without groups is taken for groups.
    pub references: usize,
    /// Ids of people who were on an earlier map and stay on it.
    pub admitted_before: BTreeSet<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, restarts: 20, groups_max: 5, resamples: 20, references: 19, admitted_before: BTreeSet::new() }
    }
}

impl Settings {
    /// The default settings with a seed.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let within = |name, value, min, max| {
            if (min..=max).contains(&value) { Ok(()) } else { Err(Refusal::Setting { name, value, min, max }) }
        };
        within("the number of restarts", self.restarts, 20, limits::RESTARTS_MAX)?;
        within("the most groups", self.groups_max, 2, limits::GROUPS_MAX)?;
        within("the number of resamples", self.resamples, 0, limits::RESAMPLES_MAX)?;
        within("the number of references", self.references, 0, limits::REFERENCES_MAX)
    }
}
