//! Who is entitled, who applied, and the gap; and the description of the town's households.

use super::{LIST_TWINS, own::title_of, with_status};
use crate::{
    figures::{By, SMALL},
    joining::group_name,
    model::Service,
    store,
    take_up::{self, AreaView, Population, TakeUpView, TownTakeUp},
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use database::DbError;
use serde::Deserialize;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    dates,
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    table::csv_answer,
    visit::Query,
};

/// Which service; all of them unless asked otherwise.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    service: String,
}

struct Line {
    name: String,
    href: String,
    households: String,
    entitled: String,
    not_known: String,
    applied: String,
    granted: String,
    share: String,
    gap: String,
}

#[derive(askama::Template)]
#[template(path = "services_take_up.html")]
struct TakeUpPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    services: Vec<Choice>,
    heading: String,
    is_empty: bool,
    may_describe: bool,
    simulated: bool,
    by: String,
    missing: String,
    small: String,
    lines: Vec<Line>,
    first: String,
}

/// GET /services/take-up
pub async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let found = town.db().read(|tx| Ok((store::published(tx)?, take_up::kept_report(tx)?))).await;
    let (services, report): (Vec<Service>, Option<TownTakeUp>) = found.map_err(|error: DbError| Stop::from(error))?;
    let report = report.unwrap_or_default();
    let one = report.services.iter().find(|one| one.service == asked.service);
    if !asked.service.is_empty() && one.is_none() {
        return Err(Stop::NotFound);
    }
    match (visit.wants, one) {
        (Wants::Json, _) => {
            let mut view = report.clone();
            view.services.retain(|one| asked.service.is_empty() || one.service == asked.service);
            return json(&view);
        }
        (Wants::Csv, _) => return csv(&report, &asked.service),
        _ => {}
    }
    let t = &visit.t;
    let name = |code: &str| title_of(&services, code, t.language());
    let lines = match one {
        Some(one) => district_lines(&town, t, one),
        None => report
            .services
            .iter()
            .map(|one| line(t, name(&one.service), format!("/services/take-up?service={}", one.service), &one.all))
            .collect(),
    };
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        detail: String::new(),
        chosen: value == asked.service,
    };
    let mut choices = vec![choice("", t.say("sv-figures-all").to_owned())];
    choices.extend(report.services.iter().map(|one| choice(&one.service, name(&one.service))));
    let at = |text: &str| Moment::parse(text).map(|at| visit.date(at)).unwrap_or_default();
    let by = [
        ("source", report.source.as_str().into()),
        ("described", at(&report.described_at).into()),
        ("counted", at(&report.as_of).into()),
        ("rows", dates::number(report.rows.cast_signed(), t.language()).into()),
    ];
    page(&TakeUpPage {
        frame: Frame::new(&town, &visit, t.say("sv-take-title"))
            .describe(t.say("sv-take-lead"))
            .twins(&visit, LIST_TWINS),
        crumbs: vec![
            Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
            Crumb { href: String::new(), label: t.say("sv-take-title").to_owned() },
        ],
        heading: one.map_or_else(|| t.say("sv-figures-all").to_owned(), |one| name(&one.service)),
        is_empty: report.services.is_empty(),
        may_describe: visit.actor.may(&crate::acts::DESCRIBE),
        simulated: report.is_simulated,
        by: t.with("sv-take-by", &by),
        missing: one
            .filter(|one| !one.facts_missing.is_empty())
            .map(|one| t.with1("sv-take-missing", "facts", one.facts_missing.join(", ")))
            .unwrap_or_default(),
        small: t.with1("sv-figures-small", "least", SMALL.cast_signed()),
        first: t.say(if one.is_some() { "sv-take-district" } else { "sv-service" }).to_owned(),
        services: choices,
        lines,
    })
}

fn district_lines(town: &Town, t: &Sayings, one: &TakeUpView) -> Vec<Line> {
    let mut districts: Vec<&AreaView> = one.districts.iter().collect();
    districts.sort_by_key(|area| (area.district.parse::<u32>().unwrap_or(u32::MAX), area.district.clone()));
    let all = line(t, t.say("sv-take-all").to_owned(), String::new(), &one.all);
    let of =
        |area: &&AreaView| line(t, group_name(town, By::District, &area.district, t.language()), String::new(), area);
    std::iter::once(all).chain(districts.iter().map(of)).collect()
}

