//! How soon and how fairly services are given.

mod csv;

use super::LIST_TWINS;
use crate::{
    figures::{
        self, By, ComparedView, FairView, FiguresView, GapView, GroupView, OutlookView, SMALL, ShareView, WaitView,
    },
    joining::group_name,
    model::Service,
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

/// Groups against all others, for the same mix.
struct Compared {
    id: &'static str,
    heading: String,
    lines: Vec<ComparedLine>,
}

struct ComparedLine {
    name: String,
    wait: String,
    incomplete: String,
    granted: String,
    appeals: String,
}

/// What applying for one service costs in time.
struct TaxLine {
    name: String,
    href: String,
    cells: [String; 5],
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
    tax: Option<[String; 4]>,
    taxes: Vec<TaxLine>,
    tables: Vec<Table>,
    compared: Vec<Compared>,
    gaps: Vec<String>,
    fees: Option<Vec<(String, String)>>,
    outlook: Option<Outlook>,
}

/// What is likely to wait, in words.
struct Outlook {
    lead: String,
    /// Day, expected, between.
    weeks: Vec<(String, String, String)>,
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
        Wants::Csv => return csv::answer(&found),
        _ => {}
    }
    let t = &visit.t;
    let title_of = |one: &Service| one.draft.title.in_language(t.language()).to_owned();
    let choice = |one: &Service| Choice {
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
            [tax.minutes_median, tax.pages_median, tax.visits_median, tax.letters_median]
                .map(|value| dates::number(value, t.language()))
        }),
        taxes: taxes(t, &found, &services),
        compared: compared(&town, t, &found),
        gaps: found.gaps.iter().map(|gap| gap_words(&town, &visit, gap)).collect(),
        fees: found.fees.map(|fees| {
            let words =
                |amount_cents: i64| money(Money { amount_cents, currency: town.settings().currency }, t.language());
            let sums = [fees.paid_cents, fees.due_cents, fees.waived_cents, fees.refunded_cents];
            FEES.iter().map(|key| t.say(key).to_owned()).zip(sums.map(words)).collect()
        }),
        tables: tables(&town, &visit, &found),
        outlook: found.outlook.as_ref().map(|outlook| outlook_words(&visit, outlook)),
    })
}

fn outlook_words(visit: &Visit, outlook: &OutlookView) -> Outlook {
    let t = &visit.t;
    let number = |value: u64| dates::number(value.cast_signed(), t.language());
    let week = |week: &figures::OutlookWeek| {
        let day = civic::Moment::parse(&week.day).map(|at| visit.date(at)).unwrap_or_default();
        (day, number(week.expected), t.with2("sv-outlook-between", "low", number(week.low), "high", number(week.high)))
    };
    Outlook {
        lead: t.with2("sv-outlook-lead", "waiting", number(outlook.waiting), "days", number(outlook.history_days)),
        weeks: outlook.weeks.iter().map(week).collect(),
    }
}

fn tables(town: &Town, visit: &Visit, found: &FiguresView) -> Vec<Table> {
    let t = &visit.t;
    [(By::District, &found.districts), (By::Channel, &found.channels), (By::Language, &found.languages)]
        .into_iter()
        .map(|(by, groups)| table(t, id_of(by), groups, &|code| group_name(town, by, code, t.language())))
        .filter(|table| !table.lines.is_empty())
        .collect()
}

fn id_of(by: By) -> &'static str {
    match by {
        By::District => "districts",
        By::Channel => "channels",
        By::Language => "languages",
    }
}

/// By number where the codes are numbers, so that 10 comes after 9.
fn in_order(group: &str) -> (u32, String) {
    (group.parse().unwrap_or(u32::MAX), group.to_owned())
}

fn compared(town: &Town, t: &Sayings, found: &FiguresView) -> Vec<Compared> {
    let of = |by: &By| {
        let mut views: Vec<&FairView> = found.fair.iter().filter(|one| one.by == by.word()).collect();
        views.sort_by_key(|one| in_order(&one.group));
        Compared {
            id: id_of(*by),
            heading: t.say(&format!("sv-figures-{}", id_of(*by))).to_owned(),
            lines: views
                .into_iter()
                .map(|one| compared_line(t, group_name(town, *by, &one.group, t.language()), one))
                .collect(),
        }
    };
    By::ALL.iter().map(of).filter(|one| one.lines.len() > 1).collect()
}

fn compared_line(t: &Sayings, name: String, one: &FairView) -> ComparedLine {
    let ratio = |one: Option<ComparedView>| interval(t, one, 1.0, 2);
    let points = |one: Option<ComparedView>| interval(t, one, 100.0, 0);
    ComparedLine {
        name,
        wait: ratio(one.wait),
        incomplete: points(one.incomplete),
        granted: points(one.granted),
        appeals: points(one.appeals_changed),
    }
}

/// `1.24 (1.10 to 1.40, n = 120)`, or a dash.
pub(super) fn interval(t: &Sayings, one: Option<ComparedView>, times: f64, places: usize) -> String {
    let Some(one) = one else { return "–".to_owned() };
    // Rounded first, so that nothing is shown as less than nought that is nought.
    let unit = 10_f64.powi(i32::try_from(places).unwrap_or_default());
    let number = |value: f64| dates::decimal((value * times * unit).round() / unit + 0.0, places, t.language());
    let n = dates::number(one.n.cast_signed(), t.language());
    let values = [("value", number(one.value)), ("low", number(one.low)), ("high", number(one.high)), ("n", n)];
    t.with("sv-fair-interval", &values.map(|(name, value)| (name, value.into())))
}

fn taxes(t: &Sayings, found: &FiguresView, services: &[Service]) -> Vec<TaxLine> {
    let line = |one: &figures::ServiceTaxView| {
        let service = services.iter().find(|service| service.code == one.service)?;
        let definition = service.published.as_ref().unwrap_or(&service.draft);
        let tax = one.tax;
        let cells = [tax.minutes_median, tax.pages_median, tax.visits_median, tax.letters_median, one.n.cast_signed()];
        Some(TaxLine {
            name: definition.title.in_language(t.language()).to_owned(),
            href: format!("/services/figures?service={}", one.service),
            cells: cells.map(|value| dates::number(value, t.language())),
        })
    };
    found.time_tax_by_service.iter().filter_map(line).collect()
}

fn gap_words(town: &Town, visit: &Visit, gap: &GapView) -> String {
    let t = &visit.t;
    let places = |hundredths: i64| dates::decimal(hundredths as f64 / 100.0, 2, t.language());
    let group =
        By::of_word(&gap.by).map_or_else(|| gap.group.clone(), |by| group_name(town, by, &gap.group, t.language()));
    let since = civic::Moment::parse(&gap.opened_at).map(|at| visit.date(at)).unwrap_or_default();
    let values = [
        ("measure", t.say(&format!("sv-gap-{}", gap.measure)).into()),
        ("group", group.into()),
        ("value", places(gap.hundredths).into()),
        ("low", places(gap.low_hundredths).into()),
        ("high", places(gap.high_hundredths).into()),
        ("since", since.into()),
    ];
    t.with("sv-gap-open", &values)
}

fn table(t: &Sayings, id: &'static str, groups: &[GroupView], name: &dyn Fn(&str) -> String) -> Table {
    let heading = t.say(&format!("sv-figures-{id}")).to_owned();
    let mut groups: Vec<&GroupView> = groups.iter().collect();
    groups.sort_by_key(|group| in_order(&group.group));
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
