//! Notes as pages and machines read them.

use super::{
    model::{Note, NoteAnswer, NoteKind, NoteState},
    passing::PassView,
};
use crate::books::Shelves;
use civic::{Language, Moment};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Town, views::Named};

/// What somebody told those who publish.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NoteView {
    /// Its reference.
    pub code: String,
    /// Its page.
    pub url: String,
    /// request, issue or reuse.
    pub kind: &'static str,
    /// What it is called; its reference where it has no title.
    pub title: String,
    /// What it says; empty where moderators hid it.
    pub text: String,
    /// Who is to answer.
    pub organisation: Named,
    /// open, waiting, answered, fixed, published, shown or refused.
    pub state: &'static str,
    /// Since when (RFC 3339).
    pub state_at: String,
    /// When it was written (RFC 3339).
    pub made_at: String,
    /// By when it is to be answered (RFC 3339).
    pub due_at: Option<String>,
    /// Whether the answer is late.
    pub late: bool,
    /// How many support it.
    pub supports: i64,
    /// The names of the datasets it is about.
    pub datasets: Vec<String>,
    /// The address of what was made of the data.
    pub made: Option<String>,
    /// The table with the mistake.
    pub table: Option<String>,
    /// The row with the mistake, from 1.
    pub row: Option<i64>,
    /// The version of the dataset in which it was seen, in which the row is the one that is meant.
    pub data_version: Option<i64>,
    /// The column with the mistake.
    pub column: Option<String>,
    /// What was answered, oldest first; only for one note.
    pub answers: Vec<AnswerView>,
    /// From which agency to which a request was passed on, oldest first; only for one note.
    pub passed_on: Vec<PassView>,
    /// Counts changes.
    pub version: i64,
}

/// An answer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AnswerView {
    /// When (RFC 3339).
    pub at: String,
    /// The code of who answered.
    pub by: String,
    /// What it made of the note.
    pub state: &'static str,
    /// Its words.
    pub text: String,
}

/// A page of notes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Told {
    /// The notes.
    pub notes: Vec<NoteView>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
}

/// A note as everybody reads it.
pub fn view(
    town: &Town,
    shelves: &Shelves,
    note: &Note,
    answers: &[NoteAnswer],
    language: Language,
    now: Moment,
) -> NoteView {
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    NoteView {
        code: note.code.to_string(),
        url: town.url(&note.kind.page(note.code.as_str())),
        kind: note.kind.word(),
        title: note.headline().to_owned(),
        text: note.body.clone(),
        organisation: Named {
            code: shelves.agency_code(note.organisation).to_owned(),
            name: shelves.agency_name(note.organisation, language).to_owned(),
        },
        state: note.state.word(),
        state_at: note.state_at.rfc3339(),
        made_at: note.made_at.rfc3339(),
        due_at: note.due_at.filter(|_| note.state.is_open()).map(Moment::rfc3339),
        late: note.is_late(now),
        supports: note.supports,
        datasets: note.datasets.clone(),
        made: filled(&note.url),
        table: filled(&note.spot.table),
        row: note.spot.row,
        data_version: note.spot.version,
        column: filled(&note.spot.column),
        answers: answers.iter().map(answer).collect(),
        passed_on: Vec::new(),
        version: note.version,
    }
}

fn answer(one: &NoteAnswer) -> AnswerView {
    AnswerView { at: one.at.rfc3339(), by: one.agency.clone(), state: one.state.word(), text: one.body.clone() }
}

/// The Fluent key of where a note of this kind stands.
pub fn state_key(kind: NoteKind, state: NoteState) -> String {
    format!("note-{}-{}", kind.word(), state.word())
}
