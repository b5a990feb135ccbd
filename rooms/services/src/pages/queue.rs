//! "Two more clerks on Monday: what changes?" Nothing of it is kept.

use super::own::title_of;
use crate::{
    acts,
    model::Service,
    queue::{self, BandView, ComparedPlans, MOST, MeanView, Measured, WEEKS, Week},
    store,
};
use axum::{extract::State, http::StatusCode};
use people::organisations::{self, Organisation};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page_with},
    dates,
    forms::FormErrors,
    parts::{Choice, Crumb},
    visit::Query,
};

/// What is asked: `agency`, `service`, `rate`, and officers by weekday as `now-1` … `then-7`.
type Asked = BTreeMap<String, String>;

/// The queue of an agency, for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QueueView {
    /// The code of the agency.
    pub agency: String,
    /// The code of the service; empty for all of the agency.
    pub service: String,
    /// Whole weeks that were measured, and that are looked ahead.
    pub weeks: i64,
    /// Applications that come on each weekday on average, Monday first.
    pub arrivals: Vec<f64>,
    /// Officers who decide something on each weekday on average.
    pub clerks: Vec<f64>,
    /// What an officer decides in a fuller day, as measured; none where too few days were counted.
    pub per_clerk_day: Option<f64>,
    /// Days of officers that were counted.
    pub clerk_days: usize,
    /// What waits now.
    pub backlog: u32,
    /// What the plans come to; none where it is not known how much an officer does.
    pub compared: Option<ComparedPlans>,
}

struct DayLine {
    name: String,
    arrivals: String,
    now: String,
    then: String,
    number: usize,
}

struct WeekLine {
    name: String,
    now: String,
    then: String,
}

#[derive(askama::Template)]
#[template(path = "services_queue.html")]
struct QueuePage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    agencies: Vec<Choice>,
    agency: String,
    services: Vec<Choice>,
    measured: String,
    rate: String,
    days: Vec<DayLine>,
    verdicts: Vec<String>,
    weeks: Vec<WeekLine>,
    waits: Option<(String, String)>,
    how: String,
}

/// What was found for an agency.
struct Found {
    agencies: Vec<Organisation>,
    agency: Option<Organisation>,
    services: Vec<Service>,
    measured: Measured,
    today: i64,
}

async fn load(town: &Town, visit: &Visit, asked: &Asked) -> Result<Found, Stop> {
    let (own, actor, now) = (town.clone(), visit.actor.clone(), visit.at);
    let text = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let (code, service) = (text("agency"), text("service"));
    town.db()
        .read_long(move |tx| {
            let mut agencies = organisations::list(tx)?;
            let mut services = store::services_all(tx)?;
            agencies.retain(|one| {
                actor.may_for(&acts::HANDLE, Some(one.id))
                    && services.iter().any(|service| service.organisation == one.id)
            });
            let agency = agencies.iter().find(|one| one.code == code).or_else(|| agencies.first()).cloned();
            services.retain(|one| agency.as_ref().is_some_and(|agency| agency.id == one.organisation));
            // Whole days of the town; the hour by which a day shifts in summer hardly moves a count.
            let zoned = now.in_zone(&own.settings().zone);
            let ahead = i64::from(zoned.offset().seconds());
            let midnight = zoned.start_of_day().map_err(Stop::fault)?;
            let until = civic::Moment::from(midnight.timestamp());
            let days = match &agency {
                Some(agency) => {
                    let only = services.iter().find(|one| one.code == service).map(|one| one.code.as_str());
                    store::queue_days(tx, agency.id, only, (until.plus_days(-WEEKS * 7), until), ahead)?
                }
                None => queue::Days::default(),
            };
            let today = queue::day_of(now, ahead);
            Ok(Found { agencies, agency, services, measured: queue::measured(&days), today })
        })
        .await
}

/// A number of officers or of matters, as people write it.
fn number(text: &str) -> Option<f64> {
    let number: f64 = text.trim().replace(',', ".").parse().ok()?;
    (0.0..=MOST).contains(&number).then_some(number)
}

