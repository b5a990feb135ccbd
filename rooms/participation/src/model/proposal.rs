//! A proposal: what residents want, what others say of it, and what the town answered.

use civic::{Code, Moment, PersonId, Place, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Characters a title may have.
pub const TITLE_LIMIT: usize = 150;
/// Characters the text of a proposal may have.
pub const TEXT_LIMIT: usize = 10_000;
/// Files besides photos that a proposal may have.
pub const DOCUMENTS_LIMIT: usize = 5;
/// Photos a proposal may have.
pub const PHOTOS_LIMIT: usize = 4;
/// Matters a proposal may name as what it grew from.
pub const SOURCES_LIMIT: usize = 10;

/// The kind of a proposal as a subject; its id is its code, as `P-7K2M`.
pub const PROPOSAL: SubjectKind = SubjectKind("proposal");

/// Something that residents want.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What people call it, as `P-7K2M`.
    pub code: Code,
    /// The code of its process.
    pub process: String,
    /// Where it stands.
    pub state: State,
    /// What it is called; empty where moderators hid it.
    pub title: String,
    /// What it says; a safe part of CommonMark, shown by [`commons::markdown`].
    pub text: String,
    /// The code of its category; empty where the process has none.
    pub category: String,
    /// The code of its district.
    pub district: Option<String>,
    /// The pin.
    pub place: Option<Place>,
    /// The place in words.
    pub address: String,
    /// What its authors think it costs, in cents.
    pub cost_cents: Option<i64>,
    /// References of what it grew from, as typed, while it is a draft.
    pub sources: Vec<String>,
    /// Photos of a draft that are not public yet; the public ones are files of the subject.
    pub photos: Vec<String>,
    /// The secret by which its authors see photos that are not public yet.
    pub photo_key: String,
    /// How many support it.
    pub supports: i64,
    /// How many supported it in another system before it was taken over; counted towards nothing here.
    pub supports_elsewhere: i64,
    /// The sum of the grades of those supports; as many as supports where they have none.
    pub points: i64,
    /// How many comments it has.
    pub comments: i64,
    /// A number from 0 to [`SHUFFLE_PRIME`](crate::store::SHUFFLE_PRIME) that puts it into a random order.
    pub shuffle: i64,
    /// When it was begun.
    pub made_at: Moment,
    /// When it was handed in; `None` for a draft, which only its authors see.
    pub submitted_at: Option<Moment>,
    /// When something public last changed.
    pub updated_at: Moment,
    /// When it had as many supports as an answer needs.
    pub reached_at: Option<Moment>,
    /// By when the town owes an answer.
    pub answer_due_at: Option<Moment>,
    /// What officers say it costs, in cents.
    pub estimate_cents: Option<i64>,
    /// Counts its texts from 1.
    pub version: i64,
    /// The group that puts it forward, where one does.
    pub group: Option<GroupName>,
}

/// A group by its code and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    /// Its code.
    pub code: String,
    /// What it is called; empty where moderators hid it.
    pub name: String,
}

impl GroupName {
    /// The name, or the code where there is none.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { &self.code } else { &self.name }
    }
}

impl Proposal {
    /// The subject under which comments, followers and entries hang.
    pub fn subject(&self) -> Subject {
        Subject::new(PROPOSAL, self.code.as_str())
    }

    /// Its title; its reference where moderators hid the title.
    pub fn headline(&self) -> &str {
        if self.title.is_empty() { self.code.as_str() } else { &self.title }
    }

    /// Whether an answer is owed and late.
    pub fn is_overdue(&self, now: Moment) -> bool {
        self.state == State::Open && self.answer_due_at.is_some_and(|due| due < now)
    }
}

/// Where a proposal stands, with what is true only then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Only its authors see it.
    Draft,
    /// Everybody sees it; nobody has answered yet.
    Open,
    /// Officers found that it can be done.
    Feasible {
        /// When.
        at: Moment,
    },
    /// Officers found that it cannot be done.
    Infeasible {
        /// When.
        at: Moment,
    },
    /// The town answered, where feasible is not the question.
    Answered {
        /// When.
        at: Moment,
    },
    /// Its authors took it back.
    Withdrawn {
        /// When.
        at: Moment,
    },
    /// It goes on in another one, with its authors named there.
    Merged {
        /// The other one.
        into: Code,
        /// When.
        at: Moment,
        /// Why, in the town's words; empty for mergers from before reasons were asked for.
        why: String,
    },
}

