//! What this crate declares of itself.

use crate::{deliver, follow, pages, store};
use civic::Language;
use database::{Migration, MigrationSet};
use web::{
    Room,
    manifest::{Ending, Retention, Subscriber},
};

/// The tables.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "webhooks",
    migrations: &[Migration { number: 1, name: "webhooks", sql: include_str!("../migrations/0001_webhooks.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/webhooks.ftl")),
    (Language::Es, include_str!("../messages/es/webhooks.ftl")),
    (Language::Ar, include_str!("../messages/ar/webhooks.ftl")),
];

/// What this crate does not keep for ever.
const RETENTION: &[Retention] = &[Retention {
    name: "webhooks.deliveries",
    key: "retention-webhooks-deliveries",
    days: 30,
    limits_days: (7, 365),
    ending: Ending::Erased,
    run: store::forget_old,
}];

/// Webhooks with their pages. The town needs an [`outgoing::Client`] as a part.
pub fn room() -> Room {
    Room {
        name: "webhooks",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        jobs: vec![deliver::job_kind()],
        retention: RETENTION,
        subscribers: vec![Subscriber { name: "webhooks", take: follow::follow }],
        refresh: Some(|town| Box::pin(deliver::wake(town))),
        ..Room::default()
    }
}
