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

/// Letters to insert, delete, replace or swap with the next (Damerau, each letter moved once).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut far = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            far[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = far[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let least = replaced.min(far[i - 1][j] + 1).min(far[i][j - 1] + 1);
                let swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                if swapped { least.min(far[i - 2][j - 2] + 1) } else { least }
            };
        }
    }
    far[one.len()][other.len()]
}