/// The word of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StateWord {
    /// See [`State::Draft`].
    Draft,
    /// See [`State::Open`].
    Open,
    /// See [`State::Feasible`].
    Feasible,
    /// See [`State::Infeasible`].
    Infeasible,
    /// See [`State::Answered`].
    Answered,
    /// See [`State::Withdrawn`].
    Withdrawn,
    /// See [`State::Merged`].
    Merged,
}

impl State {
    /// Its word.
    pub fn word(&self) -> StateWord {
        match self {
            Self::Draft => StateWord::Draft,
            Self::Open => StateWord::Open,
            Self::Feasible { .. } => StateWord::Feasible,
            Self::Infeasible { .. } => StateWord::Infeasible,
            Self::Answered { .. } => StateWord::Answered,
            Self::Withdrawn { .. } => StateWord::Withdrawn,
            Self::Merged { .. } => StateWord::Merged,
        }
    }

    /// Since when, where it is known.
    pub fn at(&self) -> Option<Moment> {
        match self {
            Self::Draft | Self::Open => None,
            Self::Feasible { at }
            | Self::Infeasible { at }
            | Self::Answered { at }
            | Self::Withdrawn { at }
            | Self::Merged { at, .. } => Some(*at),
        }
    }

    /// Whether officers have answered.
    pub fn is_answered(&self) -> bool {
        matches!(self, Self::Feasible { .. } | Self::Infeasible { .. } | Self::Answered { .. })
    }
}

impl StateWord {
    /// Those that are public, in the order of a proposal's life.
    pub const PUBLIC: [Self; 6] =
        [Self::Open, Self::Feasible, Self::Infeasible, Self::Answered, Self::Withdrawn, Self::Merged];

    /// As in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Feasible => "feasible",
            Self::Infeasible => "infeasible",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "proposal-state-draft",
            Self::Open => "proposal-state-open",
            Self::Feasible => "proposal-state-feasible",
            Self::Infeasible => "proposal-state-infeasible",
            Self::Answered => "proposal-state-answered",
            Self::Withdrawn => "proposal-state-withdrawn",
            Self::Merged => "proposal-state-merged",
        }
    }
}

impl FromStr for StateWord {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        std::iter::once(Self::Draft).chain(Self::PUBLIC).find(|word| word.as_str() == text).ok_or(())
    }
}

/// An earlier text of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i64,
    /// The title it had.
    pub title: String,
    /// The text it had.
    pub text: String,
    /// Until when.
    pub until: Moment,
    /// The pseudonym of who put other words in its place.
    pub by: String,
    /// The amendment that those words come from.
    pub amendment: Option<String>,
}

/// What somebody is to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuthorPart {
    /// Began it.
    Lead,
    /// Joined by invitation, and decides as the lead does.
    Co,
    /// Wrote words that were accepted.
    Amender,
    /// Wrote a proposal that was merged into it.
    Merged,
}

impl AuthorPart {
    const ALL: [Self; 4] = [Self::Lead, Self::Co, Self::Amender, Self::Merged];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Co => "co",
            Self::Amender => "amender",
            Self::Merged => "merged",
        }
    }

    /// Whether they decide about its words.
    pub fn decides(self) -> bool {
        matches!(self, Self::Lead | Self::Co)
    }
}

impl FromStr for AuthorPart {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|part| part.word() == word).ok_or(())
    }
}

/// Somebody who is named with a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The pseudonym.
    pub handle: String,
    /// The account; `None` once it is erased. Private.
    pub person: Option<PersonId>,
    /// What they are called; empty once erased.
    pub name: String,
    /// What they are to it.
    pub part: AuthorPart,
}

impl Author {
    /// The name, or the pseudonym where there is none.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { &self.handle } else { &self.name }
    }
}
