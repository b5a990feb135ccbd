//! Ballots as a rule sees them: what each voter gains from each project, equal ballots merged.

use crate::{
    election::{Election, VoteType},
    hash::Fast,
    refusal::Refusal,
};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use std::hash::Hasher;

/// What a voter gains from a project on the ballot. The sources are in the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Satisfaction {
    /// The project's cost.
    Cost,
    /// One.
    Cardinality,
    /// The square root of the cost, rounded down to nine decimals.
    SquareRoot,
    /// The natural logarithm of one more than the cost (in the currency's units), rounded down to twelve decimals.
    Logarithm,
    /// The points the voter gave.
    Points,
    /// Borda: the length of the ranking, less the place of the project counted from 1.
    Borda,
}

impl Satisfaction {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Cost, Self::Cardinality, Self::SquareRoot, Self::Logarithm, Self::Points, Self::Borda];

    /// Its word at the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Cardinality => "cardinality",
            Self::SquareRoot => "square-root",
            Self::Logarithm => "logarithm",
            Self::Points => "points",
            Self::Borda => "borda",
        }
    }

    /// The same for all who approve a project; the other kinds differ from voter to voter.
    pub fn is_uniform(self) -> bool {
        !matches!(self, Self::Points | Self::Borda)
    }
}

/// Lists of different lengths in one piece of memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists<T> {
    starts: Vec<usize>,
    entries: Vec<T>,
}

impl<T: Copy> Lists<T> {
    fn new() -> Self {
        Self { starts: vec![0], entries: Vec::new() }
    }

    fn push(&mut self, list: impl Iterator<Item = T>) {
        self.entries.extend(list);
        self.starts.push(self.entries.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn get(&self, index: usize) -> &[T] {
        &self.entries[self.starts[index]..self.starts[index + 1]]
    }
}

/// The merged ballots of an election under one measure of satisfaction.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Voters, those with empty ballots too.
    pub(crate) voters: i64,
    /// Voters with that ballot, for each group of equal ballots.
    pub(crate) multiplicity: Vec<u32>,
    /// Whether no two ballots are equal.
    pub(crate) is_single: bool,
    /// The projects on each group's ballot, ascending.
    pub(crate) ballots: Lists<u16>,
    /// What each entry of `ballots` is worth to each voter; empty where all are worth one unit.
    pub(crate) weights: Lists<u32>,
    /// The groups that support each project.
    pub(crate) supporters: Lists<u32>,
    /// What the project is worth to each of those; empty where all are worth one unit.
    pub(crate) supporter_weights: Lists<u32>,
    /// What a unit of weight is worth for each project: the common utility, in fixed point.
    pub(crate) utility: Vec<u64>,
}

impl Profile {
    /// Merges the ballots.
    ///
    /// # Errors
    /// Points or ranks are asked for and the ballots have none; negative points; nobody voted.
    pub fn new(election: &Election, satisfaction: Satisfaction) -> Result<Self, Refusal> {
        let wrong = |needs| Err(Refusal::WrongBallots { satisfaction: satisfaction.word(), needs });
        match satisfaction {
            Satisfaction::Points if !election.vote_type.has_points() => return wrong("cumulative or scoring"),
            Satisfaction::Borda if election.vote_type != VoteType::Ordinal => return wrong("ordinal"),
            _ if election.ballots.is_empty() => return Err(Refusal::NoBallots),
            _ => {}
        }
        let merged = merge(election, satisfaction)?;
        let (supporters, supporter_weights) = turned(&merged, election.projects.len());
        Ok(Self {
            voters: election.ballots.len() as i64,
            is_single: merged.multiplicity.iter().all(|voters| *voters == 1),
            multiplicity: merged.multiplicity,
            ballots: merged.ballots,
            weights: merged.weights,
            supporters,
            supporter_weights,
            utility: election.projects.iter().map(|project| utility(election, satisfaction, project.cost)).collect(),
        })
    }

    /// How many groups of equal ballots there are.
    pub fn groups(&self) -> usize {
        self.ballots.len()
    }

    /// The voters and the projects (indices) of one group of equal ballots.
    pub fn group(&self, group: usize) -> (u32, &[u16]) {
        (self.multiplicity[group], self.ballots.get(group))
    }

    pub(crate) fn is_weighted(&self) -> bool {
        self.weights.len() > 0
    }

    pub(crate) fn weight_in(&self, group: usize, place: usize) -> u32 {
        if self.is_weighted() { self.weights.get(group)[place] } else { 1 }
    }

    /// The groups that support a project, with their voters and the weight of the project to each voter.
    pub(crate) fn supporting(&self, project: usize) -> impl Iterator<Item = (usize, i64, i64)> {
        let weights = self.is_weighted().then(|| self.supporter_weights.get(project));
        self.supporters.get(project).iter().enumerate().map(move |(place, group)| {
            let weight = weights.map_or(1, |weights| i64::from(weights[place]));
            (*group as usize, i64::from(self.multiplicity[*group as usize]), weight)
        })
    }

    /// Voters who support a project.
    pub fn votes(&self, project: usize) -> i64 {
        self.supporting(project).map(|(_, voters, _)| voters).sum()
    }

