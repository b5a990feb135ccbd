//! What is wrong with a text of rules, and where.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in a text; lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Spot {
    /// Which source, counted from 0.
    pub source: u32,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// One thing that is wrong, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct Trouble {
    /// The name of the source.
    pub source_name: String,
    /// The line, from 1; 0 when the trouble is with the whole.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// What was found and what was expected.
    pub sentence: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(out, "{}: {}", self.source_name, self.sentence);
        }
        write!(out, "{}:{}:{}: {}", self.source_name, self.line, self.column, self.sentence)
    }
}

/// A trouble before the name of its source is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At {
    pub spot: Spot,
    pub sentence: String,
}

impl At {
    pub(crate) fn new(spot: Spot, sentence: impl Into<String>) -> Self {
        Self { spot, sentence: sentence.into() }
    }
}

/// The known name that is nearest to one that is not known, as the end of a sentence; nothing when none is near.
pub(crate) fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> String {
    let limit = (wanted.chars().count() / 3).clamp(1, 4);
    let near = known.map(|name| (distance(wanted, name), name)).filter(|(far, _)| *far <= limit).min();
    near.map_or(String::new(), |(_, name)| format!(" Did you mean “{name}”?"))
}

/// Letters to insert, delete or replace (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &against) in other.iter().enumerate() {
            let replaced = corner + usize::from(letter != against);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}
