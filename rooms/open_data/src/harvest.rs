//! Datasets of other catalogues: taken over twice without doubles, taken back where they are gone, each failure by its title.

mod addresses;
mod page;
mod readers;
mod take;
mod understand;

pub use page::routes;
pub(crate) use take::take_over;

use crate::{
    books::Books,
    store::{self, HarvestSource},
};
use bytes::Bytes;
use civic::{Actor, Language};
use database::{DbError, OffRecord};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

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
    pub licence_url: String,
    pub url: String,
    pub spatial: String,
    pub high_value: String,
    /// More that is kept with it, by the names of ckanext-dcat: `publisher_name`, `modified`.
    pub extras: BTreeMap<String, String>,
    /// What of it cannot be taken over as it is, in English.
    pub warnings: Vec<String>,
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
    /// Taken over, but not all that was said of them.
    #[serde(default)]
    pub warned: usize,
    /// The first of what was not.
    #[serde(default)]
    pub warnings: Vec<Failure>,
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

    fn warn(&mut self, dataset: &str, id: &str, all: Vec<String>) {
        self.warned += usize::from(!all.is_empty());
        let room = FAILURES_KEPT.saturating_sub(self.warnings.len());
        let warning = |why| Failure { dataset: dataset.to_owned(), why, id: id.to_owned() };
        self.warnings.extend(all.into_iter().take(room).map(warning));
    }
}

/// What a catalogue said.
pub(crate) struct Heard {
    pub offered: Vec<Result<Offered, Failure>>,
}

/// Harvests a catalogue from its address, or from a file of it; what came of it is noted.
///
/// # Errors
/// Those of the database; what cannot be read is no error: it stands in the report, and takes nothing back.
pub(crate) async fn run(
    town: &Town,
    actor: &Actor,
    source: &HarvestSource,
    file: Option<Bytes>,
) -> Result<HarvestReport, Stop> {
    let agency = town.part::<Books>().now().agency_code(source.organisation).to_owned();
    let heard = match file {
        Some(bytes) => readers::read(&source.kind, &bytes, &source.url).map_err(|why| {
            let why = why.chars().take(300).collect::<String>();
            Stop::from(Refusal::new("data-fetch").at("url").with("why", why))
        }),
        None => readers::fetch(town, &source.kind, &source.url).await,
    };
    let report = match heard {
        Ok(heard) => take_over(town, actor, &agency, &source.url, heard).await?,
        Err(Stop::Refused(refusals)) => {
            let t = town.words().of(actor.language);
            let broken = refusals.iter().map(|refusal| refusal.sentence(&t)).collect::<Vec<_>>().join(" ");
            HarvestReport { broken, ..HarvestReport::default() }
        }
        Err(stop) => return Err(stop),
    };
    let (id, text, now) = (source.id.clone(), serde_json::to_string(&report).map_err(Stop::fault)?, town.now());
    let noted = town.db().write(move |tx| {
        store::set_report(tx, &id, &text, now)?;
        tx.commit(OffRecord("each dataset that was taken over is on the record"), ())
    });
    noted.await.map_err(|error: DbError| Stop::from(error))?;
    Ok(report)
}
