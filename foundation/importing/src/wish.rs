//! How a table is written, where somebody says so.

use serde::{Deserialize, Serialize};

/// What is known of a table before it is read; what is `None` is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The label of its encoding, as `windows-1252`.
    pub encoding: Option<String>,
    /// What stands between cells.
    pub delimiter: Option<char>,
    /// What stands around cells; `Some(None)` where nothing does.
    pub quote: Option<Option<char>>,
    /// What begins a line that is no row.
    pub comment: Option<char>,
    /// Lines above the table that are passed over.
    pub skip_lines: Option<u64>,
    /// Lines with names; 0 where the first line is a row already.
    pub header_lines: Option<u64>,
    /// The names of the columns, where no line has them.
    pub names: Vec<String>,
}

impl Wish {
    /// This, and where it says nothing, `other`.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let other = other.clone();
        Self {
            encoding: self.encoding.or(other.encoding),
            delimiter: self.delimiter.or(other.delimiter),
            quote: self.quote.or(other.quote),
            comment: self.comment.or(other.comment),
            skip_lines: self.skip_lines.or(other.skip_lines),
            header_lines: self.header_lines.or(other.header_lines),
            names: if self.names.is_empty() { other.names } else { self.names },
        }
    }
}
