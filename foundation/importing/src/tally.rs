//! What became of the rows.

use std::fmt;

/// Counts that must come out even.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows of the table.
    pub rows: u64,
    /// Rows that were stored.
    pub stored: u64,
    /// Rows that an earlier import, or an earlier row, had stored.
    pub already: u64,
    /// Rows that were set aside.
    pub set_aside: u64,
}

impl Tally {
    /// Whether every row is accounted for.
    pub fn is_even(&self) -> bool {
        self.rows == self.stored + self.already + self.set_aside
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, stored, already, set_aside } = self;
        write!(f, "{rows} rows = {stored} stored + {already} already there + {set_aside} set aside")
    }
}
