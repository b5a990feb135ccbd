use super::Contest;
use crate::{
    ballot::{Choices, Published},
    model::{BallotKind, Definition, Origin},
    rule::{PollMethod, Rule},
};
use civic::Language;
use std::{collections::BTreeMap, fmt::Write as _};

// Writing to a String cannot fail; `let _` says so throughout.

/// How the name of the file of ballots ends.
pub fn extension(definition: &Definition) -> &'static str {
    match definition.rule {
        // Each area has a file of its own; this one has the ballots whole.
        Rule::Budget(_) if definition.areas.is_some() => "csv",
        Rule::Budget(_) => "pb",
        Rule::Poll(rule) => match rule.method {
            PollMethod::Transferable | PollMethod::Schulze | PollMethod::Plurality => "soi",
            PollMethod::Approval | PollMethod::Score | PollMethod::MajorityJudgment => "csv",
        },
    }
}

/// The file of ballots; `selected` is what won, where that is known.
pub fn file_of(contest: Contest<'_>, ballots: &[Published], selected: Option<&[String]>) -> String {
    match extension(contest.definition) {
        "pb" => pabulib(contest, ballots, selected),
        "soi" => preflib(contest, ballots),
        _ => table(ballots),
    }
}

/// A Pabulib file (pabulib.org/format); voters are known by their receipts.
fn pabulib(contest: Contest<'_>, ballots: &[Published], selected: Option<&[String]>) -> String {
    let definition = contest.definition;
    let mut text = String::with_capacity(2_000 + ballots.len() * 48);
    text.push_str("META\nkey;value\n");
    for (key, value) in facts(contest, ballots.len()) {
        let _ = writeln!(text, "{key};{}", cell(&value));
    }
    let votes = votes_of(definition, ballots);
    text.push_str(if selected.is_some() {
        "PROJECTS\nproject_id;cost;votes;name;district;selected\n"
    } else {
        "PROJECTS\nproject_id;cost;votes;name;district\n"
    });
    for (option, votes) in definition.options.iter().zip(&votes) {
        let name = option.title.in_language(Language::En);
        let district = option.district.as_deref().unwrap_or_default();
        let cost = amount(option.cost_cents);
        let _ = write!(text, "{};{cost};{votes};{};{}", cell(&option.id), cell(name), cell(district));
        if let Some(selected) = selected {
            let _ = write!(text, ";{}", u8::from(selected.contains(&option.id)));
        }
        text.push('\n');
    }
    let with_points = matches!(definition.ballot, BallotKind::Points { .. });
    text.push_str(if with_points { "VOTES\nvoter_id;vote;points\n" } else { "VOTES\nvoter_id;vote\n" });
    for ballot in ballots {
        let _ = write!(text, "{};", ballot.receipt);
        push_vote(&mut text, &ballot.choices, with_points);
        text.push('\n');
    }
    text
}

fn push_vote(text: &mut String, choices: &str, with_points: bool) {
    if !with_points {
        text.push_str(choices);
        return;
    }
    let pairs = || choices.split(',').filter_map(|entry| entry.split_once(':'));
    let ids: Vec<&str> = pairs().map(|(id, _)| id).collect();
    let points: Vec<&str> = pairs().map(|(_, points)| points).collect();
    let _ = write!(text, "{};{}", ids.join(","), points.join(","));
}

