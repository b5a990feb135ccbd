//! A vote, its whole way; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod areas;
mod attacks;
mod calendar;
mod hidden;
mod holding;
mod importing;
mod joining;
mod paper;
mod polls;
mod publishing;
mod roll;
mod town;
mod words;
