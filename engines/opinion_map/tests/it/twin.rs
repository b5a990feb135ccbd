//! The same worked out slowly, by dense tables and brute force.

use crate::worlds::{any, camps, noise};
use opinion_map::{Conversation, OpinionMap, Settings, Standing, draw_map};
use proptest::prelude::*;

/// The last vote of each person on each statement, in the order of the lists (ids are numbers in order there).
fn table(world: &Conversation) -> Vec<Vec<Option<f64>>> {
    let mut cells = vec![vec![None; world.statements.len()]; world.people.len()];
    for (at, one) in world.reactions.iter().enumerate() {
        let cell: &mut Option<(Option<i64>, usize, i8)> = &mut cells[one.person as usize][one.statement as usize];
        let new = (one.at_ms, at, one.stance.value());
        if cell.is_none_or(|old| (old.0, old.1) < (new.0, new.1)) {
            *cell = Some(new);
        }
    }
    cells.into_iter().map(|row| row.into_iter().map(|cell| cell.map(|cell| f64::from(cell.2))).collect()).collect()
}

/// Imputed by the mean, centred; columns that are not open are 0.
fn centred(world: &Conversation, table: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
    let mut out = vec![vec![0.0; world.statements.len()]; table.len()];
    for at in 0..world.statements.len() {
        if world.statements[at].standing != Standing::Open {
            continue;
        }
        let seen: Vec<f64> = table.iter().filter_map(|row| row[at]).collect();
        let mean = seen.iter().sum::<f64>() / seen.len().max(1) as f64;
        for (row, cells) in out.iter_mut().zip(table) {
            row[at] = cells[at].unwrap_or(mean) - mean;
        }
    }
    out
}

/// The largest eigenvalues of XᵀX by plain power iteration with deflation.
fn eigenvalues(x: &[Vec<f64>], width: usize) -> [f64; 2] {
    let mut gram = vec![vec![0.0; width]; width];
    for row in x {
        for (i, one) in row.iter().enumerate() {
            for (j, other) in row.iter().enumerate() {
                gram[i][j] += one * other;
            }
        }
    }
    let mut found = [0.0; 2];
    for (round, value) in found.iter_mut().enumerate() {
        // Another beginning each time: where two eigenvalues are equal, the first one's leads only to what was taken out.
        let mut v: Vec<f64> = (0..width).map(|at| 1.0 + (at as f64 * 0.7 + round as f64 * 1.9).sin()).collect();
        for _ in 0..20_000 {
            let image: Vec<f64> = gram.iter().map(|row| row.iter().zip(&v).map(|(g, v)| g * v).sum()).collect();
            let length = image.iter().map(|one| one * one).sum::<f64>().sqrt();
            *value = length;
            if length < 1e-12 {
                break;
            }
            v = image.into_iter().map(|one| one / length).collect();
        }
        for i in 0..width {
            for j in 0..width {
                gram[i][j] -= *value * v[i] * v[j];
            }
        }
    }
    found
}

/// The mean silhouette by its definition.
fn silhouette(map: &OpinionMap) -> f64 {
    let on_map: Vec<([f64; 2], usize)> = map.people.iter().filter_map(|one| Some((one.place, one.group?))).collect();
    let distance = |one: [f64; 2], other: [f64; 2]| (one[0] - other[0]).hypot(one[1] - other[1]);
    let mean_to = |at: usize, group: usize| {
        let others = on_map.iter().enumerate().filter(|(other, one)| *other != at && one.1 == group);
        let found: Vec<f64> = others.map(|(_, one)| distance(on_map[at].0, one.0)).collect();
        if found.is_empty() { f64::NAN } else { found.iter().sum::<f64>() / found.len() as f64 }
    };
    let one = |at: usize| {
        let own = mean_to(at, on_map[at].1);
        let others = (0..map.groups.len()).filter(|group| *group != on_map[at].1);
        let nearest = others.map(|group| mean_to(at, group)).fold(f64::INFINITY, f64::min);
        if own.is_nan() || own.max(nearest) == 0.0 { 0.0 } else { (nearest - own) / own.max(nearest) }
    };
    (0..on_map.len()).map(one).sum::<f64>() / on_map.len() as f64
}

