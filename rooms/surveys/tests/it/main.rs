//! A survey from its design to its results; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod answering;
mod attacks;
mod keeping;
mod privacy;
mod town;
mod words;
