//! The manifest of the room.

use crate::{
    acts,
    boxes::BallotBoxes,
    commands, datasets,
    model::{OPTION, VOTE},
    pages,
    retention::RETENTION,
    search, store, views,
};
use civic::Language;
use database::{Migration, MigrationSet};
use std::path::{Path, PathBuf};
use web::{Door, Room, Saying, SubjectInfo, manifest::Subscriber};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "voting",
    migrations: &[
        Migration { number: 1, name: "voting", sql: include_str!("../migrations/0001_voting.sql") },
        Migration { number: 2, name: "areas_and_roll", sql: include_str!("../migrations/0002_areas_and_roll.sql") },
        Migration {
            number: 3,
            name: "clerks_and_sealed_sheets",
            sql: include_str!("../migrations/0003_clerks_and_sealed_sheets.sql"),
        },
        Migration { number: 4, name: "marks_asked_back", sql: include_str!("../migrations/0004_marks_asked_back.sql") },
    ],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/voting.ftl")),
    (Language::Es, include_str!("../messages/es/voting.ftl")),
    (Language::Ar, include_str!("../messages/ar/voting.ftl")),
    (Language::En, include_str!("../messages/en/keeping.ftl")),
    (Language::En, include_str!("../messages/en/datasets.ftl")),
    (Language::Es, include_str!("../messages/es/keeping.ftl")),
    (Language::Es, include_str!("../messages/es/datasets.ftl")),
    (Language::Ar, include_str!("../messages/ar/keeping.ftl")),
    (Language::Ar, include_str!("../messages/ar/datasets.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "vote.published", key: "saying-vote-published" },
    Saying { name: "vote.changed", key: "saying-vote-changed" },
    Saying { name: "vote.withdrawn", key: "saying-vote-withdrawn" },
    Saying { name: "vote.codes-made", key: "saying-vote-codes-made" },
    Saying { name: "vote.roll-added", key: "saying-vote-roll-added" },
    Saying { name: "vote.roll-emptied", key: "saying-vote-roll-emptied" },
    Saying { name: "vote.clerk-named", key: "saying-vote-clerk-named" },
    Saying { name: "vote.clerk-ended", key: "saying-vote-clerk-ended" },
    Saying { name: "vote.mark-taken-back", key: "saying-vote-mark-taken-back" },
    Saying { name: "vote.sheet-struck", key: "saying-vote-sheet-struck" },
    // Kept for the records of towns from before: none of these two is said any more.
    Saying { name: "vote.paper-given", key: "saying-vote-paper-given" },
    Saying { name: "vote.sheet-entered", key: "saying-vote-sheet-entered" },
    Saying { name: "vote.paper-finished", key: "saying-vote-paper-finished" },
    Saying { name: "vote.closed", key: "saying-vote-closed" },
    Saying { name: "vote.decided", key: "saying-vote-decided" },
    Saying { name: "vote.undecided", key: "saying-vote-undecided" },
    Saying { name: "vote.imported", key: "saying-vote-imported" },
    Saying { name: "vote.import-undone", key: "saying-vote-import-undone" },
];

const SUBJECTS: &[SubjectInfo] = &[
    SubjectInfo { kind: VOTE.0, key: "subject-vote", page: |code| format!("/votes/{code}") },
    SubjectInfo { kind: OPTION.0, key: "subject-vote-option", page: page_of_option },
];

fn page_of_option(id: &str) -> String {
    match id.split_once('.') {
        Some((vote, option)) => format!("/votes/{vote}#o-{option}"),
        None => "/votes".to_owned(),
    }
}

/// The room, to be mounted. The town must have [`BallotBoxes`] installed.
pub fn room() -> Room {
    Room {
        name: "voting",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![Door { href: "/votes", key: "door-votes", door: "part", act: acts::READ, order: 32 }],
        jobs: vec![commands::job_kind()],
        retention: RETENTION,
        subscribers: vec![Subscriber { name: "vote-search", take: search::follow_for_search }],
        front: Some(pages::front_panel),
        sitemap: Some(store::sitemap),
        briefs: Some(views::briefs),
        offers: Some(views::offers),
        datasets: datasets::DATASETS,
        ..Room::default()
    }
}

/// The folder of the keys of ballot boxes, in the folder of a town.
pub fn folder_of_boxes(town: &Path) -> PathBuf {
    town.join("ballot-boxes")
}

/// The ballot boxes of the town in this folder.
pub fn boxes_in(town: &Path) -> BallotBoxes {
    BallotBoxes::in_folder(folder_of_boxes(town))
}
