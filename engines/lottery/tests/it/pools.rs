//! Small pools made at random, and words for writing them.

use lottery::{Assembly, Category, Feature, Volunteer};
use proptest::prelude::*;

/// A pool from rows of features, quotas `(at least, at most)` by category, and addresses.
pub fn assembly(seats: u32, quotas: &[Vec<(u32, u32)>], rows: &[Vec<usize>], homes: &[Option<u8>]) -> Assembly {
    let named = |(at, features): (usize, &Vec<(u32, u32)>)| Category {
        name: format!("category {at}"),
        features: features
            .iter()
            .enumerate()
            .map(|(value, &(at_least, at_most))| Feature { name: format!("feature {value}"), at_least, at_most })
            .collect(),
    };
    let volunteers = rows.iter().enumerate().map(|(index, features)| Volunteer {
        id: format!("v{index:03}"),
        features: features.clone(),
        address: homes.get(index).copied().flatten().map(|home| format!("{home} Main Street")),
    });
    Assembly {
        seats,
        categories: quotas.iter().enumerate().map(named).collect(),
        volunteers: volunteers.collect(),
        one_per_address: !homes.is_empty(),
    }
}

/// Pools so small that all panels can be listed; tight quotas are frequent, and so are impossible ones.
pub fn tiny() -> impl Strategy<Value = Assembly> {
    let shape = (4_usize..9, 2_u32..5, 1_usize..4, any::<bool>());
    shape.prop_flat_map(|(people, seats, categories, homes)| {
        let quota = (0..=seats, 0..=seats).prop_map(|(one, other)| (one.min(other), one.max(other)));
        let loose = prop_oneof![3 => (0..=1_u32).prop_map(move |low| (low, seats)), 2 => quota];
        let quotas = proptest::collection::vec(proptest::collection::vec(loose, 2..4), categories);
        let home = if homes { proptest::option::of(0_u8..5).boxed() } else { Just(None).boxed() };
        let homes_of = proptest::collection::vec(home, if homes { people } else { 0 });
        let rows = proptest::collection::vec(proptest::collection::vec(0_usize..12, categories), people);
        (Just(seats), quotas, rows, homes_of).prop_map(|(seats, quotas, mut rows, homes)| {
            for row in &mut rows {
                row.iter_mut().zip(&quotas).for_each(|(feature, quotas)| *feature %= quotas.len());
            }
            assembly(seats, &quotas, &rows, &homes)
        })
    })
}

/// A repeatable source of numbers, for pools of the size of a real one.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn pick(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left < 0.0
            })
            .unwrap_or(weights.len() - 1)
    }
}

/// A pool in which some features volunteer up to some four times as often as others, with quotas close to a population's shares.
pub fn town(people: usize, seats: u32, features: &[usize], seed: u64) -> Assembly {
    let mut numbers = Numbers(seed);
    let mut weights = |low: f64, high: f64, count: usize| -> Vec<f64> {
        (0..count).map(|_| low + (high - low) * numbers.share()).collect()
    };
    let population: Vec<Vec<f64>> = features.iter().map(|&count| weights(0.3, 1.3, count)).collect();
    let keenness: Vec<Vec<f64>> = features.iter().map(|&count| weights(0.5, 2.0, count)).collect();
    let quotas: Vec<Vec<(u32, u32)>> = population
        .iter()
        .map(|shares| {
            let all: f64 = shares.iter().sum();
            let near = |share: &f64| share / all * f64::from(seats);
            shares.iter().map(|share| ((near(share) - 0.5).max(0.0) as u32, (near(share) + 1.5) as u32)).collect()
        })
        .collect();
    let rows: Vec<Vec<usize>> = (0..people)
        .map(|_| {
            let of = population.iter().zip(&keenness);
            of.map(|(shares, keen)| numbers.pick(&shares.iter().zip(keen).map(|(a, b)| a * b).collect::<Vec<_>>()))
                .collect()
        })
        .collect();
    assembly(seats, &quotas, &rows, &[])
}
