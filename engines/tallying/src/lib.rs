#![doc = include_str!("../README.md")]

mod arithmetic;
mod audit;
mod ballots;
mod count;
mod delegation;
mod method;
mod pairwise;
mod read;
mod report;
mod requirement;
mod rounds;
mod rules;
mod scored;
mod tie;
mod votes;

pub use arithmetic::{DECIMAL_PLACES_LIMIT, Precision};
pub use audit::{
    AuditError, AuditRules, AuditedContest, DRAWS_LIMIT, Discrepancies, KaplanMarkov, diluted_margin, kaplan_markov,
    overstatement, sample_size,
};
pub use ballots::{
    BallotError, CANDIDATES_LIMIT, Candidate, MARKS_LIMIT, Mark, OVERVOTE, RankedBallot, RankedBallots, WEIGHT_LIMIT,
};
pub use count::{
    MEEK_ITERATIONS_LIMIT, MeekRules, SCOTTISH_PLACES, ScottishRules, count_by_elimination, count_in_sequence,
    count_meek, count_scottish,
};
pub use delegation::{Delegated, DelegationError, VOTERS_LIMIT, Voter, follow_delegations};
pub use method::{CREDITS_LIMIT, GRADES_LIMIT, Marking, Method};
pub use pairwise::{
    Condorcet, LockedPair, PATHS_CANDIDATES_LIMIT, PairwiseMatrix, RankedPairs, Schulze, Strength, condorcet,
    ranked_pairs, schulze,
};
pub use read::{
    Ballots, CONTEST_BYTES_LIMIT, Cast, Contest, FILE_BYTES_LIMIT, How, PrefLib, Provider, ReadError, Source,
    UNDECLARED_NAME, Wanted, read_contest, read_contest_by, read_preflib, read_source,
};
pub use report::report;
pub use requirement::{Base, Check, Requirement, Share, Turnout, check_requirements};
pub use rounds::{Action, Counted, Decided, Inactive, Round, Target, Transfer, WhyElected, WhyEliminated};
pub use rules::{EliminationRules, Overvotes, Quota, Reading, TallyError, Winners};
pub use scored::{
    CreditBallot, Judgment, MiddleGrade, ScoreBallot, Star, Totals, Unranked, approval, borda, majority_judgment,
    plurality, quadratic_voting, score_voting, star,
};
pub use tie::{Broken, Tie, TieRule};
pub use votes::{NUMBER_TEXT_LIMIT, NoNumber, Votes};
