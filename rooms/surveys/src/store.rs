//! All SQL of the room.

mod answers;
mod surveys;

pub use answers::{
    Row, all_sent, answer_to_change, answers_of, count_sent, erase_person, export_person, forget_drafts,
    forget_who_answered, keep,
};
pub use surveys::{by_code, insert, list, sitemap, to_change, uncounted, update};

use database::DbError;

fn json(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> DbError {
    DbError::Other(format!("a row of surveys cannot be read: {error}"))
}
