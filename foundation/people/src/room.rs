//! What this crate declares of itself.

use crate::{commands, mail, mandates, organisations, pages, privacy::PRIVACY};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{Room, Saying, SubjectInfo};

/// The name of this room in the manifest and in exports.
pub const ROOM: &str = "people";

/// The tables.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: ROOM,
    migrations: &[Migration { number: 1, name: "people", sql: include_str!("../migrations/0001_people.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/people.ftl")),
    (Language::Es, include_str!("../messages/es/people.ftl")),
    (Language::Ar, include_str!("../messages/ar/people.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: mandates::GIVEN, key: "people-said-mandate-given" },
    Saying { name: mandates::ENDED, key: "people-said-mandate-ended" },
    Saying { name: organisations::ADDED, key: "people-said-organisation-added" },
    Saying { name: commands::ERASED, key: "people-said-person-erased" },
];

const SUBJECTS: &[SubjectInfo] = &[
    SubjectInfo { kind: mandates::KIND.0, key: "people-subject-mandate", page: |_| "/mandates".to_owned() },
    SubjectInfo { kind: organisations::KIND.0, key: "people-subject-organisation", page: |_| "/mandates".to_owned() },
    SubjectInfo { kind: commands::KIND.0, key: "people-subject-person", page: |_| "/mandates".to_owned() },
];

/// Accounts, sign-in, mandates and tokens, with their pages.
pub fn room() -> Room {
    Room {
        name: ROOM,
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        jobs: vec![mail::job_kind()],
        privacy: Some(PRIVACY),
        sitemap: Some(|_, page| {
            Ok(if page == 0 { vec![("/mandates".to_owned(), civic::Moment(0))] } else { Vec::new() })
        }),
        ..Room::default()
    }
}
