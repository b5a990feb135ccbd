//! A town in memory, its people, and a clock to turn.
#![allow(
    clippy::unwrap_used,
    reason = "this crate is only ever part of a test, which should stop at the first surprise"
)]

mod browser;
pub mod load;
mod own;
mod town;

pub use browser::{Browser, Part, Seen};
pub use town::{ADDRESS, Plan, RECORD, START, TestTown, link_in, steward, town_in_file, towns};