    /// All satisfaction a project gives, in fixed point of the measure.
    pub(crate) fn total_satisfaction(&self, project: usize) -> BigUint {
        let weight: i64 = self.supporting(project).map(|(_, voters, weight)| voters * weight).sum();
        BigUint::from(weight.unsigned_abs()) * self.utility[project]
    }
}

fn utility(election: &Election, satisfaction: Satisfaction, cost: i64) -> u64 {
    let scale = 10_u128.pow(election.decimals);
    match satisfaction {
        Satisfaction::Cost => cost as u64,
        Satisfaction::Cardinality | Satisfaction::Points | Satisfaction::Borda => 1,
        // At most 10^15 smallest units, so the root of 10^33 at most, below 2^64.
        Satisfaction::SquareRoot => (cost as u128 * 10_u128.pow(18) / scale).isqrt() as u64,
        Satisfaction::Logarithm => logarithm(cost as u128 + scale, scale),
    }
}

/// `ln(numerator / denominator)` in units of 10^-12, rounded down. Powers of two are taken out; the rest is a series in whole
/// numbers of 2^-128, so that every machine gives the same digits.
fn logarithm(numerator: u128, denominator: u128) -> u64 {
    let powers = (numerator / denominator).ilog2();
    let denominator = denominator << powers;
    let rest = twice_artanh(numerator - denominator, numerator + denominator);
    let all = rest + twice_artanh(1, 3) * powers;
    let units = (all * BigUint::from(10_u64.pow(12))) >> FIXED_BITS;
    units.to_u64().expect("the logarithm of at most 10^15 is below 35, and 35·10^12 fits")
}

const FIXED_BITS: usize = 128;

/// `2·artanh(above / below) = ln((below + above) / (below - above))` in units of 2^-128: twice the sum of y^k / k for odd k.
fn twice_artanh(above: u128, below: u128) -> BigUint {
    let y = (BigUint::from(above) << FIXED_BITS) / below;
    let square = (&y * &y) >> FIXED_BITS;
    let (mut term, mut total, mut odd) = (y, BigUint::ZERO, 1_u32);
    while term > BigUint::ZERO {
        total += &term / odd;
        term = (term * &square) >> FIXED_BITS;
        odd += 2;
    }
    total << 1
}

struct Merged {
    multiplicity: Vec<u32>,
    ballots: Lists<u16>,
    weights: Lists<u32>,
}

fn merge(election: &Election, satisfaction: Satisfaction) -> Result<Merged, Refusal> {
    let weighted = !satisfaction.is_uniform();
    let weights = if weighted { Lists::new() } else { Lists { starts: vec![0], entries: vec![] } };
    let mut merged = Merged { multiplicity: Vec::new(), ballots: Lists::new(), weights };
    let voters = election.ballots.len();
    let mut table = vec![u32::MAX; (voters * 2).next_power_of_two().max(16)];
    let mut entries: Vec<(u16, u32)> = Vec::new();
    for voter in 0..voters {
        read_entries(election, satisfaction, voter, &mut entries)?;
        let mut slot = hash_of(&entries) as usize & (table.len() - 1);
        let group = loop {
            match table[slot] {
                u32::MAX => break None,
                group if merged.is_equal(group as usize, &entries, weighted) => break Some(group as usize),
                _ => slot = (slot + 1) & (table.len() - 1),
            }
        };
        if let Some(group) = group {
            merged.multiplicity[group] += 1;
            continue;
        }
        table[slot] = merged.multiplicity.len() as u32;
        merged.multiplicity.push(1);
        merged.ballots.push(entries.iter().map(|(project, _)| *project));
        if weighted {
            merged.weights.push(entries.iter().map(|(_, weight)| *weight));
        }
    }
    Ok(merged)
}

impl Merged {
    fn is_equal(&self, group: usize, entries: &[(u16, u32)], weighted: bool) -> bool {
        let ballot = self.ballots.get(group);
        ballot.len() == entries.len()
            && ballot.iter().zip(entries).all(|(project, entry)| *project == entry.0)
            && (!weighted || self.weights.get(group).iter().zip(entries).all(|(weight, entry)| *weight == entry.1))
    }
}

fn read_entries(
    election: &Election,
    satisfaction: Satisfaction,
    voter: usize,
    entries: &mut Vec<(u16, u32)>,
) -> Result<(), Refusal> {
    entries.clear();
    let (projects, points) = election.ballots.ballot(voter);
    for (place, project) in projects.iter().enumerate() {
        let weight = match satisfaction {
            // Points are limited to 10^9, so they fit.
            Satisfaction::Points => u32::try_from(points[place]).map_err(|_| Refusal::NegativePoints)?,
            Satisfaction::Borda => (projects.len() - place - 1) as u32,
            _ => 1,
        };
        if weight > 0 {
            entries.push((*project, weight));
        }
    }
    entries.sort_unstable();
    Ok(())
}

fn hash_of(entries: &[(u16, u32)]) -> u64 {
    let mut hash = Fast::default();
    for (project, weight) in entries {
        hash.mix((u64::from(*project) << 32) | u64::from(*weight));
    }
    hash.finish()
}

/// The groups for each project, from the projects for each group.
fn turned(merged: &Merged, projects: usize) -> (Lists<u32>, Lists<u32>) {
    let mut counts = vec![0_usize; projects + 1];
    for project in &merged.ballots.entries {
        counts[usize::from(*project) + 1] += 1;
    }
    for place in 1..counts.len() {
        counts[place] += counts[place - 1];
    }
    let starts = counts.clone();
    let weighted = merged.weights.len() > 0;
    let mut groups = vec![0; merged.ballots.entries.len()];
    let mut weights = vec![0; if weighted { groups.len() } else { 0 }];
    for group in 0..merged.ballots.len() {
        for (place, project) in merged.ballots.get(group).iter().enumerate() {
            let next = &mut counts[usize::from(*project)];
            groups[*next] = group as u32;
            if weighted {
                weights[*next] = merged.weights.get(group)[place];
            }
            *next += 1;
        }
    }
    let weight_starts = if weighted { starts.clone() } else { vec![0] };
    (Lists { starts, entries: groups }, Lists { starts: weight_starts, entries: weights })
}
