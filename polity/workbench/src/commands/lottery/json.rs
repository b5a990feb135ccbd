//! The answer for programs.

use super::Held;
use ::lottery::seats_by_feature;
use serde_json::{Value, json};

pub(super) fn outcome(held: &Held, replacement: Option<&Held>) -> Value {
    let lottery = &held.lottery;
    let (least, of) = lottery.smallest();
    let mut outcome = json!({
        "selected": held.drawn.as_ref().map(|(_, drawn)| ids(held, &drawn.panel)),
        "seats": held.assembly.seats,
        "volunteers": held.assembly.volunteers.len(),
        "panels": of,
        "smallest": {
            "panels": least,
            "of": of,
            "ideal": lottery.smallest_ideal(),
            "bound": lottery.smallest_bound,
            "proved": lottery.proved,
        },
        "gini": lottery.gini(),
        "farthest_from_ideal": lottery.farthest_from_ideal(),
        "commitment": lottery.commitment,
        "table_digest": lottery.table_digest,
        "drawn": held.drawn.as_ref().map(|(seed, drawn)| json!({
            "seed": seed.to_string(),
            "number": drawn.number,
            "quotas": quotas(held, &drawn.panel),
        })),
        "probabilities": probabilities(held),
    });
    if let Some(replacement) = replacement {
        outcome["replacement"] = self::outcome(replacement, None);
    }
    outcome
}

fn ids(held: &Held, panel: &[usize]) -> Vec<String> {
    panel.iter().map(|&index| held.assembly.volunteers[index].id.clone()).collect()
}

fn probabilities(held: &Held) -> Vec<Value> {
    let lottery = &held.lottery;
    let of = lottery.panels.len();
    let of_one = |(index, volunteer): (usize, &::lottery::Volunteer)| {
        let ideal = lottery.kinds[lottery.kind_of[index]].ideal_chance;
        let chance = f64::from(lottery.seats[index]) / of as f64;
        json!({"id": volunteer.id, "panels": lottery.seats[index], "of": of, "chance": chance, "ideal": ideal, "kind": lottery.kind_of[index]})
    };
    held.assembly.volunteers.iter().enumerate().map(of_one).collect()
}

fn quotas(held: &Held, panel: &[usize]) -> Vec<Value> {
    let counted = seats_by_feature(&held.assembly, panel);
    let mut rows = Vec::new();
    for (category, seats) in held.assembly.categories.iter().zip(counted) {
        for (feature, seats) in category.features.iter().zip(seats) {
            rows.push(json!({
                "category": category.name,
                "feature": feature.name,
                "min": feature.at_least,
                "max": feature.at_most,
                "seats": seats,
            }));
        }
    }
    rows
}
