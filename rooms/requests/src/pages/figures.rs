//! How well we serve: the same figures for everybody, never a ranking without its uncertainty.

mod csv;
mod district;
mod line;
mod outlook;
mod poster;
mod reporting;

pub use district::{DistrictView, district};
use line::{Line, as_i64, interval, line as line_of_row, none, time, verdict};
pub use outlook::{BacklogView, backlog};

use crate::{
    figures::{
        Figures, Summary,
        gaps::{Measure, OpenGap, sign_values},
    },
    room::Books,
    views::{Eyes, Named},
};
use axum::extract::State;
use fairness::{Difference, Estimate};
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
    /// What showed it: `time` (how many times as long an end took) or `broken` (how much more often promises were broken).
    pub measure: &'static str,
    /// The ratio with its interval, as here before there was a `measure`; null where broken promises showed it.
    pub adjusted: Option<Adjusted>,
    /// The ratio, or the difference of shares, in the four weeks before.
    pub value: f64,
    /// The lower end of its 95% interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Reports of the district that were compared; null for a gap that was opened before this was kept.
    pub n: Option<u64>,
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
    /// Those that ended by the promised time, and no promise of which was broken before.
    pub on_time: u64,
    /// Of these, those that ended by a later time than was promised first.
    pub on_time_moved: u64,
    /// Those whose promised time has passed: ended on time, ended late, open overdue, and open with a broken promise that was moved.
    pub promised: u64,
    /// Those that are open, with a promise that was broken and then moved to a time that has not come.
    pub moved: u64,
    /// Half of what is open has been open for at most this time.
    pub age_median_seconds: Option<u32>,
    /// Nine of ten.
    pub age_p90_seconds: Option<u32>,
    /// Open for more than 30 days.
    pub open_over_30_days: u64,
    /// Open for more than 90 days.
    pub open_over_90_days: u64,
    /// Half of all ended within this time, what is still open counted (Kaplan and Meier); none where that is not reached yet.
    pub median_seconds: Option<u32>,
    /// The true median lies between this, with 95% certainty; none for few.
    pub median_low_seconds: Option<u32>,
    /// And this; none where that is not reached yet.
    pub median_high_seconds: Option<u32>,
    /// Nine of ten of all ended within this time; none where that is not reached yet.
    pub p90_seconds: Option<u32>,
    /// Half of all had a first answer within this time, what waits for it counted; none where that is not reached yet.
    pub answer_median_seconds: Option<u32>,
    /// Nine of ten of all; none where that is not reached yet.
    pub answer_p90_seconds: Option<u32>,
    /// How many times as long as the town's average an end took, for the same mix of categories; only for districts.
    pub adjusted: Option<Adjusted>,
    /// Reports of the district in that comparison: those that ended.
    pub adjusted_n: Option<u64>,
    /// How much more often than of all other districts its promises are broken, for the same mix of categories; only for districts.
    pub broken_more: Option<BrokenMore>,
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

/// A difference of shares with its 95% interval: 0.05 means five more of a hundred.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct BrokenMore {
    /// The difference.
    pub difference: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Promises of the district that were compared.
    pub n: u64,
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
    let (compared, broken) = (figures.compared(&districts), figures.broken_more(&districts));
    let reporting = reporting::view(visit, figures, &districts);
    let rows = districts.iter().enumerate().map(|(at, code)| FiguresRow {
        adjusted: compared[at].map(|one| Adjusted::of(one.estimate)),
        adjusted_n: compared[at].map(|one| one.n),
        broken_more: broken[at].map(BrokenMore::of),
        reporting: reporting.districts.get(at).cloned(),
        ..row(eyes.district(code), &of(figures.districts.get(code)))
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

impl BrokenMore {
    fn of(Difference { value, low, high, n }: Difference) -> Self {
        Self { difference: value, low, high, n }
    }
}

impl GapView {
    fn of(eyes: &Eyes, gap: &OpenGap) -> Self {
        Self {
            district: eyes.district(&gap.district),
            since: gap.opened_at.rfc3339(),
            measure: gap.sign.measure.as_str(),
            adjusted: (gap.sign.measure == Measure::Time).then_some(Adjusted {
                ratio: gap.sign.value,
                low: gap.sign.low,
                high: gap.sign.high,
            }),
            value: gap.sign.value,
            low: gap.sign.low,
            high: gap.sign.high,
            n: gap.sign.n,
        }
    }
}

/// An open gap as a sentence.
pub(in crate::pages) fn gap_sentence(town: &Town, visit: &Visit, gap: &OpenGap) -> String {
    let t = &visit.t;
    let mut values = sign_values(&gap.sign, t.language()).to_vec();
    values.push(("district", Eyes::new(town, t.language()).district(&gap.district).name.into()));
    values.push(("since", visit.date(gap.opened_at).into()));
    let key = match gap.sign.measure {
        Measure::Time => "figures-gap",
        Measure::Broken => "figures-gap-broken",
    };
    t.with(key, &values)
}

fn row(named: Named, summary: &Summary) -> FiguresRow {
    FiguresRow {
        named,
        reports: summary.reports,
        ended: summary.ended,
        open: summary.open,
        overdue: summary.promises.overdue,
        on_time: summary.promises.kept,
        on_time_moved: summary.promises.kept_moved,
        promised: summary.promises.due(),
        moved: summary.promises.moved,
        age_median_seconds: summary.ages.median,
        age_p90_seconds: summary.ages.p90,
        open_over_30_days: summary.ages.over_30_days,
        open_over_90_days: summary.ages.over_90_days,
        median_seconds: summary.took.median,
        median_low_seconds: summary.took.between.map(|(low, _)| low),
        median_high_seconds: summary.took.between.and_then(|(_, high)| high),
        p90_seconds: summary.took.p90,
        answer_median_seconds: summary.answered.median,
        answer_p90_seconds: summary.answered.p90,
        adjusted: None,
        adjusted_n: None,
        broken_more: None,
        reporting: None,
    }
}

fn compose(town: &Town, visit: &Visit, figures: &Figures, view: &FiguresView) -> FiguresPage {
    let t = &visit.t;
    let line_of = |href: &str| {
        let href = href.to_owned();
        move |row: &FiguresRow| line_of_row(visit, &href, row)
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
        all: line_of_row(visit, "/requests", &view.all),
        categories: view.categories.iter().map(line_of("/requests?category=")).collect(),
        districts: view.districts.iter().map(line_of("/requests/figures/districts/")).collect(),
        gaps: figures.gaps.iter().map(|gap| gap_sentence(town, visit, gap)).collect(),
        backlog: outlook::section(visit, &figures.backlog),
        reporting: reporting::section(visit, view),
        chart: if intervals.is_empty() {
            String::new()
        } else {
            intervals_svg(&about, &intervals, &ticks(t.language()), 0)
        },
    }
}

/// Ratios that an axis may name.
fn ticks(language: civic::Language) -> Vec<(f64, String)> {
    [0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0]
        .map(|ratio| (ratio, format!("×{}", dates::decimal(ratio, 2, language))))
        .to_vec()
}

/// What is counted, in a sentence; empty where nothing is.
fn period(visit: &Visit, figures: &Figures, reports: u64) -> String {
    let Some((from, until)) = figures.from.zip(figures.until) else { return String::new() };
    let count = dates::number(as_i64(reports), visit.t.language());
    let values = [("from", visit.date(from).into()), ("until", visit.date(until).into()), ("count", count.into())];
    visit.t.with("figures-period", &values)
}
