//! What the town publishes of its requests: each of them without a word of who reported it, and counts.

use crate::store;
use database::{DbError, Tx};
use web::{Town, manifest::OwnDataset};

/// Counts below this are not published: few are soon somebody.
const SMALL_COUNT: i64 = 5;

/// The datasets.
pub const DATASETS: &[OwnDataset] = &[
    OwnDataset {
        name: "service-requests",
        title: "dataset-requests-title",
        notes: "dataset-requests-notes",
        tags: &["311", "reports", "street"],
        themes: &["REGI", "TRAN"],
        columns: &[
            ("code", "dataset-requests-code"),
            ("category", "dataset-requests-category"),
            ("state", "dataset-requests-state"),
            ("organisation", "dataset-requests-organisation"),
            ("district", "dataset-requests-district"),
            ("opened_at", "dataset-requests-opened"),
            ("closed_at", "dataset-requests-closed"),
            ("days_open", "dataset-requests-days"),
            ("source", "dataset-requests-source"),
            ("lat", "dataset-requests-lat"),
            ("long", "dataset-requests-long"),
        ],
        rows: one_by_one,
    },
    OwnDataset {
        name: "service-requests-by-day",
        title: "dataset-request-counts-title",
        notes: "dataset-request-counts-notes",
        tags: &["311", "reports", "statistics"],
        themes: &["REGI"],
        columns: &[
            ("day", "dataset-request-counts-day"),
            ("district", "dataset-requests-district"),
            ("category", "dataset-requests-category"),
            ("opened", "dataset-request-counts-opened"),
            ("suppressed", "dataset-request-counts-suppressed"),
        ],
        rows: counted,
    },
];

fn one_by_one(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    store::publish_each(tx, town.now(), take)
}

/// Counts by day, district and category; one that is small is left out and marked.
fn counted(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let zone = town.settings().zone.clone();
    store::publish_counts(tx, &zone, &mut |day, district, category, count| {
        let few = count < SMALL_COUNT;
        let shown = if few { String::new() } else { count.to_string() };
        take(vec![day, district, category, shown, few.to_string()]);
    })
}
