//! The naive twin: list every panel of people, and find the leximin over them person by person, in exact fractions.

use crate::{
    fractions::{fraction, greatest},
    pools::tiny,
};
use lottery::{Assembly, Fairness, Refusal, prepare};
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Every panel of the right size with addresses apart, whether or not it meets the quotas.
fn sized(assembly: &Assembly) -> Vec<Vec<usize>> {
    let people = assembly.volunteers.len();
    let chosen = (0_u32..1 << people).filter(|set| set.count_ones() == assembly.seats);
    let panels = chosen.map(|set| (0..people).filter(|&person| set >> person & 1 == 1).collect::<Vec<_>>());
    panels
        .filter(|panel| {
            let homes: Vec<_> =
                panel.iter().filter_map(|&person| assembly.volunteers[person].address.as_ref()).collect();
            !assembly.one_per_address || homes.iter().collect::<BTreeSet<_>>().len() == homes.len()
        })
        .collect()
}

/// Seats by which a panel misses the quotas.
pub fn missed(assembly: &Assembly, panel: &[usize]) -> u32 {
    let counted = lottery::seats_by_feature(assembly, panel);
    let quotas =
        assembly.categories.iter().zip(&counted).flat_map(|(category, counts)| category.features.iter().zip(counts));
    quotas.map(|(quota, &count)| quota.at_least.saturating_sub(count) + count.saturating_sub(quota.at_most)).sum()
}

/// The most that `wanted` can have when everybody has at least their floor; `None` for all of the open together.
fn most(panels: &[Vec<usize>], floors: &[BigRational], open: &[bool], wanted: Option<usize>) -> BigRational {
    let people = floors.len();
    let width = panels.len() + 1 + people;
    let mut rows = vec![vec![BigRational::zero(); width]; people + 1];
    let mut cost = vec![BigRational::zero(); width];
    for (at, panel) in panels.iter().enumerate() {
        rows[people][at] = fraction(1);
        panel.iter().for_each(|&person| rows[person][at] = fraction(1));
        if wanted.is_some_and(|person| panel.contains(&person)) {
            cost[at] = fraction(1);
        }
    }
    for person in 0..people {
        rows[person][panels.len() + 1 + person] = fraction(-1);
        if wanted.is_none() && open[person] {
            rows[person][panels.len()] = fraction(-1);
        }
    }
    if wanted.is_none() {
        cost[panels.len()] = fraction(1);
    }
    let right: Vec<BigRational> = floors.iter().cloned().chain([fraction(1)]).collect();
    greatest(&rows, &right, &cost).expect("the floors are attained by construction")
}

/// Leximin by its definition: raise all that are open together; hold those whom nothing could raise further.
fn leximin(assembly: &Assembly, panels: &[Vec<usize>]) -> Vec<BigRational> {
    let people = assembly.volunteers.len();
    let mut floors = vec![BigRational::zero(); people];
    let mut open = vec![true; people];
    while open.contains(&true) {
        let held: Vec<BigRational> = floors
            .iter()
            .zip(&open)
            .map(|(floor, &open)| if open { BigRational::zero() } else { floor.clone() })
            .collect();
        let level = most(panels, &held, &open, None);
        for person in 0..people {
            if open[person] {
                floors[person] = level.clone();
            }
        }
        let stopped: Vec<usize> =
            (0..people).filter(|&person| open[person] && most(panels, &floors, &open, Some(person)) == level).collect();
        assert!(!stopped.is_empty());
        stopped.into_iter().for_each(|person| open[person] = false);
    }
    floors
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_chances_are_the_exact_leximin(assembly in tiny()) {
        let all = sized(&assembly);
        let panels: Vec<Vec<usize>> = all.iter().filter(|panel| missed(&assembly, panel) == 0).cloned().collect();
        match prepare(&assembly, Fairness::Leximin, 1000) {
            Ok(lottery) => {
                prop_assert!(!panels.is_empty());
                let exact = leximin(&assembly, &panels);
                prop_assert!(lottery.proved);
                for (person, exact) in exact.iter().enumerate() {
                    let ideal = lottery.kinds[lottery.kind_of[person]].ideal_chance;
                    prop_assert!((ideal - exact.to_f64().unwrap()).abs() < 1e-6, "{person}: {ideal} instead of {exact}");
                }
                let smallest = exact.iter().min().unwrap().to_f64().unwrap();
                prop_assert!((lottery.smallest_bound - smallest).abs() < 1e-6);
                let maximin = prepare(&assembly, Fairness::Maximin, 1000).unwrap();
                let of_any = |chances: Vec<f64>| chances.into_iter().filter(|chance| *chance > 1e-9).fold(1.0, f64::min);
                let ideal = of_any(maximin.kinds.iter().map(|kind| kind.ideal_chance).collect());
                let wanted = of_any(exact.iter().map(|chance| chance.to_f64().unwrap()).collect());
                prop_assert!((ideal - wanted).abs() < 1e-6, "maximin {ideal} instead of {wanted}");
                prop_assert!(maximin.proved);
            }
            Err(Refusal::Impossible(relaxation)) => {
                prop_assert!(panels.is_empty());
                let least = all.iter().map(|panel| missed(&assembly, panel)).min().unwrap();
                prop_assert_eq!(relaxation.seats, least);
                prop_assert!(relaxation.smallest);
                let mut widened = assembly.clone();
                for change in &relaxation.changes {
                    let category = widened.categories.iter_mut().find(|category| category.name == change.category).unwrap();
                    let feature = category.features.iter_mut().find(|feature| feature.name == change.feature).unwrap();
                    prop_assert_eq!((feature.at_least, feature.at_most), change.before);
                    (feature.at_least, feature.at_most) = change.after;
                }
                prop_assert!(prepare(&widened, Fairness::Leximin, 10).is_ok());
            }
            Err(Refusal::TooFew { .. }) => prop_assert!(all.is_empty()),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
