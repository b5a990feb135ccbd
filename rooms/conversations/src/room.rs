//! The manifest of the room.

use crate::{
    acts,
    books::Books,
    commands, datasets, drawing, follow, joining,
    model::{CONVERSATION, OF_STATEMENTS, PROMISE, Promise, STATEMENT, Statement},
    moderated, pages, privacy, retention, store, views,
};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{
    Door, Room, Saying, SubjectInfo, Town,
    manifest::{Privacy, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "conversations",
    migrations: &[
        Migration { number: 1, name: "conversations", sql: include_str!("../migrations/0001_conversations.sql") },
        Migration {
            number: 2,
            name: "split-undone-drafts",
            sql: include_str!("../migrations/0002_split_undone_drafts.sql"),
        },
        Migration { number: 3, name: "levels", sql: include_str!("../migrations/0003_levels.sql") },
        Migration { number: 4, name: "reasons", sql: include_str!("../migrations/0004_reasons.sql") },
        Migration { number: 5, name: "own-answers", sql: include_str!("../migrations/0005_own_answers.sql") },
        Migration { number: 6, name: "promises", sql: include_str!("../migrations/0006_promises.sql") },
        Migration { number: 7, name: "phases", sql: include_str!("../migrations/0007_phases.sql") },
        Migration {
            number: 8,
            name: "promises-grew-out",
            sql: include_str!("../migrations/0008_promises_grew_out.sql"),
        },
        Migration { number: 9, name: "reports", sql: include_str!("../migrations/0009_reports.sql") },
    ],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/conversations.ftl")),
    (Language::Es, include_str!("../messages/es/conversations.ftl")),
    (Language::Ar, include_str!("../messages/ar/conversations.ftl")),
    (Language::En, include_str!("../messages/en/map.ftl")),
    (Language::Es, include_str!("../messages/es/map.ftl")),
    (Language::Ar, include_str!("../messages/ar/map.ftl")),
    (Language::En, include_str!("../messages/en/facilitate.ftl")),
    (Language::Es, include_str!("../messages/es/facilitate.ftl")),
    (Language::Ar, include_str!("../messages/ar/facilitate.ftl")),
    (Language::En, include_str!("../messages/en/levels.ftl")),
    (Language::Es, include_str!("../messages/es/levels.ftl")),
    (Language::Ar, include_str!("../messages/ar/levels.ftl")),
    (Language::En, include_str!("../messages/en/beyond.ftl")),
    (Language::En, include_str!("../messages/en/datasets.ftl")),
    (Language::Es, include_str!("../messages/es/beyond.ftl")),
    (Language::Es, include_str!("../messages/es/datasets.ftl")),
    (Language::Ar, include_str!("../messages/ar/beyond.ftl")),
    (Language::Ar, include_str!("../messages/ar/datasets.ftl")),
    (Language::En, include_str!("../messages/en/report.ftl")),
    (Language::Es, include_str!("../messages/es/report.ftl")),
    (Language::Ar, include_str!("../messages/ar/report.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "conversation.published", key: "saying-conversation-published" },
    Saying { name: "conversation.changed", key: "saying-conversation-changed" },
    Saying { name: "conversation.closed", key: "saying-conversation-closed" },
    Saying { name: "conversation.reopened", key: "saying-conversation-reopened" },
    Saying { name: "conversation.counted", key: "saying-conversation-counted" },
    Saying { name: "conversation.facts-set", key: "saying-conversation-facts-set" },
    Saying { name: "conversation.promised", key: "saying-conversation-promised" },
    Saying { name: "conversation.imported", key: "saying-conversation-imported" },
    Saying { name: "conversation.draft-asked", key: "saying-conversation-draft-asked" },
    Saying { name: "conversation.draft-rejected", key: "saying-conversation-draft-rejected" },
    Saying { name: "conversation.summary-published", key: "saying-conversation-summary-published" },
    Saying { name: "conversation.roll-added", key: "saying-conversation-roll-added" },
    Saying { name: "conversation.roll-emptied", key: "saying-conversation-roll-emptied" },
    Saying { name: "conversation.import-undone", key: "saying-conversation-import-undone" },
    Saying { name: "conversation.report-published", key: "saying-conversation-report-published" },
    Saying { name: "conversation.report-withdrawn", key: "saying-conversation-report-withdrawn" },
    Saying { name: "statement.submitted", key: "saying-statement-submitted" },
    Saying { name: "statement.accepted", key: "saying-statement-accepted" },
    Saying { name: "statement.rejected", key: "saying-statement-rejected" },
    Saying { name: "statement.merged", key: "saying-statement-merged" },
    Saying { name: "statement.split", key: "saying-statement-split" },
    Saying { name: "statement.pinned", key: "saying-statement-pinned" },
    Saying { name: "statement.unpinned", key: "saying-statement-unpinned" },
    Saying { name: "statement.marked-meta", key: "saying-statement-marked-meta" },
    Saying { name: "statement.unmarked-meta", key: "saying-statement-unmarked-meta" },
    Saying { name: "statement.language-set", key: "saying-statement-language-set" },
    Saying { name: "statement.translated", key: "saying-statement-translated" },
];

const SUBJECTS: &[SubjectInfo] = &[
    SubjectInfo { kind: CONVERSATION.0, key: "subject-conversation", page: |code| format!("/conversations/{code}") },
    SubjectInfo { kind: STATEMENT.0, key: "subject-statement", page: statement_page },
    SubjectInfo { kind: PROMISE.0, key: "subject-promise", page: promise_page },
];

fn statement_page(id: &str) -> String {
    match Statement::of_subject(id) {
        Some((code, number)) => format!("/conversations/{code}/statements#s{number}"),
        None => "/conversations".to_owned(),
    }
}

fn promise_page(id: &str) -> String {
    match Promise::of_subject(id) {
        Some((code, number)) => views::promise_path(code, number),
        None => "/conversations".to_owned(),
    }
}

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "conversations",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![
            Door { href: "/conversations", key: "door-conversations", door: "part", act: acts::READ, order: 35 },
            Door {
                href: "/desk/conversations",
                key: "door-facilitate",
                door: "desk",
                act: acts::FACILITATE,
                order: 82,
            },
        ],
        jobs: vec![drawing::job_kind(), commands::counting_job_kind(), commands::draft_job_kind()],
        subscribers: vec![Subscriber { name: "conversation-moderation", take: follow::follow }],
        front: Some(pages::front_panel),
        privacy: Some(Privacy { export: privacy::export, erase: privacy::erase }),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        refresh: Some(|town| Box::pin(async move { Books::refresh(&town).await })),
        names: Some(name_of),
        numbers: Some(views::live_numbers),
        moderated: vec![moderated::STATEMENTS],
        briefs: Some(joining::briefs),
        offers: Some(joining::offers),
        answers_for: Some(joining::answers_for),
        datasets: datasets::DATASETS,
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}

/// What the codes of our entries are called.
fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    if field != "statement_reason" {
        return None;
    }
    // Entries of before the town's own reasons name what is called `personal-data` now.
    let code = if code == "private" { "personal-data" } else { code };
    let t = town.words().of(language);
    let key = if OF_STATEMENTS.contains(&code) {
        format!("statement-reason-{code}")
    } else {
        format!("moderation-why-{code}")
    };
    // What the town worded itself stands in the entry.
    t.has(&key).then(|| t.say(&key).to_owned())
}
