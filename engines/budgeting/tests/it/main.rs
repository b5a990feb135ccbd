//! Budgets: known answers, properties, a slow twin, the reader.
#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

mod constraints;
mod known_answers;
mod measures;
mod official;
mod properties;
mod reader;
mod small_cases;
mod town;
mod twin;
