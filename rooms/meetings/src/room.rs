//! The manifest of the room.

use crate::{acts, commands, joining, model::MEETING, pages, retention, store};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{
    Door, Room, Saying, SubjectInfo, Town,
    manifest::{Privacy, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "meetings",
    migrations: &[Migration { number: 1, name: "meetings", sql: include_str!("../migrations/0001_meetings.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/meetings.ftl")),
    (Language::Es, include_str!("../messages/es/meetings.ftl")),
    (Language::Ar, include_str!("../messages/ar/meetings.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "meeting.announced", key: "saying-meeting-announced" },
    Saying { name: "meeting.changed", key: "saying-meeting-changed" },
    Saying { name: "meeting.cancelled", key: "saying-meeting-cancelled" },
    Saying { name: "meeting.minuted", key: "saying-meeting-minuted" },
];

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "meetings",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: &[SubjectInfo { kind: MEETING.0, key: "subject-meeting", page: |code| format!("/meetings/{code}") }],
        doors: vec![Door { href: "/meetings", key: "door-meetings", door: "part", act: acts::READ, order: 46 }],
        jobs: vec![commands::job_kind()],
        subscribers: vec![Subscriber { name: "meeting-search", take: joining::follow_for_search }],
        privacy: Some(Privacy { export: store::export_person, erase: store::erase_person }),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        names: Some(name_of),
        briefs: Some(joining::briefs),
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}

/// The names of districts, for the sentences of the record.
fn name_of(town: &Town, field: &str, code: &str, _: Language) -> Option<String> {
    (field == "district").then(|| town.part::<places::Districts>().name(code)).flatten()
}