fn line(t: &Sayings, name: String, href: String, area: &AreaView) -> Line {
    let number = |value: u64| dates::number(value.cast_signed(), t.language());
    let told =
        |value: Option<u64>| value.map_or_else(|| t.with1("sv-figures-few", "least", SMALL.cast_signed()), number);
    let percent = |value: f64| dates::decimal(value * 100.0, 1, t.language());
    Line {
        name,
        href,
        households: number(area.households),
        entitled: number(area.entitled),
        not_known: number(area.not_known),
        applied: told(area.applied),
        granted: told(area.granted),
        share: area.take_up.map_or_else(
            || "–".to_owned(),
            |one| {
                let n = dates::number(one.n.cast_signed(), t.language());
                let values =
                    [("value", percent(one.value)), ("low", percent(one.low)), ("high", percent(one.high)), ("n", n)];
                t.with("sv-take-share", &values.map(|(name, value)| (name, value.into())))
            },
        ),
        gap: match area.gap {
            None => "–".to_owned(),
            Some(gap) if gap < 0 => t.say("sv-take-more").to_owned(),
            Some(gap) => dates::number(gap, t.language()),
        },
    }
}

fn csv(report: &TownTakeUp, only: &str) -> Answer {
    let header = [
        "service",
        "number",
        "district",
        "households",
        "entitled",
        "not_known",
        "applied",
        "granted",
        "take_up",
        "take_up_low",
        "take_up_high",
        "gap",
    ];
    let row = |one: &TakeUpView, area: &AreaView| {
        let count = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        let share = |value: Option<f64>| value.map(|value| format!("{value:.4}")).unwrap_or_default();
        vec![
            one.service.clone(),
            one.number.to_string(),
            area.district.clone(),
            area.households.to_string(),
            area.entitled.to_string(),
            area.not_known.to_string(),
            count(area.applied),
            count(area.granted),
            share(area.take_up.map(|one| one.value)),
            share(area.take_up.map(|one| one.low)),
            share(area.take_up.map(|one| one.high)),
            area.gap.map(|gap| gap.to_string()).unwrap_or_default(),
        ]
    };
    let services = report.services.iter().filter(|one| only.is_empty() || one.service == only);
    let rows = services.flat_map(|one| std::iter::once(&one.all).chain(&one.districts).map(move |area| row(one, area)));
    csv_answer(&header, rows)
}

#[derive(askama::Template)]
#[template(path = "services_population.html")]
struct PopulationPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    now: String,
    names: String,
    facts: Vec<(String, String)>,
    source: String,
    simulated: bool,
}

/// GET /admin/services/population
pub async fn population(State(town): State<Town>, visit: Visit) -> Answer {
    render(&town, &visit, FormErrors::default(), None).await
}

/// POST /admin/services/population
pub async fn describe(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let bytes = form.file("file").map(|file| file.bytes.to_vec()).unwrap_or_default();
    let source = form.text("source").unwrap_or_default().to_owned();
    let done = take_up::describe(&town, visit.actor.clone(), bytes, source, form.is_ticked("simulated")).await;
    match done {
        Ok(_) => see_other_saying("/services/take-up", "sv-flash-described"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(render(&town, &visit, errors, Some(&form)).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

async fn render(town: &Town, visit: &Visit, errors: FormErrors, typed: Option<&Submission>) -> Answer {
    let found = town.db().read(|tx| Ok((take_up::population(tx)?, store::published(tx)?))).await;
    let (kept, services): (Option<Population>, Vec<Service>) = found.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let facts = |service: &Service| {
        let text = &service.published.as_ref()?.rules;
        let law = crate::rules::kept(text).ok().filter(|_| !text.trim().is_empty())?;
        Some((title_of(&services, &service.code, t.language()), law.inputs().join(", ")))
    };
    let now = kept.as_ref().map(|one| {
        let count = |number: u64| dates::number(number.cast_signed(), t.language());
        let values = [
            ("rows", count(one.described.rows.len() as u64)),
            ("households", count(one.described.households())),
            ("source", one.source.clone()),
            ("date", visit.date(one.at)),
        ];
        t.with("sv-population-now", &values.map(|(name, value)| (name, value.into())))
    });
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &PopulationPage {
            frame: Frame::new(town, visit, t.say("sv-population-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/services/take-up".to_owned(), label: t.say("sv-take-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-population-title").to_owned() },
            ],
            now: now.unwrap_or_default(),
            names: kept.map(|one| one.described.names.join(", ")).unwrap_or_default(),
            facts: services.iter().filter_map(facts).collect(),
            source: typed.and_then(|form| form.text("source")).unwrap_or_default().to_owned(),
            simulated: typed.is_some_and(|form| form.is_ticked("simulated")),
        },
    )
}
