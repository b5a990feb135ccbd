//! The manifest of the room.

use crate::{acts, books, ckan, dcat, harvest, joining, model, own, package, pages, retention, soda, store};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{
    Door, Room, Saying, SubjectInfo,
    manifest::{ErrorShape, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "open_data",
    migrations: &[Migration { number: 1, name: "open data", sql: include_str!("../migrations/0001_open_data.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/open_data.ftl")),
    (Language::Es, include_str!("../messages/es/open_data.ftl")),
    (Language::Ar, include_str!("../messages/ar/open_data.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "dataset.published", key: "saying-dataset-published" },
    Saying { name: "dataset.changed", key: "saying-dataset-changed" },
    Saying { name: "dataset.data-changed", key: "saying-dataset-data-changed" },
    Saying { name: "dataset.withdrawn", key: "saying-dataset-withdrawn" },
];

const SUBJECTS: &[SubjectInfo] =
    &[SubjectInfo { kind: model::DATASET.0, key: "subject-dataset", page: |name| format!("/data/{name}") }];

/// The room, to be mounted.
pub fn room() -> Room {
    let mut routes = pages::routes();
    routes.extend(dcat::routes());
    routes.extend(package::routes());
    routes.extend(ckan::routes());
    routes.extend(harvest::routes());
    routes.extend(soda::routes());
    Room {
        name: "open_data",
        routes,
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![Door { href: "/data", key: "door-data", door: "explore", act: acts::READ, order: 45 }],
        jobs: vec![own::job_kind()],
        subscribers: vec![Subscriber { name: "dataset-search", take: joining::follow_for_search }],
        front: Some(pages::front_panel),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        refresh: Some(|town| Box::pin(books::refresh(town))),
        error_shape: Some(ErrorShape { prefix: "/api/", write: ckan::error }),
        briefs: Some(joining::briefs),
        ..Room::default()
    }
}
