use super::{Body, Line, hundredths};
use crate::{
    count::PollOutcome,
    model::Vote,
    rule::{PollMethod, Rule},
    store::Kept,
};
use serde_json::Value;
use web::{Sayings, Stop, Visit, dates};

pub(super) fn body(visit: &Visit, vote: &Vote, kept: &Kept) -> Result<Body, Stop> {
    let t = &visit.t;
    let outcome: PollOutcome = serde_json::from_str(&kept.outcome).map_err(Stop::fault)?;
    let command = serde_json::from_str::<Value>(&kept.outcome).ok();
    let command = command.and_then(|whole| whole["command"].as_str().map(str::to_owned)).unwrap_or_default();
    let names: Vec<String> = outcome.winners.iter().map(|id| title(vote, id, t)).collect();
    let voters = dates::number(vote.voted(), t.language());
    Ok(Body {
        lead: t.with(
            "results-lead-poll",
            &[
                ("winners", names.join(" · ").into()),
                ("count", names.len().into()),
                ("ballots", vote.voted().into()),
                ("voters", voters.into()),
            ],
        ),
        lines: lines(vote, &outcome, t),
        rounds: rounds(vote, &outcome, t),
        by_order: outcome.by_order,
        steps: outcome.steps,
        command,
        ..Body::default()
    })
}

fn title(vote: &Vote, id: &str, t: &Sayings) -> String {
    let at = vote.definition.find(id);
    at.map_or_else(|| id.to_owned(), |at| vote.definition.options[at].title.in_language(t.language()).to_owned())
}

/// What each option got: totals, or votes in the first round, or places in the order.
fn lines(vote: &Vote, outcome: &PollOutcome, t: &Sayings) -> Vec<Line> {
    let is_graded = matches!(vote.definition.rule, Rule::Poll(rule) if rule.method == PollMethod::MajorityJudgment);
    let shown: Vec<(String, String)> = if is_graded {
        let graded = |id: &String| {
            let grade = outcome.totals.iter().find(|(of, _)| of == id).map_or("", |(_, grade)| grade);
            (id.clone(), t.say(&format!("grade-{grade}")).to_owned())
        };
        outcome.ranking.iter().flatten().map(graded).collect()
    } else if let Some(first) = outcome.rounds.first() {
        let mut first: Vec<_> = first.iter().map(|(id, votes)| (id.clone(), votes.clone())).collect();
        first.sort_by(|one, other| value(&other.1).total_cmp(&value(&one.1)));
        first
    } else if outcome.totals.is_empty() {
        let places = (1..).zip(&outcome.ranking);
        places.flat_map(|(place, group)| group.iter().map(move |id| (id.clone(), format!("{place}.")))).collect()
    } else {
        outcome.totals.clone()
    };
    let most = shown.iter().map(|(_, got)| value(got)).fold(0.0, f64::max);
    let has_bars = !is_graded && !outcome.totals.is_empty() || !outcome.rounds.is_empty();
    let line = |(id, got): &(String, String)| Line {
        title: title(vote, id, t),
        cost: String::new(),
        votes: if has_bars { localised(got, t) } else { got.clone() },
        bar: if has_bars { hundredths(value(got), most) } else { 0 },
        won: outcome.winners.contains(id),
        why: String::new(),
        thread: String::new(),
        id: id.clone(),
    };
    shown.iter().map(line).collect()
}

/// A row for each option, a cell for each round; empty where it was out.
fn rounds(vote: &Vote, outcome: &PollOutcome, t: &Sayings) -> Vec<Vec<String>> {
    if outcome.rounds.len() < 2 {
        return Vec::new();
    }
    let mut options: Vec<&String> = outcome.rounds[0].keys().collect();
    let lasted = |id: &String| outcome.rounds.iter().filter(|round| round.contains_key(id)).count();
    options.sort_by_key(|id| std::cmp::Reverse(lasted(id)));
    let cell = |round: &std::collections::BTreeMap<String, String>, id: &String| {
        round.get(id).map(|votes| localised(votes, t)).unwrap_or_default()
    };
    let row = |id: &String| {
        std::iter::once(title(vote, id, t)).chain(outcome.rounds.iter().map(|round| cell(round, id))).collect()
    };
    options.into_iter().map(row).collect()
}

/// An exact number as a float, for pictures and orders on the page only.
fn value(text: &str) -> f64 {
    text.parse().unwrap_or(0.0)
}

fn localised(text: &str, t: &Sayings) -> String {
    text.parse::<i64>().map_or_else(|_| text.to_owned(), |whole| dates::number(whole, t.language()))
}
