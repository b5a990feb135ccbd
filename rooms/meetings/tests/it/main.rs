//! A meeting from its announcement to its minutes; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod activity;
mod attacks;
mod coming;
mod keeping;
mod minutes;
mod town;
mod words;
