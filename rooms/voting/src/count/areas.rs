use super::{Contest, Counted, file_of, sha256};
use crate::{areas::ballots_in, ballot::Published, rule::Rule};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The outcome of a budget in parts, as far as pages read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Selected {
    /// The ids of what is funded, area by area.
    pub selected: Vec<String>,
}

/// Counts each area by itself, by the rule of the vote: its sum, its projects, and the ballots that name one of them.
pub(super) fn count(contest: Contest<'_>, ballots: &[Published]) -> Counted {
    let definition = contest.definition;
    let sums = definition.areas.iter().flat_map(|areas| &areas.sums);
    let areas: Vec<(String, usize, Counted)> = sums
        .filter_map(|sum| {
            let own = definition.in_area(&sum.area)?;
            let Rule::Budget(rule) = own.rule else { return None };
            let here = ballots_in(&own, ballots);
            let contest = Contest { definition: &own, area: Some(&sum.area), ..contest };
            Some((sum.area.clone(), here.len(), super::budget::count(contest, rule, &here)))
        })
        .collect();
    let selected: Vec<String> = areas.iter().flat_map(|(_, _, counted)| counted.selected.clone()).collect();
    let outcome = match areas.iter().find_map(|(_, _, counted)| counted.outcome.as_ref().err()) {
        // Some areas may be without a result; where all are, the vote is.
        Some(why) if areas.iter().all(|(_, _, counted)| counted.outcome.is_err()) => Err(why.clone()),
        _ => Ok(format!("{:#}\n", view(contest, &areas, &selected))),
    };
    Counted {
        file: file_of(contest, ballots, None),
        outcome,
        others: "[]".to_owned(),
        selected,
        areas: areas.into_iter().map(|(area, _, counted)| (area, counted)).collect(),
    }
}

fn view(contest: Contest<'_>, areas: &[(String, usize, Counted)], selected: &[String]) -> Value {
    let area = |(area, ballots, counted): &(String, usize, Counted)| {
        let mut view = json!({
            "area": area, "ballots": ballots, "ballots_sha256": sha256(&counted.file), "selected": counted.selected,
            "outcome_url": format!("/votes/{}/areas/{area}/outcome.json", contest.code),
            "ballots_url": format!("/votes/{}/areas/{area}/ballots.pb", contest.code),
        });
        match &counted.outcome {
            Ok(outcome) => view["outcome_sha256"] = json!(sha256(outcome)),
            Err(why) => view["why"] = json!(why),
        }
        view
    };
    json!({
        "vote": contest.code, "rule": contest.definition.rule, "selected": selected,
        "areas": areas.iter().map(area).collect::<Vec<_>>(),
    })
}
