//! What is said of a proposal: the town's answer, arguments, other words.

use super::State;
use civic::{Code, CommentId, Moment, PersonId, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The kind of an argument.
pub const ARGUMENT: SubjectKind = SubjectKind("argument");
/// The kind of an amendment; its id is its code, as `A-7K2M`.
pub const AMENDMENT: SubjectKind = SubjectKind("amendment");

/// What officers found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It can be done.
    Feasible,
    /// It cannot be done.
    Infeasible,
    /// An answer, where feasible is not the question.
    Answered,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Feasible, Self::Infeasible, Self::Answered];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Feasible => "feasible",
            Self::Infeasible => "infeasible",
            Self::Answered => "answered",
        }
    }

    /// The state it leads to.
    pub fn state(self, at: Moment) -> State {
        match self {
            Self::Feasible => State::Feasible { at },
            Self::Infeasible => State::Infeasible { at },
            Self::Answered => State::Answered { at },
        }
    }

    /// The Fluent key of its heading.
    pub fn key(self) -> &'static str {
        match self {
            Self::Feasible => "evaluation-feasible",
            Self::Infeasible => "evaluation-infeasible",
            Self::Answered => "evaluation-answered",
        }
    }
}

impl FromStr for Verdict {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word).ok_or(())
    }
}

/// The town's answer to a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The id of its entry in the record.
    pub id: String,
    /// What was found.
    pub verdict: Verdict,
    /// What it costs, in cents.
    pub cost_cents: Option<i64>,
    /// Why; never empty.
    pub reasons: String,
    /// The code of who answered.
    pub organisation: String,
    /// When.
    pub at: Moment,
}

/// An argument for or against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its id.
    pub id: CommentId,
    /// The code of its proposal.
    pub proposal: String,
    /// `for` or `against`.
    pub in_favour: bool,
    /// What it says; empty where it is hidden.
    pub text: String,
    /// The pseudonym of its author.
    pub author: String,
    /// The account. Private.
    pub author_id: Option<PersonId>,
    /// What its author is called.
    pub author_name: String,
    /// When.
    pub at: Moment,
}

/// Other words for a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// What people call it, as `A-7K2M`.
    pub code: Code,
    /// The code of its proposal.
    pub proposal: String,
    /// The text it was written against.
    pub base_version: i64,
    /// The other title.
    pub title: String,
    /// The other text.
    pub text: String,
    /// Why.
    pub why: String,
    /// The pseudonym of its author.
    pub author: String,
    /// The account. Private.
    pub author_id: Option<PersonId>,
    /// What its author is called.
    pub author_name: String,
    /// When.
    pub at: Moment,
    /// What became of it.
    pub state: AmendmentState,
    /// When.
    pub state_at: Moment,
    /// What the authors said to it.
    pub answer: String,
}

impl Amendment {
    /// The subject under which it is moderated.
    pub fn subject(&self) -> Subject {
        Subject::new(AMENDMENT, self.code.as_str())
    }
}

/// What became of an amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AmendmentState {
    /// The authors have not decided.
    Waiting,
    /// The authors took its words.
    Accepted,
    /// The authors did not.
    Rejected,
    /// Its author took it back.
    Withdrawn,
}

impl AmendmentState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Accepted, Self::Rejected, Self::Withdrawn];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "amendment-waiting",
            Self::Accepted => "amendment-accepted",
            Self::Rejected => "amendment-rejected",
            Self::Withdrawn => "amendment-withdrawn",
        }
    }
}

impl FromStr for AmendmentState {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(())
    }
}
