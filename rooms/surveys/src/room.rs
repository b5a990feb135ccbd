//! The manifest of the room.

use crate::{acts, commands, joining, model::SURVEY, pages, retention, store};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{
    Door, Room, Saying, SubjectInfo,
    manifest::{Privacy, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "surveys",
    migrations: &[Migration { number: 1, name: "surveys", sql: include_str!("../migrations/0001_surveys.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/surveys.ftl")),
    (Language::Es, include_str!("../messages/es/surveys.ftl")),
    (Language::Ar, include_str!("../messages/ar/surveys.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "survey.published", key: "saying-survey-published" },
    Saying { name: "survey.prolonged", key: "saying-survey-prolonged" },
    Saying { name: "survey.counted", key: "saying-survey-counted" },
];

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "surveys",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: &[SubjectInfo { kind: SURVEY.0, key: "subject-survey", page: |code| format!("/surveys/{code}") }],
        doors: vec![Door { href: "/surveys", key: "door-surveys", door: "part", act: acts::READ, order: 45 }],
        jobs: vec![commands::job_kind()],
        subscribers: vec![Subscriber { name: "survey-search", take: joining::follow_for_search }],
        privacy: Some(Privacy { export: store::export_person, erase: store::erase_person }),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        briefs: Some(joining::briefs),
        quiet: Some(joining::quiet),
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}
