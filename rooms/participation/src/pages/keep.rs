//! A draft is kept a moment after the last key: private, without a word about what is still missing, with what is similar already.

use super::{similar, write::words_of};
use crate::{commands, model::Proposal, store};
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use database::DbError;
use serde::Serialize;
use web::{Answer, Stop, Town, Visit, answer::json, forms::Submission, visit::Path};

/// What the form needs to go on.
#[derive(Debug, Serialize)]
struct KeptView {
    /// The reference of the draft.
    code: String,
    /// Where the form is sent from now on.
    action: String,
    /// Where it is kept from now on.
    keep: String,
    /// What says something similar already.
    similar: Vec<similar::Similar>,
}

/// POST /proposals/keep: the first time a draft is kept.
pub async fn first(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let process = form.text("process").unwrap_or_default().to_owned();
    keep(&town, &visit, &form, process, None).await
}

/// POST /proposals/{code}/keep
pub async fn more(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let asked = code.clone();
    let found =
        town.db().read(move |tx| store::by_code(tx, &asked)).await.map_err(|error: DbError| Stop::from(error))?;
    let draft = found.filter(|one| one.submitted_at.is_none()).ok_or(Stop::NotFound)?;
    keep(&town, &visit, &form, draft.process, Some(code)).await
}

async fn keep(town: &Town, visit: &Visit, form: &Submission, process: String, code: Option<String>) -> Answer {
    let words = words_of(form);
    let text = format!("{} {}", words.title, words.text);
    let draft: Proposal = commands::save_draft(town, visit.actor.clone(), process, code, words, Vec::new()).await?;
    let own = draft.code.to_string();
    let found = town.db().read(move |tx| similar::find(tx, &text, &own)).await;
    let similar = similar::shown(town, found.map_err(|error: DbError| Stop::from(error))?);
    let code = draft.code.to_string();
    let mut answer = json(&KeptView {
        action: format!("/proposals/{code}/edit"),
        keep: format!("/proposals/{code}/keep"),
        code,
        similar,
    })?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
