//! A promise, its whole way; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod adopting;
mod attacks;
mod bad_input;
mod helping;
mod keeping;
mod making;
mod publishing;
mod showing;
mod threading;
mod town;
mod wishes;
mod words;
mod yearly;
