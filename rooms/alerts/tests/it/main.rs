//! Hearing of what happens nearby, and the works that public bodies announce.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod listening;
mod nearby;
mod town;
mod words;
mod works;
