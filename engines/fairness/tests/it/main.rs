//! Known comparisons, refusals, and a slow twin with all dummy variables.
#![allow(clippy::unwrap_used, missing_docs)]

mod known;

use fairness::{Cell, FairnessError, compare};
use proptest::prelude::*;

/// One observation: group, stratum, time.
type Seen = (usize, usize, f64);

fn cells(seen: &[Seen]) -> Vec<Cell> {
    seen.iter()
        .map(|(group, stratum, time)| {
            let log = time.ln();
            Cell { group: *group, stratum: *stratum, n: 1, sum: log, sum_squares: log * log }
        })
        .collect()
}

/// Least squares over all observations with one column for each group but the first, and one for each stratum, by Gauss.
fn twin(groups: usize, strata: usize, seen: &[Seen]) -> Vec<f64> {
    let columns = groups - 1 + strata;
    let row_of = |group: usize, stratum: usize| {
        let mut row = vec![0.0; columns];
        if group > 0 {
            row[group - 1] = 1.0;
        }
        row[groups - 1 + stratum] = 1.0;
        row
    };
    let mut system = vec![vec![0.0; columns + 1]; columns];
    for (group, stratum, time) in seen {
        let row = row_of(*group, *stratum);
        for one in 0..columns {
            (0..columns).for_each(|other| system[one][other] += row[one] * row[other]);
            system[one][columns] += row[one] * time.ln();
        }
    }
    for pivot in 0..columns {
        let best = (pivot..columns).max_by(|a, b| system[*a][pivot].abs().total_cmp(&system[*b][pivot].abs())).unwrap();
        system.swap(pivot, best);
        let lead = system[pivot].clone();
        for (at, row) in system.iter_mut().enumerate() {
            if at != pivot && row[pivot] != 0.0 {
                let factor = row[pivot] / lead[pivot];
                row.iter_mut().zip(&lead).for_each(|(value, lead)| *value -= factor * lead);
            }
        }
    }
    let effect =
        |group: usize| if group == 0 { 0.0 } else { system[group - 1][columns] / system[group - 1][group - 1] };
    let mean = seen.iter().map(|(group, _, _)| effect(*group)).sum::<f64>() / seen.len() as f64;
    (0..groups).map(|group| (effect(group) - mean).exp()).collect()
}

#[test]
fn the_mix_misleads_and_is_put_right() {
    // Within each stratum both groups wait alike; the first has mostly of the slow one.
    let mut seen: Vec<Seen> = Vec::new();
    for (group, slow, quick) in [(0, 40, 10), (1, 10, 40)] {
        seen.extend((0..slow).map(|i| (group, 0, if i % 2 == 0 { 90.0 } else { 1_000.0 / 9.0 })));
        seen.extend((0..quick).map(|i| (group, 1, if i % 2 == 0 { 0.9 } else { 10.0 / 9.0 })));
    }
    let outcome = compare(2, 2, &cells(&seen)).unwrap();
    let [one, two] = [outcome.groups[0], outcome.groups[1]];
    assert!(one.crude.unwrap() > 3.0 && two.crude.unwrap() < 0.3, "{outcome:?}");
    for group in [one, two] {
        let adjusted = group.adjusted.unwrap();
        assert!((adjusted.ratio - 1.0).abs() < 1e-12 && adjusted.low < 1.0 && adjusted.high > 1.0);
    }
    assert_eq!((outcome.compared, outcome.degrees), (100, 97));
}

#[test]
fn a_balanced_table_has_the_textbook_answer() {
    // Two groups, one stratum, 50 each, logarithms 0 ± 1 and 1 ± 1: the effect is ±1/2, its variance σ²/100.
    let seen: Vec<Seen> = (0..100)
        .map(|i| {
            let (group, sign) = (i % 2, if i / 2 % 2 == 0 { 1.0 } else { -1.0 });
            (group, 0, f64::exp(group as f64 + sign))
        })
        .collect();
    let outcome = compare(2, 1, &cells(&seen)).unwrap();
    let deviation = (100.0_f64 / 98.0).sqrt();
    assert!((outcome.deviation - deviation).abs() < 1e-12);
    let slower = outcome.groups[1].adjusted.unwrap();
    assert!((slower.ratio.ln() - 0.5).abs() < 1e-12);
    assert!((slower.high.ln() - 0.5 - 1.959_963_984_540_054 * deviation / 10.0).abs() < 1e-12);
}

