//! The manifest of the room.

use crate::{
    acts, books, ckan,
    commands::recheck_kind,
    dcat, for_all, harvest, intakes, joining, links, model,
    notes::{self, NoteKind},
    ogc, own, package, pages, plans, retention, saved, soda, store, stories,
};
use civic::{Language, Moment};
use database::{DbError, Migration, MigrationSet, Tx};
use web::{
    Door, Room, Saying, SubjectInfo, Town,
    manifest::{ErrorShape, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "open_data",
    migrations: &[
        Migration { number: 1, name: "open data", sql: include_str!("../migrations/0001_open_data.sql") },
        Migration { number: 2, name: "notes and usage", sql: include_str!("../migrations/0002_notes_and_usage.sql") },
        Migration {
            number: 3,
            name: "schedules and approval",
            sql: include_str!("../migrations/0003_schedules_and_approval.sql"),
        },
        Migration { number: 4, name: "intakes", sql: include_str!("../migrations/0004_intakes.sql") },
        Migration { number: 5, name: "passed on", sql: include_str!("../migrations/0005_passed_on.sql") },
        Migration { number: 6, name: "large catalogues", sql: include_str!("../migrations/0006_large_catalogues.sql") },
        Migration { number: 7, name: "stories", sql: include_str!("../migrations/0007_stories.sql") },
        Migration { number: 12, name: "version files", sql: include_str!("../migrations/0012_version_files.sql") },
        Migration {
            number: 13,
            name: "spots in versions",
            sql: include_str!("../migrations/0013_spots_in_versions.sql"),
        },
        Migration { number: 14, name: "saved views", sql: include_str!("../migrations/0014_saved_views.sql") },
        Migration {
            number: 15,
            name: "versions of before",
            sql: include_str!("../migrations/0015_versions_of_before.sql"),
        },
        Migration { number: 16, name: "links", sql: include_str!("../migrations/0016_links.sql") },
    ],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/open_data.ftl")),
    (Language::En, include_str!("../messages/en/intakes.ftl")),
    (Language::En, include_str!("../messages/en/links.ftl")),
    (Language::En, include_str!("../messages/en/notes.ftl")),
    (Language::En, include_str!("../messages/en/plans.ftl")),
    (Language::En, include_str!("../messages/en/stories.ftl")),
    (Language::En, include_str!("../messages/en/versions.ftl")),
    (Language::Es, include_str!("../messages/es/open_data.ftl")),
    (Language::Es, include_str!("../messages/es/intakes.ftl")),
    (Language::Es, include_str!("../messages/es/links.ftl")),
    (Language::Es, include_str!("../messages/es/notes.ftl")),
    (Language::Es, include_str!("../messages/es/plans.ftl")),
    (Language::Es, include_str!("../messages/es/stories.ftl")),
    (Language::Es, include_str!("../messages/es/versions.ftl")),
    (Language::Ar, include_str!("../messages/ar/open_data.ftl")),
    (Language::Ar, include_str!("../messages/ar/intakes.ftl")),
    (Language::Ar, include_str!("../messages/ar/links.ftl")),
    (Language::Ar, include_str!("../messages/ar/notes.ftl")),
    (Language::Ar, include_str!("../messages/ar/plans.ftl")),
    (Language::Ar, include_str!("../messages/ar/stories.ftl")),
    (Language::Ar, include_str!("../messages/ar/versions.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "dataset.published", key: "saying-dataset-published" },
    Saying { name: "dataset.changed", key: "saying-dataset-changed" },
    Saying { name: "dataset.data-changed", key: "saying-dataset-data-changed" },
    Saying { name: "dataset.withdrawn", key: "saying-dataset-withdrawn" },
    Saying { name: "data-story.published", key: "saying-data-story-published" },
    Saying { name: "data-story.changed", key: "saying-data-story-changed" },
    Saying { name: "data-story.withdrawn", key: "saying-data-story-withdrawn" },
    Saying { name: "data-request.made", key: "saying-data-request-made" },
    Saying { name: "data-request.answered", key: "saying-data-request-answered" },
    Saying { name: "data-request.passed-on", key: "saying-data-request-passed-on" },
    Saying { name: "dataset-issue.reported", key: "saying-dataset-issue-reported" },
    Saying { name: "dataset-issue.answered", key: "saying-dataset-issue-answered" },
    Saying { name: "dataset-reuse.registered", key: "saying-dataset-reuse-registered" },
    Saying { name: "dataset-reuse.looked-at", key: "saying-dataset-reuse-looked-at" },
];

const SUBJECTS: &[SubjectInfo] = &[
    SubjectInfo { kind: model::DATASET.0, key: "subject-dataset", page: |name| format!("/data/{name}") },
    SubjectInfo { kind: stories::STORY.0, key: "subject-data-story", page: |name| format!("/data/stories/{name}") },
    SubjectInfo { kind: notes::REQUEST.0, key: "subject-data-request", page: |code| NoteKind::Request.page(code) },
    SubjectInfo { kind: notes::ISSUE.0, key: "subject-dataset-issue", page: |code| NoteKind::Issue.page(code) },
    SubjectInfo { kind: notes::REUSE.0, key: "subject-dataset-reuse", page: |code| NoteKind::Reuse.page(code) },
];

/// The room, to be mounted.
pub fn room() -> Room {
    let mut routes = pages::routes();
    routes.extend(dcat::routes());
    routes.extend(package::routes());
    routes.extend(ckan::routes());
    routes.extend(harvest::routes());
    routes.extend(soda::routes());
    routes.extend(notes::routes());
    routes.extend(intakes::routes());
    routes.extend(plans::routes());
    routes.extend(ogc::routes());
    routes.extend(stories::routes());
    Room {
        name: "open_data",
        routes: routes.into_iter().map(for_all::readable).collect(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![Door { href: "/data", key: "door-data", door: "explore", act: acts::READ, order: 45 }],
        jobs: vec![own::job_kind(), plans::job_kind(), links::job_kind(), recheck_kind()],
        subscribers: vec![
            Subscriber { name: "dataset-search", take: joining::follow_for_search },
            // A follower of its own begins at the first entry of the record: stories of before are found too.
            Subscriber { name: "data-story-search", take: joining::follow_stories_for_search },
        ],
        front: Some(pages::front_panel),
        retention: retention::RETENTION,
        privacy: Some(saved::PRIVACY),
        moderated: notes::MODERATED.to_vec(),
        desk: Some(notes::desk()),
        sitemap: Some(sitemap),
        refresh: Some(|town| Box::pin(refresh(town))),
        error_shape: Some(ErrorShape { prefix: "/api/", write: ckan::error }),
        briefs: Some(joining::briefs),
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}

/// Reads anew what has changed, begins what was left undone, and takes away what was left behind.
async fn refresh(town: Town) -> Result<(), DbError> {
    books::refresh(town.clone()).await?;
    intakes::go_on(&town).await?;
    intakes::sweep(&town).await
}

/// Datasets and requests for data.
fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let mut pages = store::sitemap(tx, page)?;
    pages.extend(notes::sitemap(tx, page)?);
    Ok(pages)
}
