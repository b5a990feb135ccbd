//! Why something is reported or hidden: built-in reasons to start with, which the town words, orders and retires as it likes.

use super::store;
use civic::{Actor, LocalText, Subject, SubjectKind};
use database::{DbError, Tx};
use record::Entry;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Refusal, Sayings, Stop, Town};

/// The kind of a reason as a subject; its id is its code.
pub const REASON: SubjectKind = SubjectKind("moderation-reason");
/// What the record says when a reason was written or changed.
pub(crate) const DEFINED: &str = "moderation-reason.defined";
/// Reasons a town may have, retired ones too.
pub const REASONS_LIMIT: usize = 60;

/// The reasons every town begins with. Each has a short name (`moderation-reason-…`) and a public sentence
/// (`moderation-why-…`) in every language.
pub const STARTER: [&str; 10] = [
    "personal-data",
    "insult",
    "hate",
    "threat",
    "illegal",
    "advertising",
    "off-topic",
    "flood",
    "shocking",
    "impersonation",
];

/// What a town says of a reason in its languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonWords {
    /// Its short name.
    pub name: LocalText,
    /// Its public sentence.
    pub sentence: LocalText,
}

/// A reason as it was given: its code, and the words of then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// The town's words; `None` for the built-in ones.
    pub words: Option<ReasonWords>,
}

impl Reason {
    /// Its short name.
    pub fn name(&self, t: &Sayings) -> String {
        match &self.words {
            Some(words) => words.name.in_language(t.language()).to_owned(),
            None => t.say(&format!("moderation-reason-{}", self.code)).to_owned(),
        }
    }

    /// Its words as they are kept beside its code: JSON, empty for the built-in ones.
    ///
    /// # Errors
    /// A fault when they cannot be JSON.
    pub fn kept_words(&self) -> Result<String, DbError> {
        store::words_text(Some(self))
    }

    /// A reason from its code and its kept words; `None` where there is no code.
    ///
    /// # Errors
    /// A fault when the words cannot be read.
    pub fn kept(code: &str, words: &str) -> Result<Option<Self>, DbError> {
        store::reason_of(code, words)
    }

    /// Its public sentence.
    pub fn why(&self, t: &Sayings) -> String {
        match &self.words {
            Some(words) => words.sentence.in_language(t.language()).to_owned(),
            None => t.say(&format!("moderation-why-{}", self.code)).to_owned(),
        }
    }
}

/// A reason that the town offers, or has retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its code and its present words.
    pub reason: Reason,
    /// Its place among the others; lower comes first.
    pub position: i64,
    /// Whether it is offered.
    pub active: bool,
    /// Counts changes, from 0 for a built-in one that nobody changed.
    pub version: i64,
}

/// All reasons of the town, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates(pub Vec<Template>);

impl Templates {
    /// The built-in ones, with what the town wrote in their places and beside them.
    pub(super) fn of(rows: Vec<Template>) -> Self {
        let starter = (1..).zip(STARTER).map(|(number, code)| Template {
            reason: Reason { code: code.to_owned(), words: None },
            position: number * 10,
            active: true,
            version: 0,
        });
        let untouched = starter.filter(|one| rows.iter().all(|row| row.reason.code != one.reason.code));
        let mut all: Vec<Template> = untouched.collect();
        all.extend(rows);
        all.sort_by(|a, b| (a.position, &a.reason.code).cmp(&(b.position, &b.reason.code)));
        Self(all)
    }

    /// The one of this code.
    pub fn get(&self, code: &str) -> Option<&Template> {
        self.0.iter().find(|one| one.reason.code == code)
    }

    /// Those that can be chosen.
    pub fn offered(&self) -> impl Iterator<Item = &Template> {
        self.0.iter().filter(|one| one.active)
    }

    /// The reason of this code with its present words; one that is not known any more goes by its code.
    pub fn reason(&self, code: &str) -> Reason {
        let unknown = || {
            let words = ReasonWords { name: LocalText::plain(code), sentence: LocalText::plain(code) };
            Reason { code: code.to_owned(), words: Some(words) }
        };
        self.get(code).map_or_else(unknown, |one| one.reason.clone())
    }

    /// The reason of this code, if it is offered.
    ///
    /// # Errors
    /// `refusal` at `reason`.
    pub fn choose(&self, code: &str, refusal: &'static str) -> Result<Reason, Refusal> {
        let found = self.offered().find(|one| one.reason.code == code);
        found.map(|one| one.reason.clone()).ok_or_else(|| Refusal::new(refusal).at("reason"))
    }
}

/// All reasons of the town.
///
/// # Errors
/// Those of the database.
pub fn templates(tx: &mut Tx<'_>) -> Result<Templates, DbError> {
    store::templates(tx).map(Templates::of)
}

/// What an administrator says of a reason.
#[derive(Debug, Clone)]
pub struct Defined {
    /// Its code.
    pub code: String,
    /// Its words.
    pub words: ReasonWords,
    /// Its place.
    pub position: i64,
    /// Whether it is offered.
    pub active: bool,
    /// The version of the form; `None` for a new one.
    pub seen: Option<i64>,
}

/// Writes, changes, orders, retires or brings back a reason, in public. What was decided for it before keeps its words.
///
/// # Errors
/// `reason-taken`, `reason-meanwhile`, `reason-last`, `reasons-too-many`.
pub async fn define(town: &Town, actor: Actor, defined: Defined) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            // One after the other: two at once could retire the last two.
            store::hold_templates(tx)?;
            let all = templates(tx)?;
            let template = decide(&all, defined)?;
            store::put_template(tx, &template)?;
            let Reason { code, words } = &template.reason;
            let what = json!({
                "reason": code, "active": template.active, "position": template.position,
                "detail": {
                    "name": words.as_ref().map(|words| &words.name),
                    "sentence": words.as_ref().map(|words| &words.sentence),
                },
            });
            let subject = Subject::new(REASON, code.as_str());
            tx.commit(Entry::about(subject, DEFINED, &actor, now, &*chance).publicly(&what)?, ()).map_err(Stop::from)
        })
        .await
}

fn decide(all: &Templates, defined: Defined) -> Result<Template, Refusal> {
    let there = all.get(&defined.code);
    match (there, defined.seen) {
        (Some(_), None) => return Err(Refusal::conflict("reason-taken").at("code")),
        (None, Some(_)) => return Err(Refusal::conflict("reason-meanwhile")),
        (Some(there), Some(seen)) if there.version != seen => return Err(Refusal::conflict("reason-meanwhile")),
        (None, None) if all.0.len() >= REASONS_LIMIT => {
            return Err(Refusal::conflict("reasons-too-many").with("most", REASONS_LIMIT));
        }
        _ => {}
    }
    let others = all.offered().any(|one| one.reason.code != defined.code);
    if !defined.active && !others {
        return Err(Refusal::conflict("reason-last").at("active"));
    }
    Ok(Template {
        reason: Reason { code: defined.code, words: Some(defined.words) },
        position: defined.position,
        active: defined.active,
        version: there.map_or(0, |there| there.version) + 1,
    })
}
