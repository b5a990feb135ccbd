//! What the town does not keep for ever: shown to everybody, set by administrators.

use crate::{kept, retention};
use axum::{extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    dates,
    forms::{FormErrors, Submission},
    manifest::{Catalogue, Doc, Ending},
    openapi::schema_of,
};

/// Runs that are shown.
const RUNS_SHOWN: u32 = 30;

#[derive(askama::Template)]
#[template(path = "town_retention.html")]
struct RetentionPage {
    frame: Frame,
    rows: Vec<Row>,
    runs: Vec<(String, String)>,
    may_set: bool,
}

#[derive(askama::Template)]
#[template(path = "town_retention_set.html")]
struct SetPage {
    frame: Frame,
    errors: FormErrors,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    what: String,
    days: String,
    typed: String,
    happens: String,
    limits: String,
    fixed: bool,
}

/// What is not kept for ever.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RetentionView {
    /// The rules.
    rules: Vec<RuleView>,
    /// The last runs that ended something, newest first.
    runs: Vec<RunView>,
}

/// A rule.
#[derive(Debug, Serialize, JsonSchema)]
struct RuleView {
    /// Its name.
    name: &'static str,
    /// What it is about.
    what: String,
    /// After how many days.
    days: u32,
    /// `erased` or `anonymised`.
    ending: &'static str,
    /// The fewest days a town may set.
    least_days: u32,
    /// The most days a town may set.
    most_days: u32,
}

/// A run of the rules.
#[derive(Debug, Serialize, JsonSchema)]
struct RunView {
    /// When (RFC 3339).
    at: String,
    /// How many were ended, by the rule's name.
    ended: BTreeMap<String, u64>,
    /// Its place in the record.
    position: u64,
}

/// How it is described.
pub fn doc() -> Doc {
    Doc::new("town", "What the town does not keep for ever, after how long it ends, and the last runs").answers(
        200,
        "application/json",
        "The rules with their days, and the runs that ended something.",
        schema_of::<RetentionView>(),
    )
}

fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Erased => "erased",
        Ending::Anonymised => "anonymised",
    }
}

/// GET /about/retention
pub async fn show(State(town): State<Town>, visit: Visit) -> Answer {
    let look = town.db().read(|tx| Ok((kept::all(tx)?, record::about(tx, &retention::subject(), 1_000)?)));
    let (kept, entries) = look.await.map_err(|error: database::DbError| Stop::from(error))?;
    let entries = entries.into_iter().rev().filter(|entry| entry.saying == retention::RAN).take(RUNS_SHOWN as usize);
    let runs: Vec<RunView> = entries
        .map(|entry| RunView {
            at: entry.said_at.rfc3339(),
            ended: serde_json::from_value(entry.what()["ended"].clone()).unwrap_or_default(),
            position: entry.position,
        })
        .collect();
    if visit.wants == Wants::Json {
        return json(&RetentionView { rules: rules(&town, &visit, &kept), runs });
    }
    let runs = runs.iter().map(|run| {
        let when = civic::Moment::parse(&run.at).map_or_else(|text| text, |at| visit.date_time(at));
        let count: u64 = run.ended.values().sum();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        (format!("/record/{}", run.position), visit.t.with2("retention-run", "when", when, "count", count))
    });
    let runs = runs.collect();
    page(&RetentionPage {
        frame: Frame::new(&town, &visit, visit.t.say("retention-title")).twins(&visit, &[Wants::Json]),
        rows: rows(&town, &visit, &kept, None),
        runs,
        may_set: visit.actor.may(&super::SET),
    })
}

fn rules(town: &Town, visit: &Visit, kept: &BTreeMap<String, String>) -> Vec<RuleView> {
    let rules = town.part::<Catalogue>().retention.iter();
    rules
        .map(|rule| RuleView {
            name: rule.name,
            what: visit.t.say(rule.key).to_owned(),
            days: retention::days_of(rule, kept),
            ending: word(rule.ending),
            least_days: rule.limits_days.0,
            most_days: rule.limits_days.1,
        })
        .collect()
}

fn rows(town: &Town, visit: &Visit, kept: &BTreeMap<String, String>, form: Option<&Submission>) -> Vec<Row> {
    let t = &visit.t;
    let days_in_words = |days: u32| t.with1("retention-days", "count", i64::from(days));
    let rules = town.part::<Catalogue>().retention.iter();
    rules
        .map(|rule| {
            let (least, most) = rule.limits_days;
            let days = retention::days_of(rule, kept);
            let number = |days: u32| dates::number(i64::from(days), t.language());
            Row {
                name: rule.name,
                what: t.say(rule.key).to_owned(),
                days: days_in_words(days),
                typed: form.and_then(|form| form.raw(rule.name)).map_or_else(|| days.to_string(), str::to_owned),
                happens: match rule.ending {
                    Ending::Erased => t.say("retention-erased").to_owned(),
                    Ending::Anonymised => t.say("retention-anonymised").to_owned(),
                },
                limits: t.with2("retention-limits", "least", number(least), "most", number(most)),
                fixed: least == most,
            }
        })
        .collect()
}

/// GET /admin/retention
pub async fn ask(State(town): State<Town>, visit: Visit) -> Answer {
    form_page(&town, &visit, StatusCode::OK, None, FormErrors::default()).await
}

async fn form_page(
    town: &Town,
    visit: &Visit,
    status: StatusCode,
    form: Option<&Submission>,
    errors: FormErrors,
) -> Answer {
    let kept = town.db().read(kept::all).await.map_err(|error: database::DbError| Stop::from(error))?;
    let frame = Frame::new(town, visit, visit.t.say("retention-set-title"));
    page_with(status, &SetPage { frame, errors, rows: rows(town, visit, &kept, form) })
}

/// POST /admin/retention: the days of each rule that is in the form.
pub async fn set(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let mut refusals = Vec::new();
    for rule in town.part::<Catalogue>().retention.clone() {
        let Some(days) = form.raw(rule.name) else { continue };
        match retention::set(&town, visit.actor(), rule.name, days).await {
            Ok(()) => {}
            Err(Stop::Refused(refused)) => refusals.extend(refused),
            Err(stop) => return Err(stop),
        }
    }
    if refusals.is_empty() {
        return see_other_saying("/about/retention", "retention-saved");
    }
    if visit.wants != Wants::Html {
        return Err(Stop::Refused(refusals));
    }
    let errors = FormErrors::of(&refusals, &visit.t);
    form_page(&town, &visit, StatusCode::UNPROCESSABLE_ENTITY, Some(&form), errors).await
}
