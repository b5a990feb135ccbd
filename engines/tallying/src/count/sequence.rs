use super::count_by_elimination;
use crate::ballots::{Candidate, RankedBallots};
use crate::rounds::Counted;
use crate::rules::{EliminationRules, TallyError};

/// Fills seats one after the other: each by a count for one seat from the same ballots, without those elected before
/// (multi-pass instant-runoff voting; not proportional). Returns one count for each seat.
///
/// # Errors
/// When the ballots or rules are at fault, or a tie is left to people.
pub fn count_in_sequence(
    candidates: &[Candidate],
    ballots: &RankedBallots,
    rules: &EliminationRules,
) -> Result<Vec<Counted>, TallyError> {
    let mut left = candidates.to_vec();
    let one_seat = EliminationRules { seats: 1, ..rules.clone() };
    let mut counts = Vec::new();
    for _ in 0..rules.seats {
        if !counts.is_empty() && left.iter().all(|candidate| candidate.excluded || candidate.undeclared) {
            break;
        }
        let count = count_by_elimination(&left, ballots, &one_seat)?;
        for &winner in &count.winners {
            left[winner as usize].excluded = true;
        }
        counts.push(count);
    }
    Ok(counts)
}
