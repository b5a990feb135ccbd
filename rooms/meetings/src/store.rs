//! All SQL of the room.

mod meetings;
mod registrations;

pub use meetings::{by_code, insert, is_taken, list, sitemap, soon, to_change, update};
pub use registrations::{
    counts, erase_person, export_person, first_waiting, forget_old, give_place, of_meeting, of_person, put, reminded,
    remove, to_remind,
};

fn json(value: &impl serde::Serialize) -> Result<String, database::DbError> {
    serde_json::to_string(value).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> database::DbError {
    database::DbError::Other(format!("a row of meetings cannot be read: {error}"))
}
