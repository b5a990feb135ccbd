//! Datasets of other catalogues: taken over twice without doubles, taken back where they are gone, each failure by its title.

mod page;
mod readers;
mod take;

pub use page::routes;
pub(crate) use take::take_over;

use civic::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Datasets of one catalogue.
pub(crate) const HARVEST_LIMIT: usize = 10_000;
/// Failures of which a report says which they are; all are counted.
const FAILURES_KEPT: usize = 200;

/// A dataset that another catalogue offers, read as leniently as can be.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Offered {
    pub id: String,
    pub title: BTreeMap<Language, String>,
    pub notes: BTreeMap<Language, String>,
    pub tags: Vec<String>,
    pub themes: Vec<String>,
    pub licence: String,
    pub url: String,
    pub contact_name: String,
    pub contact_email: String,
    pub frequency: String,
    pub from: String,
    pub until: String,
    pub files: Vec<OfferedFile>,
}

/// A file of such a dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OfferedFile {
    pub id: String,
    pub name: String,
    pub description: String,
    pub url: String,
    pub format: String,
    pub media_type: String,
}

/// Why a dataset was not taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    /// What it is called, or how it can be told.
    pub dataset: String,
    /// Why.
    pub why: String,
    /// What it is called there, where that is known.
    pub id: String,
}

/// What came of a harvest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HarvestReport {
    /// Datasets of the catalogue.
    pub seen: usize,
    /// Taken over anew.
    pub made: usize,
    /// Brought up to date.
    pub changed: usize,
    /// As they were.
    pub same: usize,
    /// Taken back, because they are gone there.
    pub gone: usize,
    /// Not taken over.
    pub failed: usize,
    /// The first of these.
    pub failures: Vec<Failure>,
    /// Why nothing was read at all; empty where something was.
    pub broken: String,
}

impl HarvestReport {
    fn fail(&mut self, failure: Failure) {
        self.failed += 1;
        if self.failures.len() < FAILURES_KEPT {
            self.failures.push(failure);
        }
    }
}

/// What a catalogue said.
pub(crate) struct Heard {
    pub offered: Vec<Result<Offered, Failure>>,
}
