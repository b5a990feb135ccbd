//! Known answers, and the engine against a slow naive twin.
#![allow(clippy::unwrap_used, missing_docs)]

mod log;
mod notes;
mod twin;
mod witness;
