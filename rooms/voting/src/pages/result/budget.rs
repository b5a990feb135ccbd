use super::{Body, Line, What, hundredths, reasons};
use crate::{
    count::{BudgetOutcome, Other},
    model::Vote,
    rule::{BudgetMethod, Rule},
    store::Kept,
    views,
};
use serde_json::Value;
use web::{
    Sayings, Stop, Visit,
    chart::{About, Datum, key_html, stacked_svg},
    dates,
};

/// Projects that the picture of the money names each by itself; the rest is one part.
const PARTS_NAMED: usize = 8;

pub(super) fn body(visit: &Visit, vote: &Vote, kept: &Kept) -> Result<Body, Stop> {
    let t = &visit.t;
    let outcome: BudgetOutcome = serde_json::from_str(&kept.outcome).map_err(Stop::fault)?;
    let others: Vec<Other> = serde_json::from_str(&kept.others).map_err(Stop::fault)?;
    let command = serde_json::from_str::<Value>(&kept.outcome).ok();
    let command = command.and_then(|whole| whole["command"].as_str().map(str::to_owned)).unwrap_or_default();
    let lines = lines(vote, &outcome, t);
    let (picture, key) = picture(vote, &outcome, visit);
    Ok(Body {
        lead: lead(vote, &outcome, t),
        compare: compare(&outcome, &others, t),
        what_if: what_if(vote, &outcome, &others, &lines, t),
        picture,
        key,
        lines,
        command,
        ..Body::default()
    })
}

fn spent_cents(vote: &Vote, selected: &[String]) -> i64 {
    let definition = &vote.definition;
    selected.iter().filter_map(|id| definition.find(id)).map(|at| definition.options[at].cost_cents).sum()
}

fn lead(vote: &Vote, outcome: &BudgetOutcome, t: &Sayings) -> String {
    let money = |cents: i64| views::money(cents, &vote.definition, t.language());
    let voters = outcome.statistics["voters"].as_i64().unwrap_or(0);
    t.with(
        "results-lead-budget",
        &[
            ("count", outcome.selected.len().into()),
            ("all", vote.definition.options.len().into()),
            ("spent", money(spent_cents(vote, &outcome.selected)).into()),
            ("budget", money(vote.definition.budget_cents()).into()),
            ("ballots", voters.into()),
            ("voters", dates::number(voters, t.language()).into()),
        ],
    )
}

/// Funded projects first, in the order in which they were; then the others by their votes.
fn lines(vote: &Vote, outcome: &BudgetOutcome, t: &Sayings) -> Vec<Line> {
    let definition = &vote.definition;
    let most = outcome.votes.values().max().copied().unwrap_or(0);
    let line = |id: &str, won: bool, why: String| {
        let option = &definition.options[definition.find(id)?];
        let votes = outcome.votes.get(id).copied().unwrap_or(0);
        let of = vote.option_subject(id);
        let thread =
            if won || option.from.is_some() { format!("/thread/{}/{}", of.kind, of.id) } else { String::new() };
        Some(Line {
            id: id.to_owned(),
            title: option.title.in_language(t.language()).to_owned(),
            cost: views::money(option.cost_cents, definition, t.language()),
            votes: dates::number(votes, t.language()),
            bar: hundredths(votes as f64, most as f64),
            won,
            why,
            thread,
        })
    };
    let id_of = |value: &Value| value["project"].as_str().unwrap_or_default().to_owned();
    let won = outcome.rounds.iter().filter_map(|round| line(&id_of(round), true, reasons::won(vote, round, t)));
    let mut lost: Vec<&Value> = outcome.lost.iter().collect();
    lost.sort_by_key(|loss| std::cmp::Reverse(outcome.votes.get(&id_of(loss)).copied().unwrap_or(0)));
    let lost = lost.into_iter().filter_map(|loss| line(&id_of(loss), false, reasons::lost(vote, loss, t)));
    won.chain(lost).collect()
}

/// Where the money goes.
fn picture(vote: &Vote, outcome: &BudgetOutcome, visit: &Visit) -> (String, String) {
    let t = &visit.t;
    let definition = &vote.definition;
    let money = |cents: i64| views::money(cents, definition, t.language());
    let datum = |label: String, cents: i64| Datum { label, value: cents as f64, text: money(cents) };
    let named = outcome.selected.iter().filter_map(|id| definition.find(id)).map(|at| &definition.options[at]);
    let mut data: Vec<Datum> = named
        .clone()
        .take(PARTS_NAMED)
        .map(|option| datum(option.title.in_language(t.language()).to_owned(), option.cost_cents))
        .collect();
    let rest: i64 = named.skip(PARTS_NAMED).map(|option| option.cost_cents).sum();
    if rest > 0 {
        data.push(datum(t.say("results-further").to_owned(), rest));
    }
    let left = definition.budget_cents() - spent_cents(vote, &outcome.selected);
    if left > 0 {
        data.push(datum(t.say("results-left").to_owned(), left));
    }
    let about = About {
        id: "money",
        title: t.say("results-money"),
        desc: t.say("results-money-desc"),
        rtl: t.language().direction() == "rtl",
    };
    (stacked_svg(&about, &data), key_html(&data))
}

fn what_if(vote: &Vote, outcome: &BudgetOutcome, others: &[Other], lines: &[Line], t: &Sayings) -> Vec<What> {
    let language = t.language();
    let what = |rule: Rule, is_ours: bool, selected: &[String], with_nothing: i64, average: &str| What {
        rule: super::super::show::rule_words(rule, t),
        is_ours,
        spent: views::money(spent_cents(vote, selected), &vote.definition, language),
        with_nothing: dates::number(with_nothing, language),
        average: localised(average, t),
        wins: lines.iter().map(|line| selected.contains(&line.id)).collect(),
    };
    let statistics = &outcome.statistics;
    let average = statistics["projects_average"].as_str().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    let nothing = statistics["with_nothing"].as_i64().unwrap_or(0);
    let ours = what(vote.definition.rule, true, &outcome.selected, nothing, &format!("{average:.2}"));
    let others = others.iter().map(|other| {
        what(Rule::Budget(other.rule), false, &other.selected, other.with_nothing, &other.projects_average)
    });
    std::iter::once(ours).chain(others).collect()
}

/// Voters with none of their projects, here and if the most votes had gone first.
fn compare(outcome: &BudgetOutcome, others: &[Other], t: &Sayings) -> String {
    let plainest = others.iter().find(|other| other.rule.method == BudgetMethod::MostVotes);
    let here = outcome.statistics["with_nothing"].as_i64().unwrap_or(0);
    let number = |count: i64| dates::number(count, t.language());
    let sentence =
        |other: &Other| t.with2("results-compare", "here", number(here), "there", number(other.with_nothing));
    plainest.map(sentence).unwrap_or_default()
}

fn localised(decimal: &str, t: &Sayings) -> String {
    decimal.parse::<f64>().map_or_else(|_| decimal.to_owned(), |value| dates::decimal(value, 2, t.language()))
}
