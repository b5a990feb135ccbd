//! What any subject can have, and what should not come in with it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod linking;
mod photos;
mod searching;
mod words;
