//! Options that would change nothing are refused, not passed over: whoever gave one would take the outcome for another.

use super::{Completion, Gain, Method, MisfitWord, OrderWord, QuestionArgs, word};
use anyhow::bail;
use budgeting::Election;
use std::collections::BTreeSet;

/// Looks whether every option belongs to the rule.
///
/// # Errors
/// A sentence that names the first that does not, and the rules to which it belongs.
pub fn check(asked: &QuestionArgs) -> anyhow::Result<()> {
    let method = word(asked.method).unwrap_or_default();
    let only = |given: bool, option: &str, of: &str| {
        if given { bail!("{option} belongs to {of}; {method} does not use it") } else { Ok(()) }
    };
    if !matches!(asked.method, Method::EqualShares) {
        only(asked.completion != Completion::None, "--completion", "equal-shares")?;
        only(asked.comparison, "--comparison", "equal-shares")?;
        only(asked.increment.is_some(), "--increment", "equal-shares")?;
    }
    // A step without a completion that takes it is no other question: who asks for one rule after the other says it each time.
    if !matches!(asked.method, Method::Greedy) {
        only(asked.misfit != MisfitWord::Skip, "--misfit", "greedy")?;
        only(asked.order != OrderWord::Satisfaction, "--order", "greedy")?;
        only(asked.threshold.is_some(), "--threshold", "greedy")?;
    }
    let gain_given = asked.satisfaction != Gain::Cost;
    if matches!(asked.method, Method::Phragmen | Method::MaximinSupport | Method::Official) {
        only(gain_given, "--satisfaction", "equal-shares, greedy, bounded-overspending and welfare")?;
    }
    if matches!(asked.method, Method::Greedy) && asked.order != OrderWord::Satisfaction && gain_given {
        bail!("--satisfaction belongs to --order satisfaction; another order does not use it");
    }
    Ok(())
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
