//! What a city itself announced, worked out again from the file.

use crate::{
    amount::Fraction,
    decide::{Question, Rule, decide},
    election::Election,
    equal_shares::{EqualShares, Raise, Rest},
    greedy::{Greedy, Misfit, Order},
    profile::Satisfaction,
    refusal::Refusal,
    ties::{TieRule, TieStep},
};
use num_bigint::BigInt;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// The file's `selected` is what its rule gives.
    Same {
        /// The projects.
        selected: Vec<usize>,
    },
    /// It is not.
    Differs {
        /// Selected in the file, not by the rule.
        only_file: Vec<usize>,
        /// Selected by the rule, not in the file.
        only_rule: Vec<usize>,
        /// What explains it, as far as it can be seen.
        why: String,
    },
    /// It cannot be told, for this reason.
    Untold(String),
}

/// The rule that a file names, as an Equal Shares or greedy rule of this crate.
///
/// # Errors
/// Why there is none.
pub fn official_rule(election: &Election) -> Result<Rule, String> {
    let fact = |name: &str| election.meta.get(name).map(String::as_str);
    let threshold = match fact("min_project_score_threshold").filter(|text| !text.is_empty()) {
        Some(text) => Some(text.parse::<i64>().map_err(|_| format!("the threshold “{text}” is no whole number"))?),
        None => None,
    };
    let greedy = |misfit| Ok(Rule::Greedy(Greedy { order: Order::Declared, misfit, threshold }));
    let raise = Raise::Integral { increment: Fraction::from(BigInt::from(1)) };
    let shares = |raise, comparison| {
        let satisfaction = Satisfaction::Cost;
        Ok(Rule::EqualShares(EqualShares { satisfaction, raise, rest: Rest::Stays, comparison }))
    };
    match fact("rule").unwrap_or("") {
        "greedy-custom" if fact("unit") == Some("Poznań") => greedy(Misfit::StopUnlessPercent(80)),
        "greedy" | "greedy-threshold" | "greedy-exclusive" | "greedy-custom" => greedy(Misfit::Skip),
        "greedy-no-skip" => greedy(Misfit::Stop),
        "equalshares" => shares(Raise::No, false),
        "equalshares-comparison" => shares(Raise::No, true),
        "equalshares/add1" => shares(raise, false),
        "equalshares/add1-comparison" => shares(raise, true),
        "" => Err("the file names no rule".to_owned()),
        "unknown" => Err("the file says that its rule is unknown".to_owned()),
        other => Err(format!("the rule “{other}” is not known")),
    }
}

/// Works the official outcome out again. Ties go by the order of the file for greedy rules; for Equal Shares by least cost, then
/// most votes, as cities announced, and then by the order of the file.
///
/// # Errors
/// What [`decide`] refuses, but ties, which become a reason.
pub fn check(election: &Election) -> Result<Check, Refusal> {
    let poznan =
        matches!(official_rule(election), Ok(Rule::Greedy(Greedy { misfit: Misfit::StopUnlessPercent(_), .. })));
    let is_selected = |code: u8| if poznan { matches!(code, 1..=3) } else { code == 1 };
    let announced: Vec<usize> = (0..election.projects.len())
        .filter(|project| election.projects[*project].selected.is_some_and(is_selected))
        .collect();
    if election.projects.iter().all(|project| project.selected.is_none()) {
        return Ok(Check::Untold("the file has no column selected".to_owned()));
    }
    let rule = match official_rule(election) {
        Ok(rule) => rule,
        Err(why) => return Ok(Check::Untold(why)),
    };
    let steps = match rule {
        Rule::Greedy(_) => vec![TieStep::FileOrder],
        _ => vec![TieStep::LeastCost, TieStep::MostVotes, TieStep::FileOrder],
    };
    let question = Question { ties: TieRule(steps), ..Question::by(rule) };
    let mut found = decide(election, &question)?.selected;
    found.sort_unstable();
    if found == announced {
        return Ok(Check::Same { selected: found });
    }
    let without = |from: &[usize], what: &[usize]| from.iter().copied().filter(|p| !what.contains(p)).collect();
    let (only_file, only_rule): (Vec<usize>, Vec<usize>) = (without(&announced, &found), without(&found, &announced));
    let why = reason(election, &announced, &only_file, &only_rule);
    Ok(Check::Differs { only_file, only_rule, why })
}

fn reason(election: &Election, announced: &[usize], only_file: &[usize], only_rule: &[usize]) -> String {
    let cost = election.cost_of(announced);
    let results = |projects: &[usize]| {
        let mut all: Vec<_> = projects.iter().map(|p| election.projects[*p].declared_result).collect();
        all.sort_unstable();
        all
    };
    if cost > election.budget {
        return "what was announced costs more than the budget, so other money was added".to_owned();
    }
    if only_file.len() == only_rule.len() && results(only_file) == results(only_rule) {
        return "the projects that differ are level, so a tie was broken otherwise".to_owned();
    }
    let rule = election.meta.get("rule").map_or("", String::as_str);
    if rule == "greedy-exclusive" || rule == "greedy-custom" {
        return format!("the rule is {rule}, and the file does not say in full how it goes");
    }
    if !election.warnings.is_empty() {
        return format!("the file does not agree with itself: {}", election.warnings[0]);
    }
    let over = only_rule.iter().max_by_key(|project| election.projects[**project].declared_result);
    match over.map(|project| &election.projects[*project].id) {
        Some(id) => format!("the announcement passes over {id}, which the rule that the file names takes"),
        None => "the announcement has more than the rule that the file names".to_owned(),
    }
}
