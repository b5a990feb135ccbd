//! The catalogue.

use super::LIST_TWINS;
use crate::{
    acts, figures,
    find::{Fit, fit},
    model::{Definition, LifeEvent, Service},
    store,
    views::{self, ServiceRow},
};
use axum::extract::State;
use civic::Language;
use database::DbError;
use people::organisations::{self, Organisation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates,
    parts::Choice,
    table::csv_answer,
    visit::Query,
    words::Words,
};

/// Characters of a search that are read.
const SEARCH_LIMIT: usize = 200;

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    event: String,
    organisation: String,
}

/// The services that were found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListView {
    /// The services.
    pub services: Vec<ServiceRow>,
    /// Whether none fits all that was typed, so that these fit some words of it.
    pub is_partly: bool,
}

pub(super) struct Card {
    pub(super) row: ServiceRow,
    pub(super) wait: String,
    pub(super) events: Vec<String>,
}

struct EventLink {
    href: String,
    label: String,
    count: usize,
    current: bool,
}

#[derive(askama::Template)]
#[template(path = "services.html")]
struct ListPage {
    frame: Frame,
    q: String,
    event: String,
    found: String,
    narrowed: bool,
    is_partly: bool,
    events: Vec<EventLink>,
    organisations: Vec<Choice>,
    cards: Vec<Card>,
    may_handle: bool,
    may_keep: bool,
    is_known: bool,
}

/// GET /services
pub async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let language = visit.t.language();
    let (services, organisations, rows) = rows(&town, language).await?;
    let q: String = asked.q.trim().chars().take(SEARCH_LIMIT).collect();
    let mut found: Vec<(Fit, ServiceRow)> = services
        .iter()
        .zip(rows)
        .filter(|(_, row)| asked.event.is_empty() || row.events.contains(&asked.event))
        .filter(|(_, row)| asked.organisation.is_empty() || row.organisation == asked.organisation)
        .map(|(one, row)| {
            let of = |definition| fit(definition, &event_words(town.words(), definition), &q);
            (one.published.as_ref().map(of).unwrap_or_default(), row)
        })
        .filter(|(fit, _)| q.is_empty() || fit.words > 0)
        .collect();
    // Where nothing fits as a whole, what fits in part is better than nothing, and is said to be.
    let is_partly = !q.is_empty() && !found.is_empty() && found.iter().all(|(fit, _)| fit.whole == 0);
    found.retain(|(fit, _)| q.is_empty() || is_partly || fit.whole > 0);
    found.sort_by(|(one, first), (other, second)| other.cmp(one).then_with(|| first.title.cmp(&second.title)));
    let rows: Vec<ServiceRow> = found.into_iter().map(|(_, row)| row).collect();
    match visit.wants {
        Wants::Csv => csv(rows),
        Wants::Html => html(&town, &visit, (&services, &organisations), (&asked, &q, is_partly), rows),
        _ => json(&ListView { services: rows, is_partly }),
    }
}

/// The words of a service's life events, in every language.
pub(super) fn event_words(words: &Words, definition: &Definition) -> Vec<String> {
    let of = |language: &Language| {
        let t = words.of(*language);
        definition.events.iter().map(move |event| t.say(&format!("sv-event-{}", event.word())).to_owned())
    };
    Language::ALL.iter().flat_map(of).collect()
}

/// Published services with who answers for them, and the row of each.
async fn rows(town: &Town, language: Language) -> Result<(Vec<Service>, Vec<Organisation>, Vec<ServiceRow>), Stop> {
    town.db()
        .read(move |tx| {
            let (services, organisations) = (store::published(tx)?, organisations::list(tx)?);
            let mut rows = Vec::with_capacity(services.len());
            for one in &services {
                let figures = figures::last(tx, &one.code)?;
                let by = organisations.iter().find(|by| by.id == one.organisation);
                rows.extend(views::row(one, by, figures.as_ref(), language));
            }
            Ok((services, organisations, rows))
        })
        .await
        .map_err(|error: DbError| error.into())
}

fn csv(rows: Vec<ServiceRow>) -> Answer {
    let header = ["code", "title", "summary", "organisation", "events", "online", "median_days", "p90_days", "n"];
    csv_answer(
        &header,
        rows.into_iter().map(|row| {
            let of = |value: fn(&figures::WaitView) -> String| row.wait.as_ref().map(value).unwrap_or_default();
            let wait = [
                of(|wait| wait.median_days.to_string()),
                of(|wait| wait.p90_days.to_string()),
                of(|wait| wait.n.to_string()),
            ];
            let events = row.events.join(" ");
            let own = [row.code, row.title, row.summary, row.organisation, events, row.online.to_string()];
            own.into_iter().chain(wait).collect::<Vec<_>>()
        }),
    )
}

fn html(
    town: &Town,
    visit: &Visit,
    (services, organisations): (&[Service], &[Organisation]),
    (asked, q, is_partly): (&Asked, &str, bool),
    rows: Vec<ServiceRow>,
) -> Answer {
    let t = &visit.t;
    let has = |event: &LifeEvent| {
        services
            .iter()
            .filter(|one| one.published.as_ref().is_some_and(|definition| definition.events.contains(event)))
            .count()
    };
    let event = |event: &LifeEvent| EventLink {
        href: if asked.event == event.word() {
            "/services".to_owned()
        } else {
            format!("/services?event={}", event.word())
        },
        label: t.say(&format!("sv-event-{}", event.word())).to_owned(),
        count: has(event),
        current: asked.event == event.word(),
    };
    let used = organisations.iter().filter(|by| services.iter().any(|one| one.organisation == by.id));
    let choice = |by: &Organisation| Choice {
        value: by.code.clone(),
        label: by.name.in_language(t.language()).to_owned(),
        detail: String::new(),
        chosen: by.code == asked.organisation,
    };
    let any =
        Choice { value: String::new(), label: t.say("sv-any-agency").to_owned(), detail: String::new(), chosen: false };
    page(&ListPage {
        frame: Frame::new(town, visit, t.say("sv-title")).describe(t.say("sv-lead")).twins(visit, LIST_TWINS),
        found: t.with1("sv-found", "count", rows.len()),
        is_partly,
        narrowed: !q.is_empty() || !asked.event.is_empty() || !asked.organisation.is_empty(),
        q: q.to_owned(),
        event: asked.event.clone(),
        events: LifeEvent::ALL.iter().map(event).filter(|event| event.count > 0).collect(),
        organisations: std::iter::once(any).chain(used.map(choice)).collect(),
        cards: rows.into_iter().map(|row| card(row, t)).collect(),
        may_handle: visit.actor.may(&acts::HANDLE),
        may_keep: visit.actor.may(&acts::KEEP),
        is_known: visit.actor.person.is_some(),
    })
}

pub(super) fn card(row: ServiceRow, t: &Sayings) -> Card {
    let wait = wait_words(row.wait.as_ref(), t);
    let events = row.events.iter().map(|event| t.say(&format!("sv-event-{event}")).to_owned()).collect();
    Card { wait, events, row }
}

/// How long it really takes, in a sentence.
pub(super) fn wait_words(wait: Option<&figures::WaitView>, t: &Sayings) -> String {
    let days = |value: f64| dates::decimal(value, 1, t.language());
    match wait {
        None => t.say("sv-wait-unknown").to_owned(),
        Some(wait) => t.with(
            "sv-wait",
            &[
                ("median", days(wait.median_days).into()),
                ("p90", days(wait.p90_days).into()),
                ("n", dates::number(wait.n.cast_signed(), t.language()).into()),
            ],
        ),
    }
}
