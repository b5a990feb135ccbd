//! How well we serve: the same figures for everybody, never a ranking without its uncertainty.

use crate::{
    figures::{Figures, Summary, Times},
    room::Books,
    views::{Eyes, Named},
};
use axum::extract::State;
use fairness::Estimate;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Town, Visit, Wants,
    answer::{json, page},
    chart::{About, Interval, intervals_svg},
    dates,
    table::csv_answer,
};

/// The figures, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FiguresView {
    /// When the first of the counted reports was made (RFC 3339).
    pub from: Option<String>,
    /// When the last was made.
    pub until: Option<String>,
    /// All of them.
    pub all: FiguresRow,
    /// By category.
    pub categories: Vec<FiguresRow>,
    /// By district.
    pub districts: Vec<FiguresRow>,
}

/// Figures of one category or district. Times are in seconds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FiguresRow {
    /// Its code and name; empty for all.
    #[serde(flatten)]
    pub named: Named,
    /// Reports of residents.
    pub reports: u64,
    /// Those that ended.
    pub ended: u64,
    /// Those that are open.
    pub open: u64,
    /// Those that are open although their end was promised by now.
    pub overdue: u64,
    /// Those that ended by the promised time.
    pub on_time: u64,
    /// Those whose promised time has passed: ended on time, ended late, and open overdue.
    pub promised: u64,
    /// Half ended within this time.
    pub median_seconds: Option<u32>,
    /// Nine of ten ended within this time.
    pub p90_seconds: Option<u32>,
    /// Half had a first answer within this time.
    pub answer_median_seconds: Option<u32>,
    /// Nine of ten had a first answer within this time.
    pub answer_p90_seconds: Option<u32>,
    /// How many times as long as the town's average an end took, for the same mix of categories; only for districts.
    pub adjusted: Option<Adjusted>,
}

/// A ratio with its 95% interval.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Adjusted {
    /// The ratio.
    pub ratio: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A row of a table as people read it.
struct Line {
    href: String,
    name: String,
    reports: String,
    median: String,
    p90: String,
    answer: String,
    open: String,
    overdue: String,
    on_time: String,
    compared: String,
    word: &'static str,
    chip: &'static str,
}

#[derive(askama::Template)]
#[template(path = "figures.html")]
struct FiguresPage {
    frame: Frame,
    period: String,
    all: Line,
    categories: Vec<Line>,
    districts: Vec<Line>,
    chart: String,
}

/// GET /requests/figures
pub async fn figures(State(town): State<Town>, visit: Visit) -> Answer {
    let figures = town.part::<Books>().figures(&town).await?;
    let view = view(&town, &visit, &figures);
    match visit.wants {
        Wants::Csv => csv(&view),
        Wants::Html => page(&compose(&town, &visit, &figures, &view)),
        _ => json(&view),
    }
}

fn view(town: &Town, visit: &Visit, figures: &Figures) -> FiguresView {
    let eyes = Eyes::new(town, visit.t.language());
    let districts: Vec<String> = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    let book = town.part::<Books>().categories();
    let categories = book.all().into_iter().map(|category| &category.code).filter(|code| {
        let is_seen = figures.tallies.keys().any(|(_, category)| category == *code);
        is_seen || book.get(code).is_some_and(|category| category.active)
    });
    let compared = figures.compared(&districts);
    FiguresView {
        from: figures.from.map(civic::Moment::rfc3339),
        until: figures.until.map(civic::Moment::rfc3339),
        all: row(Named { code: String::new(), name: String::new() }, &figures.summary(|_, _| true), None),
        categories: categories
            .map(|code| row(eyes.category(code), &figures.summary(|_, category| category == code), None))
            .collect(),
        districts: districts
            .iter()
            .zip(compared)
            .map(|(code, adjusted)| {
                row(eyes.district(code), &figures.summary(|district, _| district == code), adjusted)
            })
            .collect(),
    }
}

fn row(named: Named, summary: &Summary, adjusted: Option<Estimate>) -> FiguresRow {
    FiguresRow {
        named,
        reports: summary.reports,
        ended: summary.ended,
        open: summary.open,
        overdue: summary.overdue,
        on_time: summary.promises.0,
        promised: summary.promises.1,
        median_seconds: summary.took.map(|times: Times| times.median),
        p90_seconds: summary.took.map(|times| times.p90),
        answer_median_seconds: summary.answered.map(|times| times.median),
        answer_p90_seconds: summary.answered.map(|times| times.p90),
        adjusted: adjusted.map(|Estimate { ratio, low, high }| Adjusted { ratio, low, high }),
    }
}

