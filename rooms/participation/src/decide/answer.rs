//! The town answers: feasible or not, at what cost, and always why. Stewards merge what says the same.

use super::{
    Scene, Words, read,
    words::{cents_of, too_short},
    words_required,
};
use crate::model::{PhaseAct, Proposal, State, Verdict};
use civic::Code;
use web::Refusal;

/// Characters the reasons may have.
pub const REASONS_LIMIT: usize = 6_000;

/// What answering depends on.
pub struct EvaluateFacts<'f> {
    /// The process.
    pub scene: &'f Scene,
    /// The proposal.
    pub proposal: &'f Proposal,
    /// The text that who answers has read; `None` from a program that does not say.
    pub seen_version: Option<i64>,
    /// Whether who answers is an author of it, by themselves or in its group.
    pub is_own: bool,
}

/// What is kept of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was found.
    pub verdict: Verdict,
    /// In cents.
    pub cost_cents: Option<i64>,
    /// Why.
    pub reasons: String,
}

/// Whether a proposal may be answered so now.
///
/// # Errors
/// `evaluation-own`, `phase-not-evaluate`, `proposal-changed`, `evaluation-verdict`, `evaluation-cost`, refusals of the words.
pub fn decide_evaluation(
    facts: &EvaluateFacts<'_>,
    verdict: &str,
    cost: &str,
    reasons: &str,
) -> Result<Found, Vec<Refusal>> {
    let stop = |refusal: Refusal| vec![refusal];
    match facts.proposal.state {
        State::Draft | State::Withdrawn { .. } => return Err(vec![Refusal::conflict("proposal-is-withdrawn")]),
        State::Merged { .. } => return Err(vec![Refusal::conflict("proposal-is-merged")]),
        _ => {}
    }
    if facts.is_own {
        return Err(vec![Refusal::conflict("evaluation-own")]);
    }
    facts.scene.must_allow(PhaseAct::Evaluate).map_err(stop)?;
    if facts.seen_version.is_some_and(|seen| seen != facts.proposal.version) {
        return Err(vec![Refusal::conflict("proposal-changed")]);
    }
    let mut refusals = Vec::new();
    let verdict = verdict.parse::<Verdict>().map_err(|()| Refusal::new("evaluation-verdict").at("verdict"));
    let cost = cents_of(cost, "cost");
    let reasons = words_required(reasons, "reasons", REASONS_LIMIT);
    if let (Ok(Verdict::Feasible), Ok(None)) = (&verdict, &cost)
        && facts.scene.process.definition.rules.asks_cost
    {
        refusals.push(Refusal::new("evaluation-cost").at("cost"));
    }
    match (verdict, cost, reasons) {
        (Ok(verdict), Ok(cost_cents), Ok(reasons)) if refusals.is_empty() => Ok(Found { verdict, cost_cents, reasons }),
        (verdict, cost, reasons) => {
            refusals.extend([verdict.err(), cost.err(), reasons.err()].into_iter().flatten());
            Err(refusals)
        }
    }
}

/// Whether one proposal may be merged into another, for this reason; answers the reason as it is kept.
///
/// # Errors
/// `proposal-merge-itself`, `proposal-merge-elsewhere`, `proposal-merge-not-open`, refusals of the reason.
pub fn decide_merge(one: &Proposal, into: &Proposal, why: &str) -> Result<String, Refusal> {
    if one.code == into.code {
        return Err(Refusal::new("proposal-merge-itself").at("into"));
    }
    if one.process != into.process {
        return Err(Refusal::new("proposal-merge-elsewhere").at("into"));
    }
    if one.state != State::Open || into.state != State::Open {
        return Err(Refusal::conflict("proposal-merge-not-open").at("into"));
    }
    words_required(why, "why", REASONS_LIMIT)
}

/// Into which one a proposal was merged that may be separated again.
///
/// # Errors
/// `proposal-separate`.
pub fn decide_separate(one: &Proposal) -> Result<Code, Refusal> {
    match &one.state {
        State::Merged { into, .. } => Ok(into.clone()),
        _ => Err(Refusal::conflict("proposal-separate")),
    }
}

/// Whether a part of a proposal may become one of its own; answers its words as they are kept.
///
/// # Errors
/// `proposal-split-not-open`; every reason against the words.
pub fn decide_split(one: &Proposal, title: &str, text: &str) -> Result<(String, String), Vec<Refusal>> {
    if one.state != State::Open {
        return Err(vec![Refusal::conflict("proposal-split-not-open")]);
    }
    let words = Words { title: title.to_owned(), text: text.to_owned(), ..Words::default() };
    let read = read(&words)?;
    let short = too_short(&read);
    if short.is_empty() { Ok((read.title, read.text)) } else { Err(short) }
}
