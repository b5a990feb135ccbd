//! The nouns of the room.

use civic::{Code, Moment, OrganisationId, PersonId, Place, RequestId, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// Characters the description of a report may have (Open311 GeoReport v2: 4,000).
pub const DESCRIPTION_LIMIT: usize = 4_000;
/// Characters an address may have.
pub const ADDRESS_LIMIT: usize = 300;
/// Characters an answer, a note, or the words of a resolution may have.
pub const ANSWER_LIMIT: usize = 4_000;
/// Characters the value of one attribute may have.
pub const ATTRIBUTE_LIMIT: usize = 500;
/// Characters the address of a picture elsewhere may have.
pub const MEDIA_URL_LIMIT: usize = 1_000;
/// Characters a name, e-mail address or telephone number may have.
pub const CONTACT_LIMIT: usize = 254;

/// What the town itself is called on the record, where nobody acts.
pub const TOWN: &str = "town";

/// The kind of this room's subjects.
pub const REQUEST: SubjectKind = SubjectKind("request");

/// The kind of the steps of a request's life: a photo of what was done hangs under its step.
pub const STEP: SubjectKind = SubjectKind("request-step");

/// A service request: something in public space that somebody asks to be put right.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceRequest {
    /// Its key in the database.
    pub id: RequestId,
    /// What people call it, as `R-7K2M`.
    pub code: Code,
    /// The code of its category.
    pub category: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// The code of its district, where it is in one.
    pub district: Option<String>,
    /// The pin.
    pub place: Option<Place>,
    /// The place in words; may be empty when there is a pin.
    pub address: String,
    /// What the reporter wrote; may be empty.
    pub description: String,
    /// The answers to the category's questions, by attribute code.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Where an Open311 client keeps a picture; never fetched, only passed on.
    pub media_url: Option<String>,
    /// By which way it came.
    pub source: Source,
    /// The pseudonym of who reported.
    pub reporter: String,
    /// The account of who reported, if any.
    pub reporter_id: Option<PersonId>,
    /// Where it stands.
    pub state: State,
    /// When it was reported.
    pub opened_at: Moment,
    /// By when its agency promised an end, where it did.
    pub due_at: Option<Moment>,
    /// Since when this end stands, where it was set after the report.
    pub due_since: Option<Moment>,
    /// The first end that was ever promised, where it is known.
    pub first_due_at: Option<Moment>,
    /// When a promise was broken: the earliest promised end that passed while it was open. No later promise takes it back.
    pub broken_at: Option<Moment>,
    /// Since when its agency waits for the reporter, while the clock stands still.
    pub waiting: Option<Waiting>,
    /// When its agency first answered in public.
    pub answered_at: Option<Moment>,
    /// When something public last changed.
    pub updated_at: Moment,
    /// Counts changes; a form made from an older version is stale.
    pub version: i64,
}

impl ServiceRequest {
    /// Whether it is open although its end was promised by now.
    pub fn is_overdue(&self, now: Moment) -> bool {
        self.state.is_open() && self.due_at.is_some_and(|due| due < now)
    }

    /// The promise that stands, also while the clock stands still.
    pub fn promised_by(&self) -> Option<Moment> {
        self.due_at.or(self.waiting.and_then(|waiting| waiting.due))
    }

    /// When a promise of it was broken, as is known at `now`: noted, or because it is open beyond its promised end.
    pub fn broken(&self, now: Moment) -> Option<Moment> {
        let runs_out = |due: &Moment| *due < self.state.closed_at().unwrap_or(now);
        self.broken_at.or_else(|| self.due_at.filter(runs_out))
    }

    /// The first promised end, where it ended by a later one and broke none.
    pub fn kept_by_moving(&self) -> Option<Moment> {
        let closed = self.state.closed_at()?;
        self.first_due_at.filter(|first| *first < closed && self.due_at.is_some() && self.broken(closed).is_none())
    }

    /// The subject under which comments, followers and entries hang.
    pub fn subject(&self) -> Subject {
        Subject::new(REQUEST, self.code.as_str())
    }
}

/// An agency waits for the reporter's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Since when.
    pub since: Moment,
    /// By when an end was promised, had the clock gone on; `None` where nothing was, or where it was late already.
    pub due: Option<Moment>,
}

/// Where a request stands, with what is true only then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nobody has taken it yet.
    Received,
    /// An officer works on it.
    Assigned {
        /// Who.
        officer: PersonId,
        /// What they are called at the desk.
        officer_name: String,
        /// Since when.
        since: Moment,
    },
    /// It was put right.
    Resolved {
        /// When.
        at: Moment,
        /// What was done.
        what_was_done: String,
    },
    /// The agency does not do it.
    Declined {
        /// When.
        at: Moment,
        /// Why not.
        reason: String,
    },
    /// The reporter took it back.
    Withdrawn {
        /// When.
        at: Moment,
    },
    /// It says the same as an earlier one, which goes on.
    Duplicate {
        /// The earlier one.
        of: Code,
        /// When an officer said so.
        at: Moment,
    },
}

