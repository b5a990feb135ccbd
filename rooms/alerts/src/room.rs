//! The manifest of the room.

use crate::{acts, deliver, follow, model::WORKS, pages, privacy, store};
use civic::{Language, Moment, Subject};
use database::{DbError, Migration, MigrationSet, Tx};
use people::organisations;
use web::{
    Door, Room, Saying, SubjectInfo, Town,
    manifest::{Brief, Ending, Privacy, Retention, Subscriber},
};

/// Announcements of works that the sitemap names.
const SITEMAP_LIMIT: u32 = 9_000;

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "alerts",
    migrations: &[Migration { number: 1, name: "alerts", sql: include_str!("../migrations/0001_alerts.sql") }],
};

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/alerts.ftl")),
    (Language::Es, include_str!("../messages/es/alerts.ftl")),
    (Language::Ar, include_str!("../messages/ar/alerts.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "works.announced", key: "saying-works-announced" },
    Saying { name: "works.changed", key: "saying-works-changed" },
    Saying { name: "works.called-off", key: "saying-works-called-off" },
];

const RETENTION: &[Retention] = &[
    Retention {
        name: "alerts.unconfirmed",
        key: "retention-alerts-unconfirmed",
        days: 7,
        limits_days: (1, 30),
        ending: Ending::Erased,
        run: store::forget_unconfirmed,
    },
    Retention {
        name: "alerts.links",
        key: "retention-alerts-links",
        days: 180,
        limits_days: (30, 730),
        ending: Ending::Erased,
        run: store::forget_old_tokens,
    },
    Retention {
        name: "alerts.news",
        key: "retention-alerts-news",
        days: 90,
        limits_days: (7, 365),
        ending: Ending::Erased,
        run: store::forget_old_news,
    },
];

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "alerts",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: &[SubjectInfo { kind: WORKS.0, key: "subject-works", page: |code| format!("/works/{code}") }],
        doors: vec![Door { href: "/alerts", key: "door-alerts", door: "explore", act: acts::READ, order: 25 }],
        jobs: vec![deliver::job_kind()],
        subscribers: vec![Subscriber { name: "alerts", take: follow::follow }],
        privacy: Some(Privacy { export: privacy::export, erase: privacy::erase }),
        retention: RETENTION,
        sitemap: Some(sitemap),
        names: Some(name_of),
        briefs: Some(briefs),
        ..Room::default()
    }
}

fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    if page > 0 {
        return Ok(Vec::new());
    }
    let mut pages = vec![("/alerts".to_owned(), Moment(0)), ("/works".to_owned(), Moment(0))];
    let works = store::to_come(tx, None, Moment(0), SITEMAP_LIMIT)?;
    pages.extend(works.iter().map(|works| (format!("/works/{}", works.code), works.changed_at)));
    Ok(pages)
}

/// The names of districts, for the sentences of the record.
fn name_of(town: &Town, field: &str, code: &str, _: Language) -> Option<String> {
    (field == "district").then(|| town.part::<places::Districts>().name(code)).flatten()
}

fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let (t, now) = (town.words().of(language), town.now());
    let mut briefs = Vec::new();
    for subject in subjects.iter().filter(|subject| subject.kind == WORKS.0) {
        let Some(works) = store::by_code(tx, &subject.id)? else { continue };
        let agency = organisations::list(tx)?.into_iter().find(|one| one.id == works.organisation);
        let agency = agency.map(|one| one.name.in_language(language).to_owned()).unwrap_or_default();
        let state = Some(t.say(works.state_key(now)).to_owned());
        let title = [works.title.as_str(), &agency].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        briefs.push(Brief { subject: subject.clone(), title: title.join(", "), state, at: works.changed_at });
    }
    Ok(briefs)
}
