//! Supporting, arguing, endorsing, joining, taking back.

use super::{Scene, words::old_enough, words_required};
use crate::model::{PhaseAct, Proposal, Rules, State};
use civic::Moment;
use std::str::FromStr;
use web::Refusal;

/// Characters an argument may have.
pub const ARGUMENT_LIMIT: usize = 1_000;
/// Arguments an account may add in an hour.
pub const ARGUMENTS_PER_HOUR: i64 = 20;
/// People who may decide about the words of one proposal.
pub const AUTHORS_LIMIT: usize = 10;

/// What taking part depends on.
pub struct PartFacts<'f> {
    /// The process.
    pub scene: &'f Scene,
    /// The proposal.
    pub proposal: &'f Proposal,
    /// Since when there is the account.
    pub account_since: Moment,
}

impl PartFacts<'_> {
    /// Whether the proposal still goes on by itself.
    fn must_go_on(&self) -> Result<(), Refusal> {
        match self.proposal.state {
            State::Merged { .. } => Err(Refusal::conflict("proposal-is-merged")),
            State::Withdrawn { .. } => Err(Refusal::conflict("proposal-is-withdrawn")),
            _ => Ok(()),
        }
    }
}

/// Whether somebody may support a proposal, or take their support back, now.
///
/// # Errors
/// `phase-not-support`, `account-too-new`, `proposal-is-…`.
pub fn decide_support(facts: &PartFacts<'_>) -> Result<(), Refusal> {
    facts.must_go_on()?;
    facts.scene.must_allow(PhaseAct::Support)?;
    old_enough(facts.scene, facts.account_since)
}

/// The grade of a support: 1 where the process has no grades, or nothing was chosen.
///
/// # Errors
/// `support-grade`.
pub fn decide_grade(rules: &Rules, grade: Option<i64>) -> Result<i64, Refusal> {
    let most = rules.grades.map_or(1, i64::from);
    match grade.unwrap_or(1) {
        grade if (1..=most).contains(&grade) => Ok(grade),
        _ => Err(Refusal::new("support-grade").at("grade").with("most", most)),
    }
}

/// For or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In favour.
    For,
    /// Against.
    Against,
}

impl Side {
    /// As in forms and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
        }
    }
}

impl FromStr for Side {
    type Err = Refusal;
    fn from_str(word: &str) -> Result<Self, Refusal> {
        match word {
            "for" => Ok(Self::For),
            "against" => Ok(Self::Against),
            _ => Err(Refusal::new("argument-side").at("side")),
        }
    }
}

/// Whether somebody may argue now, after so many arguments within the hour; answers the words as they are kept.
///
/// # Errors
/// `phase-not-discuss`, `argument-too-often`, refusals of the words.
pub fn decide_argument(facts: &PartFacts<'_>, text: &str, within_hour: i64) -> Result<String, Refusal> {
    facts.must_go_on()?;
    facts.scene.must_allow(PhaseAct::Discuss)?;
    if within_hour >= ARGUMENTS_PER_HOUR {
        // When the hour is over at the latest.
        return Err(Refusal::new("argument-too-often").again_in(3_600).with("most", ARGUMENTS_PER_HOUR));
    }
    words_required(text, "argument", ARGUMENT_LIMIT)
}

/// Whether an organisation may endorse a proposal, or take that back: while people discuss or support.
///
/// # Errors
/// `phase-not-support`, `proposal-is-…`.
pub fn decide_endorsement(facts: &PartFacts<'_>) -> Result<(), Refusal> {
    facts.must_go_on()?;
    if facts.scene.allows(PhaseAct::Discuss) { Ok(()) } else { facts.scene.must_allow(PhaseAct::Support) }
}

/// Whether its authors may take a proposal back: as long as the town has not answered.
///
/// # Errors
/// `proposal-is-…`.
pub fn decide_withdrawal(proposal: &Proposal) -> Result<(), Refusal> {
    match proposal.state {
        State::Open => Ok(()),
        State::Draft => Err(Refusal::conflict("proposal-is-draft")),
        State::Merged { .. } => Err(Refusal::conflict("proposal-is-merged")),
        State::Withdrawn { .. } => Err(Refusal::conflict("proposal-is-withdrawn")),
        _ => Err(Refusal::conflict("proposal-is-answered")),
    }
}

/// Whether somebody may be asked to write along, where so many decide or were asked already.
///
/// # Errors
/// `authors-too-many`, `proposal-is-…`.
pub fn decide_invitation(proposal: &Proposal, people: usize) -> Result<(), Refusal> {
    if !matches!(proposal.state, State::Draft | State::Open) {
        return Err(Refusal::conflict("proposal-is-answered"));
    }
    if people >= AUTHORS_LIMIT {
        return Err(Refusal::conflict("authors-too-many").at("email").with("most", AUTHORS_LIMIT));
    }
    Ok(())
}
