//! What the room does: load facts, decide, save, record, commit. One act, one transaction, one entry.

mod categories;
mod desk;
mod duplicates;
mod elsewhere;
mod import;
pub(crate) mod letters;
mod neighbours;
pub(crate) mod open;
mod own;
mod posters;
mod publishing;
mod suggestions;
mod support;
mod uploads;

pub use categories::{CATEGORY, category_codes, define_category, refresh_book};
pub use desk::{DeskCommand, act_at_desk};
pub(crate) use desk::{finish, is_reachable};
pub use duplicates::{DuplicateAct, act_on_duplicate};
pub use elsewhere::{reach_agency, send_again};
pub use import::{IMPORT, ImportOrder, ImportReport, ImportStop, Undone, import_requests, undo_import};
pub use neighbours::say_not_fixed;
pub use open::{NewReport, Opened, Sent, judge_opening, open_request};
pub use own::{OwnKey, act_on_own};
pub use posters::{POSTER, PosterOrder, make_poster, withdraw_poster};
pub use publishing::{PublishCommand, act_on_publishing};
pub use suggestions::{Rejection, reject_suggestion};
pub use support::{Me, support, withdraw_support};
pub use uploads::{
    UPLOAD_LIMIT_BYTES, Understood, UploadReport, forget_upload, keep_mapping, take_upload, understand,
    upload_job_kind, work_on,
};

use crate::{
    decide::Change,
    model::{HistoryStep, ServiceRequest, StateWord},
    store,
};
use civic::{Actor, Chance, Moment};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a stored secret is compared with: its SHA-256 in hexadecimal.
pub fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Applies a change to a request: its columns, one step of its history, and the entry for the record.
///
/// The caller commits the returned entry. Internal changes have none.
pub(crate) fn apply(
    tx: &mut Tx<'_>,
    request: &mut ServiceRequest,
    change: Change,
    by: &Actor,
    agency: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Applied, DbError> {
    // What moderators have hidden comes back only by them.
    if change.description.is_some() && commons::moderation::is_hidden(tx, &request.subject(), "description")? {
        let at_desk = commons::moderation::desk::parts(tx, &request.subject())?;
        let at_desk = at_desk.iter().any(|part| part.name == "description");
        return Ok(if at_desk { Applied::Unpublished } else { Applied::Hidden });
    }
    // A promise that has run out stays broken, whatever is promised from now on.
    if request.state.is_open() {
        request.broken_at = request.broken(now);
    }
    let read_version = request.version;
    let changes = change.changes_request();
    let Change { saying, body, detail, internal, state, category, organisation, place, description, due, waiting } =
        change;
    let was = request.state.word();
    request.state = state.unwrap_or_else(|| request.state.clone());
    request.category = category.unwrap_or_else(|| request.category.clone());
    request.organisation = organisation.unwrap_or(request.organisation);
    request.description = description.unwrap_or_else(|| request.description.clone());
    if let Some(due) = due {
        // A new promise begins at the foot of the ladder.
        if due != request.due_at {
            request.due_since = due.map(|_| now);
        }
        request.due_at = due;
        request.first_due_at = request.first_due_at.or(due);
        store::lower(tx, request.id)?;
    }
    request.waiting = waiting.unwrap_or(request.waiting).filter(|_| request.state.is_open());
    let from_district = request.district.clone();
    if let Some(new) = place {
        (request.place, request.address, request.district) = (new.place, new.address, new.district);
    }
    if matches!(saying, "request.answered" | "request.resolved" | "request.declined") {
        request.answered_at = request.answered_at.or(Some(now));
    }
    if !internal {
        request.updated_at = now;
        request.version += i64::from(changes);
        if !store::update(tx, request, read_version)? {
            return Ok(Applied::Stale);
        }
    }
    let detail: BTreeMap<String, String> = detail.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let what = change_view(request, was, from_district.as_deref(), &detail);
    let entry = Entry::about(request.subject(), saying, by, now, chance).publicly(&what)?;
    let entry = if body.is_empty() { entry } else { entry.privately(&json!({"body": body}), chance)? };
    let step = HistoryStep {
        id: entry.id().text(),
        at: now,
        saying: saying.to_owned(),
        actor: by.handle.clone(),
        agency: agency.to_owned(),
        body,
        detail,
        state: request.state.word(),
        internal,
    };
    store::add_step(tx, request.id, &step)?;
    Ok(if internal { Applied::Internal } else { Applied::Public(Box::new(entry)) })
}

/// What the record says in public of a change: what it was, what it is, and what changed, as codes.
pub(crate) fn change_view(
    request: &ServiceRequest,
    from: StateWord,
    from_district: Option<&str>,
    detail: &BTreeMap<String, String>,
) -> serde_json::Value {
    json!({
        "category": request.category, "district": request.district, "from_district": from_district,
        "from": from.as_str(), "to": request.state.word().as_str(), "detail": detail,
    })
}

/// What applying a change came to.
pub(crate) enum Applied {
    /// It is public: here is its entry.
    Public(Box<Entry>),
    /// It is for the desk only.
    Internal,
    /// Somebody else changed the request meanwhile; nothing was kept.
    Stale,
    /// Moderators have hidden what it would change; nothing was kept.
    Hidden,
    /// The desk has not published what it would change; nothing was kept.
    Unpublished,
}
