//! How many people a statement is important to. Single marks are in no table, so small counts are not said either: who knows a
//! few of those who answered could tell them apart.

use crate::{map_view::MapView, store};
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewer people than this are not told apart.
pub const SMALL: i64 = 5;

/// A count as it may be said; `None` for 1 to 4.
pub fn protected(count: i64) -> Option<i64> {
    (count == 0 || count >= SMALL).then_some(count)
}

/// To how many people a statement is important; statements that nobody marked are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportantView {
    /// Its number.
    pub statement: i64,
    /// How many of those who agreed or disagreed marked it as important to them; `null` for fewer than 5.
    pub people: Option<i64>,
}

/// Every statement that somebody marked, by number.
///
/// # Errors
/// Those of the database.
pub fn read(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<ImportantView>, DbError> {
    let counts = store::important(tx, conversation)?;
    let view = |(statement, count): (i64, i64)| ImportantView { statement, people: protected(count) };
    Ok(counts.into_iter().map(view).collect())
}

impl MapView {
    /// To how many people a statement is important; `None` for fewer than 5, but more than none.
    pub fn important_to(&self, statement: i64) -> Option<i64> {
        let found = self.important.binary_search_by_key(&statement, |one| one.statement);
        found.map_or(Some(0), |at| self.important[at].people)
    }

    /// The statements that are important to the largest share of those who agreed or disagreed, with how many those are; the
    /// larger count first among equal shares. Only counts that may be said.
    pub fn most_important(&self) -> Vec<(i64, i64, i64)> {
        let full = |one: &ImportantView| {
            let figures = self.figures(one.statement)?;
            let answered = i64::from(figures.agrees) + i64::from(figures.disagrees);
            Some((one.statement, one.people?, answered.max(1)))
        };
        let mut all: Vec<(i64, i64, i64)> = self.important.iter().filter_map(full).collect();
        // a/b > c/d as a·d > c·b, without rounding.
        all.sort_by(|one, other| (other.1 * one.2, other.1).cmp(&(one.1 * other.2, one.1)));
        all
    }

    /// How many statements were marked by too few to say how many.
    pub fn important_to_few(&self) -> usize {
        self.important.iter().filter(|one| one.people.is_none()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::protected;

    #[test]
    fn few_are_not_counted() {
        let said: Vec<_> = [0, 1, 4, 5, 90].into_iter().map(protected).collect();
        assert_eq!(said, [Some(0), None, None, Some(5), Some(90)]);
    }
}
