//! Ties are broken by a rule that is an input, never by chance.

use crate::{election::Election, refusal::Refusal};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// One step of a tie rule; later steps decide where earlier ones do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieStep {
    /// The id that comes first, compared as a string of bytes (as pabutools does).
    Id,
    /// The least cost.
    LeastCost,
    /// The greatest cost.
    GreatestCost,
    /// The most voters.
    MostVotes,
    /// The first in this list; ids that are not listed come after all that are, and are equal.
    List(Vec<String>),
    /// The order of the file.
    FileOrder,
    /// A lot: the least SHA-256 of seed, colon and id. Announce how the seed will be found before the vote.
    Lot(String),
}

/// A tie rule: steps in order. What they do not decide is refused with the names of the tied projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieRule(pub Vec<TieStep>);

impl Default for TieRule {
    fn default() -> Self {
        Self(vec![TieStep::Id])
    }
}

/// The place of every project under a tie rule; equal places are tied for good.
#[derive(Debug, Clone)]
pub(crate) struct TieOrder {
    places: Vec<usize>,
}

impl TieRule {
    /// The places of all projects.
    pub(crate) fn order(&self, election: &Election, votes: &[i64]) -> Result<TieOrder, Refusal> {
        let mut keys: Vec<Vec<Key>> = vec![Vec::new(); election.projects.len()];
        for step in &self.0 {
            let listed = step.listed(election)?;
            for (index, key) in keys.iter_mut().enumerate() {
                key.push(step.key(election, votes, &listed, index));
            }
        }
        let mut sorted: Vec<usize> = (0..keys.len()).collect();
        sorted.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
        let mut places = vec![0; keys.len()];
        for (place, pair) in sorted.windows(2).enumerate() {
            places[pair[1]] = if keys[pair[0]] == keys[pair[1]] { places[pair[0]] } else { place + 1 };
        }
        Ok(TieOrder { places })
    }
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
    Hash([u8; 32]),
}

impl TieStep {
    fn listed<'list>(&'list self, election: &Election) -> Result<BTreeMap<&'list str, usize>, Refusal> {
        let Self::List(list) = self else { return Ok(BTreeMap::new()) };
        match list.iter().find(|id| election.find(id).is_none()) {
            Some(unknown) => Err(Refusal::UnknownProject(unknown.clone())),
            None => Ok(list.iter().enumerate().rev().map(|(place, id)| (id.as_str(), place)).collect()),
        }
    }

    fn key(&self, election: &Election, votes: &[i64], listed: &BTreeMap<&str, usize>, index: usize) -> Key {
        let project = &election.projects[index];
        match self {
            Self::Id => Key::Text(project.id.clone()),
            Self::LeastCost => Key::Number(project.cost),
            Self::GreatestCost => Key::Number(-project.cost),
            Self::MostVotes => Key::Number(-votes[index]),
            Self::FileOrder => Key::Number(index as i64),
            Self::List(_) => Key::Number(listed.get(project.id.as_str()).map_or(i64::MAX, |place| *place as i64)),
            Self::Lot(seed) => Key::Hash(Sha256::digest(format!("{seed}:{}", project.id)).into()),
        }
    }
}

impl TieOrder {
    /// The one that comes first among tied projects.
    pub(crate) fn first(&self, election: &Election, tied: &[usize]) -> Result<usize, Refusal> {
        let least = tied.iter().map(|project| self.places[*project]).min().unwrap_or(0);
        let mut first = tied.iter().copied().filter(|project| self.places[*project] == least);
        match (first.next(), first.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(Refusal::tie(election, tied)),
        }
    }

    /// The place of a project among all.
    pub(crate) fn place(&self, project: usize) -> usize {
        self.places[project]
    }
}
