//! From published ballots to a file and an outcome that everybody can work out from it. Pure.

mod areas;
mod budget;
mod file;
mod poll;

pub use areas::Selected;
pub use budget::{BudgetOutcome, Other};
pub use file::{extension, file_of};
pub use poll::PollOutcome;

use crate::{
    ballot::Published,
    model::{Definition, Origin},
    rule::Rule,
};
use sha2::{Digest, Sha256};

/// What a count gives: texts exactly as they are kept, served and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The file of ballots: Pabulib for budgets, PrefLib for rankings and single choices, else CSV.
    pub file: String,
    /// The outcome as JSON, or why the rule gives none.
    pub outcome: Result<String, String>,
    /// What other rules would have given, as JSON.
    pub others: String,
    /// The ids of what won, in the order in which it was taken.
    pub selected: Vec<String>,
    /// The count of each area, where a budget has several.
    pub areas: Vec<(String, Counted)>,
}

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub struct Contest<'c> {
    /// The reference of the vote.
    pub code: &'c str,
    /// Its definition.
    pub definition: &'c Definition,
    /// Where its ballots come from; a file of made-up ballots says so itself.
    pub origin: Origin,
    /// The area that is counted, where a budget has several.
    pub area: Option<&'c str>,
}

impl<'c> Contest<'c> {
    /// All of a vote.
    pub fn of(code: &'c str, definition: &'c Definition, origin: Origin) -> Self {
        Self { code, definition, origin, area: None }
    }
}

/// Counts ballots, which come in the order of their receipts.
pub fn count(contest: Contest<'_>, ballots: &[Published]) -> Counted {
    match contest.definition.rule {
        Rule::Budget(_) if contest.definition.areas.is_some() => areas::count(contest, ballots),
        Rule::Budget(rule) => budget::count(contest, rule, ballots),
        Rule::Poll(rule) => poll::count(contest, rule, ballots),
    }
}

/// The SHA-256 of a text, in hexadecimal.
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
