//! Methods that add something up for each candidate: choices, approvals, scores, grades, points, credits.

mod borda;
mod judgment;
mod quadratic;
mod star;
mod totals;

pub use borda::{Unranked, borda};
pub use judgment::{Judgment, MiddleGrade, majority_judgment};
pub use quadratic::{CreditBallot, quadratic_voting};
pub use star::{Star, star};
pub use totals::{approval, plurality, score_voting};

use crate::ballots::{Candidate, WEIGHT_LIMIT};
use crate::rules::TallyError;
use crate::tie::Tie;
use crate::votes::Votes;

/// A ballot that says something about each candidate, or a group of equal ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreBallot {
    /// A score, grade, or 1 for approval, for each candidate of the contest in order; `None` where the voter said nothing.
    pub scores: Vec<Option<u32>>,
    /// How many votes it counts for.
    pub weight: u64,
}

/// The result of adding up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Who is elected, the first first.
    pub winners: Vec<u16>,
    /// Each candidate's total, from the highest; of the same total in order of the contest.
    pub totals: Vec<(u16, Votes)>,
    /// Votes that say something, and those that do not.
    pub valid: u64,
    /// Votes that say nothing.
    pub blank: u64,
    /// Ties broken for a seat.
    pub ties: Vec<Tie>,
    /// A sentence for each step, in English.
    pub steps: Vec<String>,
}

/// Checks that each ballot has an entry for each candidate and none above `highest`.
fn check(candidates: &[Candidate], ballots: &[ScoreBallot], highest: u32) -> Result<(), TallyError> {
    crate::ballots::check_candidates(candidates)?;
    if candidates.iter().all(|candidate| candidate.excluded) {
        return Err(TallyError::NoCandidates);
    }
    let mut weight = 0u64;
    for (at, ballot) in ballots.iter().enumerate() {
        let fault = |reason: String| TallyError::Scores { ballot: at + 1, reason };
        if ballot.scores.len() != candidates.len() {
            let reason =
                format!("it has {} entries, but there are {} candidates", ballot.scores.len(), candidates.len());
            return Err(fault(reason));
        }
        if let Some(above) = ballot.scores.iter().flatten().find(|score| **score > highest) {
            return Err(fault(format!("{above} is above the highest, {highest}")));
        }
        weight = weight.saturating_add(ballot.weight);
    }
    if weight > WEIGHT_LIMIT { Err(crate::ballots::BallotError::Weight.into()) } else { Ok(()) }
}

fn standing(candidates: &[Candidate]) -> Vec<u16> {
    (0..candidates.len() as u16).filter(|&at| !candidates[at as usize].excluded).collect()
}
