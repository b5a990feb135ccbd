use crate::data::{ALL, WITH_ANSWERS, conversation, expected, labels};
use opinion_map::{Comparison, OpinionMap, Settings, adjusted_rand_index, draw_map, figures_of_groups};
use serde_json::Value;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn close(found: f64, wanted: f64, tolerance: f64, what: &str) {
    let within = (found - wanted).abs() <= tolerance * wanted.abs().max(1.0);
    assert!(within, "{what}: {found} instead of {wanted}");
}

#[test]
fn counts_centre_axes_and_places() {
    for name in WITH_ANSWERS {
        let (imported, wanted) = (conversation(name), expected(name));
        let map = draw_map(&imported.conversation, &Settings::default()).unwrap();
        assert_eq!(imported.cells_apart, Some(0));
        assert_eq!(map.people.len() as u64, wanted["participants"]);
        assert_eq!(map.statements.len() as u64, wanted["statements"]);
        assert_eq!(map.reactions as u64, wanted["cells"]);
        assert_eq!((map.reactions + map.superseded) as u64, wanted["raw_votes"]);
        assert_eq!(map.people_on_map() as u64, wanted["participant_ids_in_conv"]);
        for (at, statement) in map.statements.iter().enumerate() {
            let of = |key: &str| number(&wanted[key][&statement.id]);
            close(map.axes.centre[at], of("center"), 1e-9, "centre");
            for axis in 0..2 {
                let wanted = number(&wanted["components"][axis][&statement.id]);
                close(map.axes.directions[axis][at], wanted, 1e-9, "axis");
            }
            close(statement.extremity, of("comment_extremity"), 1e-9, "extremity");
        }
        for axis in 0..2 {
            close(
                map.axes.singular_values[axis],
                number(&wanted["singular_values_top5"][axis]),
                1e-9,
                "singular value",
            );
        }
        close(map.axes.variance_share.iter().sum(), number(&wanted["variance_share_top2"]), 1e-9, "share");
        for (id, place) in wanted["projection_first20"].as_object().unwrap() {
            let person = map.people.iter().find(|person| person.id == *id).unwrap();
            for axis in 0..2 {
                close(person.place[axis], number(&place[axis]), 1e-9, "place");
            }
        }
    }
}

#[test]
fn consensus_of_all_four() {
    let wanted = [
        (&["45", "12", "11", "48", "2"][..], &["26"][..]),
        (&["14", "1", "17", "19", "16"], &["3", "0", "27", "26", "23"]),
        (&["40", "16", "7", "68", "65"], &["30", "156"]),
        (&["83", "200", "82", "21", "64"], &["353", "720", "779", "354"]),
    ];
    for (name, (agree, disagree)) in ALL.into_iter().zip(wanted) {
        let map = draw_map(&conversation(name).conversation, &Settings::default()).unwrap();
        let ids = |list: &[opinion_map::Agreed]| list.iter().map(|one| one.statement.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&map.consensus.agree), agree, "{name}");
        assert_eq!(ids(&map.consensus.disagree), disagree, "{name}");
        let Some(side) = (name != ALL[3]).then(|| expected(name)["consensus"].clone()) else { continue };
        for (key, list) in [("agree", &map.consensus.agree), ("disagree", &map.consensus.disagree)] {
            for (found, wanted) in list.iter().zip(side[key].as_array().unwrap()) {
                close(found.share, number(&wanted["p_success"]), 1e-12, "share");
                close(found.test, number(&wanted["p_test"]), 1e-12, "test");
                assert_eq!(u64::from(found.counts.seen), wanted["n_trials"]);
            }
        }
    }
}

