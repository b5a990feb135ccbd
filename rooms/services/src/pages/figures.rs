//! How soon and how fairly services are given.

use super::LIST_TWINS;
use crate::{
    figures::{self, FiguresView, GroupView, SMALL, ShareView, WaitView},
    store,
};
use axum::extract::State;
use civic::Money;
use database::DbError;
use serde::Deserialize;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page},
    chart::{About, Datum, bars_svg},
    dates,
    money::money,
    parts::{Choice, Crumb},
    table::csv_answer,
    visit::Query,
};

/// Which figures.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    service: String,
}

struct Line {
    name: String,
    applications: String,
    median: String,
    p90: String,
    incomplete: String,
    granted: String,
    appeals: String,
}

struct Table {
    id: &'static str,
    heading: String,
    chart: String,
    lines: Vec<Line>,
}

/// What the sums of fees are called, in the order of the page.
const FEES: [&str; 4] = ["sv-fee-paid", "sv-fee-due", "sv-fee-waived", "sv-fee-refunded"];

#[derive(askama::Template)]
#[template(path = "services_figures.html")]
struct FiguresPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    services: Vec<Choice>,
    title: String,
    is_empty: bool,
    simulated: Option<String>,
    as_of: String,
    small: String,
    all: Line,
    wait_between: String,
    tax: Option<(String, String, String)>,
    tables: Vec<Table>,
    fees: Option<Vec<(String, String)>>,
}

/// GET /services/figures
pub async fn figures(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let code = asked.service.clone();
    let (services, found) = town
        .db()
        .read(move |tx| Ok((store::published(tx)?, figures::last(tx, &code)?)))
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    if !asked.service.is_empty() && !services.iter().any(|one| one.code == asked.service) {
        return Err(Stop::NotFound);
    }
    let found = found.unwrap_or_default();
    match visit.wants {
        Wants::Json => return json(&found),
        Wants::Csv => return csv(&found),
        _ => {}
    }
    let t = &visit.t;
    let title_of = |one: &crate::model::Service| one.draft.title.in_language(t.language()).to_owned();
    let choice = |one: &crate::model::Service| Choice {
        value: one.code.clone(),
        label: one
            .published
            .as_ref()
            .map_or_else(|| title_of(one), |definition| definition.title.in_language(t.language()).to_owned()),
        detail: String::new(),
        chosen: one.code == asked.service,
    };
    let any = Choice {
        value: String::new(),
        label: t.say("sv-figures-all").to_owned(),
        detail: String::new(),
        chosen: asked.service.is_empty(),
    };
    let choices: Vec<Choice> = std::iter::once(any).chain(services.iter().map(choice)).collect();
    let title = choices.iter().find(|choice| choice.chosen).map(|choice| choice.label.clone()).unwrap_or_default();
    page(&FiguresPage {
        frame: Frame::new(&town, &visit, t.say("sv-figures-title"))
            .describe(t.say("sv-figures-lead"))
            .twins(&visit, LIST_TWINS),
        crumbs: vec![
            Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
            Crumb { href: String::new(), label: t.say("sv-figures-title").to_owned() },
        ],
        services: choices,
        title,
        is_empty: found.all.applications.is_none(),
        simulated: (found.simulated > 0)
            .then(|| t.with1("sv-figures-simulated", "count", found.simulated.cast_signed())),
        as_of: civic::Moment::parse(&found.as_of).map(|at| visit.date_time(at)).unwrap_or_default(),
        small: t.with1("sv-figures-small", "least", SMALL.cast_signed()),
        all: line(t, String::new(), &found.all),
        wait_between: between(t, found.all.wait.as_ref()),
        tax: found.time_tax.map(|tax| {
            let words = |value: i64| dates::number(value, t.language());
            (words(tax.minutes_median), words(tax.pages_median), words(tax.letters_median))
        }),
        fees: found.fees.map(|fees| {
            let words =
                |amount_cents: i64| money(Money { amount_cents, currency: town.settings().currency }, t.language());
            let sums = [fees.paid_cents, fees.due_cents, fees.waived_cents, fees.refunded_cents];
            FEES.iter().map(|key| t.say(key).to_owned()).zip(sums.map(words)).collect()
        }),
        tables: tables(&town, &visit, &found),
    })
}

fn tables(town: &Town, visit: &Visit, found: &FiguresView) -> Vec<Table> {
    let t = &visit.t;
    let districts = town.part::<places::Districts>();
    let district = |code: &str| districts.name(code).unwrap_or_else(|| code.to_owned());
    let channel = |code: &str| t.say(&format!("sv-channel-{code}")).to_owned();
    let language =
        |code: &str| code.parse::<civic::Language>().map_or_else(|_| code.to_owned(), |one| one.own_name().to_owned());
    vec![
        table(t, "districts", &found.districts, &district),
        table(t, "channels", &found.channels, &channel),
        table(t, "languages", &found.languages, &language),
    ]
    .into_iter()
    .filter(|table| !table.lines.is_empty())
    .collect()
}

