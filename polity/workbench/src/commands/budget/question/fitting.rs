//! Options that change nothing are told of, and names that nothing has are refused: whoever gave one would take the outcome for another.

use super::{Completion, Gain, Method, MisfitWord, OrderWord, QuestionArgs, word};
use anyhow::bail;
use budgeting::Election;
use std::collections::BTreeSet;

/// What options were given that the rule does not use, a sentence each. They change nothing, so a script that asks for one rule after the
/// other is not stopped; but nobody shall take the outcome for another.
pub fn unused(asked: &QuestionArgs) -> Vec<String> {
    let method = word(asked.method).unwrap_or_default();
    let is_shares = matches!(asked.method, Method::EqualShares);
    let is_greedy = matches!(asked.method, Method::Greedy);
    let gain_given = asked.satisfaction != Gain::Cost;
    let has_no_gain = matches!(asked.method, Method::Phragmen | Method::MaximinSupport | Method::Official);
    let by_other_order = is_greedy && asked.order != OrderWord::Satisfaction;
    let raises = !matches!(asked.completion, Completion::None | Completion::Greedy);
    let all = [
        (!is_shares && asked.completion != Completion::None, "--completion", "equal-shares"),
        (!is_shares && asked.comparison, "--comparison", "equal-shares"),
        (
            asked.increment.is_some() && !(is_shares && raises),
            "--increment",
            "a completion of equal-shares that raises the shares",
        ),
        (!is_greedy && asked.misfit != MisfitWord::Skip, "--misfit", "greedy"),
        (!is_greedy && asked.order != OrderWord::Satisfaction, "--order", "greedy"),
        (!is_greedy && asked.threshold.is_some(), "--threshold", "greedy"),
        (has_no_gain && gain_given, "--satisfaction", "equal-shares, greedy, bounded-overspending and welfare"),
        (by_other_order && gain_given, "--satisfaction", "--order satisfaction"),
    ];
    let told = all.into_iter().filter(|(given, ..)| *given);
    told.map(|(_, option, of)| format!("{option} belongs to {of}; {method} as it was asked does not use it")).collect()
}

/// Looks whether a cap names something that projects have, once.
///
/// # Errors
/// A sentence with the names there are.
pub fn check_caps(kind: &str, names: &[&str], known: &BTreeSet<&str>) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !known.contains(name) {
            let all = if known.is_empty() {
                format!("the file names no {kind}")
            } else {
                format!("there are: {}", known.iter().copied().collect::<Vec<_>>().join(", "))
            };
            bail!("no project of this file has the {kind} “{name}”; {all}");
        }
        if !seen.insert(name) {
            bail!("the {kind} “{name}” has two caps; give it one");
        }
    }
    Ok(())
}

/// The categories of the projects.
pub fn categories(election: &Election) -> BTreeSet<&str> {
    election.projects.iter().flat_map(|one| one.categories.iter().map(String::as_str)).collect()
}

/// The districts of the projects.
pub fn districts(election: &Election) -> BTreeSet<&str> {
    election.projects.iter().filter_map(|one| one.district.as_deref()).collect()
}

/// Looks whether each tie step stands once, and a list names each project of the file at most once.
///
/// # Errors
/// A sentence that names what is there twice, or is no project.
pub fn check_ties(text: &str, election: &Election) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for step in text.split(',').map(str::trim) {
        let (kind, rest) = step.split_once(':').unwrap_or((step, ""));
        if !seen.insert(kind) {
            bail!("the tie rule “{kind}” stands there twice; give it once");
        }
        if kind != "list" {
            continue;
        }
        let mut listed = BTreeSet::new();
        for id in rest.split('|') {
            if election.find(id).is_none() {
                bail!("the list of ties names “{id}”, which is no project of this file");
            }
            if !listed.insert(id) {
                bail!("the list of ties names “{id}” twice");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{QuestionArgs, unused};
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        asked: QuestionArgs,
    }

    #[test]
    fn options_of_another_rule_are_told_of() {
        for (more, named) in [
            (["--method", "greedy", "--completion", "add1"].as_slice(), "--completion belongs to equal-shares"),
            (&["--method", "phragmen", "--comparison"], "--comparison belongs to equal-shares"),
            (&["--method", "welfare", "--increment", "2"], "--increment belongs to a completion"),
            (&["--increment", "2"], "--increment belongs to a completion"),
            (&["--misfit", "stop"], "--misfit belongs to greedy"),
            (&["--order", "votes"], "--order belongs to greedy"),
            (&["--threshold", "1"], "--threshold belongs to greedy"),
            (&["--method", "phragmen", "--satisfaction", "cardinality"], "--satisfaction belongs to"),
            (&["--method", "greedy", "--order", "votes", "--satisfaction", "cardinality"], "--order satisfaction"),
            (&["--completion", "add1", "--increment", "2"], ""),
            (&["--method", "greedy", "--order", "votes", "--misfit", "stop", "--threshold", "1"], ""),
        ] {
            let line = Line::try_parse_from(["polity"].iter().chain(more)).unwrap_or_else(|error| panic!("{error}"));
            let told = unused(&line.asked).join("; ");
            assert!(told.contains(named) && told.is_empty() == named.is_empty(), "{more:?}: {told}");
        }
    }
}
