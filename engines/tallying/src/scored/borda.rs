use super::totals::ranked;
use super::{Totals, standing};
use crate::ballots::{Candidate, OVERVOTE, RankedBallot, RankedBallots};
use crate::rules::TallyError;
use crate::tie::TieRule;
use crate::votes::Votes;

/// What candidates get that a ballot does not rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unranked {
    /// Nothing.
    Zero,
    /// The average of the points that are left over, as if the voter held them all equal.
    Average,
    /// Nothing, and the one ranked first gets as many points as there are ranked, not counting itself (Emerson's modified count,
    /// which does not reward ranking only one).
    Modified,
}

/// Borda's count: of n candidates the first gets n − 1 points, the next n − 2, the last none (Borda 1781). Those at the same rank get
/// the average of their points. Undeclared and excluded candidates are left out before the points are given.
///
/// # Errors
/// When the ballots are at fault, or a tie is left to people.
pub fn borda(
    candidates: &[Candidate],
    ballots: &RankedBallots,
    unranked: Unranked,
    seats: u32,
    ties: &TieRule,
) -> Result<Totals, TallyError> {
    ballots.check(candidates)?;
    let standing: Vec<u16> =
        standing(candidates).into_iter().filter(|&at| !candidates[at as usize].undeclared).collect();
    if standing.is_empty() {
        return Err(TallyError::NoCandidates);
    }
    // Twice the points, so that averages stay whole.
    let mut doubled = vec![0u128; candidates.len()];
    let (mut valid, mut blank) = (0, 0);
    for ballot in ballots.iter() {
        let ranks = ranks_of(ballot, candidates);
        if ranks.is_empty() {
            blank += ballot.weight;
            continue;
        }
        valid += ballot.weight;
        give(&ranks, &standing, unranked, ballot.weight, &mut doubled);
    }
    let totals: Vec<(u16, Votes)> = standing.iter().map(|&at| (at, Votes::fraction(doubled[at as usize], 2))).collect();
    ranked(candidates, &totals, (valid, blank), seats, ties, "points")
}

/// The candidates of a ballot by rank, each once.
fn ranks_of(ballot: RankedBallot<'_>, candidates: &[Candidate]) -> Vec<Vec<u16>> {
    let mut ranks: Vec<Vec<u16>> = Vec::new();
    let mut last = 0;
    for mark in ballot.marks {
        let out = |at: u16| candidates[at as usize].excluded || candidates[at as usize].undeclared;
        if mark.candidate == OVERVOTE || out(mark.candidate) || ranks.iter().flatten().any(|&at| at == mark.candidate) {
            continue;
        }
        if mark.rank == last
            && let Some(same) = ranks.last_mut()
        {
            same.push(mark.candidate);
        } else {
            ranks.push(vec![mark.candidate]);
            last = mark.rank;
        }
    }
    ranks
}

fn give(ranks: &[Vec<u16>], standing: &[u16], unranked: Unranked, weight: u64, doubled: &mut [u128]) {
    let ranked: usize = ranks.iter().map(Vec::len).sum();
    let mut above = match unranked {
        Unranked::Modified => ranked,
        Unranked::Zero | Unranked::Average => standing.len(),
    };
    for rank in ranks {
        // Twice the average of above − 1, …, above − rank.len().
        let points = (2 * above - rank.len() - 1) as u128;
        above -= rank.len();
        for &at in rank {
            doubled[at as usize] += points * u128::from(weight);
        }
    }
    if unranked == Unranked::Average && above > 0 {
        let points = (above - 1) as u128;
        for &at in standing.iter().filter(|at| !ranks.iter().flatten().any(|ranked| ranked == *at)) {
            doubled[at as usize] += points * u128::from(weight);
        }
    }
}
