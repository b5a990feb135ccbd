//! How many people and answers came at which level. Sums only, and none of few: a table that said them could tell one by one.

use crate::{importance::protected, model::Level, store};
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One level, in sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LevelView {
    /// `pseudonym`, `account` or `roll`; empty for people who were taken over or simulated.
    pub level: String,
    /// How many people; `null` for fewer than 5.
    pub people: Option<i64>,
    /// How many answers of theirs count; `null` where the people are.
    pub answers: Option<i64>,
}

/// The levels at which somebody answers, the surest first.
///
/// # Errors
/// Those of the database.
pub fn read(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<LevelView>, DbError> {
    let counts = store::of_level(tx, conversation)?;
    let surest_first = [Level::Roll, Level::Account, Level::Pseudonym].map(Level::word).into_iter().chain([""]);
    let view = |level: &str| {
        let (people, answers) = counts.get(level)?;
        let people = protected(*people);
        Some(LevelView { level: level.to_owned(), people, answers: people.map(|_| *answers) })
    };
    Ok(surest_first.filter_map(view).collect())
}
