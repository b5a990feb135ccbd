//! The nouns of the room.

use civic::{Code, LocalText, Moment, OrganisationId, Subject, SubjectKind};
use serde::{Deserialize, Serialize};

/// The kind of a meeting as a subject; its id is its code, as `E-7K2M`.
pub const MEETING: SubjectKind = SubjectKind("meeting");

/// What a meeting is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is called.
    pub title: LocalText,
    /// It in one or two sentences.
    pub summary: LocalText,
    /// What is talked about, a line each.
    pub agenda: Option<LocalText>,
    /// Where, in words; empty for a meeting that is only online.
    pub place: String,
    /// The code of the district.
    pub district: Option<String>,
    /// Where one joins online; empty for none.
    pub online_url: String,
    /// How many places there are; `None` where nobody registers.
    pub places: Option<u32>,
    /// The matter it belongs to, as `process/budget-2027`.
    pub belongs_to: Option<Subject>,
}

/// What was said and decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// What was said.
    pub text: LocalText,
    /// How many were there.
    pub attended: Option<u32>,
    /// What was decided.
    pub decisions: Vec<Decision>,
}

/// Something that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// In words.
    pub words: String,
    /// What it answers, as `proposal/P-7K2M`.
    pub about: Option<Subject>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Its code.
    pub code: Code,
    /// What it is to be.
    pub plan: Plan,
    /// Who holds it; `None` for the town itself.
    pub organisation: Option<OrganisationId>,
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends.
    pub ends_at: Moment,
    /// Since when everybody sees it.
    pub published_at: Option<Moment>,
    /// When it was called off, and why.
    pub cancelled: Option<(Moment, String)>,
    /// What was said and decided, and when that was published.
    pub minutes: Option<(Moment, Minutes)>,
    /// When it was written down first.
    pub made_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// Counts its changes.
    pub version: i64,
}

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Only who holds it sees it.
    Private,
    /// It was called off.
    Cancelled,
    /// It is to come.
    Coming,
    /// It is held now.
    Now,
    /// It is over.
    Over,
    /// It is over, and its minutes are there.
    Minuted,
}

impl Standing {
    /// As in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Cancelled => "cancelled",
            Self::Coming => "coming",
            Self::Now => "now",
            Self::Over => "over",
            Self::Minuted => "minuted",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Private => "meeting-private",
            Self::Cancelled => "meeting-cancelled",
            Self::Coming => "meeting-coming",
            Self::Now => "meeting-now",
            Self::Over => "meeting-over",
            Self::Minuted => "meeting-minuted",
        }
    }

    /// The colour of its chip.
    pub fn chip(self) -> &'static str {
        match self {
            Self::Private => "y",
            Self::Cancelled => "r",
            Self::Coming | Self::Now => "g",
            Self::Minuted => "p",
            Self::Over => "",
        }
    }
}

impl Meeting {
    /// It as a subject.
    pub fn subject(&self) -> Subject {
        Subject::new(MEETING, self.code.as_str())
    }

    /// Where it stands at a moment.
    pub fn standing(&self, now: Moment) -> Standing {
        match self {
            Self { published_at: None, .. } => Standing::Private,
            Self { cancelled: Some(_), .. } => Standing::Cancelled,
            Self { minutes: Some(_), .. } => Standing::Minuted,
            _ if now < self.starts_at => Standing::Coming,
            _ if now < self.ends_at => Standing::Now,
            _ => Standing::Over,
        }
    }
}