fn table(t: &Sayings, id: &'static str, groups: &[GroupView], name: &dyn Fn(&str) -> String) -> Table {
    let heading = t.say(&format!("sv-figures-{id}")).to_owned();
    // By number where the codes are numbers, so that 10 comes after 9.
    let mut groups: Vec<&GroupView> = groups.iter().collect();
    groups.sort_by_key(|group| (group.group.parse::<u32>().unwrap_or(u32::MAX), group.group.clone()));
    let datum = |group: &&GroupView| {
        let wait = group.wait?;
        let text = t.with2(
            "sv-figures-days",
            "days",
            dates::decimal(wait.median_days, 1, t.language()),
            "n",
            wait.n.cast_signed(),
        );
        Some(Datum { label: name(&group.group), value: wait.median_days, text })
    };
    let data: Vec<Datum> = groups.iter().filter_map(datum).collect();
    let title = format!("{heading}: {}", t.say("sv-figures-median"));
    let about = About { id, title: &title, desc: t.say("sv-figures-chart"), rtl: t.language().direction() == "rtl" };
    let chart = if data.len() > 1 { bars_svg(&about, &data, 0) } else { String::new() };
    let groups = &groups;
    Table { id, heading, chart, lines: groups.iter().map(|group| line(t, name(&group.group), group)).collect() }
}

fn line(t: &Sayings, name: String, group: &GroupView) -> Line {
    let days = |of: fn(&WaitView) -> f64| {
        group.wait.as_ref().map_or_else(|| "–".to_owned(), |wait| dates::decimal(of(wait), 1, t.language()))
    };
    Line {
        name,
        applications: group.applications.map_or_else(
            || t.with1("sv-figures-few", "least", SMALL.cast_signed()),
            |n| dates::number(n.cast_signed(), t.language()),
        ),
        median: days(|wait| wait.median_days),
        p90: days(|wait| wait.p90_days),
        incomplete: share(t, group.incomplete),
        granted: share(t, group.granted),
        appeals: share(t, group.appeals_changed),
    }
}

/// `62% (55–69)`, or a dash.
fn share(t: &Sayings, share: Option<ShareView>) -> String {
    let percent = |value: f64| dates::decimal(value * 100.0, 0, t.language());
    share.map_or_else(
        || "–".to_owned(),
        |share| format!("{}% ({}–{})", percent(share.value), percent(share.low), percent(share.high)),
    )
}

fn between(t: &Sayings, wait: Option<&WaitView>) -> String {
    let ends = wait.and_then(|wait| wait.median_low_days.zip(wait.median_high_days));
    ends.map_or_else(String::new, |(low, high)| {
        t.with2(
            "sv-figures-between",
            "low",
            dates::decimal(low, 1, t.language()),
            "high",
            dates::decimal(high, 1, t.language()),
        )
    })
}

fn csv(found: &FiguresView) -> Answer {
    let header = [
        "by",
        "group",
        "applications",
        "median_days",
        "median_low_days",
        "median_high_days",
        "p90_days",
        "waits",
        "incomplete",
        "incomplete_low",
        "incomplete_high",
        "granted",
        "granted_low",
        "granted_high",
        "granted_n",
        "appeals_changed",
        "appeals_n",
    ];
    let of = |by: &str, group: &GroupView| {
        let number = |value: Option<f64>| value.map(|value| format!("{value:.4}")).unwrap_or_default();
        let wait = group.wait;
        let (incomplete, granted, appeals) = (group.incomplete, group.granted, group.appeals_changed);
        vec![
            by.to_owned(),
            group.group.clone(),
            group.applications.map(|n| n.to_string()).unwrap_or_default(),
            number(wait.map(|wait| wait.median_days)),
            number(wait.and_then(|wait| wait.median_low_days)),
            number(wait.and_then(|wait| wait.median_high_days)),
            number(wait.map(|wait| wait.p90_days)),
            wait.map(|wait| wait.n.to_string()).unwrap_or_default(),
            number(incomplete.map(|share| share.value)),
            number(incomplete.map(|share| share.low)),
            number(incomplete.map(|share| share.high)),
            number(granted.map(|share| share.value)),
            number(granted.map(|share| share.low)),
            number(granted.map(|share| share.high)),
            granted.map(|share| share.n.to_string()).unwrap_or_default(),
            number(appeals.map(|share| share.value)),
            appeals.map(|share| share.n.to_string()).unwrap_or_default(),
        ]
    };
    let groups = [("district", &found.districts), ("channel", &found.channels), ("language", &found.languages)];
    let rows = std::iter::once(of("all", &found.all))
        .chain(groups.into_iter().flat_map(|(by, groups)| groups.iter().map(move |group| of(by, group))));
    csv_answer(&header, rows)
}
