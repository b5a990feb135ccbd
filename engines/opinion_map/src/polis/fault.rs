use crate::limits;
use std::fmt;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1; None when the whole line is meant.
    pub column: Option<usize>,
    /// What was expected and what was found, as a sentence.
    pub sentence: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(out, "line {}, column {column}: {}", self.line, self.sentence),
            None => write!(out, "line {}: {}", self.line, self.sentence),
        }
    }
}

impl std::error::Error for Fault {}

/// What was left out of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// The first of them, at most [`limits::FAULTS_SHOWN_MAX`].
    pub shown: Vec<Fault>,
    /// How many there are.
    pub count: usize,
}

impl Faults {
    pub(crate) fn add(&mut self, line: u64, column: Option<usize>, sentence: impl FnOnce() -> String) {
        self.count += 1;
        if self.shown.len() < limits::FAULTS_SHOWN_MAX {
            self.shown.push(Fault { line, column, sentence: sentence() });
        }
    }
}

/// A field for a sentence: short, and readable whatever it holds.
pub(crate) fn quoted(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field);
    let short: String = text.chars().take(30).collect();
    if short.len() < text.len() { format!("“{short}…”") } else { format!("“{short}”") }
}
