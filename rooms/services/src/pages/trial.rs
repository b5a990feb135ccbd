//! Pages of a draft that residents try: what it is, its parts, its form, its rules side by side. Nothing that is tried is kept.

mod form;
mod part;
mod question;
mod sides;

use super::{keep::seen_version, pilot::NewPilot, with_status};
use crate::{
    acts,
    model::Service,
    store,
    trial::{self, DRAFT, Trial, subject_id},
};
use axum::extract::State;
use civic::Subject;
use commons::comments;
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{json, page, see_other_saying},
    forms::Submission,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Crumb,
    visit::Path,
};

const TWINS: &[Wants] = &[Wants::Json];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/services/{code}/draft", acts::READ, show).twins(TWINS).documented(doc()),
        Route::get("/services/{code}/draft/form", acts::READ, form::begin),
        Route::post("/services/{code}/draft/form", acts::READ, form::answer).unmetered(),
        Route::get("/services/{code}/draft/rules", acts::READ, sides::begin),
        Route::post("/services/{code}/draft/rules", acts::READ, sides::ask).unmetered(),
        Route::get("/services/{code}/draft/parts/{part}", acts::READ, part::show),
        Route::post("/services/{code}/draft/parts/{part}", acts::READ, part::try_text).unmetered(),
        Route::post("/services/{code}/draft/parts/{part}/say", acts::DISCUSS, part::say),
        Route::post("/admin/services/{code}/draft/{act}", acts::KEEP, change),
    ]
}

fn doc() -> Doc {
    Doc::new("services", "A draft of a service that residents may try and talk about")
        .path("code", "The code of the service.", text_schema())
        .answers(200, "application/json", "What is shown.", schema_of::<DraftView>())
}

/// A draft that is shown, for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DraftView {
    /// The code of the service.
    pub service: String,
    /// What it is called.
    pub title: String,
    /// How often a draft of it was shown.
    pub number: i64,
    /// Since when.
    pub shown_at: String,
    /// The rules.
    pub rules: String,
    /// Its questions and rules, with the number of comments on each.
    pub parts: Vec<PartView>,
}

/// A part of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartView {
    /// Its name: `q-` and that of a question, `r-` and that of a rule.
    pub part: String,
    /// The question, or how the rule begins.
    pub title: String,
    /// Comments on it.
    pub comments: i64,
    /// Its page.
    pub url: String,
}

struct Line {
    href: String,
    title: String,
    comments: String,
    is_rule: bool,
}

#[derive(askama::Template)]
#[template(path = "service_draft.html")]
struct DraftPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    summary: String,
    shown: String,
    has_form: bool,
    has_rules: bool,
    lines: Vec<Line>,
    talk: String,
    edit: String,
}

/// A trial that is open, with its service.
async fn opened(town: &Town, code: &str) -> Result<(Service, Trial), Stop> {
    let code = code.to_owned();
    let found = town.db().read(move |tx| Ok((store::service(tx, &code)?, trial::open_trial(tx, &code)?))).await;
    let (service, trial): (Option<Service>, Option<Trial>) = found.map_err(|error: DbError| Stop::from(error))?;
    service.zip(trial).ok_or(Stop::NotFound)
}

fn crumbs(visit: &Visit, trial: &Trial, here: &str) -> Vec<Crumb> {
    let title = trial.definition.title.in_language(visit.t.language()).to_owned();
    let mut all = vec![
        Crumb { href: "/services".to_owned(), label: visit.t.say("sv-title").to_owned() },
        Crumb {
            href: if here.is_empty() { String::new() } else { format!("/services/{}/draft", trial.service) },
            label: visit.t.with1("sv-draft-of", "service", title),
        },
    ];
    if !here.is_empty() {
        all.push(Crumb { href: String::new(), label: here.to_owned() });
    }
    all
}

/// GET /services/{code}/draft
async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (service, trial) = opened(&town, &code).await?;
    let parts = trial::parts(&trial.definition, visit.t.language());
    let subject = Subject::new(DRAFT, code.clone());
    let (asked, about, actor) = (parts.clone(), subject.clone(), visit.actor.clone());
    let of = code.clone();
    let found = town.db().read(move |tx| {
        let count = |tx: &mut database::Tx<'_>, part: &trial::Part| {
            comments::count(tx, &Subject::new(DRAFT, subject_id(&of, &part.name)))
        };
        let counts = asked.iter().map(|part| count(tx, part)).collect::<Result<Vec<i64>, DbError>>()?;
        Ok((counts, comments::seen_by(tx, &about, &actor)?))
    });
    let (counts, said) = found.await.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let href = |part: &trial::Part| format!("/services/{code}/draft/parts/{}", part.name);
    let title = trial.definition.title.in_language(t.language()).to_owned();
    if visit.wants == Wants::Json {
        let view = |(part, count): (&trial::Part, &i64)| PartView {
            part: part.name.clone(),
            title: part.title.clone(),
            comments: *count,
            url: town.url(&href(part)),
        };
        return json(&DraftView {
            service: code.clone(),
            title,
            number: trial.number,
            shown_at: trial.at.rfc3339(),
            rules: trial.definition.rules.clone(),
            parts: parts.iter().zip(&counts).map(view).collect(),
        });
    }
    let line = |(part, count): (&trial::Part, &i64)| Line {
        href: href(part),
        title: part.title.clone(),
        comments: t.with1("sv-draft-comments", "count", *count),
        is_rule: !part.text.is_empty(),
    };
    let may_keep = visit.actor.may_for(&acts::KEEP, Some(service.organisation));
    page(&DraftPage {
        frame: Frame::new(&town, &visit, t.with1("sv-draft-of", "service", title.as_str())).twins(&visit, TWINS),
        crumbs: crumbs(&visit, &trial, ""),
        summary: trial.definition.summary.in_language(t.language()).to_owned(),
        shown: t.with2("sv-draft-shown", "number", trial.number, "date", visit.date(trial.at)),
        has_form: !trial.definition.form.pages.is_empty(),
        has_rules: !trial.definition.rules.trim().is_empty(),
        lines: parts.iter().zip(&counts).map(line).collect(),
        talk: commons::talk::comments(&visit, &subject, &format!("/services/{code}/draft"), said),
        edit: if may_keep { format!("/admin/services/{code}") } else { String::new() },
        code,
        title,
    })
}

/// POST /admin/services/{code}/draft/{act}: `show`, `close` or `take`.
async fn change(
    State(town): State<Town>,
    visit: Visit,
    Path((code, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let (actor, seen) = (visit.actor.clone(), seen_version(&form));
    let edit = format!("/admin/services/{code}");
    let done = match act.as_str() {
        "show" => trial::show(&town, actor, code.clone(), seen).await.map(|_| "sv-flash-draft-shown"),
        "close" => trial::close(&town, actor, code.clone()).await.map(|()| "sv-flash-draft-closed"),
        "take" => {
            let comment = form.text("change").unwrap_or_default().to_owned();
            trial::take_over(&town, actor, code.clone(), comment, seen).await.map(|_| "sv-flash-saved")
        }
        _ => return Err(Stop::NotFound),
    };
    match done {
        Ok(flash) => see_other_saying(&edit, flash),
        Err(Stop::Refused(refusals)) => {
            with_status(super::keep::again(&town, &visit, &code, NewPilot::default(), &refusals).await, &refusals)
        }
        Err(other) => Err(other),
    }
}
