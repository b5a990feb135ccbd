//! The nouns of the room.

use civic::{LocalText, Moment, OrganisationId, Subject, SubjectKind};
use forms::{Form, Kind};
use serde::{Deserialize, Serialize};

/// The kind of a survey as a subject; its id is its code, as `parks-2026`.
pub const SURVEY: SubjectKind = SubjectKind("survey");
/// The kinds of answers that a survey takes: none that says who somebody is, and no files.
pub const KINDS: &[Kind] =
    &[Kind::Choice, Kind::Several, Kind::YesNo, Kind::Number, Kind::Text, Kind::LongText, Kind::Date, Kind::District];

civic::words! {
    /// Who may answer.
    Who {
        /// Everybody: a browser counts once.
        Anyone = "anyone",
        /// Whoever has an account: a person counts once.
        Account = "account",
    }
}

/// What a survey is; fixed once it is public, but for its close, which may be put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// What it is called.
    pub title: LocalText,
    /// It in one or two sentences.
    pub summary: LocalText,
    /// What becomes of the answers, and all else there is to say.
    pub about: Option<LocalText>,
    /// Who may answer.
    pub who: Who,
    /// The matter it belongs to, as `process/budget-2027`.
    pub belongs_to: Option<Subject>,
    /// What is asked.
    pub form: Form,
}

/// A survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Its code.
    pub code: String,
    /// What it is.
    pub definition: Definition,
    /// Who leads it; `None` for the town itself.
    pub organisation: Option<OrganisationId>,
    /// From this moment on it can be answered.
    pub opens_at: Moment,
    /// Before this moment.
    pub closes_at: Moment,
    /// Since when everybody sees it.
    pub published_at: Option<Moment>,
    /// When it was counted, which is soon after its close.
    pub counted_at: Option<Moment>,
    /// What was counted, as JSON of [`crate::Outcome`]; empty before.
    pub results: String,
    /// When it was begun.
    pub made_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// Counts its changes.
    pub version: i64,
}

/// Where a survey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Only who leads it sees it.
    Private,
    /// It opens later.
    Coming,
    /// It can be answered.
    Open,
    /// It is over and not counted yet.
    Closed,
    /// Its results are there.
    Counted,
}

impl Standing {
    /// As in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Coming => "coming",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Counted => "counted",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Private => "survey-private",
            Self::Coming => "survey-coming",
            Self::Open => "survey-open",
            Self::Closed => "survey-closed",
            Self::Counted => "survey-counted",
        }
    }

    /// The colour of its chip.
    pub fn chip(self) -> &'static str {
        match self {
            Self::Private => "y",
            Self::Open => "g",
            Self::Counted => "p",
            Self::Coming | Self::Closed => "",
        }
    }
}

impl Survey {
    /// It as a subject.
    pub fn subject(&self) -> Subject {
        Subject::new(SURVEY, self.code.as_str())
    }

    /// Where it stands at a moment.
    pub fn standing(&self, now: Moment) -> Standing {
        match (self.published_at, self.counted_at) {
            (None, _) => Standing::Private,
            (_, Some(_)) => Standing::Counted,
            _ if now < self.opens_at => Standing::Coming,
            _ if now < self.closes_at => Standing::Open,
            _ => Standing::Closed,
        }
    }
}