fn agrees_with_the_twin(world: &Conversation) {
    let map = draw_map(world, &Settings { resamples: 0, references: 0, ..Settings::default() }).unwrap();
    let table = table(world);
    assert_eq!(map.reactions, table.iter().flatten().flatten().count());
    let x = centred(world, &table);
    let values = eigenvalues(&x, world.statements.len());
    let largest = values[0].max(1e-9);
    for axis in 0..2 {
        let found = map.axes.singular_values[axis].powi(2);
        assert!((found - values[axis]).abs() <= 1e-6 * largest, "axis {axis}: {found} {}", values[axis]);
    }
    let zeroed = world.statements.iter().filter(|one| one.standing != Standing::Open).count();
    for (person, row) in map.people.iter().zip(&x) {
        let at: usize = person.id.parse().unwrap();
        let open = |statement: &usize| world.statements[*statement].standing == Standing::Open;
        let seen = (0..world.statements.len()).filter(|one| open(one) && table[at][*one].is_some()).count() + zeroed;
        let stretch = (world.statements.len() as f64 / seen.max(1) as f64).sqrt();
        for axis in 0..2 {
            let along: f64 = row.iter().zip(&map.axes.directions[axis]).map(|(cell, along)| cell * along).sum();
            assert!((person.place[axis] - along * stretch).abs() < 1e-9);
        }
    }
    if map.groups.len() > 1 {
        let chosen = map.candidates.iter().find(|one| one.groups == map.groups.len()).unwrap();
        assert!((chosen.silhouette - silhouette(&map)).abs() < 1e-9);
        let inertia: f64 = map
            .people
            .iter()
            .filter_map(|one| Some((one.place, map.groups[one.group?].centre)))
            .map(|(place, centre)| (place[0] - centre[0]).powi(2) + (place[1] - centre[1]).powi(2))
            .sum();
        assert!((chosen.inertia - inertia).abs() <= 1e-9 * inertia.max(1.0));
    }
    for (at, one) in map.statements.iter().enumerate() {
        let product = |wanted: f64| -> f64 {
            if map.groups.is_empty() {
                return 0.5;
            }
            map.groups
                .iter()
                .map(|group| {
                    let cells = group.members.iter().filter_map(|id| table[id.parse::<usize>().unwrap()][at]);
                    let cells: Vec<f64> = cells.collect();
                    (cells.iter().filter(|cell| **cell == wanted).count() as f64 + 1.0) / (cells.len() as f64 + 2.0)
                })
                .product()
        };
        assert!((one.group_informed_agree - product(1.0)).abs() < 1e-12);
        assert!((one.group_informed_disagree - product(-1.0)).abs() < 1e-12);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn on_any_small_conversation(world in any()) {
        agrees_with_the_twin(&world);
    }
}

#[test]
fn on_camps() {
    for seed in 0..5 {
        agrees_with_the_twin(&camps(60, 15, 3, 60, seed).0);
    }
}

/// Where no axis stands out, the search is long and begins anew with the best it has.
#[test]
fn on_noise() {
    for seed in 0..3 {
        let world = noise(400, 150, seed);
        agrees_with_the_twin(&world);
        let map = draw_map(&world, &Settings { resamples: 0, references: 0, ..Settings::default() }).unwrap();
        assert!(map.axes.passes > 24, "{}", map.axes.passes);
        assert!(map.axes.residual <= 5e-14, "{}", map.axes.residual);
    }
}

/// With few people every division can be tried: none is better.
#[test]
fn no_division_is_better() {
    for seed in 0..8 {
        let (world, _) = camps(11, 8, 2, 100, seed);
        let map = draw_map(&world, &Settings::default()).unwrap();
        let places: Vec<[f64; 2]> = map.people.iter().map(|one| one.place).collect();
        let of = |mask: u32| -> f64 {
            (0..2)
                .map(|side| {
                    let own: Vec<&[f64; 2]> =
                        places.iter().enumerate().filter(|(at, _)| (mask >> at) & 1 == side).map(|one| one.1).collect();
                    let mean = [0, 1].map(|axis| own.iter().map(|place| place[axis]).sum::<f64>() / own.len() as f64);
                    own.iter().map(|place| (place[0] - mean[0]).powi(2) + (place[1] - mean[1]).powi(2)).sum::<f64>()
                })
                .sum()
        };
        let best = (1..1u32 << 10).map(of).fold(f64::INFINITY, f64::min);
        let two = map.candidates.iter().find(|one| one.groups == 2).unwrap();
        assert!(two.inertia <= best * (1.0 + 1e-9), "{} {best}", two.inertia);
    }
}
