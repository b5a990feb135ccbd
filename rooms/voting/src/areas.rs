//! A budget in parts: a sum for each district, and one for the whole town where there is one. Each part is counted by itself.

use crate::{
    ballot::Published,
    model::{Budget, Definition},
};
use civic::words;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The area of what is for the whole town.
pub const WHOLE_TOWN: &str = "town";
/// Areas of one vote.
pub const AREAS_LIMIT: usize = 100;

words! {
    /// In which districts a voter votes; in the whole town everybody does.
    VotesIn {
        /// In the one where she lives by the roll.
        Own = "own",
        /// In those that she chooses.
        Chosen = "chosen",
    }
}

/// A budget in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Areas {
    /// In which districts a voter votes.
    pub votes_in: VotesIn,
    /// In how many districts a voter votes at most; 1 where it is her own.
    pub most: u16,
    /// The sums, in the order of the ballot.
    pub sums: Vec<AreaSum>,
}

/// What may be spent in one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaSum {
    /// The code of a district, or [`WHOLE_TOWN`].
    pub area: String,
    /// In cents.
    pub cents: i64,
}

impl Areas {
    /// All sums together, in cents.
    pub fn total_cents(&self) -> i64 {
        self.sums.iter().fold(0, |all: i64, sum| all.saturating_add(sum.cents))
    }

    /// The districts that have a sum.
    pub fn districts(&self) -> impl Iterator<Item = &str> {
        self.sums.iter().map(|sum| sum.area.as_str()).filter(|area| *area != WHOLE_TOWN)
    }

    fn place_of(&self, district: Option<&str>) -> Option<usize> {
        let area = district.unwrap_or(WHOLE_TOWN);
        self.sums.iter().position(|sum| sum.area == area)
    }
}

impl Definition {
    /// For each option, the place of its area among the sums; 0 where the budget is one. `None` for an option whose district
    /// has no sum.
    pub fn areas_of_options(&self) -> Vec<Option<usize>> {
        let of = |district: Option<&str>| self.areas.as_ref().map_or(Some(0), |areas| areas.place_of(district));
        self.options.iter().map(|option| of(option.district.as_deref())).collect()
    }

    /// The budget and the options of one area as a vote of its own; `None` where the vote has no such area.
    pub fn in_area(&self, area: &str) -> Option<Self> {
        let areas = self.areas.as_ref()?;
        let place = areas.sums.iter().position(|sum| sum.area == area)?;
        let here = self.areas_of_options();
        let options = self.options.iter().zip(here).filter(|(_, of)| *of == Some(place));
        let options = options.map(|(option, _)| option.clone()).collect();
        let budget = self.budget.map(|budget| Budget { cents: areas.sums[place].cents, ..budget });
        Some(Self { budget, options, areas: None, ..self.clone() })
    }
}

/// What ballots say of the options of one area; those that say nothing of it are not among them.
pub fn ballots_in(area: &Definition, ballots: &[Published]) -> Vec<Published> {
    let ids: BTreeSet<&str> = area.options.iter().map(|option| option.id.as_str()).collect();
    let is_here = |entry: &&str| ids.contains(entry.split_once(':').map_or(*entry, |(id, _)| id));
    let here = ballots.iter().filter_map(|ballot| {
        let entries: Vec<&str> = ballot.choices.split(',').filter(is_here).collect();
        (!entries.is_empty()).then(|| Published { receipt: ballot.receipt.clone(), choices: entries.join(",") })
    });
    here.collect()
}

/// Counts up from 1 in each area, for ranks.
#[derive(Debug, Default)]
pub(crate) struct RankIn(BTreeMap<Option<usize>, u16>);

impl RankIn {
    /// The next rank in this area.
    pub(crate) fn next(&mut self, area: Option<usize>) -> Option<u16> {
        let rank = self.0.entry(area).or_default();
        *rank = rank.checked_add(1)?;
        Some(*rank)
    }
}
