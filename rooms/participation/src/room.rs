//! The manifest of the room.

use crate::{
    acts, datasets, joining,
    model::{AMENDMENT, ARGUMENT, GROUP, PROCESS, PROPOSAL, Verdict},
    moderated, pages, privacy, retention, store, views,
};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{Door, Room, Saying, SubjectInfo, Town, manifest::Subscriber};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "participation",
    migrations: &[
        Migration { number: 1, name: "participation", sql: include_str!("../migrations/0001_participation.sql") },
        Migration { number: 2, name: "imports", sql: include_str!("../migrations/0002_imports.sql") },
        Migration { number: 3, name: "graded supports", sql: include_str!("../migrations/0003_graded_supports.sql") },
        Migration { number: 4, name: "groups", sql: include_str!("../migrations/0004_groups.sql") },
        Migration { number: 5, name: "lists", sql: include_str!("../migrations/0005_lists.sql") },
        Migration {
            number: 6,
            name: "mergers and supports elsewhere",
            sql: include_str!("../migrations/0006_mergers_and_supports_elsewhere.sql"),
        },
        Migration { number: 7, name: "own due days", sql: include_str!("../migrations/0007_own_due_days.sql") },
        Migration {
            number: 8,
            name: "comments from elsewhere",
            sql: include_str!("../migrations/0008_comments_from_elsewhere.sql"),
        },
    ],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/processes.ftl")),
    (Language::Es, include_str!("../messages/es/processes.ftl")),
    (Language::Ar, include_str!("../messages/ar/processes.ftl")),
    (Language::En, include_str!("../messages/en/groups.ftl")),
    (Language::Es, include_str!("../messages/es/groups.ftl")),
    (Language::Ar, include_str!("../messages/ar/groups.ftl")),
    (Language::En, include_str!("../messages/en/proposals.ftl")),
    (Language::En, include_str!("../messages/en/datasets.ftl")),
    (Language::Es, include_str!("../messages/es/proposals.ftl")),
    (Language::Es, include_str!("../messages/es/datasets.ftl")),
    (Language::Ar, include_str!("../messages/ar/proposals.ftl")),
    (Language::Ar, include_str!("../messages/ar/datasets.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "process.published", key: "saying-process-published" },
    Saying { name: "process.changed", key: "saying-process-changed" },
    Saying { name: "process.imported", key: "saying-process-imported" },
    Saying { name: "process.comments-imported", key: "saying-process-comments-imported" },
    Saying { name: "proposal.comment-imported", key: "saying-proposal-comment-imported" },
    Saying { name: "proposal.comment-removed", key: "saying-proposal-comment-removed" },
    Saying { name: "process.import-undone", key: "saying-process-import-undone" },
    Saying { name: "proposal.removed", key: "saying-proposal-removed" },
    Saying { name: "proposal.submitted", key: "saying-proposal-submitted" },
    Saying { name: "proposal.edited", key: "saying-proposal-edited" },
    Saying { name: "proposal.withdrawn", key: "saying-proposal-withdrawn" },
    Saying { name: "proposal.reached", key: "saying-proposal-reached" },
    Saying { name: "proposal.argued", key: "saying-proposal-argued" },
    Saying { name: "proposal.endorsed", key: "saying-proposal-endorsed" },
    Saying { name: "proposal.unendorsed", key: "saying-proposal-unendorsed" },
    Saying { name: "proposal.joined", key: "saying-proposal-joined" },
    Saying { name: "proposal.amendment-proposed", key: "saying-proposal-amendment-proposed" },
    Saying { name: "proposal.amendment-accepted", key: "saying-proposal-amendment-accepted" },
    Saying { name: "proposal.amendment-rejected", key: "saying-proposal-amendment-rejected" },
    Saying { name: "proposal.amendment-withdrawn", key: "saying-proposal-amendment-withdrawn" },
    Saying { name: "proposal.evaluated", key: "saying-proposal-evaluated" },
    Saying { name: "proposal.merged", key: "saying-proposal-merged" },
    Saying { name: "proposal.split", key: "saying-proposal-split" },
    Saying { name: "proposal.split-off", key: "saying-proposal-split-off" },
    Saying { name: "proposal.file-added", key: "saying-proposal-file-added" },
    Saying { name: "proposal.file-removed", key: "saying-proposal-file-removed" },
    Saying { name: "proposal-group.joined", key: "saying-proposal-group-joined" },
    Saying { name: "proposal-group.left", key: "saying-proposal-group-left" },
    Saying { name: "proposal.separated", key: "saying-proposal-separated" },
];

const SUBJECTS: &[SubjectInfo] = &[
    SubjectInfo { kind: PROCESS.0, key: "subject-process", page: |code| format!("/processes/{code}") },
    SubjectInfo { kind: PROPOSAL.0, key: "subject-proposal", page: |code| format!("/proposals/{code}") },
    SubjectInfo { kind: ARGUMENT.0, key: "subject-argument", page: |id| format!("/arguments/{id}") },
    SubjectInfo { kind: GROUP.0, key: "subject-proposal-group", page: |code| format!("/groups/{code}") },
    SubjectInfo { kind: AMENDMENT.0, key: "subject-amendment", page: |code| format!("/amendments/{code}") },
];

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "participation",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![
            Door { href: "/processes", key: "door-processes", door: "part", act: acts::READ, order: 30 },
            Door { href: "/proposals/desk", key: "door-proposals-desk", door: "desk", act: acts::EVALUATE, order: 82 },
        ],
        subscribers: vec![
            Subscriber { name: "proposal-search", take: views::follow_for_search },
            Subscriber { name: "proposal-comments", take: views::follow_comments },
        ],
        front: Some(pages::front_panel),
        privacy: Some(privacy::PRIVACY),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        names: Some(name_of),
        moderated: vec![moderated::PROPOSALS, moderated::ARGUMENTS, moderated::AMENDMENTS, moderated::GROUPS],
        briefs: Some(joining::briefs),
        offers: Some(joining::offers),
        quiet: Some(joining::quiet),
        sided: &[PROPOSAL.0],
        asked: Some(joining::asked),
        answers_for: Some(joining::answers_for),
        datasets: datasets::DATASETS,
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}

fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    let t = town.words().of(language);
    match field {
        "verdict" => Some(t.say(code.parse::<Verdict>().ok()?.state(civic::Moment(0)).word().key()).to_owned()),
        _ => None,
    }
}
