//! From an idea to an answer with reasons; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod activity;
mod amending;
mod answering;
mod attacks;
mod erasing;
mod files;
mod groups;
mod importing;
mod lists;
mod moderating;
mod phases;
mod processes;
mod publishing;
mod sides;
mod splitting;
mod supporting;
mod threads;
mod town;
mod words;
mod writing;
