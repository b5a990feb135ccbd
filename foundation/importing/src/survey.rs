//! What is in the columns, by looking at all of them.

use crate::{DateTally, Table, read_degrees, read_point};
use std::collections::BTreeMap;

/// Different values of one column that are counted; a column with more has no list of values.
pub const DISTINCT_LIMIT: usize = 2_000;
/// Characters of a value that is counted.
const VALUE_LENGTH: usize = 200;
/// Words from which on a cell counts as a sentence.
const SENTENCE_WORDS: usize = 5;
/// Examples that are kept of a column.
const EXAMPLES: usize = 3;

/// What was found in a whole table.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Rows, also those that do not fit.
    pub rows: u64,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// What was found in one column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Cells that are not empty.
    pub filled: u64,
    /// The first different values.
    pub examples: Vec<String>,
    /// How often each value stands in it; `None` when there are more than [`DISTINCT_LIMIT`].
    pub values: Option<BTreeMap<String, u64>>,
    /// What its cells are as dates.
    pub dates: DateTally,
    /// Cells that could be a latitude.
    pub latitudes: u64,
    /// Cells that could be a longitude.
    pub longitudes: u64,
    /// Cells that hold a whole point.
    pub points: u64,
    /// Cells of several words, as a sentence has.
    pub sentences: u64,
}

impl Survey {
    /// Looks over every row.
    pub fn of(table: &Table) -> Self {
        let named = |name: &String| Column { name: name.clone(), values: Some(BTreeMap::new()), ..Column::default() };
        let mut survey = Self { rows: 0, columns: table.header().iter().map(named).collect() };
        for row in table.rows() {
            survey.rows += 1;
            let Ok(cells) = row.cells else { continue };
            for (column, cell) in survey.columns.iter_mut().zip(&cells) {
                column.look_at(cell.trim());
            }
        }
        survey
    }
}

impl Column {
    fn look_at(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if self.examples.len() < EXAMPLES && !self.examples.iter().any(|example| example == cell) {
            self.examples.push(cell.chars().take(VALUE_LENGTH).collect());
        }
        self.count(cell);
        self.dates.look_at(cell);
        self.latitudes += u64::from(read_degrees(cell, 90.0).is_some());
        self.longitudes += u64::from(read_degrees(cell, 180.0).is_some());
        self.sentences += u64::from(cell.split_whitespace().count() >= SENTENCE_WORDS);
        self.points += u64::from(self.latitudes == 0 && read_point(cell).is_some());
    }

    fn count(&mut self, cell: &str) {
        let Some(values) = &mut self.values else { return };
        if let Some(count) = values.get_mut(cell) {
            *count += 1;
        } else if values.len() < DISTINCT_LIMIT && cell.chars().count() <= VALUE_LENGTH {
            values.insert(cell.to_owned(), 1);
        } else {
            self.values = None;
        }
    }

    /// Whether it looks like what people wrote in their own words: half of its cells are sentences, and hardly any two are the same.
    pub fn is_prose(&self) -> bool {
        let different = self.values.as_ref().is_none_or(|values| values.len() as u64 * 2 >= self.filled);
        self.filled > 0 && self.sentences * 2 >= self.filled && different
    }

    /// Whether nine of ten filled cells are `of` this kind.
    pub fn is_mostly(&self, of: u64) -> bool {
        self.filled > 0 && of * 10 >= self.filled * 9
    }
}
