//! The town says what it will do by when, and everybody sees what becomes of it.

mod activity;
mod acts;
mod commands;
mod datasets;
mod decide;
mod joining;
mod model;
mod overdue;
mod pages;
mod retention;
mod room;
mod store;
mod views;
mod yearly;

pub use commands::{Adoption, KeepCommand, Making, adopt, keep, make};
pub use decide::{Keep, MakeCommitment};
pub use model::{COMMITMENT, Commitment, Standing};
pub use overdue::say_what_is_late;
pub use room::{MIGRATIONS, room};
