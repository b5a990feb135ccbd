use super::totals::ranked;
use super::{Totals, standing};
use crate::ballots::Candidate;
use crate::rules::TallyError;
use crate::tie::TieRule;
use crate::votes::Votes;

/// A ballot of quadratic voting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditBallot {
    /// Votes for, or with a minus against, each candidate in order.
    pub votes: Vec<i32>,
    /// How many such ballots there are.
    pub weight: u64,
}

/// Quadratic voting: n votes for or against something cost n² credits, of which each voter has `credits` (Posner, Weyl, *Voting
/// Squared*, 2014; Lalley, Weyl 2018). A ballot that spends more is refused.
///
/// # Errors
/// When a ballot spends too much or has not as many entries as there are candidates, or a tie is left to people.
pub fn quadratic_voting(
    candidates: &[Candidate],
    ballots: &[CreditBallot],
    credits: u64,
    seats: u32,
    ties: &TieRule,
) -> Result<Totals, TallyError> {
    crate::ballots::check_candidates(candidates)?;
    let mut totals = vec![0i128; candidates.len()];
    let (mut valid, mut blank) = (0u64, 0u64);
    for (at, ballot) in ballots.iter().enumerate() {
        let fault = |reason: String| TallyError::Scores { ballot: at + 1, reason };
        if ballot.votes.len() != candidates.len() {
            let reason =
                format!("it has {} entries, but there are {} candidates", ballot.votes.len(), candidates.len());
            return Err(fault(reason));
        }
        let cost: u128 = ballot.votes.iter().map(|&votes| u128::from(votes.unsigned_abs()).pow(2)).sum();
        if cost > u128::from(credits) {
            return Err(fault(format!("its votes cost {cost} credits, but a voter has {credits}")));
        }
        let says = if cost > 0 { &mut valid } else { &mut blank };
        *says = says.saturating_add(ballot.weight);
        for (total, &votes) in totals.iter_mut().zip(&ballot.votes) {
            *total += i128::from(votes) * i128::from(ballot.weight);
        }
    }
    if valid.saturating_add(blank) > crate::ballots::WEIGHT_LIMIT {
        return Err(crate::ballots::BallotError::Weight.into());
    }
    let totals: Vec<(u16, Votes)> =
        standing(candidates).into_iter().map(|at| (at, Votes::fraction(totals[at as usize], 1))).collect();
    if totals.is_empty() {
        return Err(TallyError::NoCandidates);
    }
    ranked(candidates, &totals, (valid, blank), seats, ties, "votes")
}
