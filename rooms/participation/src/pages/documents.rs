//! Files beside a proposal.

use crate::{commands, model::Proposal};
use axum::extract::State;
use civic::{FileId, secret};
use web::{Answer, Refusal, Stop, Town, Visit, answer::see_other_saying, forms::Submission, visit::Path};

/// POST /proposals/{code}/documents
pub async fn add(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    commands::may_add(&town, visit.actor.clone(), code.clone()).await?;
    let upload = form.file("document").ok_or_else(|| Refusal::new("document-empty").at("document"))?;
    let key = secret(town.chance());
    let document = commons::documents::take_in(&town, &upload.file_name, upload.bytes.clone(), &key).await?;
    let proposal = commands::add_document(&town, visit.actor.clone(), code, document).await?;
    see_other_saying(&format!("{}#files", page_of(&proposal)), "flash-document-added")
}

/// POST /proposals/{code}/documents/{file}/remove
pub async fn remove(State(town): State<Town>, visit: Visit, Path((code, file)): Path<(String, String)>) -> Answer {
    let id: FileId = file.parse().map_err(|_| Stop::NotFound)?;
    let proposal = commands::remove_document(&town, visit.actor.clone(), code, id).await?;
    see_other_saying(&page_of(&proposal), "flash-document-removed")
}

/// GET /proposals/{code}/documents/{file}: of a draft, for its authors; what is public has an address of its own.
pub async fn of_draft(State(town): State<Town>, visit: Visit, Path((code, file)): Path<(String, String)>) -> Answer {
    let id: FileId = file.parse().map_err(|_| Stop::NotFound)?;
    let (name, media_type, bytes) = commands::draft_document(&town, visit.actor.clone(), code, id).await?;
    commons::documents::answer(&name, media_type, bytes, false)
}

/// The page where the files of a proposal stand; of a draft its form.
fn page_of(proposal: &Proposal) -> String {
    let edit = if proposal.submitted_at.is_none() { "/edit" } else { "" };
    format!("/proposals/{}{edit}", proposal.code)
}
