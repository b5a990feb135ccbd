//! What this crate declares of itself.

use crate::{commands, looks, mail, mandates, organisations, pages, privacy::PRIVACY, retention::RETENTION, scrub};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{Room, Saying, SubjectInfo};

/// The name of this room in the manifest and in exports.
pub const ROOM: &str = "people";

/// The tables.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: ROOM,
    migrations: &[
        Migration { number: 1, name: "people", sql: include_str!("../migrations/0001_people.sql") },
        Migration { number: 3, name: "working hours", sql: include_str!("../migrations/0003_working_hours.sql") },
        Migration { number: 6, name: "erasure receipts", sql: include_str!("../migrations/0006_erasure_receipts.sql") },
        Migration {
            number: 60,
            name: "mail unsubscribe",
            sql: include_str!("../migrations/0060_mail_unsubscribe.sql"),
        },
        Migration { number: 61, name: "account looks", sql: include_str!("../migrations/0061_account_looks.sql") },
    ],
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
    Saying { name: organisations::HOURS_SET, key: "people-said-hours-set" },
    Saying { name: looks::LOOKED_UP, key: "people-said-looked-up" },
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
        jobs: vec![mail::job_kind(), scrub::job_kind()],
        privacy: Some(PRIVACY),
        retention: RETENTION,
        sitemap: Some(|_, page| {
            Ok(if page == 0 { vec![("/mandates".to_owned(), civic::Moment(0))] } else { Vec::new() })
        }),
        ..Room::default()
    }
}
