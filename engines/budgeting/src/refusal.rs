//! Why something is not decided, in sentences.

use crate::election::Election;
use thiserror::Error;

/// Why there is no outcome.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The file does not have the form of a Pabulib file.
    #[error("line {line}, column {column}: expected {expected}, found {found}")]
    Malformed {
        /// Counted from 1.
        line: usize,
        /// The character in that line, counted from 1.
        column: usize,
        /// What should stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// More than this engine takes on.
    #[error("there are more than {most} {what}; this is the limit")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// An amount below nought or above the limit.
    #[error("the amount {0} (in smallest units) is below nought or above the limit of 10^15")]
    Amount(i64),
    /// Points above the limit.
    #[error("a ballot gives more than 10^9 points (in smallest units), which is the limit")]
    Points,
    /// Two projects have one id.
    #[error("two projects have the id “{0}”; ids must differ")]
    SameId(String),
    /// A name of no project.
    #[error("there is no project “{0}”")]
    UnknownProject(String),
    /// Nobody voted, so there are no shares.
    #[error("there are no ballots, so nothing can be decided by them")]
    NoBallots,
    /// A tie that the rule does not break.
    #[error("the projects {} are tied and the tie rule does not decide between them; name a further rule", .0.join(", "))]
    Tie(Vec<String>),
    /// The way of measuring satisfaction needs other ballots.
    #[error("satisfaction by {satisfaction} needs {needs} ballots")]
    WrongBallots {
        /// What was asked for.
        satisfaction: &'static str,
        /// Which ballots have it.
        needs: &'static str,
    },
    /// Negative points where each must count for something.
    #[error("a ballot gives negative points, which satisfaction by points cannot share costs by")]
    NegativePoints,
    /// The rule asked for knows only approvals.
    #[error("{0}")]
    NotOffered(String),
    /// Mandatory projects that cannot all be had.
    #[error("the mandatory projects cannot all be funded: {0}")]
    Mandatory(String),
    /// An increment of nought or less.
    #[error("the increment must be more than nought")]
    Increment,
    /// A search passed its limit.
    #[error("{what} passed the limit of {most} steps; {advice}")]
    TooLong {
        /// Which search.
        what: &'static str,
        /// The limit.
        most: u64,
        /// What to do instead.
        advice: &'static str,
    },
}

impl Refusal {
    /// The refusal of a tie, with the ids in order.
    pub(crate) fn tie(election: &Election, tied: &[usize]) -> Self {
        let mut ids = election.ids(tied);
        ids.sort();
        Self::Tie(ids)
    }
}
