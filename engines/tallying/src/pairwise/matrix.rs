use crate::ballots::{Candidate, OVERVOTE, RankedBallot, RankedBallots};
use crate::rules::TallyError;
use std::cmp::Ordering;

/// How strong a victory of one candidate over another is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// More votes for the winner are stronger; of as many, fewer votes for the loser (Schulze 2011, section 2.1, “winning votes”).
    WinningVotes,
    /// A larger difference is stronger.
    Margins,
}

/// For each pair of candidates, how many votes put the one above the other.
///
/// A candidate who is not ranked is below all who are; those at the same rank, or both not ranked, are not compared. Of several
/// marks for one candidate the best counts. Excluded candidates are left out, as are overvotes that do not say for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairwiseMatrix {
    names: Vec<String>,
    included: Vec<u16>,
    preferred: Vec<u64>,
}

impl PairwiseMatrix {
    /// Compares all pairs on all ballots.
    ///
    /// # Errors
    /// When the ballots are at fault or nobody can be elected.
    pub fn count(candidates: &[Candidate], ballots: &RankedBallots) -> Result<Self, TallyError> {
        ballots.check(candidates)?;
        let all = 0..candidates.len() as u16;
        let included: Vec<u16> =
            all.filter(|&at| !candidates[at as usize].excluded && !candidates[at as usize].undeclared).collect();
        if included.is_empty() {
            return Err(TallyError::NoCandidates);
        }
        let names = candidates.iter().map(|candidate| candidate.name.clone()).collect();
        let size = candidates.len();
        let mut matrix = Self { names, included, preferred: vec![0; size * size] };
        let mut order = Vec::with_capacity(size);
        let mut seen = vec![false; size];
        for ballot in ballots.iter() {
            matrix.add(ballot, &mut order, &mut seen);
        }
        Ok(matrix)
    }

    fn add(&mut self, ballot: RankedBallot<'_>, order: &mut Vec<(u16, u16)>, seen: &mut [bool]) {
        let size = self.names.len();
        order.clear();
        for mark in ballot.marks.iter().filter(|mark| mark.candidate != OVERVOTE) {
            if !std::mem::replace(&mut seen[mark.candidate as usize], true) {
                order.push((mark.rank, mark.candidate));
            }
        }
        for (at, &(rank, above)) in order.iter().enumerate() {
            let row = &mut self.preferred[above as usize * size..][..size];
            let lower = &order[at + 1..];
            for &(_, below) in lower.iter().filter(|(other, _)| *other > rank) {
                row[below as usize] += ballot.weight;
            }
            for (below, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
                row[below] += ballot.weight;
            }
        }
        for (_, marked) in order.iter() {
            seen[*marked as usize] = false;
        }
    }

    /// The candidates that are compared, in order of the contest.
    pub fn included(&self) -> &[u16] {
        &self.included
    }

    /// A candidate's name.
    pub fn name(&self, at: u16) -> &str {
        self.names.get(at as usize).map_or("?", String::as_str)
    }

    /// How many votes put `one` above `other`.
    pub fn preferring(&self, one: u16, other: u16) -> u64 {
        self.preferred[one as usize * self.names.len() + other as usize]
    }

    /// Whether more votes put `one` above `other` than the other way round.
    pub fn beats(&self, one: u16, other: u16) -> bool {
        self.preferring(one, other) > self.preferring(other, one)
    }

    /// The votes for and against in a victory.
    pub(super) fn victory(&self, one: u16, other: u16) -> (u64, u64) {
        (self.preferring(one, other), self.preferring(other, one))
    }
}

impl Strength {
    /// Compares two victories, each as votes for and votes against.
    pub fn compare(self, one: (u64, u64), other: (u64, u64)) -> Ordering {
        match self {
            Self::WinningVotes => one.0.cmp(&other.0).then(other.1.cmp(&one.1)),
            Self::Margins => (i128::from(one.0) - i128::from(one.1)).cmp(&(i128::from(other.0) - i128::from(other.1))),
        }
    }
}
