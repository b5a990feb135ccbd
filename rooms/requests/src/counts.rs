//! How many requests there are, kept up by following the record.

use crate::store::{self, Count};
use database::{DbError, Tx};
use record::Sequenced;
use serde_json::Value;
use std::collections::BTreeMap;
use web::Town;

/// Takes entries about requests and moves the counts: one out of where it was, one into where it is.
///
/// # Errors
/// Those of the database.
pub fn follow(_: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    let mut moved: BTreeMap<(String, String, bool), i64> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.subject.kind == crate::model::REQUEST.0) {
        let what = entry.what();
        let text = |key: &str| what.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let from_category = what.pointer("/detail/from_category").and_then(Value::as_str);
        if entry.saying != "request.opened" {
            let category = from_category.map_or_else(|| text("category"), str::to_owned);
            *moved.entry((text("from_district"), category, is_open(&text("from")))).or_default() -= 1;
        }
        if entry.saying != "request.removed" {
            *moved.entry((text("district"), text("category"), is_open(&text("to")))).or_default() += 1;
        }
    }
    for ((district, category, is_open), requests) in moved.into_iter().filter(|(_, requests)| *requests != 0) {
        store::add_counts(tx, &Count { district, category, is_open, requests })?;
    }
    Ok(())
}

fn is_open(state: &str) -> bool {
    state.parse::<crate::model::StateWord>().is_ok_and(crate::model::StateWord::is_open)
}

/// The counts in memory.
#[derive(Debug, Clone, Default)]
pub struct Counts(Vec<Count>);

/// Which requests to count; `None` counts all.
#[derive(Debug, Clone, Default)]
pub struct Which<'w> {
    /// Only this district.
    pub district: Option<&'w str>,
    /// Only these categories; empty for all.
    pub categories: &'w [String],
    /// Only open, or only closed.
    pub open: Option<bool>,
}

impl Counts {
    /// Of these rows.
    pub fn of(counts: Vec<Count>) -> Self {
        Self(counts)
    }

    /// How many there are.
    pub fn count(&self, which: &Which<'_>) -> i64 {
        let fits = |count: &&Count| {
            which.district.is_none_or(|district| district == count.district)
                && which.open.is_none_or(|open| open == count.is_open)
                && (which.categories.is_empty() || which.categories.contains(&count.category))
        };
        self.0.iter().filter(fits).map(|count| count.requests).sum()
    }
}
