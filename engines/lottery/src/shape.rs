//! Kinds of people, and the shape of all panels over them.
//!
//! Volunteers with the same features are interchangeable, so a panel is first only a *mix*: how many of each kind. The set of fair
//! chances is convex and does not change when two of a kind swap names, so the leximin chances are equal within a kind.
//!
//! The rule of one per address breaks that: two people with equal features differ when one of them lives with another volunteer.
//! Then a kind is the features together with those of the whole household. Households made up alike can swap places, so chances are
//! again equal within a kind, and the rule becomes one row for each make-up: at most as many seats as there are such households.

use crate::{
    Assembly,
    linear::{Bounds, Column, Program},
};
use std::collections::BTreeMap;

/// How many of each kind.
pub(crate) type Mix = Vec<u16>;

/// The polytope of mixes: `0 ≤ seats of a kind ≤ its size`, and each row's sum within its bounds.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// People of each kind.
    pub sizes: Vec<i64>,
    /// The rows to which a kind belongs.
    pub rows_of: Vec<Vec<usize>>,
    /// Lower and upper bound of each row's sum; the first row is that of all seats.
    pub rows: Vec<(i64, i64)>,
    /// What the row stands for: category and feature, or none.
    pub quota_of: Vec<Option<(usize, usize)>>,
}

/// The people of each kind, by their index in the table, ordered by id.
#[derive(Debug, Clone)]
pub(crate) struct Kinds {
    pub members: Vec<Vec<usize>>,
    /// For each volunteer the household, where the rule of one per address says that it matters.
    pub household: Vec<Option<usize>>,
}

/// Features, and those of the household (none for people who live alone, or where it does not matter).
type Key = (Vec<usize>, Vec<Vec<usize>>);

pub(crate) fn kinds_of(assembly: &Assembly) -> (Kinds, Shape) {
    let (household, made_up) = households(assembly);
    let mut by_key: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (index, volunteer) in assembly.volunteers.iter().enumerate() {
        let home = household[index].map(|at| made_up[at].clone()).unwrap_or_default();
        by_key.entry((volunteer.features.clone(), home)).or_default().push(index);
    }
    for members in by_key.values_mut() {
        members.sort_by(|&one, &other| assembly.volunteers[one].id.cmp(&assembly.volunteers[other].id));
    }
    let shape = shape_of(assembly, &by_key, &made_up);
    (Kinds { members: by_key.into_values().collect(), household }, shape)
}

/// For each volunteer who shares an address the number of the household, and for each household its features, sorted.
fn households(assembly: &Assembly) -> (Vec<Option<usize>>, Vec<Vec<Vec<usize>>>) {
    let mut by_address: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    if assembly.one_per_address {
        for (index, volunteer) in assembly.volunteers.iter().enumerate() {
            if let Some(address) = &volunteer.address {
                by_address.entry(address).or_default().push(index);
            }
        }
    }
    let mut household = vec![None; assembly.volunteers.len()];
    let mut made_up = Vec::new();
    for members in by_address.into_values().filter(|members| members.len() > 1) {
        members.iter().for_each(|&index| household[index] = Some(made_up.len()));
        let mut features: Vec<Vec<usize>> =
            members.iter().map(|&index| assembly.volunteers[index].features.clone()).collect();
        features.sort();
        made_up.push(features);
    }
    (household, made_up)
}

fn shape_of(assembly: &Assembly, kinds: &BTreeMap<Key, Vec<usize>>, made_up: &[Vec<Vec<usize>>]) -> Shape {
    let seats = i64::from(assembly.seats);
    let mut shape = Shape {
        sizes: kinds.values().map(|members| members.len() as i64).collect(),
        rows_of: vec![vec![0]; kinds.len()],
        rows: vec![(seats, seats)],
        quota_of: vec![None],
    };
    for (at, category) in assembly.categories.iter().enumerate() {
        for (value, feature) in category.features.iter().enumerate() {
            let among: Vec<usize> = places(kinds.keys().map(|(features, _)| features[at] == value));
            let low = i64::from(feature.at_least);
            // More than all seats is no bound; a lower end beyond them must stay below the upper.
            let bounds = (low, i64::from(feature.at_most).min(seats.max(low)));
            shape.add(bounds, &among, Some((at, value)));
        }
    }
    let mut alike: BTreeMap<&Vec<Vec<usize>>, i64> = BTreeMap::new();
    made_up.iter().for_each(|features| *alike.entry(features).or_default() += 1);
    for (features, households) in alike {
        let among = places(kinds.keys().map(|(_, home)| home == features));
        shape.add((0, households.min(seats)), &among, None);
    }
    shape
}

fn places(which: impl Iterator<Item = bool>) -> Vec<usize> {
    which.enumerate().filter_map(|(place, holds)| holds.then_some(place)).collect()
}

impl Shape {
    /// Adds a row, unless it can never be missed.
    fn add(&mut self, (low, high): (i64, i64), among: &[usize], quota: Option<(usize, usize)>) {
        let people: i64 = among.iter().map(|&kind| self.sizes[kind]).sum();
        if low <= 0 && high >= people.min(self.rows[0].1) {
            return;
        }
        among.iter().for_each(|&kind| self.rows_of[kind].push(self.rows.len()));
        self.rows.push((low, high));
        self.quota_of.push(quota);
    }

    pub(crate) fn kinds(&self) -> usize {
        self.sizes.len()
    }

    /// The program of all mixes, without costs.
    pub(crate) fn program(&self) -> Program {
        Program {
            rows: self.rows.iter().map(|&(low, high)| Bounds::new(low as f64, high as f64)).collect(),
            columns: (0..self.kinds())
                .map(|kind| Column {
                    entries: self.rows_of[kind].iter().map(|&row| (row, 1.0)).collect(),
                    bounds: Bounds::new(0.0, self.sizes[kind] as f64),
                    cost: 0.0,
                })
                .collect(),
        }
    }

    /// The sum of each row.
    pub(crate) fn sums<N: Copy + std::ops::AddAssign + Default>(&self, point: &[N]) -> Vec<N> {
        let mut sums = vec![N::default(); self.rows.len()];
        for (kind, value) in point.iter().enumerate() {
            self.rows_of[kind].iter().for_each(|&row| sums[row] += *value);
        }
        sums
    }

    /// Whether a mix meets every quota, in whole numbers.
    pub(crate) fn holds(&self, mix: &[i64]) -> bool {
        mix.iter().zip(&self.sizes).all(|(&seats, &size)| (0..=size).contains(&seats))
            && self.sums(mix).iter().zip(&self.rows).all(|(&sum, &(low, high))| (low..=high).contains(&sum))
    }
}
