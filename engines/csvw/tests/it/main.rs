//! The tests of the W3C, every one with its expected outcome.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod suite;
