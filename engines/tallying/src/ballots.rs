use thiserror::Error;

/// The most candidates of one contest.
pub const CANDIDATES_LIMIT: usize = 10_000;
/// The most marks on all ballots of one contest together.
pub const MARKS_LIMIT: usize = u32::MAX as usize;
/// The most votes of one contest, weights counted; with 18 decimal places a tally still fits.
pub const WEIGHT_LIMIT: u64 = 1_000_000_000_000;

/// Somebody or something that can be voted for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidate {
    /// The name shown; unique within the contest.
    pub name: String,
    /// Whether this candidate cannot win and no longer takes votes: who withdrew, or won an earlier seat.
    pub excluded: bool,
    /// Whether this stands for all names written in that nobody declared. It is eliminated first.
    pub undeclared: bool,
}

impl Candidate {
    /// A declared candidate.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// What stands at a rank when the voter marked several and the record does not say which.
pub const OVERVOTE: u16 = u16::MAX;

/// One mark: this candidate at this rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The rank, 1 being the best.
    pub rank: u16,
    /// The place of the candidate in the contest's list, from 0; or [`OVERVOTE`].
    pub candidate: u16,
}

/// Why ballots cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BallotError {
    /// Too many candidates.
    #[error("{0} candidates are more than the {CANDIDATES_LIMIT} that one contest can have")]
    Candidates(usize),
    /// A mark for nobody.
    #[error("ballot {ballot} marks candidate number {candidate}, but there are {candidates}")]
    Unknown {
        /// The ballot, from 1.
        ballot: usize,
        /// The mark, from 0.
        candidate: u16,
        /// How many candidates there are.
        candidates: usize,
    },
    /// Ranks count from 1.
    #[error("ballot {0} has a mark at rank 0; ranks count from 1")]
    RankZero(usize),
    /// Too many marks.
    #[error("these ballots have more than the {MARKS_LIMIT} marks that can be counted at once")]
    Marks,
    /// Too many votes.
    #[error("these ballots weigh more than the {WEIGHT_LIMIT} votes that can be counted at once")]
    Weight,
    /// A name twice.
    #[error("two candidates are called “{0}”; each needs a name of its own")]
    TwiceNamed(String),
}

/// Ranked ballots, packed: each a list of marks by rank, with how many votes it counts for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RankedBallots {
    marks: Vec<Mark>,
    ends: Vec<u32>,
    weights: Vec<u64>,
}

/// One ballot, or a group of equal ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankedBallot<'b> {
    /// The marks by rank; several of one rank are an overvote, a missing rank was skipped.
    pub marks: &'b [Mark],
    /// How many votes it counts for: the weight of its voter, or how many equal ballots there are.
    pub weight: u64,
}

impl RankedBallots {
    /// No ballots, with room for some.
    pub fn with_capacity(ballots: usize, marks: usize) -> Self {
        Self {
            marks: Vec::with_capacity(marks),
            ends: Vec::with_capacity(ballots),
            weights: Vec::with_capacity(ballots),
        }
    }

    /// Adds a ballot; marks may come in any order.
    ///
    /// # Errors
    /// When a limit is reached, or a rank is 0.
    pub fn push(&mut self, marks: &[Mark], weight: u64) -> Result<(), BallotError> {
        if self.marks.len() + marks.len() > MARKS_LIMIT || self.ends.len() + 1 >= MARKS_LIMIT {
            return Err(BallotError::Marks);
        }
        if marks.iter().any(|mark| mark.rank == 0) {
            return Err(BallotError::RankZero(self.ends.len() + 1));
        }
        let start = self.marks.len();
        self.marks.extend_from_slice(marks);
        if !marks.is_sorted_by_key(|mark| mark.rank) {
            self.marks[start..].sort_by_key(|mark| mark.rank);
        }
        self.ends.push(self.marks.len() as u32);
        self.weights.push(weight);
        Ok(())
    }

    /// Adds a ballot that ranks one candidate after the other, the best first.
    ///
    /// # Errors
    /// When a limit is reached.
    pub fn push_order(&mut self, order: &[u16], weight: u64) -> Result<(), BallotError> {
        let marks: Vec<Mark> = (1u16..).zip(order).map(|(rank, &candidate)| Mark { rank, candidate }).collect();
        self.push(&marks, weight)
    }

    /// Gives the ballots other weights, in the order they came; those beyond the weights keep theirs.
    pub(crate) fn set_weights(&mut self, weights: impl Iterator<Item = u64>) {
        self.weights.iter_mut().zip(weights).for_each(|(own, new)| *own = new);
    }

    /// How many ballots, or groups of them.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many marks there are on all ballots.
    pub fn marks_len(&self) -> usize {
        self.marks.len()
    }

    /// The ballot at a place, from 0.
    pub(crate) fn get(&self, at: usize) -> RankedBallot<'_> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        RankedBallot { marks: &self.marks[start..self.ends[at] as usize], weight: self.weights[at] }
    }

    /// The weight of the ballot at a place.
    #[inline]
    pub(crate) fn weight_at(&self, at: u32) -> u64 {
        self.weights[at as usize]
    }

    /// All ballots, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = RankedBallot<'_>> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// All votes: the sum of the weights.
    pub fn weight(&self) -> u128 {
        self.weights.iter().map(|&weight| u128::from(weight)).sum()
    }

    /// Checks that every mark is for one of so many candidates and that the limits hold.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, candidates: &[Candidate]) -> Result<(), BallotError> {
        check_candidates(candidates)?;
        if self.weight() > u128::from(WEIGHT_LIMIT) {
            return Err(BallotError::Weight);
        }
        let known = candidates.len() as u16;
        let wrong = self.marks.iter().position(|mark| mark.candidate >= known && mark.candidate != OVERVOTE);
        wrong.map_or(Ok(()), |at| {
            let ballot = self.ends.partition_point(|&end| end as usize <= at) + 1;
            Err(BallotError::Unknown { ballot, candidate: self.marks[at].candidate, candidates: candidates.len() })
        })
    }
}

/// Checks the names and the number of candidates.
pub(crate) fn check_candidates(candidates: &[Candidate]) -> Result<(), BallotError> {
    if candidates.len() > CANDIDATES_LIMIT {
        return Err(BallotError::Candidates(candidates.len()));
    }
    let mut names = std::collections::BTreeSet::new();
    let twice = candidates.iter().find(|candidate| !names.insert(&candidate.name));
    twice.map_or(Ok(()), |candidate| Err(BallotError::TwiceNamed(candidate.name.clone())))
}
