//! The manifest of this part.

use crate::links::Relation;
use crate::{acts, comments, files, followers, moderation, pages, talk, thread};
use civic::{Language, PersonId, Subject};
use database::{DbError, Migration, MigrationSet, Tx};
use people::EmailAddress;
use serde_json::{Value, json};
use web::{
    Door, Room, Saying, SubjectInfo, Town,
    manifest::{Ending, Privacy, Retention, Subscriber},
};

/// The tables.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "commons",
    migrations: &[
        Migration { number: 1, name: "commons", sql: include_str!("../migrations/0001_commons.sql") },
        Migration { number: 4, name: "photo hash", sql: include_str!("../migrations/0004_photo_hash.sql") },
        Migration { number: 10, name: "moderation", sql: include_str!("../migrations/0010_moderation.sql") },
        Migration {
            number: 20,
            name: "words of a document",
            sql: include_str!("../migrations/0020_search_words_of_a_document.sql"),
        },
        Migration {
            number: 30,
            name: "moderation addresses",
            sql: include_str!("../migrations/0030_moderation_addresses.sql"),
        },
        Migration { number: 50, name: "links by hand", sql: include_str!("../migrations/0050_links_by_hand.sql") },
        Migration { number: 60, name: "comment threads", sql: include_str!("../migrations/0060_comment_threads.sql") },
        Migration { number: 61, name: "documents", sql: include_str!("../migrations/0061_documents.sql") },
        Migration {
            number: 70,
            name: "moderation reasons",
            sql: include_str!("../migrations/0070_moderation_reasons.sql"),
        },
        Migration { number: 71, name: "comment sides", sql: include_str!("../migrations/0071_comment_sides.sql") },
    ],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/activity.ftl")),
    (Language::Es, include_str!("../messages/es/activity.ftl")),
    (Language::Ar, include_str!("../messages/ar/activity.ftl")),
    (Language::En, include_str!("../messages/en/commons.ftl")),
    (Language::Es, include_str!("../messages/es/commons.ftl")),
    (Language::Ar, include_str!("../messages/ar/commons.ftl")),
    (Language::En, include_str!("../messages/en/moderation.ftl")),
    (Language::Es, include_str!("../messages/es/moderation.ftl")),
    (Language::Ar, include_str!("../messages/ar/moderation.ftl")),
    (Language::En, include_str!("../messages/en/thread.ftl")),
    (Language::Es, include_str!("../messages/es/thread.ftl")),
    (Language::Ar, include_str!("../messages/ar/thread.ftl")),
];

/// What this part does not keep for ever.
const RETENTION: &[Retention] = &[
    Retention {
        name: "commons.loose_photos",
        key: "retention-commons-loose-photos",
        days: 30,
        limits_days: (1, 90),
        ending: Ending::Erased,
        run: files::forget_loose,
    },
    Retention {
        name: "commons.unconfirmed_followers",
        key: "retention-commons-unconfirmed-followers",
        days: 7,
        limits_days: (1, 30),
        ending: Ending::Erased,
        run: followers::forget_unconfirmed,
    },
    Retention {
        name: "commons.moderation_reports",
        key: "retention-commons-moderation-reports",
        days: 365,
        limits_days: (90, 1_825),
        ending: Ending::Erased,
        run: moderation::forget_old_reports,
    },
    Retention {
        name: "commons.moderation_words",
        key: "retention-commons-moderation-words",
        days: 730,
        limits_days: (180, 3_650),
        ending: Ending::Erased,
        run: moderation::forget_old_words,
    },
];

/// What the record says of comments, links and moderation.
const SAYINGS: &[Saying] = &{
    let mut all = [Saying { name: comments::ADDED, key: "saying-comment-added" }; moderation::SAYINGS.len() + 3];
    all[1] = Saying { name: thread::LINKED, key: "saying-thread-linked" };
    all[2] = Saying { name: thread::UNLINKED, key: "saying-thread-unlinked" };
    let mut next = 0;
    while next < moderation::SAYINGS.len() {
        all[next + 3] = moderation::SAYINGS[next];
        next += 1;
    }
    all
};

/// Comments, followers, files, search and moderation, with their pages.
pub fn room() -> Room {
    let mut routes = pages::routes();
    routes.extend(moderation::pages::routes());
    routes.extend(thread::pages::routes());
    routes.extend(talk::pages::routes());
    routes.extend(crate::following::routes());
    Room {
        name: "commons",
        routes,
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: &[
            SubjectInfo { kind: comments::KIND.0, key: "subject-comment", page: |id| format!("/comments/{id}") },
            SubjectInfo {
                kind: moderation::REASON.0,
                key: "subject-moderation-reason",
                page: |_| "/moderation/log".to_owned(),
            },
        ],
        doors: vec![
            Door { href: "/search", key: "door-search", door: "explore", act: acts::READ, order: 60 },
            Door { href: "/moderation", key: "door-moderation", door: "desk", act: moderation::MODERATE, order: 85 },
        ],
        subscribers: vec![Subscriber { name: "followers", take: followers::tell_followers }],
        privacy: Some(Privacy { export, erase }),
        names: Some(name_of),
        moderated: vec![moderation::MODERATED_COMMENTS],
        retention: RETENTION,
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}

/// The name of a code in the entries of moderation, or of a relation in those of links.
fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    if field == "relation" {
        let relation: Relation = code.parse().ok()?;
        return Some(town.words().of(language).say(relation.key()).to_owned());
    }
    moderation::name_of(town, field, code, language)
}

fn email_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<EmailAddress>, DbError> {
    Ok(people::accounts::by_id(tx, person)?.and_then(|person| person.email))
}

fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let mut comments = Vec::new();
    for (subject, comment) in comments::of_person(tx, person)? {
        // Hidden words are still their author's.
        let hidden = moderation::own_words(tx, &Subject::new(comments::KIND, comment.id.text()))?;
        let text = hidden.into_iter().map(|(_, text)| text).next().unwrap_or(comment.text);
        let answers = comment.parent.map(|id| id.text());
        comments
            .push(json!({"about": subject.to_string(), "at": comment.at.rfc3339(), "text": text, "answers": answers,
            "side": comment.side.map(comments::Side::word)}));
    }
    let follows = match email_of(tx, person)? {
        Some(email) => followers::of_email(tx, email.as_str())?.iter().map(ToString::to_string).collect(),
        None => Vec::new(),
    };
    let moderation = moderation::privacy::export(tx, person)?;
    Ok(json!({"comments": comments, "follows": follows, "moderation": moderation}))
}

fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    comments::erase_person(tx, person)?;
    moderation::privacy::erase(tx, person)?;
    match email_of(tx, person)? {
        Some(email) => followers::erase_email(tx, email.as_str()),
        None => Ok(()),
    }
}
