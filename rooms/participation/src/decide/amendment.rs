//! Other words for a proposal: anybody may propose them, only its authors decide.

use super::{Scene, line_within, words_required};
use crate::model::{Amendment, AmendmentState, PhaseAct, Proposal, State, TEXT_LIMIT, TITLE_LIMIT};
use std::str::FromStr;
use web::Refusal;

/// Characters the reason for an amendment, or the answer to it, may have.
const WHY_LIMIT: usize = 1_000;

/// Whether these other words may be proposed by somebody who is no author; answers title, text and why as they are kept.
///
/// # Errors
/// `phase-not-amend`, `amendment-same`, `proposal-is-answered`, refusals of the words.
pub fn decide_proposed_words(
    scene: &Scene,
    proposal: &Proposal,
    title: &str,
    text: &str,
    why: &str,
) -> Result<(String, String, String), Refusal> {
    must_be_open(proposal)?;
    scene.must_allow(PhaseAct::Amend)?;
    let title = line_within(title, "title", TITLE_LIMIT)?;
    if title.is_empty() {
        return Err(Refusal::new("proposal-words-missing").at("title"));
    }
    let text = words_required(text, "text", TEXT_LIMIT)?;
    let why = words_required(why, "why", WHY_LIMIT)?;
    if title == proposal.title && text == proposal.text {
        return Err(Refusal::new("amendment-same").at("text"));
    }
    Ok((title, text, why))
}

fn must_be_open(proposal: &Proposal) -> Result<(), Refusal> {
    if proposal.state == State::Open { Ok(()) } else { Err(Refusal::conflict("proposal-is-answered")) }
}

/// What can be done with an amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmendmentAct {
    /// The authors take its words.
    Accept,
    /// The authors do not.
    Reject,
    /// Its author takes it back.
    Withdraw,
}

impl FromStr for AmendmentAct {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "accept" => Ok(Self::Accept),
            "reject" => Ok(Self::Reject),
            "withdraw" => Ok(Self::Withdraw),
            _ => Err(()),
        }
    }
}

/// What settling it depends on. That who acts is an author (of the proposal, or to withdraw of the amendment) was asked before.
pub struct AmendmentFacts<'f> {
    /// The process.
    pub scene: &'f Scene,
    /// The proposal.
    pub proposal: &'f Proposal,
    /// The amendment.
    pub amendment: &'f Amendment,
}

/// Whether an amendment may be settled so; answers what becomes of it and the authors' answer.
///
/// # Errors
/// `amendment-settled`, `amendment-stale` when the text it was written against is no longer the present one, `phase-not-amend`
/// and `proposal-is-answered` for accepting.
pub fn decide_amendment(
    facts: &AmendmentFacts<'_>,
    act: AmendmentAct,
    answer: &str,
) -> Result<(AmendmentState, String), Refusal> {
    if facts.amendment.state != AmendmentState::Waiting {
        return Err(Refusal::conflict("amendment-settled"));
    }
    if act == AmendmentAct::Withdraw {
        return Ok((AmendmentState::Withdrawn, String::new()));
    }
    // No is said at any time, so that nobody waits for ever; the words of a proposal change in their time only.
    if act == AmendmentAct::Reject {
        return Ok((AmendmentState::Rejected, words_required(answer, "answer", WHY_LIMIT)?));
    }
    must_be_open(facts.proposal)?;
    facts.scene.must_allow(PhaseAct::Amend)?;
    if facts.amendment.base_version != facts.proposal.version {
        return Err(Refusal::conflict("amendment-stale"));
    }
    Ok((AmendmentState::Accepted, super::text_within(answer, "answer", WHY_LIMIT)?))
}
