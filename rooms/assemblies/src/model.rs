//! The nouns of the room.

mod draw;

pub use draw::{Draw, Facts, Kind, Member, MemberState, State};

use civic::{Code, LocalText, Moment, OrganisationId, PersonId, Subject, SubjectKind};
use serde::{Deserialize, Serialize};

/// The kind of an assembly as a subject; its id is its code, as `S-7K2M`.
pub const ASSEMBLY: SubjectKind = SubjectKind("assembly");
/// The kind of a recommendation; its id is that of its assembly and its number, as `S-7K2M.1`.
pub const RECOMMENDATION: SubjectKind = SubjectKind("recommendation");

/// What an assembly is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is called.
    pub title: LocalText,
    /// It in one or two sentences.
    pub summary: LocalText,
    /// What it is asked and what becomes of its answer, in Markdown.
    pub remit: Option<LocalText>,
    /// Members.
    pub seats: u32,
    /// Features and their quotas: the table `category,feature,min,max` of the engine.
    pub quotas: String,
    /// Names of categories and features in the town's languages, a line each: `Age | Edad | العمر`.
    pub labels: String,
    /// Whether people register themselves; else only whoever holds the assembly enters the pool.
    pub open: bool,
    /// The public value that is mixed into the first draw, named before it can be known; empty for none.
    pub source: String,
    /// Days that somebody who was drawn has to answer.
    pub reply_days: u32,
    /// The public body that answers the recommendations; `None` for the town itself.
    pub answered_by: Option<OrganisationId>,
    /// By which day, as `2027-06-30`.
    pub answer_due: Option<String>,
    /// The matter it belongs to, as `process/budget-2027`.
    pub belongs_to: Option<Subject>,
}

/// An assembly.
#[derive(Debug, Clone, PartialEq)]
pub struct Assembly {
    /// Its code.
    pub code: Code,
    /// What it is to be.
    pub plan: Plan,
    /// Who holds it; `None` for the town itself.
    pub organisation: Option<OrganisationId>,
    /// From this moment on people are registered.
    pub opens_at: Moment,
    /// Before this moment.
    pub closes_at: Moment,
    /// Since when everybody sees it.
    pub published_at: Option<Moment>,
    /// When it was written down first.
    pub made_at: Moment,
    /// When it last changed in public.
    pub updated_at: Moment,
    /// Counts its changes.
    pub version: i64,
}

/// Where an assembly stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Only who holds it sees it.
    Private,
    /// Registration opens later.
    Coming,
    /// People register.
    Open,
    /// Registration is over, nobody is drawn yet.
    Closed,
    /// Members are drawn.
    Drawn,
}

impl Standing {
    /// As in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Coming => "coming",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Drawn => "drawn",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Private => "assembly-private",
            Self::Coming => "assembly-coming",
            Self::Open => "assembly-open",
            Self::Closed => "assembly-closed",
            Self::Drawn => "assembly-drawn",
        }
    }

    /// The colour of its chip.
    pub fn chip(self) -> &'static str {
        match self {
            Self::Private => "y",
            Self::Open => "g",
            Self::Drawn => "p",
            Self::Coming | Self::Closed => "",
        }
    }
}

impl Assembly {
    /// It as a subject.
    pub fn subject(&self) -> Subject {
        Subject::new(ASSEMBLY, self.code.as_str())
    }

    /// Where it stands at a moment; `drawn` is whether any draw was made.
    pub fn standing(&self, drawn: bool, now: Moment) -> Standing {
        match self.published_at {
            None => Standing::Private,
            Some(_) if drawn => Standing::Drawn,
            Some(_) if now < self.opens_at => Standing::Coming,
            Some(_) if now < self.closes_at => Standing::Open,
            Some(_) => Standing::Closed,
        }
    }
}

/// Somebody who can be drawn. Private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrant {
    /// By which the lottery knows them; drawn from chance.
    pub ticket: String,
    /// Their account, where they registered themselves.
    pub person: Option<PersonId>,
    /// The number of the table they were entered with.
    pub entered: Option<i64>,
    /// Their id in that table.
    pub own_id: String,
    /// Their name in that table.
    pub name: String,
    /// Their address in that table; empty for none.
    pub email: String,
    /// For each category, in the order of the quotas, the name of the feature.
    pub answers: Vec<String>,
    /// When they came, or last changed what they said.
    pub at: Moment,
}

/// A table that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Its number, from 1.
    pub number: i64,
    /// Rows that were kept.
    pub rows: i64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// When.
    pub at: Moment,
    /// When it was undone.
    pub undone_at: Option<Moment>,
}

/// Something the assembly recommends.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Its number, from 1.
    pub number: i64,
    /// What it is called.
    pub title: LocalText,
    /// It, in Markdown.
    pub words: LocalText,
    /// When it was published.
    pub at: Moment,
    /// The answer of the public body, in Markdown, and when it was given.
    pub answer: Option<(Moment, LocalText)>,
}

impl Recommendation {
    /// It as a subject.
    pub fn subject(assembly: &str, number: i64) -> Subject {
        Subject::new(RECOMMENDATION, format!("{assembly}.{number}"))
    }

    /// The assembly and number in the id of a subject.
    pub fn of_subject(id: &str) -> Option<(&str, i64)> {
        let (assembly, number) = id.split_once('.')?;
        Some((assembly, number.parse().ok()?))
    }
}