/// The plan of work of a week as it was typed, else as it is.
fn week(asked: &Asked, name: &str, usual: Week, refusals: &mut Vec<Refusal>) -> Week {
    let mut week = usual;
    for (at, clerks) in week.iter_mut().enumerate() {
        let field = format!("{name}-{}", at + 1);
        let Some(text) = asked.get(&field).filter(|text| !text.trim().is_empty()) else { continue };
        match number(text) {
            Some(number) => *clerks = number,
            None => refusals.push(Refusal::new("queue-number").at(field_of(name, at)).with("most", MOST as i64)),
        }
    }
    week
}

/// Where a wrong number stands.
fn field_of(name: &str, at: usize) -> &'static str {
    const NOW: [&str; 7] = ["now-1", "now-2", "now-3", "now-4", "now-5", "now-6", "now-7"];
    const THEN: [&str; 7] = ["then-1", "then-2", "then-3", "then-4", "then-5", "then-6", "then-7"];
    if name == "now" { NOW[at] } else { THEN[at] }
}

/// GET /desk/services/queue
pub async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let found = load(&town, &visit, &asked).await?;
    let mut refusals = Vec::new();
    let usual = found.measured.clerks.map(|clerks| (clerks * 10.0).round() / 10.0);
    let now = week(&asked, "now", usual, &mut refusals);
    let then = week(&asked, "then", now, &mut refusals);
    let rate = match asked.get("rate").filter(|text| !text.trim().is_empty()) {
        Some(text) => match number(text).filter(|rate| *rate > 0.0) {
            Some(rate) => Some(rate),
            None => {
                refusals.push(Refusal::new("queue-number").at("rate").with("most", MOST as i64));
                None
            }
        },
        None => found.measured.per_clerk_day,
    };
    let mut compared = None;
    if let Some(rate) = rate.filter(|_| refusals.is_empty() && found.agency.is_some()) {
        let (measured, today) = (found.measured.clone(), found.today);
        let lived = tokio::task::spawn_blocking(move || queue::compare_plans(&measured, rate, (&now, &then), today));
        match lived.await.map_err(Stop::fault)? {
            Ok(plans) => compared = Some(plans),
            Err(_) => refusals.push(Refusal::new("queue-large").at("rate")),
        }
    }
    if visit.wants == Wants::Json {
        if !refusals.is_empty() {
            return Err(Stop::Refused(refusals));
        }
        return json(&view(&found, &asked, compared));
    }
    render(&town, &visit, &asked, found, (now, then), rate, compared, &refusals)
}

fn view(found: &Found, asked: &Asked, compared: Option<ComparedPlans>) -> QueueView {
    let measured = &found.measured;
    let service = asked.get("service").filter(|code| found.services.iter().any(|one| one.code == **code));
    QueueView {
        agency: found.agency.as_ref().map(|one| one.code.clone()).unwrap_or_default(),
        service: service.cloned().unwrap_or_default(),
        weeks: WEEKS,
        arrivals: measured.arrivals.to_vec(),
        clerks: measured.clerks.to_vec(),
        per_clerk_day: measured.per_clerk_day,
        clerk_days: measured.clerk_days,
        backlog: measured.backlog,
        compared,
    }
}

