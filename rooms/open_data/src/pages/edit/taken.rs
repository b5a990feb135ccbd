//! The file of a form is taken in.

use crate::{
    commands::{self, FileIn},
    intakes,
    model::Dataset,
    pages::written,
    plans,
};
use std::time::Duration;
use web::{Stop, Town, Visit, forms::Submission};

/// How long the fetching of an address is waited for.
const FETCH_PATIENCE: Duration = Duration::from_secs(2);

/// What became of a form with a file.
pub(super) enum Taken {
    Done(Box<Dataset>),
    /// It is taken in beside everything else, under this id.
    Begun(String),
}

/// Takes the file of a form in: at once where it is small, else beside everything else.
pub(super) async fn take(
    town: &Town,
    visit: &Visit,
    dataset: &Dataset,
    replaced: Option<String>,
    form: &Submission,
) -> Result<Taken, Stop> {
    let (file, url) = file_of(form)?;
    let every = if url.is_empty() { 0 } else { plans::every(form)? };
    let actor = &visit.actor;
    if let Some(id) = &replaced {
        dataset.resource(id).ok_or(Stop::NotFound)?;
    }
    if !url.is_empty() || file.bytes.len() > intakes::AT_ONCE_BYTES {
        let patience = if url.is_empty() { Duration::ZERO } else { FETCH_PATIENCE };
        let begun = intakes::begin(town, actor, dataset, replaced, file, (url, every)).await?;
        return Ok(match intakes::told_within(town, begun, patience).await? {
            Ok(changed) => Taken::Done(Box::new(changed)),
            Err(intake) => Taken::Begun(intake),
        });
    }
    let changed = match replaced {
        Some(id) => commands::replace_file(town, actor, &dataset.name, &id, file).await?,
        None => commands::add_file(town, actor, &dataset.name, file).await?,
    };
    Ok(Taken::Done(Box::new(changed)))
}

/// The file of a form, or the address from which it is to be fetched.
fn file_of(form: &Submission) -> Result<(FileIn, String), Stop> {
    let text = |name: &str| form.text(name).unwrap_or_default().trim().to_owned();
    let said = FileIn {
        name: text("title"),
        description: text("description"),
        schema: text("schema"),
        wish: written::read(form)?,
        forgets: form.is_ticked("forget"),
        ..FileIn::default()
    };
    let url = text("address");
    match form.file("file") {
        Some(upload) => {
            Ok((FileIn { file_name: upload.file_name.clone(), bytes: upload.bytes.clone(), ..said }, String::new()))
        }
        None if form.has_empty_file("file") => Err(web::Refusal::new("data-file-empty").at("file").into()),
        None if !url.is_empty() => Ok((said, url)),
        None => Err(web::Refusal::new("data-file-none").at("file").into()),
    }
}
