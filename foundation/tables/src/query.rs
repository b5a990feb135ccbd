//! Questions to a table: which rows, in which order, how many, what is in them, and groups added up.

mod evaluate;
mod groups;
mod in_parts;
mod plan;
mod rows;
mod selection;
mod walk;

pub use plan::{Aggregate, Condition, Grouping, Op, Part, Plan, Sort};
pub use walk::Walk;

pub(crate) use groups::median;
pub(crate) use rows::fetch;

use crate::{Refused, Table, Value};

/// Rows of one page at most.
pub const PAGE_LIMIT: usize = 32_000;
/// Values of one facet at most.
pub const FACET_LIMIT: usize = 1_000;
/// Groups of one answer at most.
pub const GROUPS_LIMIT: usize = 10_000;

/// A value and how many of the rows have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// The value.
    pub value: Value,
    /// Rows.
    pub count: u64,
}

/// A group of rows, added up.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What its rows have in common, a value for each column grouped by.
    pub keys: Vec<Value>,
    /// Rows.
    pub count: u64,
    /// What each aggregate comes to.
    pub sums: Vec<Value>,
}

/// What a table answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// How many rows there are in all; always right.
    pub count: u64,
    /// The rows of this page: the number of each, and its cells in the order of the columns.
    pub rows: Vec<(u64, Vec<Value>)>,
    /// The number of the last row of this page, when there are more.
    pub next: Option<u64>,
}

impl Table {
    /// A page of rows, and how many there are.
    ///
    /// # Errors
    /// A sentence about the question; [`Refused::Storage`].
    pub fn ask(&self, plan: &Plan) -> Result<Answer, Refused> {
        let chosen = evaluate::select(self, plan)?;
        let (numbers, next) = rows::page(self, &chosen, plan)?;
        Ok(Answer { count: chosen.count(), rows: fetch(self, &numbers)?, next })
    }

    /// How many rows a question finds.
    ///
    /// # Errors
    /// As [`Table::ask`].
    pub fn count(&self, plan: &Plan) -> Result<u64, Refused> {
        Ok(evaluate::select(self, plan)?.count())
    }

    /// The most frequent values of a column among the rows of a question, and how many different ones there are.
    ///
    /// # Errors
    /// As [`Table::ask`].
    pub fn facet(&self, plan: &Plan, column: &str, limit: usize) -> Result<(Vec<Facet>, u64), Refused> {
        let chosen = evaluate::select(self, plan)?;
        groups::facet(self, &chosen, column, limit.min(FACET_LIMIT))
    }

    /// Rows of a question in groups, and whether there were more than [`GROUPS_LIMIT`].
    ///
    /// # Errors
    /// As [`Table::ask`]; [`Refused::Groups`] for a column with too many values.
    pub fn groups(&self, plan: &Plan, grouping: &Grouping) -> Result<(Vec<Group>, bool), Refused> {
        let chosen = evaluate::select(self, plan)?;
        groups::groups(self, &chosen, grouping)
    }

    /// One row by its number, from 1.
    ///
    /// # Errors
    /// [`Refused::Storage`].
    pub fn row(&self, number: u64) -> Result<Option<Vec<Value>>, Refused> {
        Ok(fetch(self, &[number])?.pop().map(|(_, cells)| cells))
    }

    fn place(&self, column: &str) -> Result<usize, Refused> {
        self.info().column(column).ok_or_else(|| Refused::Column(column.chars().take(100).collect()))
    }
}
