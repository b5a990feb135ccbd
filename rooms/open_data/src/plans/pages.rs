//! What is planned, on forms; and the page where it is said in which agencies one submits and another one publishes.

use super::{Later, RHYTHMS, is_rhythm, plan_fetch, plan_publication, set_approval};
use crate::{
    acts,
    books::Books,
    model::Dataset,
    store::{self, Fetch},
};
use axum::extract::State;
use civic::{Actor, Moment};
use database::DbError;
use jiff::civil::DateTime;
use web::{
    Answer, Frame, Refusal, Route, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page, see_other_saying},
    forms::Submission,
    parts::{Choice, Crumb},
};

/// The routes of the page.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/data/approval", acts::APPROVAL, approval).twins(&[Wants::Json]),
        Route::post("/data/approval", acts::APPROVAL, set),
    ]
}

/// After how many days something is fetched again, to choose from.
pub fn rhythms(t: &Sayings, chosen: i64) -> Vec<Choice> {
    let choice = |(days, key): (i64, &str)| Choice {
        value: days.to_string(),
        label: t.say(key).to_owned(),
        detail: String::new(),
        chosen: days == chosen,
    };
    std::iter::once((0, "data-every-never")).chain(RHYTHMS).map(choice).collect()
}

/// When a file came last, and why it did not.
pub fn fetched(visit: &Visit, fetch: &Fetch) -> String {
    let t = &visit.t;
    let came = fetch.fetched_at.map(|at| t.with1("data-fetched", "date", visit.date_time(at))).unwrap_or_default();
    let next = t.with1("data-fetch-next", "date", visit.date_time(fetch.next_at));
    [came, fetch.trouble.clone(), next].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A moment on the town's clocks, as a form has it.
pub fn local(town: &Town, at: Moment) -> String {
    at.in_zone(&town.settings().zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// What is planned for a draft, in sentences.
pub fn planned(visit: &Visit, later: &Later) -> Vec<String> {
    let (t, plan) = (&visit.t, &later.plan);
    let mut lines = Vec::new();
    if let Some(at) = plan.publish_at {
        lines.push(t.with1("data-planned", "date", visit.date_time(at)));
    }
    if later.needs_approval {
        let key = match (plan.submitted_by.as_str(), plan.approved_by.as_str()) {
            ("", _) => "data-approval-needed",
            (by, "") if by == visit.actor.handle => "data-approval-waits",
            (_, "") => "data-approval-asked",
            _ => "data-approval-given",
        };
        lines.push(t.say(key).to_owned());
    }
    if !plan.trouble.is_empty() {
        lines.push(t.with1("data-planned-not", "why", plan.trouble.as_str()));
    }
    lines
}

/// Plans by a form that a file is fetched again.
///
/// # Errors
/// As [`plan_fetch`].
pub async fn fetch_by_form(town: &Town, actor: &Actor, dataset: &Dataset, form: &Submission) -> Result<(), Stop> {
    let days = every(form)?;
    let resource = form.text("resource").unwrap_or_default();
    plan_fetch(town, actor, &dataset.name, resource, form.text("address").unwrap_or_default().trim(), days).await
}

/// After how many days a form wants something fetched again; 0 for never.
///
/// # Errors
/// `dataset-every`.
pub fn every(form: &Submission) -> Result<i64, Refusal> {
    let days = form.text("every").unwrap_or("0").parse().ok();
    days.filter(|days| *days == 0 || is_rhythm(*days)).ok_or_else(|| Refusal::new("dataset-every").at("every"))
}

/// Plans by a form when a draft becomes public.
///
/// # Errors
/// As [`plan_publication`].
pub async fn publish_by_form(town: &Town, actor: &Actor, dataset: &Dataset, form: &Submission) -> Result<(), Stop> {
    let at = match form.text("publish_at").unwrap_or_default() {
        "" => None,
        text => {
            let zoned =
                text.parse::<DateTime>().ok().and_then(|local| local.to_zoned(town.settings().zone.clone()).ok());
            Some(zoned.ok_or_else(|| Refusal::new("dataset-publish-at").at("publish_at"))?.timestamp().into())
        }
    };
    plan_publication(town, actor, &dataset.name, at).await
}

#[derive(askama::Template)]
#[template(path = "approval.html")]
struct ApprovalPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    agencies: Vec<(String, String, bool)>,
}

/// GET /data/approval
async fn approval(State(town): State<Town>, visit: Visit) -> Answer {
    let shelves = town.part::<Books>().now();
    let agencies: Vec<_> = shelves.organisations.values().cloned().collect();
    let language = visit.t.language();
    let read = town.db().read(move |tx| {
        let mut all = Vec::new();
        for one in agencies {
            let approves = store::needs_approval(tx, one.id)?;
            all.push((one.code.clone(), one.name.in_language(language).to_owned(), approves));
        }
        Ok::<_, DbError>(all)
    });
    let agencies = read.await?;
    if visit.wants == Wants::Json {
        let view = |(code, _, approves): &(String, String, bool)| (code.clone(), serde_json::json!(approves));
        return json(&agencies.iter().map(view).collect::<serde_json::Map<_, _>>());
    }
    let t = &visit.t;
    page(&ApprovalPage {
        frame: Frame::new(&town, &visit, t.say("data-approval-title")),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb { href: String::new(), label: t.say("data-approval-title").to_owned() },
        ],
        agencies,
    })
}

/// POST /data/approval
async fn set(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let code = form.text("organisation").unwrap_or_default();
    let shelves = town.part::<Books>().now();
    let found = shelves.organisations.values().find(|one| one.code == code).map(|one| one.id);
    let organisation = found.ok_or_else(|| Refusal::new("note-organisation").at("organisation"))?;
    let approves = form.is_ticked("approves");
    set_approval(&town, organisation, approves).await?;
    if visit.wants == Wants::Html {
        return see_other_saying("/data/approval", "flash-dataset-planned");
    }
    json(&serde_json::json!({"organisation": code, "approves": approves}))
}
