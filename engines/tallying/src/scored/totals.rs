use super::{ScoreBallot, Totals, check, standing};
use crate::ballots::{Candidate, OVERVOTE, RankedBallots};
use crate::rules::TallyError;
use crate::tie::{TieBreaker, TieRule};
use crate::votes::Votes;

/// Plurality: the first choice of each ballot is one vote; the most votes win. A ballot whose best rank has several candidates, or
/// none, is blank. For several seats this is the single non-transferable vote.
///
/// # Errors
/// When the ballots are at fault, or a tie is left to people.
pub fn plurality(
    candidates: &[Candidate],
    ballots: &RankedBallots,
    seats: u32,
    ties: &TieRule,
) -> Result<Totals, TallyError> {
    ballots.check(candidates)?;
    let mut totals = vec![0u64; candidates.len()];
    let (mut valid, mut blank) = (0, 0);
    for ballot in ballots.iter() {
        match ballot.marks {
            [first, rest @ ..]
                if first.candidate != OVERVOTE
                    && !candidates[first.candidate as usize].excluded
                    && rest.iter().all(|mark| mark.rank != first.rank) =>
            {
                totals[first.candidate as usize] += ballot.weight;
                valid += ballot.weight;
            }
            _ => blank += ballot.weight,
        }
    }
    ranked(candidates, &wholes(candidates, &totals), (valid, blank), seats, ties, "votes")
}

/// Approval voting: each candidate approved gets one vote; the most votes win (Brams, Fishburn 1978). Anything above 0 approves.
///
/// # Errors
/// When the ballots are at fault, or a tie is left to people.
pub fn approval(
    candidates: &[Candidate],
    ballots: &[ScoreBallot],
    seats: u32,
    ties: &TieRule,
) -> Result<Totals, TallyError> {
    check(candidates, ballots, u32::MAX)?;
    let totals = added(candidates, ballots, |score| u64::from(score > 0));
    let says = |ballot: &ScoreBallot| ballot.scores.iter().flatten().any(|score| *score > 0);
    ranked(candidates, &totals, split(ballots, says), seats, ties, "approvals")
}

/// Score voting: scores up to `highest` are added up, a missing one being 0; the highest total wins.
///
/// # Errors
/// When the ballots are at fault, or a tie is left to people.
pub fn score_voting(
    candidates: &[Candidate],
    ballots: &[ScoreBallot],
    highest: u32,
    seats: u32,
    ties: &TieRule,
) -> Result<Totals, TallyError> {
    check(candidates, ballots, highest)?;
    let totals = added(candidates, ballots, u64::from);
    let says = |ballot: &ScoreBallot| ballot.scores.iter().any(Option::is_some);
    ranked(candidates, &totals, split(ballots, says), seats, ties, "points")
}

fn wholes(candidates: &[Candidate], totals: &[u64]) -> Vec<(u16, Votes)> {
    standing(candidates).into_iter().map(|at| (at, Votes::from(totals[at as usize]))).collect()
}

pub(super) fn added(
    candidates: &[Candidate],
    ballots: &[ScoreBallot],
    worth: impl Fn(u32) -> u64,
) -> Vec<(u16, Votes)> {
    let mut totals = vec![0u128; candidates.len()];
    for ballot in ballots {
        for (total, score) in totals.iter_mut().zip(&ballot.scores) {
            *total += u128::from(score.map_or(0, &worth)) * u128::from(ballot.weight);
        }
    }
    standing(candidates).into_iter().map(|at| (at, Votes::from(totals[at as usize]))).collect()
}

pub(super) fn split(ballots: &[ScoreBallot], says: impl Fn(&ScoreBallot) -> bool) -> (u64, u64) {
    ballots.iter().fold((0, 0), |(valid, blank), ballot| {
        if says(ballot) { (valid + ballot.weight, blank) } else { (valid, blank + ballot.weight) }
    })
}

/// Seats those with the highest totals; undeclared names have totals but no seat.
pub(super) fn ranked(
    candidates: &[Candidate],
    totals: &[(u16, Votes)],
    (valid, blank): (u64, u64),
    seats: u32,
    ties: &TieRule,
    unit: &str,
) -> Result<Totals, TallyError> {
    if seats == 0 {
        return Err(TallyError::NoSeats);
    }
    let mut totals = totals.to_vec();
    totals.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut breaker = TieBreaker::new(ties);
    let mut left: Vec<(u16, Votes)> =
        totals.iter().filter(|(at, _)| !candidates[*at as usize].undeclared).cloned().collect();
    let (mut winners, mut broken, mut steps) = (Vec::new(), Vec::new(), Vec::new());
    while winners.len() < seats as usize && !left.is_empty() {
        let tied: Vec<u16> = left.iter().filter(|(_, total)| *total == left[0].1).map(|(at, _)| *at).collect();
        let fits = tied.len() <= seats as usize - winners.len();
        let taken = if fits {
            tied[0]
        } else {
            let tie = breaker
                .take(&tied, true, candidates, 1, |_, _| 0)
                .map_err(|unbroken| crate::count::tied(unbroken, 1, candidates))?;
            steps.push(tie.sentence(candidates));
            broken.push(tie);
            broken.last().map_or(tied[0], |tie| tie.taken)
        };
        let at = left.iter().position(|(at, _)| *at == taken).expect("who is taken is among those left");
        let (_, total) = left.remove(at);
        steps.push(format!("{} is elected with {total} {unit}.", candidates[taken as usize].name));
        winners.push(taken);
    }
    steps.extend(left.iter().map(|(at, total)| format!("{} has {total} {unit}.", candidates[*at as usize].name)));
    Ok(Totals { winners, totals, valid, blank, ties: broken, steps })
}
