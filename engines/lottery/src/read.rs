//! The tables of practitioners, read as they are: `categories.csv` and `respondents.csv` of StratifySelect and Panelot, and the names
//! of columns of the Python package sortition-algorithms.

mod pool;
mod quotas;
mod table;

pub use pool::{PoolColumns, read_pool};
pub use quotas::read_quotas;

use thiserror::Error;

/// Bytes of one table.
pub const TABLE_BYTES_MAX: usize = 50_000_000;

/// What is wrong with a table, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct ReadError {
    /// The line of the file, from 1.
    pub line: u64,
    /// The number and, where it has one, the name of the column, from 1.
    pub column: String,
    /// What was found and what was expected.
    pub problem: String,
}
