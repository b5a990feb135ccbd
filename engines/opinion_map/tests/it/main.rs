//! The engine's tests.
#![allow(clippy::unwrap_used, reason = "a test may stop")]
#![allow(clippy::needless_range_loop, reason = "tables are compared by their positions")]

mod data;
mod groups;
mod known;
mod live;
mod order;
mod readers;
mod twin;
mod watch;
mod worlds;
