//! All SQL of the room.

mod news;
mod subscriptions;
mod works;

pub use news::{
    due_ends, forget_old_news, keep_news, keep_place, newest, place_of, put_waiting, take_waiting,
    waiting_subscriptions,
};
pub use subscriptions::{
    Asked, areas_of, ask, by_id, by_token, change_pace, confirm, forget_email, forget_old_tokens, forget_unconfirmed,
    has_listeners, leave, listeners, new_token, of_email, told,
};
pub use works::{by_code, insert, is_code_taken, page, save, to_come};

/// A row says something that this program did not write.
fn broken(what: &str) -> database::DbError {
    database::DbError::Other(format!("a row of alerts cannot be read: {what}"))
}
