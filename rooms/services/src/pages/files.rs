//! Files that were sent: photos are shown, PDFs are only given to be saved.

use super::apply::private;
use crate::{
    model::Application,
    store::{self, KeptFile, SCAN},
};
use axum::http::{HeaderValue, header};
use database::DbError;
use forms::{Form, Kind};
use serde_json::Value;
use web::{Answer, Stop, Town, answer::text, serve::Sandboxed};

/// The files of an application by what a page does with them.
#[derive(Default)]
pub(super) struct Sent {
    /// Addresses of photos.
    pub(super) photos: Vec<String>,
    /// Addresses and names of PDFs.
    pub(super) papers: Vec<(String, String)>,
}

/// The files that the answers of now name, and what came to the office on paper; `at` makes the address of one from its id.
pub(super) fn sent(one: &Application, form: &Form, files: &[KeptFile], at: impl Fn(&str) -> String) -> Sent {
    let uploads = form.fields().filter(|(_, field)| field.kind == Kind::Upload);
    let ids = uploads.filter_map(|(_, field)| one.answers.0.get(&field.name)?.as_array());
    let mut sent = Sent::default();
    for id in ids.flatten().filter_map(Value::as_str) {
        match files.iter().find(|file| file.id == id).filter(|file| file.is_paper()) {
            Some(file) => sent.papers.push((at(id), file.name.clone())),
            None => sent.photos.push(at(id)),
        }
    }
    for file in files.iter().filter(|file| file.field == SCAN) {
        if file.is_paper() {
            sent.papers.push((at(&file.id), file.name.clone()));
        } else {
            sent.photos.push(at(&file.id));
        }
    }
    sent
}

/// The files of an application or draft.
pub(super) async fn of_owner(town: &Town, owner: String) -> Result<Vec<KeptFile>, Stop> {
    town.db().read(move |tx| store::files_of(tx, &owner)).await.map_err(|error: DbError| error.into())
}

/// A file of this owner, and of no other: a photo to be shown, a PDF to be saved and never opened by us or in our name.
pub(super) async fn given(town: &Town, owner: String, file: String) -> Answer {
    let read = move |tx: &mut database::Tx<'_>| store::file(tx, &owner, &file);
    let found = town.db().read(read).await.map_err(|error: DbError| Stop::from(error))?;
    let (file, bytes) = found.ok_or(Stop::NotFound)?;
    if !file.is_paper() {
        return Ok(private(text("image/jpeg", bytes)));
    }
    let mut answer = private(text("application/pdf", bytes));
    let disposition = format!("attachment; filename*=UTF-8''{}", percent(&file.name));
    let disposition = HeaderValue::from_str(&disposition).map_err(Stop::fault)?;
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    answer.extensions_mut().insert(Sandboxed);
    Ok(answer)
}

/// A name as RFC 8187 writes it: every byte but letters, digits, `-`, `.` and `_` in hexadecimal.
fn percent(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._".contains(byte);
    name.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
