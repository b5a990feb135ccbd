//! How well we serve: the same figures for everybody, never a ranking without its uncertainty.

mod csv;
mod district;
mod outlook;
mod poster;
mod reporting;

pub use district::{DistrictView, district};
pub use outlook::{BacklogView, backlog};

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
};

/// The figures, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FiguresView {
    /// When they were counted (RFC 3339).
    pub as_of: String,
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
    /// How fast residents report what is there: why nothing is said of it, where nothing is.
    pub reporting: reporting::ReportingView,
    /// Districts that have waited longer than the town for the same mix of categories, as long as they do.
    pub gaps: Vec<GapView>,
    /// The open backlog and its forecast.
    pub backlog: BacklogView,
}

/// A district that has waited longer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GapView {
    /// The district.
    pub district: Named,
    /// Since when the town knows (RFC 3339).
    pub since: String,
    /// How many times as long it waited in the four weeks before.
    pub adjusted: Adjusted,
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
    /// The true median lies between this, with 95% certainty; none where few ended.
    pub median_low_seconds: Option<u32>,
    /// And this.
    pub median_high_seconds: Option<u32>,
    /// Nine of ten ended within this time.
    pub p90_seconds: Option<u32>,
    /// Half had a first answer within this time.
    pub answer_median_seconds: Option<u32>,
    /// Nine of ten had a first answer within this time.
    pub answer_p90_seconds: Option<u32>,
    /// How many times as long as the town's average an end took, for the same mix of categories; only for districts.
    pub adjusted: Option<Adjusted>,
    /// How fast residents report; only for districts.
    pub reporting: Option<reporting::ReportingRow>,
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
    gaps: Vec<String>,
    backlog: outlook::Section,
    reporting: reporting::Section,
}

/// GET /requests/figures
pub async fn figures(State(town): State<Town>, visit: Visit) -> Answer {
    let figures = town.part::<Books>().figures(&town).await?;
    let view = view(&town, &visit, &figures);
    match visit.wants {
        Wants::Csv => csv::figures(&view),
        Wants::Html => page(&compose(&town, &visit, &figures, &view)),
        _ => json(&view),
    }
}

/// The figures in the reader's words; also what the district's own page takes its row from.
fn view(town: &Town, visit: &Visit, figures: &Figures) -> FiguresView {
    let eyes = Eyes::new(town, visit.t.language());
    let districts = district_codes(town);
    let book = town.part::<Books>().categories();
    let categories = book.all().into_iter().map(|category| &category.code).filter(|code| {
        figures.categories.contains_key(*code) || book.get(code).is_some_and(|category| category.active)
    });
    let nothing = Summary::default();
    let of = |summary: Option<&Summary>| summary.unwrap_or(&nothing).clone();
    let compared = figures.compared(&districts);
    let reporting = reporting::view(visit, figures, &districts);
    let rows = districts.iter().enumerate().map(|(at, code)| {
        let adjusted = compared[at].map(Adjusted::of);
        let reporting = reporting.districts.get(at).cloned();
        FiguresRow { adjusted, reporting, ..row(eyes.district(code), &of(figures.districts.get(code))) }
    });
    FiguresView {
        as_of: figures.as_of.rfc3339(),
        from: figures.from.map(civic::Moment::rfc3339),
        until: figures.until.map(civic::Moment::rfc3339),
        all: row(Named { code: String::new(), name: String::new() }, &figures.all),
        categories: categories.map(|code| row(eyes.category(code), &of(figures.categories.get(code)))).collect(),
        districts: rows.collect(),
        gaps: figures.gaps.iter().map(|gap| GapView::of(&eyes, gap)).collect(),
        backlog: outlook::view(visit, &figures.backlog),
        reporting: reporting.view,
    }
}

/// The codes of the districts, in their order.
fn district_codes(town: &Town) -> Vec<String> {
    town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect()
}

impl Adjusted {
    fn of(Estimate { ratio, low, high }: Estimate) -> Self {
        Self { ratio, low, high }
    }
}

