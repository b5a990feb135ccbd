//! What became of every row: how many are stored, and which are not and why.

use crate::{Declared, Sheet};
use importing::RowFault;
use serde::{Deserialize, Serialize};

/// Rows that were set aside of which the report says which they are; all are counted.
pub const ASIDES_KEPT: usize = 1_000;
/// Cells that do not fit of which the report says which they are; all are counted.
pub const MISFITS_KEPT: usize = 1_000;
/// Characters of a cell in a report.
pub(super) const SHOWN_LENGTH: usize = 200;

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The line of the file, or the row of the sheet.
    pub line: u64,
    /// How it begins.
    pub begins: String,
    /// Why, in English.
    pub reason: String,
}

/// A cell that does not fit what was declared. It is kept as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misfit {
    /// The number of the row in the table, from 1.
    pub row: u64,
    /// The column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why it does not fit, in English.
    pub reason: String,
}

/// A rule of the schema that was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchecked {
    /// The columns it is about.
    pub columns: String,
    /// The table they point to; empty for none.
    pub to: String,
    /// Why it was not looked at, in English.
    pub reason: String,
}

/// What became of a file: rows in = rows stored + rows set aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Rows of the file.
    pub rows_in: u64,
    /// Rows that are stored.
    pub stored: u64,
    /// Rows that were set aside.
    pub set_aside: u64,
    /// The first of these.
    pub asides: Vec<SetAside>,
    /// Cells that do not fit what was declared.
    pub misfits: u64,
    /// The first of these.
    pub cells: Vec<Misfit>,
    /// How many of them point to no row, or to several: those of foreign keys.
    #[serde(default)]
    pub foreign: u64,
    /// Declared columns that the file does not have.
    pub absent: Vec<String>,
    /// Rows that end before the last column; what is missing is empty.
    #[serde(default)]
    pub short: u64,
    /// Foreign keys that were not looked at.
    #[serde(default)]
    pub unchecked: Vec<Unchecked>,
    /// Lines above the names of the columns, which are no rows: titles, comments.
    #[serde(default)]
    pub passed: Vec<Above>,
    /// What else is to be known, in English: columns named twice, files of an archive that were passed over.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A line above the names of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Above {
    /// The line of the file, or the row of the sheet.
    pub line: u64,
    /// What stands there.
    pub text: String,
}

impl Report {
    /// Of a file of which no row was read yet.
    pub(super) fn begun(absent: Vec<String>, declared: Option<&Declared>, sheet: &Sheet) -> Self {
        let plain = |text: &str| text.replace('\0', "");
        Self {
            passed: sheet.table.passed().iter().map(|one| Above { line: one.line, text: plain(&one.text) }).collect(),
            notes: sheet.notes.iter().map(|one| plain(one)).collect(),
            rows_in: sheet.asides.len() as u64,
            stored: 0,
            set_aside: sheet.asides.len() as u64,
            asides: sheet.asides.iter().take(ASIDES_KEPT).cloned().collect(),
            misfits: 0,
            foreign: 0,
            cells: Vec::new(),
            absent,
            short: 0,
            unchecked: declared.map(|declared| declared.untold.clone()).unwrap_or_default(),
        }
    }
}

pub(super) fn set_aside(report: &mut Report, line: u64, fault: &RowFault) {
    report.set_aside += 1;
    if report.asides.len() >= ASIDES_KEPT {
        return;
    }
    let (begins, reason) = match fault {
        RowFault::Blank => (String::new(), "the row is blank".to_owned()),
        RowFault::Ragged { cells, columns, begins } => {
            (begins.replace('\0', ""), format!("it has {cells} cells where there are {columns} columns"))
        }
        RowFault::Unreadable { begins, why } => (begins.replace('\0', ""), (*why).to_owned()),
    };
    report.asides.push(SetAside { line, begins, reason });
}

pub(crate) fn misfit(row: usize, column: &str, cell: &str, reason: &str) -> Misfit {
    let value = cell.chars().filter(|c| *c != '\0').take(SHOWN_LENGTH).collect();
    Misfit { row: row as u64 + 1, column: column.to_owned(), value, reason: reason.to_owned() }
}
