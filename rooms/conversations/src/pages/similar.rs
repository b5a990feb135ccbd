//! Statements that say about the same as what somebody writes.

use super::known;
use crate::{
    books::Known,
    views::{Said, said},
};
use axum::extract::State;
use civic::Language;
use likeness::{CANDIDATES_LIMIT, alike_texts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Town, Visit,
    answer::json,
    visit::{Path, Query},
};

/// Statements that are shown.
const SHOWN: usize = 5;
/// Characters that are compared.
const TEXT_LIMIT: usize = 400;

/// A statement that says about the same.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SimilarView {
    /// Its number.
    pub number: i64,
    /// Its words.
    pub words: String,
    /// From 0 to 1; no probability.
    pub likeness: f64,
    /// Words both have.
    pub shared_words: Vec<String>,
}

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    text: String,
}

/// GET /conversations/{code}/similar
pub async fn ask(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    json(&find(&known, &asked.text))
}

/// The likeliest, of the newest statements that are asked; compared in every language they are in.
pub(super) fn find(known: &Known, text: &str) -> Vec<SimilarView> {
    let text: String = text.chars().take(TEXT_LIMIT).collect();
    let candidates: Vec<(i64, &str)> = known
        .statements
        .iter()
        .rev()
        .filter(|one| one.is_asked())
        .flat_map(|one| {
            let words = std::iter::once(&one.words.original).chain(one.words.translations.values());
            words.map(|words| (one.number, words.as_str()))
        })
        .take(CANDIDATES_LIMIT)
        .collect();
    let texts: Vec<&str> = candidates.iter().map(|(_, words)| *words).collect();
    let mut found: Vec<SimilarView> = Vec::new();
    for one in alike_texts(&text, &texts).unwrap_or_default() {
        let (number, words) = candidates[one.index];
        if found.len() < SHOWN && found.iter().all(|other| other.number != number) {
            found.push(SimilarView {
                number,
                words: words.to_owned(),
                likeness: one.likeness,
                shared_words: one.shared_words,
            });
        }
    }
    found
}

/// The same for a page.
pub(super) fn shown(known: &Known, text: &str, language: Language) -> Vec<Said> {
    find(known, text).iter().filter_map(|one| known.statement(one.number)).map(|one| said(one, language)).collect()
}
