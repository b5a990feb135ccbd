//! All SQL of the room.

mod assemblies;
mod draws;
mod members;
mod pool;
mod privacy;
mod recommendations;

pub use assemblies::{by_code, insert, is_taken, list, sitemap, to_change, update};
pub use draws::{add_draw, draws, file, has_draw, keep_draw, keep_file};
pub use members::{add_member, answered, by_secret, dismiss_all, members, replaced};
pub use pool::{
    add_entered, count_pool, entered, entrant_of_ticket, is_ticket_taken, known_ids, mark_undone, of_person, pool,
    put_entrant, remove_entered, remove_entrant,
};
pub use privacy::{erase_person, export_person, forget_pools};
pub use recommendations::{add_recommendation, keep_answer, recommendations};

fn json(value: &impl serde::Serialize) -> Result<String, database::DbError> {
    serde_json::to_string(value).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> database::DbError {
    database::DbError::Other(format!("a row of assemblies cannot be read: {error}"))
}