/// The word of a state, without its facts: for filters, chips and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StateWord {
    /// See [`State::Received`].
    Received,
    /// See [`State::Assigned`].
    Assigned,
    /// See [`State::Resolved`].
    Resolved,
    /// See [`State::Declined`].
    Declined,
    /// See [`State::Withdrawn`].
    Withdrawn,
    /// See [`State::Duplicate`].
    Duplicate,
}

impl State {
    /// Its word.
    pub fn word(&self) -> StateWord {
        match self {
            Self::Received => StateWord::Received,
            Self::Assigned { .. } => StateWord::Assigned,
            Self::Resolved { .. } => StateWord::Resolved,
            Self::Declined { .. } => StateWord::Declined,
            Self::Withdrawn { .. } => StateWord::Withdrawn,
            Self::Duplicate { .. } => StateWord::Duplicate,
        }
    }

    /// When it was closed, if it is.
    pub fn closed_at(&self) -> Option<Moment> {
        match self {
            Self::Received | Self::Assigned { .. } => None,
            Self::Resolved { at, .. }
            | Self::Declined { at, .. }
            | Self::Withdrawn { at }
            | Self::Duplicate { at, .. } => Some(*at),
        }
    }

    /// The earlier request that says the same, where this one was merged into it.
    pub fn duplicate_of(&self) -> Option<&Code> {
        match self {
            Self::Duplicate { of, .. } => Some(of),
            _ => None,
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(&self) -> bool {
        self.closed_at().is_none()
    }
}

impl StateWord {
    /// All of them, in the order of a request's life.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Assigned, Self::Resolved, Self::Declined, Self::Withdrawn, Self::Duplicate];

    /// As in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Assigned => "assigned",
            Self::Resolved => "resolved",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
        }
    }

    /// Whether a request in this state is open.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Assigned)
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Received => "request-state-received",
            Self::Assigned => "request-state-assigned",
            Self::Resolved => "request-state-resolved",
            Self::Declined => "request-state-declined",
            Self::Withdrawn => "request-state-withdrawn",
            Self::Duplicate => "request-state-duplicate",
        }
    }
}

impl FromStr for StateWord {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|word| word.as_str() == text).ok_or(())
    }
}

/// By which way a report came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Our own pages.
    Web,
    /// JSON from a program.
    Api,
    /// An Open311 client.
    Open311,
    /// By telephone, taken down by a clerk.
    Call,
    /// At a counter of the town, taken down by a clerk.
    Counter,
    /// An app of the town.
    App,
    /// By e-mail or letter.
    Mail,
    /// A public body itself, on its rounds.
    Agency,
    /// Taken over from another system that does not say which way it came.
    Import,
}

impl Source {
    const ALL: [Self; 9] = [
        Self::Web,
        Self::Api,
        Self::Open311,
        Self::Call,
        Self::Counter,
        Self::App,
        Self::Mail,
        Self::Agency,
        Self::Import,
    ];

    /// Whether it came through forms that ask the category's own questions. What was taken down
    /// elsewhere, as by telephone, may leave them open.
    pub fn asks_questions(self) -> bool {
        matches!(self, Self::Web | Self::Api | Self::Open311)
    }

    /// As in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Open311 => "open311",
            Self::Call => "call",
            Self::Counter => "counter",
            Self::App => "app",
            Self::Mail => "mail",
            Self::Agency => "agency",
            Self::Import => "import",
        }
    }

    /// The Fluent key of how it came, for the public page.
    pub fn key(self) -> &'static str {
        match self {
            Self::Web => "source-web",
            Self::Api => "source-api",
            Self::Open311 => "source-open311",
            Self::Call => "source-call",
            Self::Counter => "source-counter",
            Self::App => "source-app",
            Self::Mail => "source-mail",
            Self::Agency => "source-agency",
            Self::Import => "source-import",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Source {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|source| source.as_str() == text).ok_or(())
    }
}

/// How to reach who reported. Private: shown at the desk, never in public, erased on request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Contact {
    /// E-mail address.
    pub email: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// One step of a request's life, as the thread on its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryStep {
    /// The id of its entry in the record (of its own, where it is internal).
    pub id: String,
    /// When.
    pub at: Moment,
    /// What was said, as `request.resolved`.
    pub saying: String,
    /// The pseudonym of who acted.
    pub actor: String,
    /// The code of the agency they spoke for; empty for residents.
    pub agency: String,
    /// The words that came with it; may be empty.
    pub body: String,
    /// What changed, as pairs of codes.
    pub detail: BTreeMap<String, String>,
    /// The state after it.
    pub state: StateWord,
    /// Whether only the desk may see it.
    pub internal: bool,
}
