//! The manifest of the room.

use crate::{acts, datasets, joining, model, overdue, pages, retention, store};
use civic::Language;
use database::{DbError, Migration, MigrationSet, Tx};
use serde_json::{Value, json};
use web::{
    Door, Room, Saying, SubjectInfo, Town,
    manifest::{Privacy, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "accountability",
    migrations: &[Migration {
        number: 1,
        name: "accountability",
        sql: include_str!("../migrations/0001_accountability.sql"),
    }],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/accountability.ftl")),
    (Language::En, include_str!("../messages/en/datasets.ftl")),
    (Language::Es, include_str!("../messages/es/accountability.ftl")),
    (Language::Es, include_str!("../messages/es/datasets.ftl")),
    (Language::Ar, include_str!("../messages/ar/accountability.ftl")),
    (Language::Ar, include_str!("../messages/ar/datasets.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "commitment.made", key: "saying-commitment-made" },
    Saying { name: "commitment.begun", key: "saying-commitment-begun" },
    Saying { name: "commitment.reported", key: "saying-commitment-reported" },
    Saying { name: "commitment.spent", key: "saying-commitment-spent" },
    Saying { name: "commitment.milestone-reached", key: "saying-commitment-milestone-reached" },
    Saying { name: "commitment.postponed", key: "saying-commitment-postponed" },
    Saying { name: "commitment.late", key: "saying-commitment-late" },
    Saying { name: "commitment.kept", key: "saying-commitment-kept" },
    Saying { name: "commitment.broken", key: "saying-commitment-broken" },
    Saying { name: "commitment.dropped", key: "saying-commitment-dropped" },
    Saying { name: "commitment.reopened", key: "saying-commitment-reopened" },
    Saying { name: "commitment.promised-for", key: "saying-commitment-promised-for" },
    Saying { name: "commitment.ended-for", key: "saying-commitment-ended-for" },
];

const SUBJECTS: &[SubjectInfo] = &[SubjectInfo {
    kind: model::COMMITMENT.0,
    key: "subject-commitment",
    page: |code| format!("/commitments/{code}"),
}];

/// The room, to be mounted.
pub fn room() -> Room {
    Room {
        name: "accountability",
        routes: pages::routes(),
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![Door {
            href: "/commitments",
            key: "door-commitments",
            door: "explore",
            act: acts::READ,
            order: 40,
        }],
        jobs: vec![overdue::job_kind()],
        subscribers: vec![Subscriber { name: "commitment-search", take: joining::follow_for_search }],
        front: Some(pages::front_panel),
        privacy: Some(Privacy { export, erase: store::erase_person }),
        retention: retention::RETENTION,
        sitemap: Some(store::sitemap),
        names: Some(name_of),
        briefs: Some(joining::briefs),
        offshoots: joining::OFFSHOOTS,
        datasets: datasets::DATASETS,
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}

/// Everything this room keeps about a person.
fn export(tx: &mut Tx<'_>, person: civic::PersonId) -> Result<Value, DbError> {
    let answers = store::opinions_of_person(tx, person)?.into_iter();
    let answers: Vec<Value> =
        answers.map(|(code, answer, at)| json!({"commitment": code, "helped": answer, "at": at.rfc3339()})).collect();
    Ok(json!({ "opinions": answers }))
}

fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    match field {
        "standing" => {
            let standing = code.parse::<model::Standing>().ok()?;
            Some(town.words().of(language).say(standing.key()).to_owned())
        }
        "due" | "from_due" => {
            let moment = civic::Moment::parse(code).ok()?;
            Some(web::dates::date(moment, &town.settings().zone, language))
        }
        _ => None,
    }
}
