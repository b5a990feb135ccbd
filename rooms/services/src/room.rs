//! The manifest of the room.

use crate::{
    acts, appointments, commands, datasets, fees, figures, joining, model, pages, privacy::PRIVACY, retention, store,
    trial,
};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{
    Door, Room, Saying, SubjectInfo,
    manifest::{Desk, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "services",
    migrations: &[
        Migration { number: 1, name: "services", sql: include_str!("../migrations/0001_services.sql") },
        Migration { number: 2, name: "appointments", sql: include_str!("../migrations/0002_appointments.sql") },
        Migration { number: 3, name: "fees", sql: include_str!("../migrations/0003_fees.sql") },
        Migration { number: 4, name: "work", sql: include_str!("../migrations/0004_work.sql") },
        Migration { number: 5, name: "team", sql: include_str!("../migrations/0005_team.sql") },
        Migration { number: 6, name: "fairness", sql: include_str!("../migrations/0006_fairness.sql") },
        Migration { number: 7, name: "take-up", sql: include_str!("../migrations/0007_take_up.sql") },
        Migration { number: 8, name: "prefill", sql: include_str!("../migrations/0008_prefill.sql") },
        Migration { number: 9, name: "trials", sql: include_str!("../migrations/0009_trials.sql") },
        Migration { number: 10, name: "pilots", sql: include_str!("../migrations/0010_pilots.sql") },
        Migration { number: 11, name: "joint", sql: include_str!("../migrations/0011_joint.sql") },
        Migration { number: 12, name: "hsds-in", sql: include_str!("../migrations/0012_hsds_in.sql") },
        Migration {
            number: 13,
            name: "letter-templates",
            sql: include_str!("../migrations/0013_letter_templates.sql"),
        },
        Migration { number: 14, name: "each-applicant", sql: include_str!("../migrations/0014_each_applicant.sql") },
        Migration { number: 15, name: "clerk", sql: include_str!("../migrations/0015_clerk.sql") },
        Migration { number: 16, name: "invitations", sql: include_str!("../migrations/0016_invitations.sql") },
        Migration { number: 17, name: "grants", sql: include_str!("../migrations/0017_grants.sql") },
        Migration { number: 18, name: "keys", sql: include_str!("../migrations/0018_keys.sql") },
        Migration { number: 19, name: "letters", sql: include_str!("../migrations/0019_letters.sql") },
        Migration { number: 20, name: "again", sql: include_str!("../migrations/0020_again.sql") },
        Migration { number: 21, name: "papers", sql: include_str!("../migrations/0021_papers.sql") },
        Migration { number: 22, name: "inbox", sql: include_str!("../migrations/0022_inbox.sql") },
    ],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/services.ftl")),
    (Language::En, include_str!("../messages/en/office.ftl")),
    (Language::En, include_str!("../messages/en/appointments.ftl")),
    (Language::En, include_str!("../messages/en/fees.ftl")),
    (Language::En, include_str!("../messages/en/team.ftl")),
    (Language::En, include_str!("../messages/en/datasets.ftl")),
    (Language::En, include_str!("../messages/en/fairness.ftl")),
    (Language::En, include_str!("../messages/en/trial.ftl")),
    (Language::En, include_str!("../messages/en/pilot.ftl")),
    (Language::En, include_str!("../messages/en/letters.ftl")),
    (Language::En, include_str!("../messages/en/joint.ftl")),
    (Language::En, include_str!("../messages/en/hsds_in.ftl")),
    (Language::En, include_str!("../messages/en/letter_templates.ftl")),
    (Language::En, include_str!("../messages/en/version.ftl")),
    (Language::En, include_str!("../messages/en/grants.ftl")),
    (Language::En, include_str!("../messages/en/post.ftl")),
    (Language::En, include_str!("../messages/en/inbox.ftl")),
    (Language::Es, include_str!("../messages/es/services.ftl")),
    (Language::Es, include_str!("../messages/es/office.ftl")),
    (Language::Es, include_str!("../messages/es/appointments.ftl")),
    (Language::Es, include_str!("../messages/es/fees.ftl")),
    (Language::Es, include_str!("../messages/es/team.ftl")),
    (Language::Es, include_str!("../messages/es/datasets.ftl")),
    (Language::Es, include_str!("../messages/es/fairness.ftl")),
    (Language::Es, include_str!("../messages/es/trial.ftl")),
    (Language::Es, include_str!("../messages/es/pilot.ftl")),
    (Language::Es, include_str!("../messages/es/letters.ftl")),
    (Language::Es, include_str!("../messages/es/joint.ftl")),
    (Language::Es, include_str!("../messages/es/hsds_in.ftl")),
    (Language::Es, include_str!("../messages/es/letter_templates.ftl")),
    (Language::Es, include_str!("../messages/es/version.ftl")),
    (Language::Es, include_str!("../messages/es/grants.ftl")),
    (Language::Es, include_str!("../messages/es/post.ftl")),
    (Language::Es, include_str!("../messages/es/inbox.ftl")),
    (Language::Ar, include_str!("../messages/ar/services.ftl")),
    (Language::Ar, include_str!("../messages/ar/office.ftl")),
    (Language::Ar, include_str!("../messages/ar/appointments.ftl")),
    (Language::Ar, include_str!("../messages/ar/fees.ftl")),
    (Language::Ar, include_str!("../messages/ar/team.ftl")),
    (Language::Ar, include_str!("../messages/ar/datasets.ftl")),
    (Language::Ar, include_str!("../messages/ar/fairness.ftl")),
    (Language::Ar, include_str!("../messages/ar/trial.ftl")),
    (Language::Ar, include_str!("../messages/ar/pilot.ftl")),
    (Language::Ar, include_str!("../messages/ar/letters.ftl")),
    (Language::Ar, include_str!("../messages/ar/joint.ftl")),
    (Language::Ar, include_str!("../messages/ar/hsds_in.ftl")),
    (Language::Ar, include_str!("../messages/ar/letter_templates.ftl")),
    (Language::Ar, include_str!("../messages/ar/version.ftl")),
    (Language::Ar, include_str!("../messages/ar/grants.ftl")),
    (Language::Ar, include_str!("../messages/ar/post.ftl")),
    (Language::Ar, include_str!("../messages/ar/inbox.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "service.published", key: "saying-service-published" },
    Saying { name: "service.appointments-set", key: "saying-service-appointments-set" },
    Saying { name: "application.decided", key: "saying-application-decided" },
    Saying { name: "application.appeal-decided", key: "saying-application-appeal-decided" },
    Saying { name: "service.draft-shown", key: "saying-service-draft-shown" },
    Saying { name: "service.draft-closed", key: "saying-service-draft-closed" },
    Saying { name: "service.pilot-begun", key: "saying-service-pilot-begun" },
    Saying { name: "service.pilot-ended", key: "saying-service-pilot-ended" },
    Saying { name: "services.gap-opened", key: "saying-services-gap-opened" },
    Saying { name: "services.households-described", key: "saying-services-households-described" },
    Saying { name: "services.gap-closed", key: "saying-services-gap-closed" },
];

const SUBJECTS: &[SubjectInfo] = &[
    SubjectInfo { kind: model::SERVICE.0, key: "subject-service", page: |code| format!("/services/{code}") },
    SubjectInfo {
        kind: figures::SERVICE_FIGURES.0,
        key: "subject-service-figures",
        page: |_| "/services/figures".to_owned(),
    },
    SubjectInfo { kind: trial::DRAFT.0, key: "subject-service-draft", page: joining::page_of_draft },
    SubjectInfo { kind: model::APPLICATION.0, key: "subject-application", page: joining::page_of_application },
];

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "services",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![Door { href: "/services", key: "sv-door", door: "apply", act: acts::READ, order: 30 }],
        jobs: vec![commands::job_kind(), figures::job_kind(), appointments::job_kind(), fees::job_kind()],
        subscribers: vec![Subscriber { name: "service-search", take: joining::follow_for_search }],
        front: Some(pages::front_panel),
        privacy: Some(PRIVACY),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        names: Some(joining::name_of),
        quiet: Some(joining::quiet),
        briefs: Some(joining::briefs),
        datasets: datasets::DATASETS,
        desk: Some(Desk { room: "services", key: "sv-work", act: acts::INBOX, work: joining::work }),
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}
