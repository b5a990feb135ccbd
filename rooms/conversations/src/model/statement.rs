//! What people say, and how they answer it.

use super::Level;
use civic::{Language, Moment, Subject, SubjectKind};
use commons::moderation::Reason;
use opinion_map::Stance;
use std::collections::BTreeMap;
use web::Sayings;

/// The kind of a statement.
pub const STATEMENT: SubjectKind = SubjectKind("statement");

/// It is a question, or nobody can agree or disagree with it.
pub const UNCLEAR: &str = "unclear";
/// It says several things at once.
pub const SEVERAL: &str = "several";
/// It was so where the conversation was taken over from.
pub const ELSEWHERE: &str = "elsewhere";

/// Codes of reasons that no other room has: what a statement must be so that people can answer it. They stand beside the
/// town's own reasons, and a town that words one of these codes itself takes its place.
pub const OF_STATEMENTS: [&str; 3] = [UNCLEAR, SEVERAL, ELSEWHERE];

/// A reason without words of the town's own.
pub fn built_in(code: &str) -> Reason {
    Reason { code: code.to_owned(), words: None }
}

/// The public sentence of why a statement is not shown.
pub fn why(reason: &Reason, t: &Sayings) -> String {
    match &reason.words {
        None if OF_STATEMENTS.contains(&reason.code.as_str()) => {
            t.say(&format!("statement-reason-{}", reason.code)).to_owned()
        }
        _ => reason.why(t),
    }
}

/// Where a statement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has looked at it yet.
    Waiting,
    /// People answer it.
    Open,
    /// It is not shown, for this reason.
    Out(Reason),
    /// Another one says the same and goes on.
    Merged(i64),
    /// It said several things, and others that say one each go on.
    Split,
}

impl Standing {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Out(_) => "out",
            Self::Merged(_) => "merged",
            Self::Split => "split",
        }
    }
}

/// Something people can agree or disagree with.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Counts the statements of a conversation; also what people call it.
    pub number: i64,
    /// Its words.
    pub words: StatementWords,
    /// Where it stands.
    pub standing: Standing,
    /// Whether it is about the people, not the matter.
    pub meta: bool,
    /// Whether it is shown first.
    pub pinned: bool,
    /// Whether the facilitators began with it.
    pub seeded: bool,
    /// The statement it was split from, to which the credit belongs.
    pub split_from: Option<i64>,
    /// The number of the participant who wrote it. Private, but where it was public elsewhere.
    pub author: Option<i64>,
    /// When.
    pub at: Moment,
}

/// The words of a statement as they were written, and in other languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatementWords {
    /// The BCP 47 tag of the language; empty where nobody knows.
    pub language: String,
    /// As written; empty while moderators hide it.
    pub original: String,
    /// Translations by the facilitators.
    pub translations: BTreeMap<Language, String>,
}

impl StatementWords {
    /// The words for a reader, with whether they are a translation.
    pub fn in_language(&self, language: Language) -> (&str, bool) {
        if self.language == language.tag() {
            return (&self.original, false);
        }
        match self.translations.get(&language).filter(|_| !self.original.is_empty()) {
            Some(translation) => (translation, true),
            None => (&self.original, false),
        }
    }
}

impl Statement {
    /// Whether people are asked for it.
    pub fn is_asked(&self) -> bool {
        self.standing == Standing::Open && !self.words.original.is_empty()
    }

    /// How the engine counts it.
    pub fn engine_standing(&self) -> opinion_map::Standing {
        match (self.is_asked(), self.meta) {
            (false, _) => opinion_map::Standing::ModeratedOut,
            (true, true) => opinion_map::Standing::Meta,
            (true, false) => opinion_map::Standing::Open,
        }
    }

    /// What entries and moderation hang on: `C-7K2M.12` of the conversation `C-7K2M`.
    pub fn subject(conversation: &str, number: i64) -> Subject {
        Subject::new(STATEMENT, format!("{conversation}.{number}"))
    }

    /// The conversation and number in the id of a subject.
    pub fn of_subject(id: &str) -> Option<(&str, i64)> {
        let (conversation, number) = id.split_once('.')?;
        Some((conversation, number.parse().ok().filter(|number| *number >= 0)?))
    }
}

/// How somebody answered a statement; `None` when they took it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaction {
    /// The number of the participant.
    pub participant: i64,
    /// The number of the statement.
    pub statement: i64,
    /// The answer.
    pub stance: Option<Stance>,
    /// Whether it is important to them.
    pub important: bool,
    /// When; unknown for some that were taken over.
    pub at: Option<Moment>,
}

/// Somebody who takes part, known by a number only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Counts the participants of a conversation.
    pub number: i64,
    /// The code of the district they said they live in.
    pub district: Option<String>,
    /// How sure the town is of who they are; nothing for those who were taken over or simulated.
    pub level: Option<Level>,
}

/// A line of the public log: what facilitators did, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The id of the record's entry.
    pub id: String,
    /// When.
    pub at: Moment,
    /// What, as `statement.accepted`.
    pub act: String,
    /// To which statement.
    pub statement: Option<i64>,
    /// Why, in the words of then.
    pub reason: Option<Reason>,
    /// More, as the number of the statement that goes on.
    pub detail: String,
    /// As what: officer or administrator.
    pub role: String,
}
