//! The outcome as JSON. `selected`, `rounds` and `spent` are relied upon.

use crate::{
    amount::{Fraction, in_units, rounded, written},
    constraint::Block,
    election::Election,
    outcome::{Counterfactual, Measure, Outcome, Payment, Reason, Round, Statistics, Step},
};
use serde_json::{Map, Number, Value, json};

/// Decimals of fractions that are shown beside the exact ones.
const PLACES: u32 = 6;

/// Everything about an outcome. Amounts are in units of the currency; exact fractions are strings such as `"100/3"`.
pub fn view(election: &Election, outcome: &Outcome) -> Value {
    let ids = |projects: &[usize]| election.ids(projects);
    let rounds: Vec<Value> = outcome.rounds.iter().map(|round| round_view(election, outcome, round)).collect();
    let lost = outcome.losses.iter().map(|loss| {
        let mut view = reason_view(election, &loss.reason);
        view.insert("project".into(), json!(election.projects[loss.project].id));
        view.insert("cost".into(), amount(election, election.projects[loss.project].cost));
        Value::Object(view)
    });
    let accounting = &outcome.accounting;
    json!({
        "selected": ids(&outcome.selected),
        "rounds": rounds,
        "spent": amount(election, outcome.spent),
        "budget": amount(election, election.budget),
        "measure": measure_word(outcome.measure),
        "lost": lost.collect::<Vec<_>>(),
        "accounting": {
            "budget": amount(election, accounting.budget),
            "spent": amount(election, accounting.spent),
            "unspent": amount(election, accounting.unspent),
            "beside_shares": amount(election, accounting.beside_shares),
            "from_shares": money(election, &accounting.from_shares),
            "overspent": money(election, &accounting.overspent),
            "share": money(election, &accounting.share),
            "given": money(election, &accounting.given),
            "kept": money(election, &accounting.kept),
            "balanced": accounting.is_balanced(),
        },
        "statistics": statistics_view(election, &outcome.statistics),
        "under_greedy": outcome.under_greedy.as_ref().map(|other| counterfactual_view(election, other)),
        "raises": outcome.raises,
        "notes": outcome.notes,
        "warnings": election.warnings,
    })
}

/// An amount of smallest units as a JSON number with all its digits.
fn amount(election: &Election, units: i64) -> Value {
    let text = written(units.into(), election.decimals);
    text.parse::<i64>()
        .map(Value::from)
        .ok()
        .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number))
        .unwrap_or(Value::String(text))
}

/// A fraction of smallest units: exactly, and rounded.
fn money(election: &Election, value: &Fraction) -> Value {
    let value = in_units(value, election.decimals);
    json!({ "exact": value.to_string(), "about": rounded(&value, PLACES) })
}

fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::Price => "price",
        Measure::Density => "density",
        Measure::Votes => "votes",
        Measure::Load => "load",
        Measure::PriceForShare => "price_for_share",
    }
}

/// What a rule ranks by: prices and loads are money, the others are figures.
fn measured(election: &Election, measure: Measure, value: &Fraction) -> Value {
    match measure {
        Measure::Price | Measure::Load | Measure::PriceForShare => money(election, value),
        Measure::Density | Measure::Votes => json!({ "exact": value.to_string(), "about": rounded(value, PLACES) }),
    }
}

fn round_view(election: &Election, outcome: &Outcome, round: &Round) -> Value {
    let project = &election.projects[round.project];
    json!({
        "project": project.id,
        "name": project.name,
        "cost": amount(election, project.cost),
        "step": match round.step {
            Step::Mandatory => "mandatory",
            Step::Free => "free",
            Step::Chosen => "chosen",
            Step::Completed => "completed",
        },
        "measure": round.measure.as_ref().map(|value| measured(election, outcome.measure, value)),
        "tied": election.ids(&round.tied),
        "paid": round.payment.as_ref().map(|payment| payment_view(election, payment)),
        "spent": amount(election, round.spent),
    })
}

fn payment_view(election: &Election, payment: &Payment) -> Value {
    json!({
        "supporters": payment.supporters,
        "in_full": { "voters": payment.paid_in_full, "total": money(election, &payment.total_in_full) },
        "all_they_had": { "voters": payment.gave_all, "total": money(election, &payment.total_of_rest) },
        "had_nothing": { "voters": payment.had_nothing() },
    })
}

fn reason_view(election: &Election, reason: &Reason) -> Map<String, Value> {
    let value = match reason {
        Reason::NoSupport => json!({ "reason": "no_support" }),
        Reason::Withdrawn => json!({ "reason": "withdrawn" }),
        Reason::BelowThreshold { has, needs } => {
            json!({ "reason": "below_threshold", "votes": has, "threshold": needs })
        }
        Reason::DidNotFit { left, missing, ahead_of, votes_needed } => json!({
            "reason": "did_not_fit",
            "left": amount(election, *left),
            "missing": amount(election, *missing),
            "ahead_of": ahead_of.map(|project| &election.projects[project].id),
            "votes_needed": votes_needed,
        }),
        Reason::NotReached { left } => json!({ "reason": "not_reached", "left": amount(election, *left) }),
        Reason::Unaffordable { had, missing, more_supporters } => json!({
            "reason": "supporters_could_not_pay",
            "had": money(election, had),
            "missing": money(election, missing),
            "more_supporters": more_supporters,
        }),
        Reason::Stopped { load } => json!({ "reason": "stopped", "load": money(election, load) }),
        Reason::LessWelfare => json!({ "reason": "less_welfare" }),
        Reason::Blocked(Block::Alternative(other)) => {
            json!({ "reason": "alternative_funded", "alternative": election.projects[*other].id })
        }
        Reason::Blocked(Block::Cap { of, left }) => {
            json!({ "reason": "cap", "of": of, "left": amount(election, *left) })
        }
    };
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn statistics_view(election: &Election, statistics: &Statistics) -> Value {
    let share = |voters: i64, of: i64| if of == 0 { 0.0 } else { voters as f64 / of as f64 };
    json!({
        "voters": statistics.voters,
        "with_nothing": statistics.with_nothing,
        "with_nothing_share": share(statistics.with_nothing, statistics.voters),
        "exclusion_ratio": share(statistics.excluded, statistics.voting),
        "projects_average": rounded(&statistics.projects_average, PLACES),
        "cost_average": money(election, &statistics.cost_average),
        "projects_least": { "projects": statistics.projects_least.0, "voters": statistics.projects_least.1 },
        "voters_by_projects": statistics.distribution,
    })
}

fn counterfactual_view(election: &Election, other: &Counterfactual) -> Value {
    json!({
        "would_win": election.ids(&other.would_win),
        "would_lose": election.ids(&other.would_lose),
        "voters_preferring_this": other.prefer_this,
        "voters_preferring_greedy": other.prefer_other,
        "statistics": statistics_view(election, &other.statistics),
    })
}
