//! Is there one like it already? Proposals of any year and reports that share telling words.

use crate::model::PROPOSAL;
use axum::extract::State;
use civic::SubjectKind;
use commons::search::{Related, related};
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Answer, Stop, Town, Visit, answer::json, manifest::Catalogue, visit::Query};

/// Matters that are shown.
const SHOWN_LIMIT: usize = 8;
/// Characters of a text that are compared.
const TEXT_LIMIT: usize = 2_000;
/// The kind of service requests, which another room owns: only its name is known here.
const REQUEST: SubjectKind = SubjectKind("request");

/// What is asked about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    text: String,
}

/// Matters that say something similar.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SimilarList {
    /// The most similar first.
    pub similar: Vec<Similar>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Similar {
    /// `proposal` or `request`.
    pub kind: String,
    /// Its reference.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// How many telling words it shares.
    pub words: usize,
}

/// What shares telling words with a text, without the matter it belongs to itself.
pub(super) fn find(tx: &mut Tx<'_>, text: &str, without: &str) -> Result<Vec<Related>, DbError> {
    let text: String = text.chars().take(TEXT_LIMIT).collect();
    let mut found = related(tx, &text, &[PROPOSAL, REQUEST], SHOWN_LIMIT + 1)?;
    found.retain(|one| one.found.subject.id != without);
    found.truncate(SHOWN_LIMIT);
    Ok(found)
}

/// The same as a page shows it; what no mounted room has a page for is left out.
pub(super) fn shown(town: &Town, found: Vec<Related>) -> Vec<Similar> {
    let catalogue = town.part::<Catalogue>();
    let similar = |one: Related| {
        let href = catalogue.page_of(&one.found.subject.kind, &one.found.subject.id)?;
        let (kind, code) = (one.found.subject.kind, one.found.subject.id);
        Some(Similar { kind, code, title: one.found.title, href, words: one.words })
    };
    found.into_iter().filter_map(similar).collect()
}

/// GET /proposals/similar
pub async fn ask(State(town): State<Town>, _: Visit, Query(asked): Query<Asked>) -> Answer {
    let found = town.db().read(move |tx| find(tx, &asked.text, "")).await.map_err(Stop::from)?;
    json(&SimilarList { similar: shown(&town, found) })
}