impl GapView {
    fn of(eyes: &Eyes, gap: &crate::figures::gaps::OpenGap) -> Self {
        Self {
            district: eyes.district(&gap.district),
            since: gap.opened_at.rfc3339(),
            adjusted: Adjusted::of(gap.estimate),
        }
    }
}

/// An open gap as a sentence.
pub(in crate::pages) fn gap_sentence(town: &Town, visit: &Visit, gap: &crate::figures::gaps::OpenGap) -> String {
    let t = &visit.t;
    let places = |value| dates::decimal(value, 2, t.language());
    let values = [
        ("district", Eyes::new(town, t.language()).district(&gap.district).name.into()),
        ("since", visit.date(gap.opened_at).into()),
        ("ratio", places(gap.estimate.ratio).into()),
        ("low", places(gap.estimate.low).into()),
        ("high", places(gap.estimate.high).into()),
    ];
    t.with("figures-gap", &values)
}

fn row(named: Named, summary: &Summary) -> FiguresRow {
    FiguresRow {
        named,
        reports: summary.reports,
        ended: summary.ended,
        open: summary.open,
        overdue: summary.overdue,
        on_time: summary.promises.0,
        promised: summary.promises.1,
        median_seconds: summary.took.map(|times: Times| times.median),
        median_low_seconds: summary.took.and_then(|times| times.between).map(|(low, _)| low),
        median_high_seconds: summary.took.and_then(|times| times.between).map(|(_, high)| high),
        p90_seconds: summary.took.map(|times| times.p90),
        answer_median_seconds: summary.answered.map(|times| times.median),
        answer_p90_seconds: summary.answered.map(|times| times.p90),
        adjusted: None,
        reporting: None,
    }
}

fn compose(town: &Town, visit: &Visit, figures: &Figures, view: &FiguresView) -> FiguresPage {
    let t = &visit.t;
    let line_of = |href: &str| {
        let href = href.to_owned();
        move |row: &FiguresRow| line(visit, &href, row)
    };
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
        period: period(visit, figures, view.all.reports),
        all: line(visit, "/requests", &view.all),
        categories: view.categories.iter().map(line_of("/requests?category=")).collect(),
        districts: view.districts.iter().map(line_of("/requests/figures/districts/")).collect(),
        gaps: figures.gaps.iter().map(|gap| gap_sentence(town, visit, gap)).collect(),
        backlog: outlook::section(visit, &figures.backlog),
        reporting: reporting::section(visit, view),
        chart: if intervals.is_empty() { String::new() } else { intervals_svg(&about, &intervals, 0) },
    }
}

/// What is counted, in a sentence; empty where nothing is.
fn period(visit: &Visit, figures: &Figures, reports: u64) -> String {
    let Some((from, until)) = figures.from.zip(figures.until) else { return String::new() };
    let count = dates::number(as_i64(reports), visit.t.language());
    let values = [("from", visit.date(from).into()), ("until", visit.date(until).into()), ("count", count.into())];
    visit.t.with("figures-period", &values)
}

fn line(visit: &Visit, href: &str, row: &FiguresRow) -> Line {
    let t = &visit.t;
    let number = |count: u64| dates::number(as_i64(count), t.language());
    let (word, chip) = verdict(row.adjusted);
    let compared = row.adjusted.map(|adjusted| interval(visit, adjusted)).unwrap_or_default();
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

/// What an estimate says, as a message and a chip.
fn verdict(adjusted: Option<Adjusted>) -> (&'static str, &'static str) {
    match adjusted {
        None => ("figures-not-compared", ""),
        Some(Adjusted { low, .. }) if low > 1.0 => ("figures-slower", "r"),
        Some(Adjusted { high, .. }) if high < 1.0 => ("figures-faster", "g"),
        Some(_) => ("figures-alike", ""),
    }
}

/// A ratio and its interval as people read them.
fn interval(visit: &Visit, Adjusted { ratio, low, high }: Adjusted) -> String {
    let places = |value| dates::decimal(value, 2, visit.t.language());
    let values = [("ratio", places(ratio).into()), ("low", places(low).into()), ("high", places(high).into())];
    visit.t.with("figures-ratio", &values)
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
