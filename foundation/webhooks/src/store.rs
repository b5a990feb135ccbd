//! All SQL of this crate.

mod deliveries;
mod endpoints;
mod health;

pub use deliveries::{
    Tried, by_position, forget_old, newest, note, put, put_again, put_test, waiting_count, waiting_first,
};
pub use endpoints::{all, by_id, count, due, insert, lease, remove, rotate, save_progress, set_state};
pub use health::{Health, health};