fn compose(town: &Town, visit: &Visit, figures: &Figures, view: &FiguresView) -> FiguresPage {
    let t = &visit.t;
    let line_of = |href: &str| {
        let href = href.to_owned();
        move |row: &FiguresRow| line(visit, &href, row)
    };
    let period = figures.from.zip(figures.until).map(|(from, until)| {
        let count = dates::number(as_i64(view.all.reports), t.language());
        t.with(
            "figures-period",
            &[("from", visit.date(from).into()), ("until", visit.date(until).into()), ("count", count.into())],
        )
    });
    let intervals: Vec<Interval> = view
        .districts
        .iter()
        .filter_map(|row| {
            let Adjusted { ratio, low, high } = row.adjusted?;
            let text = dates::decimal(ratio, 2, t.language());
            Some(Interval { label: row.named.name.clone(), low, value: ratio, high, text })
        })
        .collect();
    let about = About {
        id: "figures",
        title: t.say("figures-chart"),
        desc: t.say("figures-chart-desc"),
        rtl: t.language() == civic::Language::Ar,
    };
    FiguresPage {
        frame: Frame::new(town, visit, t.say("figures-title")).twins(visit, super::FIGURES_TWINS),
        period: period.unwrap_or_default(),
        all: line(visit, "/requests", &view.all),
        categories: view.categories.iter().map(line_of("/requests?category=")).collect(),
        districts: view.districts.iter().map(line_of("/requests?district=")).collect(),
        chart: if intervals.is_empty() { String::new() } else { intervals_svg(&about, &intervals, 0) },
    }
}

fn line(visit: &Visit, href: &str, row: &FiguresRow) -> Line {
    let t = &visit.t;
    let number = |count: u64| dates::number(as_i64(count), t.language());
    let (word, chip, compared) = match row.adjusted {
        None => ("figures-not-compared", "", String::new()),
        Some(Adjusted { ratio, low, high }) => {
            let (word, chip) = match () {
                () if low > 1.0 => ("figures-slower", "r"),
                () if high < 1.0 => ("figures-faster", "g"),
                () => ("figures-alike", ""),
            };
            let places = |value| dates::decimal(value, 2, t.language());
            let values = [("ratio", places(ratio).into()), ("low", places(low).into()), ("high", places(high).into())];
            (word, chip, t.with("figures-ratio", &values))
        }
    };
    let share = (row.promised > 0).then(|| row.on_time as f64 * 100.0 / row.promised as f64);
    Line {
        href: format!("{href}{}", row.named.code),
        name: row.named.name.clone(),
        reports: number(row.reports),
        median: time(visit, row.median_seconds),
        p90: time(visit, row.p90_seconds),
        answer: time(visit, row.answer_median_seconds),
        open: number(row.open),
        overdue: number(row.overdue),
        on_time: share
            .map(|share| t.with1("figures-percent", "number", dates::decimal(share, 1, t.language())))
            .unwrap_or_else(none),
        compared,
        word,
        chip,
    }
}

/// What stands where there is nothing to count.
fn none() -> String {
    "–".to_owned()
}

/// A time as people say it: minutes up to two hours, hours up to two days, then days.
fn time(visit: &Visit, seconds: Option<u32>) -> String {
    let Some(seconds) = seconds.map(f64::from) else { return none() };
    let (key, value, places) = match seconds {
        short if short < 7_200.0 => ("figures-minutes", short / 60.0, 0),
        hours if hours < 172_800.0 => ("figures-hours", hours / 3_600.0, 1),
        days => ("figures-days", days / 86_400.0, 1),
    };
    visit.t.with1(key, "number", dates::decimal(value, places, visit.t.language()))
}

fn as_i64(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn csv(view: &FiguresView) -> Answer {
    let header = [
        "kind",
        "code",
        "name",
        "reports",
        "ended",
        "open",
        "overdue",
        "on_time",
        "promised",
        "median_seconds",
        "p90_seconds",
        "answer_median_seconds",
        "answer_p90_seconds",
        "adjusted_ratio",
        "adjusted_low",
        "adjusted_high",
    ];
    let kinds =
        [("all", std::slice::from_ref(&view.all)), ("category", &view.categories), ("district", &view.districts)];
    let rows = kinds.into_iter().flat_map(|(kind, rows)| rows.iter().map(move |row| (kind, row)));
    csv_answer(
        &header,
        rows.map(|(kind, row)| {
            let maybe = |seconds: Option<u32>| seconds.map(|seconds| seconds.to_string()).unwrap_or_default();
            let adjusted = |of: fn(Adjusted) -> f64| row.adjusted.map(|one| of(one).to_string()).unwrap_or_default();
            [
                kind.to_owned(),
                row.named.code.clone(),
                row.named.name.clone(),
                row.reports.to_string(),
                row.ended.to_string(),
                row.open.to_string(),
                row.overdue.to_string(),
                row.on_time.to_string(),
                row.promised.to_string(),
                maybe(row.median_seconds),
                maybe(row.p90_seconds),
                maybe(row.answer_median_seconds),
                maybe(row.answer_p90_seconds),
                adjusted(|one| one.ratio),
                adjusted(|one| one.low),
                adjusted(|one| one.high),
            ]
        }),
    )
}
