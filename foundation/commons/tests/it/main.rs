//! What any subject can have, and what should not come in with it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod any_subject;
mod duplicates;
mod linking;
mod photos;
mod reasons;
mod searching;
mod spam;
mod words;
