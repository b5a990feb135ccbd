//! Tables as they come, and what is found in them.
#![allow(clippy::unwrap_used, missing_docs)]

mod dates;
mod hostile;
mod matching;
mod tables;
