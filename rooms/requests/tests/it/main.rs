//! A resident's report, its whole way; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod attacks;
mod bad_input;
mod desk;
mod figures;
mod open311;
mod promising;
mod remembering;
mod reporting;
mod town;
mod words;
