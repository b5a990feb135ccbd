//! Metadata of tables on the web: read, found, and tables checked against it.
//!
//! After the recommendations of the W3C of 17 December 2015: *Model for Tabular Data and Metadata on the Web* (tabular-data-model) and
//! *Metadata Vocabulary for Tabular Data* (tabular-metadata). Pure: who calls hands documents in.

mod address;
mod cell;
mod common;
mod datatype;
mod formats;
mod keys;
mod locate;
mod metadata;
mod moment;
mod number;
mod properties;
mod reader;
mod table;

pub use address::normal;
pub use cell::Cell;
pub use datatype::{Base, Datatype};
pub use locate::{Document, check};
pub use metadata::{Column, Dialect, ForeignKey, Group, Schema, Table};

/// Columns a table may have.
pub const COLUMNS_LIMIT: usize = 1_000;
/// Tables a group may have.
pub const TABLES_LIMIT: usize = 200;
/// Findings that are listed; more are only counted.
pub const FINDINGS_LIMIT: usize = 1_000;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// It was ignored or replaced by what is usual.
    Warning,
    /// It is not valid.
    Error,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub gravity: Gravity,
    /// Where: the address of a table or of a metadata document.
    pub place: String,
    /// The row of the table, from 1, not counting its names; `None` for what is said of the table.
    pub row: Option<u64>,
    /// The column; empty for all of it.
    pub column: String,
    /// What stands there, cut short.
    pub value: String,
    /// Why it is not as it should be, in English.
    pub reason: String,
}

/// What was found, in the order in which it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// The first [`FINDINGS_LIMIT`].
    pub listed: Vec<Finding>,
    /// How many errors.
    pub errors: u64,
    /// How many warnings.
    pub warnings: u64,
}

impl Findings {
    /// Adds one.
    pub fn add(&mut self, finding: Finding) {
        match finding.gravity {
            Gravity::Error => self.errors += 1,
            Gravity::Warning => self.warnings += 1,
        }
        if self.listed.len() < FINDINGS_LIMIT {
            self.listed.push(finding);
        }
    }

    pub(crate) fn error(&mut self, place: &str, reason: impl Into<String>) {
        self.about(Gravity::Error, place, reason.into());
    }

    pub(crate) fn warn(&mut self, place: &str, reason: impl Into<String>) {
        self.about(Gravity::Warning, place, reason.into());
    }

    fn about(&mut self, gravity: Gravity, place: &str, reason: String) {
        self.add(Finding {
            gravity,
            place: place.to_owned(),
            row: None,
            column: String::new(),
            value: String::new(),
            reason,
        });
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        let room = FINDINGS_LIMIT.saturating_sub(self.listed.len());
        self.listed.extend(other.listed.into_iter().take(room));
    }
}
