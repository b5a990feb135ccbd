//! How often datasets are used, by day and way. Uses are counted in memory and written with the next refresh, within a second; nothing of
//! who used what is counted, kept or written.

use crate::{books::Books, store};
use civic::Moment;
use database::{DbError, OffRecord};
use schemars::JsonSchema;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};
use web::Town;

/// Days that pages show.
pub const DAYS_SHOWN: i64 = 30;

civic::words! {
    /// In which way a dataset is used.
    Way {
        /// All of a table or file is taken.
        Download = "download",
        /// A program asks for rows.
        Api = "api",
    }
}

/// Uses that are not written yet, by dataset, day and way.
#[derive(Default)]
pub struct Waiting(Mutex<BTreeMap<(String, String, Way), i64>>);

impl Waiting {
    fn add(&self, uses: impl IntoIterator<Item = ((String, String, Way), i64)>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (of, count) in uses {
            *waiting.entry(of).or_default() += count;
        }
    }

    fn take(&self) -> BTreeMap<(String, String, Way), i64> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Counts one use of a dataset.
pub fn note(town: &Town, dataset_id: &str, way: Way) {
    let use_of = (dataset_id.to_owned(), day(town, town.now()), way);
    town.part::<Books>().uses().add([(use_of, 1)]);
}

/// The day of a moment on the town's clocks.
pub fn day(town: &Town, at: Moment) -> String {
    at.in_zone(&town.settings().zone).date().to_string()
}

/// Writes what was counted since; what cannot be written now waits for the next time.
///
/// # Errors
/// Those of the database.
pub async fn write(town: &Town) -> Result<(), DbError> {
    let books = town.part::<Books>().clone();
    let taken = books.uses().take();
    if taken.is_empty() {
        return Ok(());
    }
    let own = taken.clone();
    let written = town.db().write(move |tx| {
        for ((dataset, day, way), count) in &own {
            store::add_uses(tx, dataset, day, way.word(), *count)?;
        }
        tx.commit(OffRecord("uses are counted, and nobody is named"), ())
    });
    let written: Result<(), DbError> = written.await;
    if written.is_err() {
        books.uses().add(taken);
    }
    written
}

/// How often a dataset was used on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UsageView {
    /// The day, on the town's clocks.
    pub day: String,
    /// How often all of a table or file was taken.
    pub downloads: i64,
    /// How often a program asked for rows.
    pub api: i64,
}
