//! The manifest of this part.

use crate::{acts, comments, followers, pages};
use civic::{Language, PersonId};
use database::{DbError, Migration, MigrationSet, Tx};
use people::EmailAddress;
use serde_json::{Value, json};
use web::{
    Door, Room, Saying,
    manifest::{Privacy, Subscriber},
};

/// The tables.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "commons",
    migrations: &[Migration { number: 1, name: "commons", sql: include_str!("../migrations/0001_commons.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/commons.ftl")),
    (Language::Es, include_str!("../messages/es/commons.ftl")),
    (Language::Ar, include_str!("../messages/ar/commons.ftl")),
];

/// Comments, followers, files and search, with their pages.
pub fn room() -> Room {
    Room {
        name: "commons",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: &[Saying { name: comments::ADDED, key: "saying-comment-added" }],
        doors: vec![Door { href: "/search", key: "door-search", door: "explore", act: acts::READ, order: 60 }],
        subscribers: vec![Subscriber { name: "followers", take: followers::tell_followers }],
        privacy: Some(Privacy { export, erase }),
        ..Room::default()
    }
}

fn email_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<EmailAddress>, DbError> {
    Ok(people::accounts::by_id(tx, person)?.and_then(|person| person.email))
}

fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let comments = comments::of_person(tx, person)?;
    let comments: Vec<Value> = comments
        .iter()
        .map(|(subject, comment)| json!({"about": subject.to_string(), "at": comment.at.rfc3339(), "text": comment.text}))
        .collect();
    let follows = match email_of(tx, person)? {
        Some(email) => followers::of_email(tx, email.as_str())?.iter().map(ToString::to_string).collect(),
        None => Vec::new(),
    };
    Ok(json!({"comments": comments, "follows": follows}))
}

fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    comments::erase_person(tx, person)?;
    match email_of(tx, person)? {
        Some(email) => followers::erase_email(tx, email.as_str()),
        None => Ok(()),
    }
}
