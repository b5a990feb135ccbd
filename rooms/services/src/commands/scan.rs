//! Papers that came to the office.

use super::draft::{BYTES_LIMIT, CASE_FILES_LIMIT, kept_file, read_content};
use crate::{
    conflict,
    model::Step,
    store::{self, SCAN},
};
use civic::{Actor, EntryId, FileId};
use database::OffRecord;
use web::{Refusal, Stop, Town};

/// Keeps a photo or PDF of a paper with a case; its applicant sees it too. Answers with its id.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; what cannot be read, as for applicants; `files-many`; `papers-heavy`.
pub async fn add_scan(
    town: &Town,
    actor: Actor,
    code: String,
    name: &str,
    bytes: axum::body::Bytes,
) -> Result<String, Stop> {
    let content = read_content(bytes).await?;
    let (now, chance, name) = (town.now(), town.chance_handle(), name.to_owned());
    town.db()
        .write(move |tx| {
            let found = store::by_code_to_change(tx, &code)?;
            let one = conflict::for_officer(tx, &actor, found.filter(|one| !one.is_erased))?;
            if store::count_files(tx, &code)? >= CASE_FILES_LIMIT {
                return Err(Refusal::new("files-many").with("most", CASE_FILES_LIMIT).into());
            }
            if store::bytes_of_scans(tx, &code)?.saturating_add(content.bytes()) > BYTES_LIMIT {
                return Err(Refusal::new("papers-heavy").with("most", BYTES_LIMIT / 1_048_576).into());
            }
            let id = FileId::new(now, &*chance).text();
            let file = kept_file(id.clone(), SCAN.to_owned(), &name, now, &content);
            store::add_file(tx, &code, &file, &content)?;
            let step = Step {
                id: EntryId::new(now, &*chance).text(),
                at: now,
                what: "scanned".to_owned(),
                actor: actor.handle.clone(),
                body: file.name.clone(),
                is_internal: false,
            };
            store::add_step(tx, &one.code, &step)?;
            tx.commit(OffRecord("papers of a case are between the office and the applicant"), id).map_err(Stop::from)
        })
        .await
}
