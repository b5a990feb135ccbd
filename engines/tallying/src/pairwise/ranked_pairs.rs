use super::matrix::{PairwiseMatrix, Strength};
use super::schulze::PATHS_CANDIDATES_LIMIT;
use crate::ballots::BallotError;
use crate::rules::TallyError;
use std::cmp::Ordering;

/// A victory, and whether it was locked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedPair {
    /// Who beats the other.
    pub winner: u16,
    /// Who is beaten.
    pub loser: u16,
    /// The votes for and against.
    pub votes: (u64, u64),
    /// Whether it holds; otherwise stronger victories already say the opposite.
    pub locked: bool,
}

/// The result of ranked pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedPairs {
    /// Candidates from first to last; those of one group are not told apart by what is locked.
    pub ranking: Vec<Vec<u16>>,
    /// All victories, the strongest first.
    pub pairs: Vec<LockedPair>,
    /// A sentence for each victory, in English.
    pub steps: Vec<String>,
}

/// Ranked pairs: victories are locked in from the strongest on, unless they would close a circle (Tideman, *Independence of clones
/// as a criterion for voting rules*, Social Choice and Welfare 4, 1987). Equally strong victories come in the order of `ties`, by
/// winner, then by loser; candidates that are not listed come last.
///
/// # Errors
/// When there are more candidates than [`PATHS_CANDIDATES_LIMIT`].
pub fn ranked_pairs(matrix: &PairwiseMatrix, strength: Strength, ties: &[u16]) -> Result<RankedPairs, TallyError> {
    let all = matrix.included();
    if all.len() > PATHS_CANDIDATES_LIMIT {
        return Err(BallotError::Candidates(all.len()).into());
    }
    let place = |one: u16| (ties.iter().position(|&listed| listed == one).unwrap_or(usize::MAX), one);
    let mut pairs: Vec<LockedPair> = all
        .iter()
        .flat_map(|&winner| all.iter().map(move |&loser| (winner, loser)))
        .filter(|&(winner, loser)| matrix.beats(winner, loser))
        .map(|(winner, loser)| LockedPair { winner, loser, votes: matrix.victory(winner, loser), locked: false })
        .collect();
    pairs.sort_by(|one, other| {
        let stronger = strength.compare(other.votes, one.votes);
        let listed = || (place(one.winner), place(one.loser)).cmp(&(place(other.winner), place(other.loser)));
        if stronger == Ordering::Equal { listed() } else { stronger }
    });
    let size = usize::from(all.iter().max().copied().unwrap_or(0)) + 1;
    let mut reach = vec![vec![false; size]; size];
    for pair in &mut pairs {
        let (winner, loser) = (pair.winner as usize, pair.loser as usize);
        pair.locked = !reach[loser][winner];
        if pair.locked && !reach[winner][loser] {
            lock(&mut reach, winner, loser);
        }
    }
    let steps = pairs.iter().map(|pair| sentence(matrix, pair)).collect();
    Ok(RankedPairs { ranking: groups(all, &reach), pairs, steps })
}

/// Whoever reaches the winner now reaches the loser, and everybody the loser reaches.
fn lock(reach: &mut [Vec<bool>], winner: usize, loser: usize) {
    let beyond: Vec<usize> = (0..reach.len()).filter(|&to| to == loser || reach[loser][to]).collect();
    for (from, row) in reach.iter_mut().enumerate() {
        if from == winner || row[winner] {
            beyond.iter().for_each(|&to| row[to] = true);
        }
    }
}

fn groups(all: &[u16], reach: &[Vec<bool>]) -> Vec<Vec<u16>> {
    let mut left = all.to_vec();
    let mut ranking = Vec::new();
    while !left.is_empty() {
        let (first, rest): (Vec<u16>, Vec<u16>) =
            left.iter().partition(|&&one| !left.iter().any(|&other| reach[other as usize][one as usize]));
        ranking.push(first);
        left = rest;
    }
    ranking
}

fn sentence(matrix: &PairwiseMatrix, pair: &LockedPair) -> String {
    let (winner, loser) = (matrix.name(pair.winner), matrix.name(pair.loser));
    let (with, against) = pair.votes;
    if pair.locked {
        format!("{winner} beats {loser} by {with} to {against}, which is locked in.")
    } else {
        format!(
            "{winner} beats {loser} by {with} to {against}, which is left out: stronger victories put {loser} above {winner}."
        )
    }
}
