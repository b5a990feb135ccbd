//! What moderation keeps about people, for export and erasure.

use super::store;
use civic::{PersonId, Subject};
use database::{DbError, Tx};
use serde_json::Value;

/// What a person reported, and decided as a moderator.
///
/// # Errors
/// Those of the database.
pub fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    store::export_person(tx, person)
}

/// Takes the words of a person away who reported or decided.
///
/// # Errors
/// Those of the database.
pub fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    store::erase_person(tx, person)
}

/// Takes every word about a subject away whose author is erased: hidden ones, and what reports, notes and appeals quote. Each
/// room calls it for the subjects it erases.
///
/// # Errors
/// Those of the database.
pub fn erase_words_about(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    store::erase_words_about(tx, subject)
}
