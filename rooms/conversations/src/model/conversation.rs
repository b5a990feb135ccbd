//! A question that a town asks, with what is known about it.

use civic::{Code, Language, LocalText, Moment, OrganisationId, Subject, SubjectKind};
use database::DbError;
use people::roll::Eligible;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kind of a conversation.
pub const CONVERSATION: SubjectKind = SubjectKind("conversation");

/// The kind of a promise in answer to a conversation.
pub const PROMISE: SubjectKind = SubjectKind("promise");

/// The kind of a dataset of the open data.
pub const DATASET: &str = "dataset";

/// The kind of a district, where a conversation is about a part of the town.
pub const DISTRICT: &str = "district";

civic::words! {
    /// When somebody looks at a new statement.
    Moderation {
        /// It is public at once.
        Open = "open",
        /// Before it is public.
        First = "first",
    }
}

civic::words! {
    /// When the map and the counts are shown.
    MapShown {
        /// While people answer.
        Open = "open",
        /// When the conversation ended, so that nobody is led by what others answer.
        AtEnd = "at-end",
    }
}

civic::words! {
    /// Who may take part.
    Entry {
        /// Anybody: a browser counts once.
        Anybody = "anybody",
        /// Whoever has an account, that is, an e-mail address they confirmed.
        Account = "account",
        /// Whoever has an account whose address is on the roll of this conversation.
        Roll = "roll",
    }
}

civic::words! {
    /// How sure the town is of who answers.
    Level {
        /// A pseudonym that a browser keeps.
        Pseudonym = "pseudonym",
        /// An account with a confirmed e-mail address.
        Account = "account",
        /// An account whose address is on the roll.
        Roll = "roll",
    }
}

/// Where a conversation stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Only its facilitators see it.
    Draft,
    /// Public, and begins then.
    Coming(Moment),
    /// People take part.
    Open,
    /// It ended then.
    Closed(Moment),
}

impl Phase {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Coming(_) => "coming",
            Self::Open => "open",
            Self::Closed(_) => "closed",
        }
    }
}

/// Where a conversation was held that was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The system, as `polis`.
    pub system: String,
    /// Whom to name wherever its data is shown.
    pub attribution: String,
    /// Where it can be found; empty for nowhere.
    pub url: String,
    /// The words of people are in no language of this program.
    #[serde(default)]
    pub language: String,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// What people call it, as `C-7K2M`.
    pub code: Code,
    /// What is asked.
    pub question: LocalText,
    /// Why, and what becomes of it.
    pub introduction: LocalText,
    /// Who answers for it.
    pub organisation: Option<OrganisationId>,
    /// When somebody looks at new statements.
    pub moderation: Moderation,
    /// Who may take part.
    pub entry: Entry,
    /// What is asked of people on the roll.
    pub eligible: Eligible,
    /// The fingerprint of the key of the roll; empty where there is none.
    pub roll_print: String,
    /// When it begins; at once where it does not say.
    pub opens_at: Option<Moment>,
    /// When it ends.
    pub closes_at: Option<Moment>,
    /// Until when statements can be written; until the end where it does not say.
    pub writing_until: Option<Moment>,
    /// When the map and the counts are shown.
    pub map_shown: MapShown,
    /// When it became public.
    pub published_at: Option<Moment>,
    /// When it was closed by hand.
    pub closed_at: Option<Moment>,
    /// When its answers were counted in the open, after its end.
    pub counted_at: Option<Moment>,
    /// When the taking over of it was undone; then only its rules are left.
    pub undone_at: Option<Moment>,
    /// How many people live in each district, by its code.
    pub census: BTreeMap<String, i64>,
    /// What it is about, where that is something in the town.
    pub about: Option<Subject>,
    /// Where it was held, when it was taken over.
    pub origin: Option<Origin>,
    /// Where all chance in its map comes from.
    pub seed: u64,
    /// When it was made.
    pub made_at: Moment,
    /// When anything of it but its answers changed last.
    pub updated_at: Moment,
    /// Counts its changes.
    pub version: i64,
}

impl Conversation {
    /// Where it stands.
    pub fn phase(&self, now: Moment) -> Phase {
        if self.published_at.is_none() {
            return Phase::Draft;
        }
        let ended = [self.closed_at, self.closes_at].into_iter().flatten().min();
        match (ended, self.opens_at) {
            (Some(ended), _) if ended <= now => Phase::Closed(ended),
            (_, Some(opens)) if opens > now => Phase::Coming(opens),
            _ => Phase::Open,
        }
    }

    /// Whether people can write statements now.
    pub fn takes_statements(&self, now: Moment) -> bool {
        self.phase(now) == Phase::Open && self.writing_until.is_none_or(|until| now < until)
    }

    /// Whether map and counts are hidden now.
    pub fn hides_map(&self, now: Moment) -> bool {
        self.map_shown == MapShown::AtEnd && !matches!(self.phase(now), Phase::Closed(_))
    }

    /// What entries, links and comments hang on.
    pub fn subject(&self) -> Subject {
        Subject::new(CONVERSATION, self.code.as_str())
    }
}

/// What is known about the matter; every edition is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Counts the editions.
    pub version: i64,
    /// The facts.
    pub words: LocalText,
    /// The language in which they were written.
    pub original: Language,
    /// By whom they were translated into others; nothing where nobody said so.
    pub translated: BTreeMap<Language, Hand>,
    /// What they rest on.
    pub sources: Vec<Source>,
    /// Since when.
    pub at: Moment,
}

civic::words! {
    /// By whom a text was translated.
    Hand {
        /// By a person.
        Person = "person",
        /// By a machine.
        Machine = "machine",
    }
}

/// What a fact rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What it is called.
    pub label: String,
    /// Where it is: an address, or a path of this town.
    pub url: String,
}

/// What the town promised in answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// Counts the promises of a conversation.
    pub number: i64,
    /// What.
    pub words: LocalText,
    /// The organisation that promised it; nothing for the whole town, or where only a name was written.
    pub organisation: Option<OrganisationId>,
    /// The name of whoever promised it, where that is none of the organisations.
    pub by_whom: String,
    /// By when, as 2026-11-23.
    pub due_on: Option<String>,
    /// The statements it answers.
    pub statements: Vec<i64>,
    /// When it was promised.
    pub at: Moment,
}

impl Promise {
    /// What links and commitments hang on: `C-7K2M.2` of the conversation `C-7K2M`.
    pub fn subject(conversation: &str, number: i64) -> Subject {
        Subject::new(PROMISE, format!("{conversation}.{number}"))
    }

    /// The conversation and number in the id of a subject.
    pub fn of_subject(id: &str) -> Option<(&str, i64)> {
        let (conversation, number) = id.split_once('.')?;
        Some((conversation, number.parse().ok().filter(|number| *number > 0)?))
    }
}

/// Reads a code that the database holds.
pub fn code_of(text: &str) -> Result<Code, DbError> {
    text.parse().map_err(|error| DbError::Other(format!("a conversation's code cannot be read: {error}")))
}

/// Reads a text in languages that the database holds as JSON.
pub fn text_of(json: &str) -> Result<LocalText, DbError> {
    serde_json::from_str(json).map_err(|error| DbError::Other(format!("a text in languages cannot be read: {error}")))
}
