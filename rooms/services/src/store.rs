//! All SQL of the room.

mod applications;
mod desk_views;
mod drafts;
mod figures;
mod files;
mod inbox;
mod queue;
mod services;
mod steps;

pub use applications::{
    add_key, by_code, by_code_to_change, by_person, codes_of_person, erase_old, erase_person, insert, is_key,
    is_key_hash, last_key_at, mark_pilot, to_close, update, update_answers,
};
pub use desk_views::{DeskView, erase_views, first_view, forget_view, keep_view, put_first, rename_view, views_of};
pub use drafts::{Draft, add_draft, draft_of, draft_to_change, drafts_of, drop_draft, forget_drafts, keep_draft};
pub use figures::{
    Case, KeptGap, close_gap, count_cases, keep_figures, kept_figures, kept_of_services, open_gap, open_gaps,
};
pub use files::{
    Content, KeptFile, PDF, SCAN, add_file, bytes_of_files, bytes_of_scans, count_files, drop_file, file, files_of,
    hand_over,
};
pub use inbox::{Inbox, InboxOrder, LookedAfter, Waiting, inbox, waiting};
pub use queue::{moves, queue_days};
pub use services::{
    Named, add_service, add_version, add_version_as, in_force, named, next_number, published, service,
    service_to_change, services_all, sitemap, update_service, version_kept, version_of, versions,
};
pub use steps::{add_look, add_step, all_looks, has_looked, has_step, looks, salt_of, steps};

use database::DbError;
use sha2::{Digest, Sha256};

/// What is kept of a secret: its SHA-256 in hexadecimal. Nobody can guess 256 random bits, so it needs no salt.
pub fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// A row that cannot be read back.
pub(crate) fn broken(error: impl std::fmt::Display) -> DbError {
    DbError::Other(format!("a row of services cannot be read: {error}"))
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(broken)
}

pub(crate) fn of_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(broken)
}
