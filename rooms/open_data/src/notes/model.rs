//! The nouns of what people tell those who publish.

use civic::{Code, Moment, OrganisationId, PersonId, Subject, SubjectKind, words};

/// The kind of a request for data as a subject; its id is its code, as `D-7K2M`.
pub const REQUEST: SubjectKind = SubjectKind("data-request");
/// The kind of a mistake that was reported (`F-7K2M`).
pub const ISSUE: SubjectKind = SubjectKind("dataset-issue");
/// The kind of something made of data (`U-7K2M`).
pub const REUSE: SubjectKind = SubjectKind("dataset-reuse");

/// Characters of a title.
pub const TITLE_LIMIT: usize = 150;
/// Characters of a text, of residents and of answers.
pub const BODY_LIMIT: usize = 3_000;
/// Datasets that a reuse can name.
pub const DATASETS_LIMIT: usize = 20;
/// Notes one person can write within a day.
pub const NOTES_PER_DAY: i64 = 10;
/// Working days in which a request for data is to be answered.
pub const ANSWER_DAYS: u32 = 20;
/// Working days in which a mistake is to be answered, and a reuse looked at.
pub const LOOK_DAYS: u32 = 10;

words! {
    /// What a note is.
    NoteKind {
        /// Somebody asks for data.
        Request = "request",
        /// Somebody reports a mistake in a dataset.
        Issue = "issue",
        /// Somebody shows what they made of data.
        Reuse = "reuse",
    }
}

words! {
    /// Where a note stands.
    NoteState {
        /// Nobody has answered yet.
        Open = "open",
        /// Nobody has looked at it yet; a reuse is not shown before.
        Waiting = "waiting",
        /// It was answered, and is not done.
        Answered = "answered",
        /// The mistake is put right.
        Fixed = "fixed",
        /// The data is published.
        Published = "published",
        /// The reuse is shown.
        Shown = "shown",
        /// The data is not published, or the reuse not shown.
        Refused = "refused",
    }
}

impl NoteKind {
    /// As a subject.
    pub fn subject_kind(self) -> SubjectKind {
        match self {
            Self::Request => REQUEST,
            Self::Issue => ISSUE,
            Self::Reuse => REUSE,
        }
    }

    /// The one of this kind of subject.
    pub fn of_subject(kind: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.subject_kind().0 == kind)
    }

    /// The letter of its codes.
    pub fn letter(self) -> char {
        match self {
            Self::Request => 'D',
            Self::Issue => 'F',
            Self::Reuse => 'U',
        }
    }

    /// Where it stands at first.
    pub fn first_state(self) -> NoteState {
        match self {
            Self::Request | Self::Issue => NoteState::Open,
            Self::Reuse => NoteState::Waiting,
        }
    }

    /// What an answer can make of it.
    pub fn answers(self) -> &'static [NoteState] {
        match self {
            Self::Request => &[NoteState::Answered, NoteState::Published, NoteState::Refused],
            Self::Issue => &[NoteState::Answered, NoteState::Fixed],
            Self::Reuse => &[NoteState::Shown, NoteState::Refused],
        }
    }

    /// Working days in which it is to be answered.
    pub fn days(self) -> u32 {
        match self {
            Self::Request => ANSWER_DAYS,
            Self::Issue | Self::Reuse => LOOK_DAYS,
        }
    }

    /// The page of one.
    pub fn page(self, code: &str) -> String {
        match self {
            Self::Request => format!("/data/requests/{code}"),
            Self::Issue => format!("/data/issues/{code}"),
            Self::Reuse => format!("/data/showcase/{code}"),
        }
    }

    /// What is said when one is made, and when one is answered.
    pub fn sayings(self) -> [&'static str; 2] {
        match self {
            Self::Request => ["data-request.made", "data-request.answered"],
            Self::Issue => ["dataset-issue.reported", "dataset-issue.answered"],
            Self::Reuse => ["dataset-reuse.registered", "dataset-reuse.looked-at"],
        }
    }
}

impl NoteState {
    /// Whether somebody is still to answer.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Waiting)
    }

    /// The colour of its chip.
    pub fn chip(self) -> &'static str {
        match self {
            Self::Open | Self::Waiting => "y",
            Self::Answered => "b",
            Self::Fixed | Self::Published | Self::Shown => "g",
            Self::Refused => "k",
        }
    }
}

/// Where in a dataset a mistake is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// The table; empty for all of the dataset.
    pub table: String,
    /// The row, counted from 1.
    pub row: Option<i64>,
    /// The column; empty for all of them.
    pub column: String,
    /// The version of the dataset in which it was seen: in another one the row may be another. `None` where that is not known.
    pub version: Option<i64>,
}

/// What somebody told those who publish.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// What people call it.
    pub code: Code,
    /// What it is.
    pub kind: NoteKind,
    /// Who is to answer.
    pub organisation: OrganisationId,
    /// What it is called; empty for a mistake, and where moderators hid it.
    pub title: String,
    /// What it says; empty where moderators hid it.
    pub body: String,
    /// The address of what was made.
    pub url: String,
    /// Where the mistake is.
    pub spot: Spot,
    /// Where it stands.
    pub state: NoteState,
    /// Since when.
    pub state_at: Moment,
    /// When it was written.
    pub made_at: Moment,
    /// By when it is to be answered.
    pub due_at: Option<Moment>,
    /// Who wrote it. Private.
    pub person: Option<PersonId>,
    /// Their pseudonym. Private.
    pub handle: String,
    /// How many support it.
    pub supports: i64,
    /// The names of the datasets it is about; of a request, the one that was published for it.
    pub datasets: Vec<String>,
    /// When something public last changed.
    pub updated_at: Moment,
    /// Counts changes.
    pub version: i64,
}

impl Note {
    /// The subject under which comments, followers and entries hang.
    pub fn subject(&self) -> Subject {
        Subject::new(self.kind.subject_kind(), self.code.as_str())
    }

    /// Its title; its reference where it has none.
    pub fn headline(&self) -> &str {
        if self.title.is_empty() { self.code.as_str() } else { &self.title }
    }

    /// Whether everybody sees it.
    pub fn is_public(&self) -> bool {
        self.kind != NoteKind::Reuse || self.state == NoteState::Shown
    }

    /// Whether the answer is owed and late.
    pub fn is_late(&self, now: Moment) -> bool {
        self.state.is_open() && self.due_at.is_some_and(|due| due < now)
    }
}

/// An answer, never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteAnswer {
    /// The id of its entry in the record.
    pub id: String,
    /// When.
    pub at: Moment,
    /// The code of who answered.
    pub agency: String,
    /// What it made of the note.
    pub state: NoteState,
    /// Its words.
    pub body: String,
}