#[expect(clippy::too_many_arguments, reason = "what was found, what was asked, and what came of it")]
fn render(
    town: &Town,
    visit: &Visit,
    asked: &Asked,
    found: Found,
    (now, then): (Week, Week),
    rate: Option<f64>,
    compared: Option<ComparedPlans>,
    refusals: &[Refusal],
) -> Answer {
    let t = &visit.t;
    let places = |value: f64| dates::decimal(value, 1, t.language());
    let typed = |name: &str, value: f64| asked.get(name).cloned().unwrap_or_else(|| places(value));
    let agency = found.agency.as_ref().map(|one| one.code.clone()).unwrap_or_default();
    let measured = &found.measured;
    let day = |at: usize| DayLine {
        name: t.say(&format!("sv-weekday-{}", at + 1)).to_owned(),
        arrivals: places(measured.arrivals[at]),
        now: typed(&format!("now-{}", at + 1), now[at]),
        then: typed(&format!("then-{}", at + 1), then[at]),
        number: at + 1,
    };
    let choice = |value: &str, label: String, chosen: bool| Choice {
        value: value.to_owned(),
        label,
        detail: String::new(),
        chosen,
    };
    let service = asked.get("service").map(String::as_str).unwrap_or_default();
    let mut services = vec![choice("", t.say("sv-figures-all").to_owned(), service.is_empty())];
    services.extend(
        found
            .services
            .iter()
            .map(|one| choice(&one.code, title_of(&found.services, &one.code, t.language()), one.code == service)),
    );
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &QueuePage {
            frame: Frame::new(town, visit, t.say("sv-queue-title")).twins(visit, super::PAGE_TWINS),
            errors: FormErrors::of(refusals, t),
            crumbs: vec![
                Crumb { href: "/desk/services".to_owned(), label: t.say("sv-desk-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-queue-title").to_owned() },
            ],
            agencies: found
                .agencies
                .iter()
                .map(|one| choice(&one.code, one.name.in_language(t.language()).to_owned(), one.code == agency))
                .collect(),
            agency,
            services,
            measured: measured_words(t, measured),
            rate: asked.get("rate").cloned().unwrap_or_else(|| rate.map(places).unwrap_or_default()),
            days: (0..7).map(day).collect(),
            verdicts: compared.as_ref().map(|plans| verdicts(t, plans)).unwrap_or_default(),
            weeks: compared.as_ref().map(|plans| weeks(t, plans)).unwrap_or_default(),
            waits: compared
                .as_ref()
                .and_then(|plans| Some((band(t, plans.now.wait_days?, 1), band(t, plans.then.wait_days?, 1)))),
            how: compared
                .as_ref()
                .map(|plans| t.with1("sv-queue-how", "runs", i64::from(plans.runs)))
                .unwrap_or_default(),
        },
    )
}

fn measured_words(t: &Sayings, measured: &Measured) -> String {
    let values = [
        ("backlog", dates::number(i64::from(measured.backlog), t.language())),
        ("week", dates::decimal(measured.arrivals.iter().sum(), 1, t.language())),
        ("weeks", dates::number(WEEKS, t.language())),
        ("days", dates::number(measured.clerk_days as i64, t.language())),
    ];
    let key = if measured.per_clerk_day.is_some() { "sv-queue-measured" } else { "sv-queue-measured-few" };
    t.with(key, &values.map(|(name, value)| (name, value.into())))
}

/// `78 (61–95)`.
fn band(t: &Sayings, band: BandView, places: usize) -> String {
    let number = |value: f64| dates::decimal(value, places, t.language());
    format!("{} ({}–{})", number(band.middle), number(band.low), number(band.high))
}

fn weeks(t: &Sayings, plans: &ComparedPlans) -> Vec<WeekLine> {
    let both = plans.now.weeks.iter().zip(&plans.then.weeks).enumerate();
    both.map(|(at, (now, then))| WeekLine {
        name: t.with1("sv-queue-week", "number", at as i64 + 1),
        now: band(t, *now, 0),
        then: band(t, *then, 0),
    })
    .collect()
}

/// What changes, in sentences; what may be chance says so.
fn verdicts(t: &Sayings, plans: &ComparedPlans) -> Vec<String> {
    let sentence = |name: &str, change: MeanView, places: usize| {
        let way = match change {
            MeanView { high, .. } if high < 0.0 => "less",
            MeanView { low, .. } if low > 0.0 => "more",
            _ => "same",
        };
        let mut ends = [change.low.abs(), change.high.abs()];
        ends.sort_unstable_by(f64::total_cmp);
        let number = |value: f64| dates::decimal(value, places, t.language());
        let values = [("value", number(change.value.abs())), ("low", number(ends[0])), ("high", number(ends[1]))];
        t.with(&format!("sv-queue-{name}-{way}"), &values.map(|(name, value)| (name, value.into())))
    };
    let mut all = vec![sentence("line", plans.backlog_change, 0)];
    all.extend(plans.wait_change.map(|change| sentence("wait", change, 1)));
    all
}
