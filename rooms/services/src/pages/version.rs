//! One version of a service: words, form, rules and tests, as they held for whoever applied with it.

use super::PAGE_TWINS;
use crate::{
    store,
    versions::{self, Standing, Version},
    views::{self, ServiceView},
};
use axum::extract::State;
use civic::Language;
use forms::Form;
use people::organisations;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page},
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Crumb,
    visit::Path,
};

/// A version with everything that it says.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VersionView {
    /// The service as this version describes it; `published_at` is when it came to stand as it does.
    #[serde(flatten)]
    service: ServiceView,
    /// `in-force`, `earlier`, `pilot` (given to some by chance) or `given-up` (a pilot's that never came into force).
    standing: String,
    /// Until when; none while it goes on.
    to: Option<String>,
    /// What it asks, page by page.
    pages: Vec<PageView>,
    /// The tests of its rules, a JSON list as text; empty for none.
    rule_tests: String,
}

/// A page of a form.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageView {
    /// Its title.
    title: String,
    /// Its questions.
    questions: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "service_version.html")]
struct VersionPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    view: VersionView,
    stands: String,
    is_in_force: bool,
    promise: String,
    appeal: String,
}

/// What a version is, in a sentence.
pub(super) fn stands(visit: &Visit, one: &Version) -> String {
    let t = &visit.t;
    let to = one.to.map(|to| visit.date(to)).unwrap_or_default();
    let values = [("number", one.number.into()), ("date", visit.date(one.from).into()), ("to", to.into())];
    match one.standing {
        Standing::InForce => t.with("sv-version", &values),
        other => t.with(&format!("sv-version-{}", other.word()), &values),
    }
}

fn pages(form: &Form, language: Language) -> Vec<PageView> {
    let one = |page: &forms::FormPage| PageView {
        title: page.title.in_language(language).to_owned(),
        questions: page.fields.iter().map(|field| field.label.in_language(language).to_owned()).collect(),
    };
    form.pages.iter().map(one).collect()
}

/// GET /services/{code}/versions/{number}
pub async fn show(State(town): State<Town>, visit: Visit, Path((code, number)): Path<(String, i64)>) -> Answer {
    let language = visit.t.language();
    let found = town
        .db()
        .read(move |tx| {
            let mut service = store::service(tx, &code)?.filter(|one| one.published.is_some()).ok_or(Stop::NotFound)?;
            let all = versions::of_service(tx, &service)?;
            let one = all.iter().copied().find(|one| one.number == number).ok_or(Stop::NotFound)?;
            let definition = store::version_of(tx, &code, number)?.ok_or(Stop::NotFound)?;
            let by = organisations::by_id(tx, service.organisation)?;
            let (pages, rule_tests) = (pages(&definition.form, language), definition.rule_tests.clone());
            (service.number, service.published_at) = (number, Some(one.from));
            service.published = Some(definition);
            let mut view = views::view(&service, by.as_ref(), None, language).ok_or(Stop::NotFound)?;
            view.versions = all.iter().map(|one| versions::row(&code, one)).collect();
            let view = VersionView {
                service: view,
                standing: one.standing.word().to_owned(),
                to: one.to.map(civic::Moment::rfc3339),
                pages,
                rule_tests,
            };
            Ok::<_, Stop>((one, view))
        })
        .await?;
    let (one, view) = found;
    if visit.wants == Wants::Json {
        return json_answer(&view);
    }
    html(&town, &visit, &one, view)
}

fn html(town: &Town, visit: &Visit, one: &Version, view: VersionView) -> Answer {
    let t: &Sayings = &visit.t;
    let title = view.service.row.title.clone();
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    let number = t.with1("sv-version-number", "number", one.number);
    page(&VersionPage {
        frame: Frame::new(town, visit, format!("{title}: {number}")).twins(visit, PAGE_TWINS),
        crumbs: vec![crumb("/services", t.say("sv-title")), crumb(&view.service.row.url, &title), crumb("", &number)],
        stands: stands(visit, one),
        is_in_force: one.standing == Standing::InForce,
        promise: t.with1("sv-promise", "days", i64::from(view.service.answer_days)),
        appeal: t.with1("sv-appeal-within", "days", i64::from(view.service.appeal_days)),
        view,
    })
}

pub(super) fn doc() -> Doc {
    Doc::new(
        "services",
        "One version of a service: words, form, rules and tests, as they held for whoever applied with it",
    )
    .path("code", "The code of the service.", text_schema())
    .path("number", "The number of the version.", json!({"type": "integer"}))
    .answers(200, "application/json", "The version.", schema_of::<VersionView>())
}
