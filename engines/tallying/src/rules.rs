use crate::arithmetic::{DECIMAL_PLACES_LIMIT, Precision};
use crate::ballots::BallotError;
use crate::tie::TieRule;
use crate::votes::Votes;
use thiserror::Error;

/// What happens at a rank where several candidates are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overvotes {
    /// The ballot counts no further.
    Exhaust,
    /// The rank is passed over.
    Skip,
    /// The ballot counts for the only one of them that is still in the count, and no further when several are.
    ExhaustIfSeveralContinue,
}

/// How marks are read; the same for every method with rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Overvotes.
    pub overvotes: Overvotes,
    /// How many ranks may be skipped one after the other before the ballot counts no further; `None`: any number.
    pub skipped_ranks: Option<u16>,
    /// Whether a candidate marked a second time ends the ballot; otherwise the second mark is passed over.
    pub exhaust_on_duplicate: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self { overvotes: Overvotes::Skip, skipped_ranks: None, exhaust_on_duplicate: false }
    }
}

/// What it takes to be elected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quota {
    /// Votes ÷ (seats + 1), rounded down, plus 1 (Droop 1868; for one seat a majority).
    Droop,
    /// Votes ÷ (seats + 1), rounded down to the decimal places of the count, plus the smallest step. With exact fractions the
    /// step is a millionth.
    DroopInDecimals,
    /// Votes ÷ seats, rounded up to a whole number.
    Hare,
    /// Votes ÷ seats, rounded up to the decimal places of the count.
    HareInDecimals,
}

/// Which winners a round can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Winners {
    /// Everybody who has the quota.
    AllWithQuota,
    /// Only the one with the most votes; others wait for the next round, and may gain votes there.
    OnePerRound,
    /// Nobody before as many are left as there are seats.
    LastRemaining,
    /// All who are left, once each of them has more than this share of the active votes.
    AllAboveShare(Votes),
}

/// The rules of a count by elimination: instant-runoff voting for one seat, the single transferable vote with weighted
/// inclusive Gregory transfers for several. The wording follows RCTab, whose contests these rules can express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EliminationRules {
    /// How many are to be elected.
    pub seats: u32,
    /// How marks are read.
    pub reading: Reading,
    /// What it takes to be elected.
    pub quota: Quota,
    /// Which winners a round can have.
    pub winners: Winners,
    /// How parts of a vote are reckoned.
    pub precision: Precision,
    /// Whether all who cannot catch up any more are eliminated together.
    pub batch_elimination: bool,
    /// Whoever has fewer votes is eliminated at once.
    pub minimum_votes: u64,
    /// Whether the count goes on until two are left, even with a winner. For one seat.
    pub until_two_remain: bool,
    /// Whether the quota of the first round holds for all. For one seat; for several it always does.
    pub first_round_sets_quota: bool,
    /// The count ends after this round.
    pub last_round: Option<u32>,
    /// How ties are broken.
    pub ties: TieRule,
}

impl EliminationRules {
    /// Instant-runoff voting: whole votes, a majority of the active ballots of the round, overvotes skipped.
    pub fn instant_runoff(ties: TieRule) -> Self {
        Self::transferable(1, Precision::Decimals(0), ties)
    }

    /// The single transferable vote: Droop's quota, everybody who has it is elected.
    pub fn transferable(seats: u32, precision: Precision, ties: TieRule) -> Self {
        Self {
            seats,
            reading: Reading::default(),
            quota: Quota::Droop,
            winners: Winners::AllWithQuota,
            precision,
            batch_elimination: false,
            minimum_votes: 0,
            until_two_remain: false,
            first_round_sets_quota: false,
            last_round: None,
            ties,
        }
    }

    /// Whether winners pass on what they have above the quota.
    pub(crate) fn passes_surpluses(&self) -> bool {
        self.seats > 1 && !matches!(self.winners, Winners::LastRemaining | Winners::AllAboveShare(_))
    }

    pub(crate) fn check(&self) -> Result<(), TallyError> {
        check_precision(self.precision)?;
        if self.seats == 0 && !matches!(self.winners, Winners::AllAboveShare(_)) {
            return Err(TallyError::NoSeats);
        }
        if self.seats > 1 && self.until_two_remain {
            return Err(TallyError::UntilTwo);
        }
        Ok(())
    }
}

/// Refuses more decimal places than a count can hold.
pub(crate) fn check_precision(precision: Precision) -> Result<(), TallyError> {
    match precision {
        Precision::Decimals(places) if places > DECIMAL_PLACES_LIMIT => Err(TallyError::Places(places)),
        _ => Ok(()),
    }
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TallyError {
    /// The ballots are at fault.
    #[error(transparent)]
    Ballots(#[from] BallotError),
    /// Nothing to elect.
    #[error("there is no seat to fill; a contest has at least one")]
    NoSeats,
    /// Nobody to elect.
    #[error("nobody can be elected: there is no candidate, or all are excluded")]
    NoCandidates,
    /// Rules that do not go together.
    #[error("a count for several seats cannot go on until two remain")]
    UntilTwo,
    /// Too fine.
    #[error(
        "{0} decimal places are more than the {DECIMAL_PLACES_LIMIT} that a count can have; exact fractions have no such limit"
    )]
    Places(u32),
    /// A tie that the rule leaves to people.
    #[error(
        "in round {round} {names} are tied, and the rule leaves it to people: draw a lot in public and give the order as the rule of ties"
    )]
    Tied {
        /// The round, from 1.
        round: u32,
        /// Who is tied.
        tied: Vec<u16>,
        /// Their names.
        names: String,
    },
    /// A ballot with other scores than the contest has.
    #[error("ballot {ballot}: {reason}")]
    Scores {
        /// The ballot, from 1.
        ballot: usize,
        /// What is wrong with it, as the rest of a sentence.
        reason: String,
    },
    /// More rounds than can be.
    #[error("the count did not end within {0} rounds")]
    Rounds(u32),
}
