//! The manifest of the room.

use crate::{
    acts, commands, joining,
    model::{ASSEMBLY, RECOMMENDATION, Recommendation},
    pages, retention, store,
};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{
    Door, Room, Saying, SubjectInfo,
    manifest::{Privacy, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "assemblies",
    migrations: &[Migration { number: 1, name: "assemblies", sql: include_str!("../migrations/0001_assemblies.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/assemblies.ftl")),
    (Language::En, include_str!("../messages/en/keeping.ftl")),
    (Language::Es, include_str!("../messages/es/assemblies.ftl")),
    (Language::Es, include_str!("../messages/es/keeping.ftl")),
    (Language::Ar, include_str!("../messages/ar/assemblies.ftl")),
    (Language::Ar, include_str!("../messages/ar/keeping.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "assembly.published", key: "saying-assembly-published" },
    Saying { name: "assembly.changed", key: "saying-assembly-changed" },
    Saying { name: "assembly.pool_entered", key: "saying-assembly-pool-entered" },
    Saying { name: "assembly.pool_undone", key: "saying-assembly-pool-undone" },
    Saying { name: "assembly.draw_begun", key: "saying-assembly-draw-begun" },
    Saying { name: "assembly.draw_prepared", key: "saying-assembly-draw-prepared" },
    Saying { name: "assembly.drawn", key: "saying-assembly-drawn" },
    Saying { name: "assembly.recommended", key: "saying-assembly-recommended" },
    Saying { name: "assembly.answered", key: "saying-assembly-answered" },
];

fn recommendation_page(id: &str) -> String {
    match Recommendation::of_subject(id) {
        Some((assembly, number)) => format!("/assemblies/{assembly}/recommendations/{number}"),
        None => "/assemblies".to_owned(),
    }
}

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "assemblies",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        activity: crate::activity::ACTIVITY,
        sayings: SAYINGS,
        subjects: &[
            SubjectInfo { kind: ASSEMBLY.0, key: "subject-assembly", page: |code| format!("/assemblies/{code}") },
            SubjectInfo { kind: RECOMMENDATION.0, key: "subject-recommendation", page: recommendation_page },
        ],
        doors: vec![Door { href: "/assemblies", key: "door-assemblies", door: "part", act: acts::READ, order: 47 }],
        jobs: vec![commands::job_kind()],
        subscribers: vec![Subscriber { name: "assembly-search", take: joining::follow_for_search }],
        privacy: Some(Privacy { export: store::export_person, erase: store::erase_person }),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        briefs: Some(joining::briefs),
        offers: Some(joining::offers),
        answers_for: Some(joining::answers_for),
        ..Room::default()
    }
}