#[test]
fn who_shares_nothing_is_not_compared() {
    let mut seen: Vec<Seen> = (0..80).map(|i| (i % 2, 0, 1.0 + i as f64)).collect();
    seen.extend((0..20).map(|i| (2, 1, 5.0 + i as f64)));
    let outcome = compare(4, 2, &cells(&seen)).unwrap();
    assert!(outcome.groups[0].adjusted.is_some() && outcome.groups[1].adjusted.is_some());
    assert!(outcome.groups[2].adjusted.is_none() && outcome.groups[2].crude.is_some());
    assert_eq!((outcome.groups[3].n, outcome.groups[3].crude), (0, None));
    assert_eq!(outcome.compared, 80);
}

#[test]
fn what_cannot_be_compared_is_refused_in_a_sentence() {
    let cell = |group, stratum, sum| Cell { group, stratum, n: 40, sum, sum_squares: 1.0 };
    assert_eq!(compare(501, 1, &[]).unwrap_err(), FairnessError::TooMany);
    assert_eq!(compare(1, 5_001, &[]).unwrap_err(), FairnessError::TooMany);
    assert_eq!(compare(2, 1, &[cell(0, 0, 1.0), cell(2, 0, 1.0)]).unwrap_err(), FairnessError::Cell(1));
    assert_eq!(compare(2, 1, &[cell(0, 1, 1.0)]).unwrap_err(), FairnessError::Cell(0));
    assert_eq!(compare(2, 1, &[cell(0, 0, f64::NAN)]).unwrap_err(), FairnessError::Cell(0));
    assert_eq!(compare(2, 1, &[]).unwrap_err(), FairnessError::TooFew);
    assert_eq!(compare(2, 1, &[cell(1, 0, 1.0)]).unwrap_err(), FairnessError::TooFew, "one group alone");
    let few: Vec<Seen> = (0..31).map(|i| (i % 2, 0, 1.0 + i as f64)).collect();
    assert_eq!(compare(2, 1, &cells(&few)).unwrap_err(), FairnessError::TooFew);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_twin_agrees(
        groups in 2_usize..6,
        strata in 1_usize..5,
        more in prop::collection::vec((0_usize..6, 0_usize..5, 0.1_f64..5_000.0), 40..200),
    ) {
        // Every group has something in the first stratum, so all can be compared.
        let mut seen: Vec<Seen> = (0..groups).map(|group| (group, 0, 10.0)).collect();
        seen.extend((0..strata).map(|stratum| (0, stratum, 20.0)));
        seen.extend(more.iter().map(|(group, stratum, time)| (group % groups, stratum % strata, *time)));
        let outcome = compare(groups, strata, &cells(&seen)).unwrap();
        let wanted = twin(groups, strata, &seen);
        for (group, wanted) in outcome.groups.iter().zip(&wanted) {
            let found = group.adjusted.unwrap();
            prop_assert!((found.ratio / wanted - 1.0).abs() < 1e-9, "{} is not {wanted}", found.ratio);
            prop_assert!(found.low <= found.ratio && found.ratio <= found.high);
        }
        // A slower stratum, or another unit of time, changes no comparison.
        let slower: Vec<Seen> =
            seen.iter().map(|(g, s, time)| (*g, *s, time * 60.0 * if *s == 0 { 7.0 } else { 1.0 })).collect();
        let again = compare(groups, strata, &cells(&slower)).unwrap();
        for (one, other) in outcome.groups.iter().zip(&again.groups) {
            let (one, other) = (one.adjusted.unwrap(), other.adjusted.unwrap());
            prop_assert!((one.ratio / other.ratio - 1.0).abs() < 1e-9 && (one.high / other.high - 1.0).abs() < 1e-9);
        }
    }
}
