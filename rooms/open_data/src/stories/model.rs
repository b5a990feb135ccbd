//! Stories that officers write. Pure: what is typed is read once, and then trusted.

use crate::{
    decide::{is_name, local},
    model::{NOTES_LIMIT, State, TITLE_LIMIT},
};
use civic::{Language, LocalText, Moment, OrganisationId, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tables::sql::{Found, QUESTION_LIMIT};
use web::Refusal;

/// The kind of its subject in the record.
pub const STORY: SubjectKind = SubjectKind("data-story");
/// Characters of the lead, in each language.
const LEAD_LIMIT: usize = 1_000;
/// Stories of the house and words of addresses: no story of a town is called so.
const TAKEN: [&str; 2] = ["lamps", "new"];

/// A story.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its name in addresses.
    pub name: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: State,
    /// What it says.
    pub telling: Telling,
    /// When it was made.
    pub made_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// Counts changes.
    pub version: i64,
}

/// What a story says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// What it is called.
    pub title: LocalText,
    /// What it comes to, in a sentence or two.
    pub lead: LocalText,
    /// More, in paragraphs.
    pub text: Option<LocalText>,
    /// One select over public tables.
    pub sql: String,
    /// The column with what each bar of the chart is.
    pub label: String,
    /// The column with how long it is.
    pub value: String,
    /// The column with codes of districts, for a map; empty for none.
    pub map: String,
}

/// What somebody typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// By language.
    pub title: BTreeMap<Language, String>,
    /// See `title`.
    pub lead: BTreeMap<Language, String>,
    /// See `title`; it may be missing.
    pub text: BTreeMap<Language, String>,
    /// See [`Telling`].
    pub sql: String,
    /// See [`Telling`].
    pub label: String,
    /// See [`Telling`].
    pub value: String,
    /// See [`Telling`].
    pub map: String,
}

impl Written {
    /// Its subject in the record.
    pub fn subject(&self) -> Subject {
        Subject::new(STORY, self.name.as_str())
    }

    /// Whether everybody may see it.
    pub fn is_public(&self) -> bool {
        matches!(self.state, State::Published { .. })
    }
}

/// The name of a new story.
///
/// # Errors
/// `story-name`.
pub fn read_name(typed: &str) -> Result<String, Refusal> {
    let name = typed.trim();
    if is_name(name) && !TAKEN.contains(&name) {
        Ok(name.to_owned())
    } else {
        Err(Refusal::new("story-name").at("name"))
    }
}

/// What was typed, before its question is asked.
///
/// # Errors
/// One for each thing to put right.
pub fn read(typed: Typed) -> Result<Telling, Vec<Refusal>> {
    let mut wrong = Vec::new();
    let title = local(&typed.title, TITLE_LIMIT, "title", &mut wrong);
    let lead = local(&typed.lead, LEAD_LIMIT, "lead", &mut wrong);
    let text = local(&typed.text, NOTES_LIMIT, "text", &mut wrong);
    for (field, is_missing) in [("title", title.is_none()), ("lead", lead.is_none())] {
        if is_missing {
            wrong.push(Refusal::new("story-words").at(field));
        }
    }
    let (title, lead) = (title.unwrap_or_else(|| LocalText::plain("")), lead.unwrap_or_else(|| LocalText::plain("")));
    let line = |text: String| text.trim().replace('\0', "");
    let telling = Telling {
        title,
        lead,
        text,
        sql: typed.sql.trim().replace("\r\n", "\n").replace('\0', ""),
        label: line(typed.label),
        value: line(typed.value),
        map: line(typed.map),
    };
    if telling.sql.is_empty() {
        wrong.push(Refusal::new("data-sql-select").at("sql"));
    }
    if telling.sql.chars().count() > QUESTION_LIMIT {
        wrong.push(Refusal::new("data-sql-long").at("sql").with("most", QUESTION_LIMIT));
    }
    if wrong.is_empty() { Ok(telling) } else { Err(wrong) }
}

/// Whether the answer has the columns that the story names.
///
/// # Errors
/// `story-column`, one for each that is not there.
pub fn check(telling: &Telling, found: &Found) -> Result<(), Vec<Refusal>> {
    let named = [("label", &telling.label), ("value", &telling.value), ("map", &telling.map)];
    let is_missing = |(field, name): &(&str, &String)| {
        let is_optional = *field == "map" && name.is_empty();
        !is_optional && !found.columns.contains(name)
    };
    let wrong: Vec<Refusal> = named
        .into_iter()
        .filter(is_missing)
        .map(|(field, name)| {
            let name: String = name.chars().take(100).collect();
            Refusal::new("story-column")
                .at(field)
                .with("columns", found.columns.join(", ").replace('\0', ""))
                .with("column", name)
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}
