//! The manifest of this part.

use crate::{Districts, commands, datasets, pages};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{Room, Saying, SubjectInfo, Town};

/// The tables.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "places",
    migrations: &[Migration { number: 1, name: "districts", sql: include_str!("../migrations/0001_districts.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/places.ftl")),
    (Language::En, include_str!("../messages/en/datasets.ftl")),
    (Language::Es, include_str!("../messages/es/places.ftl")),
    (Language::Es, include_str!("../messages/es/datasets.ftl")),
    (Language::Ar, include_str!("../messages/ar/places.ftl")),
    (Language::Ar, include_str!("../messages/ar/datasets.ftl")),
];

/// Districts with their pages.
pub fn room() -> Room {
    Room {
        name: "places",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: &[Saying { name: commands::SET, key: "saying-districts-set" }],
        subjects: &[SubjectInfo {
            kind: commands::DISTRICTS.0,
            key: "subject-districts",
            page: |_| "/districts".to_owned(),
        }],
        sitemap: Some(|_, page| {
            Ok(if page == 0 { vec![("/districts".to_owned(), civic::Moment(0))] } else { Vec::new() })
        }),
        refresh: Some(|town| Box::pin(async move { commands::refresh(&town).await })),
        names: Some(name_of),
        datasets: datasets::DATASETS,
        ..Room::default()
    }
}

fn name_of(town: &Town, field: &str, code: &str, _: Language) -> Option<String> {
    matches!(field, "district" | "from_district").then(|| town.part::<Districts>().name(code)).flatten()
}
