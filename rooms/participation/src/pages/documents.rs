//! Files beside a proposal.

use crate::commands;
use axum::extract::State;
use civic::{FileId, secret};
use web::{Answer, Refusal, Stop, Town, Visit, answer::see_other_saying, forms::Submission, visit::Path};

/// POST /proposals/{code}/documents
pub async fn add(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    commands::may_add(&town, visit.actor.clone(), code.clone()).await?;
    let upload = form.file("document").ok_or_else(|| Refusal::new("document-empty").at("document"))?;
    let key = secret(town.chance());
    let document = commons::documents::take_in(&town, &upload.file_name, upload.bytes.clone(), &key).await?;
    commands::add_document(&town, visit.actor.clone(), code.clone(), document).await?;
    see_other_saying(&format!("/proposals/{code}#files"), "flash-document-added")
}

/// POST /proposals/{code}/documents/{file}/remove
pub async fn remove(State(town): State<Town>, visit: Visit, Path((code, file)): Path<(String, String)>) -> Answer {
    let id: FileId = file.parse().map_err(|_| Stop::NotFound)?;
    commands::remove_document(&town, visit.actor.clone(), code.clone(), id).await?;
    see_other_saying(&format!("/proposals/{code}"), "flash-document-removed")
}
