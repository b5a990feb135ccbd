//! What holds for every lottery.

use crate::{
    pools::{tiny, town},
    twin::missed,
};
use lottery::{Assembly, Fairness, Lottery, prepare};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Every panel is one, and the counts are those of the panels.
fn sound(assembly: &Assembly, lottery: &Lottery, panels: u32) {
    let mut seats = vec![0; assembly.volunteers.len()];
    assert_eq!(lottery.panels.len(), panels as usize);
    for panel in &lottery.panels {
        let people: BTreeSet<usize> = panel.iter().copied().collect();
        assert_eq!(people.len(), assembly.seats as usize);
        assert_eq!(missed(assembly, panel), 0);
        let homes: Vec<&String> =
            panel.iter().filter_map(|&person| assembly.volunteers[person].address.as_ref()).collect();
        if assembly.one_per_address {
            assert_eq!(homes.iter().collect::<BTreeSet<_>>().len(), homes.len());
        }
        people.into_iter().for_each(|person| seats[person] += 1);
    }
    assert_eq!(lottery.seats, seats);
    let text = lottery.panels_csv(assembly);
    assert_eq!(lottery.commitment, lottery::sha256_hex(&text));
    assert_eq!(text.lines().count(), 1 + (panels * assembly.seats) as usize);
}

/// Panels by the ids of their people.
fn named(assembly: &Assembly, lottery: &Lottery) -> Vec<BTreeSet<String>> {
    let id = |&person: &usize| assembly.volunteers[person].id.clone();
    lottery.panels.iter().map(|panel| panel.iter().map(id).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn every_panel_meets_the_quotas_and_the_counts_are_those_of_the_panels(assembly in tiny(), panels in 1_u32..200) {
        for fairness in [Fairness::Leximin, Fairness::Maximin] {
            if let Ok(lottery) = prepare(&assembly, fairness, panels) {
                sound(&assembly, &lottery, panels);
            }
        }
    }

    #[test]
    fn the_order_of_the_table_does_not_matter(assembly in tiny(), by in 1_usize..7) {
        let mut turned = assembly.clone();
        turned.volunteers.rotate_left(by % assembly.volunteers.len());
        turned.volunteers.reverse();
        let (one, other) = (prepare(&assembly, Fairness::Leximin, 50), prepare(&turned, Fairness::Leximin, 50));
        match (one, other) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(named(&assembly, &one), named(&turned, &other));
                prop_assert_eq!(one.table_digest, other.table_digest);
            }
            (Err(one), Err(other)) => prop_assert_eq!(one, other),
            _ => prop_assert!(false),
        }
    }

    #[test]
    fn nobody_is_put_off_against_one_of_the_same_kind(assembly in tiny()) {
        if let Ok(lottery) = prepare(&assembly, Fairness::Leximin, 100) {
            for kind in &lottery.kinds {
                let seats = || kind.members.iter().map(|&person| lottery.seats[person]);
                let room = if assembly.one_per_address { 100 } else { 1 };
                prop_assert!(seats().max().unwrap() - seats().min().unwrap() <= room);
            }
        }
    }
}

#[test]
fn a_pool_of_a_real_size_keeps_all_promises() {
    for (people, seats, features, seed) in [(300, 30, vec![2, 4, 3, 4], 1), (800, 60, vec![2, 5, 4, 4, 3, 2], 2)] {
        let assembly = town(people, seats, &features, seed);
        let lottery = prepare(&assembly, Fairness::Leximin, 1000).unwrap();
        sound(&assembly, &lottery, 1000);
        assert!(lottery.proved, "{people} people, {} kinds", lottery.kinds.len());
        let (least, of) = lottery.smallest();
        let least = f64::from(least) / f64::from(of);
        assert!(lottery.smallest_ideal() <= lottery.smallest_bound + 1e-6);
        assert!(lottery.smallest_ideal() - least <= 0.001 + 1e-9, "{least} of {}", lottery.smallest_ideal());
        assert!(lottery.farthest_from_ideal() <= 0.002, "{}", lottery.farthest_from_ideal());
        let again = prepare(&assembly, Fairness::Leximin, 1000).unwrap();
        assert_eq!(lottery, again);
    }
}