fn by_key(figures: &Comparison) -> [(&'static str, f64); 11] {
    [
        ("na", f64::from(figures.counts.agrees)),
        ("nd", f64::from(figures.counts.disagrees)),
        ("ns", f64::from(figures.counts.seen)),
        ("pa", figures.agree_share),
        ("pd", figures.disagree_share),
        ("pat", figures.agree_test),
        ("pdt", figures.disagree_test),
        ("ra", figures.agree_ratio),
        ("rd", figures.disagree_ratio),
        ("rat", figures.agree_ratio_test),
        ("rdt", figures.disagree_ratio_test),
    ]
}

#[test]
fn statistics_of_the_groups_of_production() {
    for name in WITH_ANSWERS {
        let (imported, wanted) = (conversation(name), expected(name));
        let given = figures_of_groups(&imported.conversation, &labels(&imported)).unwrap();
        let mut compared = 0;
        for (group, of_group) in wanted["group_stats"].as_object().unwrap() {
            let group: usize = group.parse().unwrap();
            for (id, statistics) in of_group.as_object().unwrap() {
                let at = given.statements.iter().position(|one| one == id).unwrap();
                for (key, found) in by_key(&given.figures[group][at]) {
                    // Published with 12 digits after the point.
                    assert!((found - number(&statistics[key])).abs() <= 5.1e-13, "{name} {group} {id} {key} {found}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 1_000);
        for (at, id) in given.statements.iter().enumerate() {
            close(given.group_informed[at].0, number(&wanted["group_informed_consensus_agree"][id]), 2e-16, "agree");
            close(
                given.group_informed[at].1,
                number(&wanted["group_informed_consensus_disagree"][id]),
                2e-16,
                "disagree",
            );
        }
        for (group, list) in wanted["repness"].as_object().unwrap() {
            let own = &given.representative[group.parse::<usize>().unwrap()];
            let list = list.as_array().unwrap();
            assert_eq!(own.len(), list.len());
            for (found, wanted) in own.iter().zip(list) {
                assert_eq!(found.statement, wanted["tid"].to_string(), "{name} {group}");
                assert_eq!(if found.agrees { "agree" } else { "disagree" }, wanted["repful_for"]);
                assert_eq!(found.best_agree, wanted["best_agree"] == true);
            }
        }
    }
}

#[test]
fn priorities_of_the_groups_of_production() {
    for name in WITH_ANSWERS {
        let (imported, wanted) = (conversation(name), expected(name));
        let given = figures_of_groups(&imported.conversation, &labels(&imported)).unwrap();
        let map = draw_map(&imported.conversation, &Settings::default()).unwrap();
        for (at, statement) in map.statements.iter().enumerate() {
            let counts = given.figures.iter().map(|own| own[at].counts).reduce(opinion_map::Counts::plus).unwrap();
            let standing = opinion_map::Standing::Open;
            let found = opinion_map::routing::priority(standing, counts, statement.extremity);
            close(found, number(&wanted["comment_priority"][&statement.id]), 1e-9, "priority");
        }
    }
}

/// k-means at least as good as 50 restarts of scikit-learn, whose figures `expected.json` has.
#[test]
fn inertia_of_fifty_restarts() {
    for name in WITH_ANSWERS {
        let (imported, wanted) = (conversation(name), expected(name)["best_kmeans_50_restarts"].clone());
        let map = |seed| {
            let quick = Settings { resamples: 0, references: 0, ..Settings::seeded(seed) };
            draw_map(&imported.conversation, &quick).unwrap()
        };
        for candidate in (1..=10).flat_map(|seed| map(seed).candidates) {
            let wanted = &wanted[candidate.groups.to_string()];
            assert!(candidate.inertia <= number(&wanted["inertia"]) * 1.001, "{name} {candidate:?} {wanted}");
            if (candidate.inertia / number(&wanted["inertia"]) - 1.0).abs() < 1e-9 {
                close(candidate.silhouette, number(&wanted["silhouette"]), 1e-9, "silhouette");
            }
        }
    }
}

/// The adjusted Rand index with the groups of production, over those whom both placed.
pub fn agreement(map: &OpinionMap, imported: &opinion_map::polis::Imported) -> f64 {
    let labels = labels(imported);
    let own: Vec<Option<u8>> = imported
        .conversation
        .people
        .iter()
        .map(|id| map.people.iter().find(|one| one.id == *id).unwrap().group.map(|group| group as u8))
        .collect();
    adjusted_rand_index(&labels, &own)
}

/// As near to production as red-dwarf 0.4.0, whose figures ORIGIN.md has with three digits.
#[test]
fn agreement_with_production() {
    for (name, peer) in ALL.into_iter().zip([0.459, 0.636, 0.826, 0.424]) {
        let imported = conversation(name);
        let map = draw_map(&imported.conversation, &Settings::default()).unwrap();
        let found = agreement(&map, &imported);
        assert!((found * 1_000.0).round() >= peer * 1_000.0 - 1e-9, "{name}: {found}");
    }
}
