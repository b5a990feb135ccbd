//! One service.

use super::{PAGE_TWINS, list::wait_words};
use crate::{
    acts, figures,
    model::Service,
    store,
    versions::{self, Version},
    views::{self, ServiceView},
};
use axum::extract::State;
use forms::Kind;
use people::organisations;
use serde::Deserialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    parts::Crumb,
    visit::{Path, Query},
};

#[derive(askama::Template)]
#[template(path = "service.html")]
struct ServicePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    view: ServiceView,
    wait: String,
    promise: String,
    appeal: String,
    events: Vec<(String, String)>,
    questions: Vec<String>,
    files: bool,
    version: String,
    /// The page of each version, and what it is.
    versions: Vec<(String, String)>,
    may_handle: bool,
    may_keep: bool,
    has_rules: bool,
    meets: bool,
    has_draft: bool,
    has_pilot: bool,
}

/// A published service with what belongs to its page.
struct Found {
    service: Service,
    view: ServiceView,
    versions: Vec<Version>,
    meets: bool,
    has_draft: bool,
}

/// GET /services/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let language = visit.t.language();
    let found = town
        .db()
        .read(move |tx| {
            let service = store::service(tx, &code)?.ok_or(Stop::NotFound)?;
            let by = organisations::by_id(tx, service.organisation)?;
            let figures = figures::last(tx, &code)?;
            let mut view = views::view(&service, by.as_ref(), figures.as_ref(), language).ok_or(Stop::NotFound)?;
            let versions = versions::of_service(tx, &service)?;
            view.versions = versions.iter().map(|one| versions::row(&code, one)).collect();
            let meets = crate::appointments::has_plans(tx, &code)?;
            let has_draft = crate::trial::open_trial(tx, &code)?.is_some();
            Ok::<_, Stop>(Found { service, view, versions, meets, has_draft })
        })
        .await?;
    if visit.wants != Wants::Html {
        return json(&found.view);
    }
    let (has_pilot, _) = super::pilot::of(&town, &found.service.code).await?;
    html(&town, &visit, found, has_pilot)
}

fn html(town: &Town, visit: &Visit, found: Found, has_pilot: bool) -> Answer {
    let Found { service, view, versions, meets, has_draft } = found;
    let t = &visit.t;
    let definition = service.published.as_ref().ok_or(Stop::NotFound)?;
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    let event = |event: &String| (format!("/services?event={event}"), t.say(&format!("sv-event-{event}")).to_owned());
    let questions = definition.form.pages.iter().map(|page| page.title.in_language(t.language()).to_owned());
    page(&ServicePage {
        frame: Frame::new(town, visit, view.row.title.clone())
            .describe(view.row.summary.clone())
            .twins(visit, PAGE_TWINS),
        crumbs: vec![crumb("/services", t.say("sv-title")), crumb("", &view.row.title)],
        wait: wait_words(view.row.wait.as_ref(), t),
        promise: t.with1("sv-promise", "days", i64::from(view.answer_days)),
        appeal: t.with1("sv-appeal-within", "days", i64::from(view.appeal_days)),
        events: view.row.events.iter().map(event).collect(),
        questions: questions.collect(),
        files: definition.form.fields().any(|(_, field)| field.kind == Kind::Upload),
        version: service
            .published_at
            .map(|at| t.with2("sv-version", "number", service.number, "date", visit.date(at)))
            .unwrap_or_default(),
        versions: versions
            .iter()
            .map(|one| (versions::page_of(&service.code, one.number), super::version::stands(visit, one)))
            .collect(),
        may_handle: visit.actor.may_for(&acts::HANDLE, Some(service.organisation)),
        may_keep: visit.actor.may_for(&acts::KEEP, Some(service.organisation)),
        meets,
        has_draft,
        has_pilot,
        has_rules: !definition.rules.trim().is_empty(),
        view,
    })
}

/// Which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskedVersion {
    number: Option<i64>,
}

/// GET /services/{code}/schema
pub async fn schema(State(town): State<Town>, Path(code): Path<String>, Query(version): Query<AskedVersion>) -> Answer {
    let own = town.clone();
    let schema = town
        .db()
        .read(move |tx| {
            let service = store::service(tx, &code)?.ok_or(Stop::NotFound)?;
            let number = version.number.unwrap_or(service.number);
            let definition = store::version_of(tx, &code, number)?.ok_or(Stop::NotFound)?;
            let id = own.url(&format!("/services/{code}/schema?number={number}"));
            Ok::<_, Stop>(forms::write(&definition.form, &id, &definition.title))
        })
        .await?;
    Ok(text("application/schema+json", schema.to_string()))
}