fn facts(contest: Contest<'_>, votes: usize) -> Vec<(&'static str, String)> {
    let definition = contest.definition;
    let day = |moment: civic::Moment| moment.in_zone(&jiff::tz::TimeZone::UTC).strftime("%d.%m.%Y").to_string();
    let (vote_type, limit) = match definition.ballot {
        BallotKind::One => ("choose-1", None),
        BallotKind::Approval { most } => ("approval", Some(("max_length", most.to_string()))),
        BallotKind::Ranking { most } => ("ordinal", Some(("max_length", most.to_string()))),
        BallotKind::Points { total } => ("cumulative", Some(("max_sum_points", total.to_string()))),
        BallotKind::Cart => ("approval", Some(("max_sum_cost", amount(definition.budget_cents())))),
        BallotKind::Score { .. } | BallotKind::Grades => ("scoring", None),
    };
    let currency = definition.budget.map(|budget| ("currency", budget.currency.to_string()));
    let made_up = (contest.origin == Origin::Simulated)
        .then(|| ("comment", "#1: The ballots are simulated: no person cast them.".to_owned()));
    let mut facts = vec![
        ("description", format!("{} {}", contest.code, definition.title.in_language(Language::En))),
        ("num_projects", definition.options.len().to_string()),
        ("num_votes", votes.to_string()),
        ("budget", amount(definition.budget_cents())),
        ("vote_type", vote_type.to_owned()),
        ("date_begin", day(definition.opens_at)),
        ("date_end", day(definition.closes_at)),
    ];
    facts.extend(contest.area.map(|area| ("subunit", area.to_owned())));
    facts.extend(limit);
    facts.extend(currency);
    facts.extend(made_up);
    facts
}

/// For each option, the ballots that name it.
pub(super) fn votes_of(definition: &Definition, ballots: &[Published]) -> Vec<usize> {
    let places: BTreeMap<&str, usize> =
        definition.options.iter().enumerate().map(|(place, option)| (option.id.as_str(), place)).collect();
    let mut votes = vec![0; definition.options.len()];
    for entry in ballots.iter().flat_map(|ballot| ballot.choices.split(',')) {
        let id = entry.split_once(':').map_or(entry, |(id, _)| id);
        if let Some(place) = places.get(id) {
            votes[*place] += 1;
        }
    }
    votes
}

/// Cents as units of the currency, as `1234.5`.
fn amount(cents: i64) -> String {
    budgeting::amount::written(cents.into(), 2)
}

fn cell(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.contains([';', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A PrefLib file of orders without ties (preflib.org/format): equal ballots on one line. Alternatives are numbered in the
/// order of the ballot.
fn preflib(contest: Contest<'_>, ballots: &[Published]) -> String {
    let definition = contest.definition;
    let mut orders: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
    for ballot in ballots {
        let choices = Choices::read(&ballot.choices, definition).unwrap_or_default();
        *orders.entry(choices.0.iter().map(|(place, _)| place + 1).collect()).or_default() += 1;
    }
    let title = definition.title.in_language(Language::En).replace(['\n', '\r'], " ");
    let mut text = format!("# FILE NAME: {}.soi\n# TITLE: {title}\n# DATA TYPE: soi\n", contest.code);
    if contest.origin == Origin::Simulated {
        text.push_str("# DESCRIPTION: The ballots are simulated: no person cast them.\n");
    }
    let _ = writeln!(text, "# NUMBER ALTERNATIVES: {}\n# NUMBER VOTERS: {}", definition.options.len(), ballots.len());
    let _ = writeln!(text, "# NUMBER UNIQUE ORDERS: {}", orders.len());
    for (number, name) in (1..).zip(names(definition)) {
        let _ = writeln!(text, "# ALTERNATIVE NAME {number}: {name}");
    }
    for (order, count) in &orders {
        let order: Vec<String> = order.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "{count}: {}", order.join(","));
    }
    text
}

/// A name of its own for each option: the id keeps equal titles apart.
pub(super) fn names(definition: &Definition) -> impl Iterator<Item = String> + '_ {
    definition.options.iter().map(|option| {
        let title = option.title.in_language(Language::En).replace(['\n', '\r'], " ");
        format!("{} {title}", option.id)
    })
}

fn table(ballots: &[Published]) -> String {
    let mut text = String::from("receipt,choices\r\n");
    for ballot in ballots {
        let _ = write!(text, "{},\"{}\"\r\n", ballot.receipt, ballot.choices);
    }
    text
}
