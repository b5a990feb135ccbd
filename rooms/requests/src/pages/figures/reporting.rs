//! Who reports: how long matters are likely to stay unreported, from how often reported ones are reported again.

use super::{Adjusted, FiguresView, as_i64, interval};
use crate::figures::Figures;
use reporting::{Group, Rate};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Visit, dates};

/// What is said of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReportingView {
    /// The whole town; none where there are too few repeats.
    pub all: Option<ReportingRow>,
    /// Why nothing is said, in a sentence.
    pub why_not: Option<String>,
    /// How many times as much repeats scatter as chance alone would have them; intervals are widened by its root.
    pub scatter: Option<f64>,
}

/// Of the town, or a district.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReportingRow {
    /// Matters that were reported.
    pub matters: u64,
    /// Repeats of them: reports that were merged into theirs, and “me too”.
    pub repeats: u64,
    /// Days a matter waits for its first report, on average, with its 95% interval; none with too few repeats.
    pub unreported_days: Option<Adjusted>,
    /// The rate of reports as a ratio to the town's, for the same mix of categories; none where there is none to give.
    pub adjusted: Option<Adjusted>,
}

/// The view, and the rows of the districts.
pub struct Found {
    pub view: ReportingView,
    pub districts: Vec<ReportingRow>,
}

/// A row of the table as people read it.
pub struct Line {
    pub name: String,
    pub matters: String,
    pub repeats: String,
    pub days: String,
    pub ratio: String,
    pub word: &'static str,
}

/// The part of a page that shows it.
pub struct Section {
    pub sentence: String,
    pub districts: Vec<Line>,
}

/// For machines.
pub fn view(visit: &Visit, figures: &Figures, districts: &[String]) -> Found {
    match figures.reporting(districts) {
        Ok(outcome) => Found {
            view: ReportingView { all: Some(row(&outcome.all)), why_not: None, scatter: Some(outcome.scatter) },
            districts: outcome.groups.iter().map(row).collect(),
        },
        Err(error) => Found {
            view: ReportingView { all: None, why_not: Some(why_not(visit, &error)), scatter: None },
            districts: Vec::new(),
        },
    }
}

fn row(group: &Group) -> ReportingRow {
    let of = |Rate { value, low, high }: Rate| Adjusted { ratio: value, low, high };
    ReportingRow {
        matters: group.matters,
        repeats: group.repeats,
        unreported_days: group.rate.map(Rate::days_unreported).map(of),
        adjusted: group.adjusted.map(of),
    }
}

fn why_not(visit: &Visit, error: &reporting::ReportingError) -> String {
    match error {
        reporting::ReportingError::TooFew(repeats) => {
            let number = |count| dates::number(as_i64(count), visit.t.language());
            let values = [("count", number(*repeats).into()), ("least", number(reporting::REPEATS_LEAST).into())];
            visit.t.with("reporting-too-few", &values)
        }
        _ => visit.t.say("reporting-not").to_owned(),
    }
}

/// For people.
pub fn section(visit: &Visit, view: &FiguresView) -> Section {
    let t = &visit.t;
    let number = |count: u64| dates::number(as_i64(count), t.language());
    let line = |named: &crate::views::Named, row: &ReportingRow| {
        let word = match row.adjusted {
            None => "reporting-too-few-here",
            Some(Adjusted { high, .. }) if high < 1.0 => "reporting-later",
            Some(Adjusted { low, .. }) if low > 1.0 => "reporting-sooner",
            Some(_) => "figures-alike",
        };
        Line {
            name: named.name.clone(),
            matters: number(row.matters),
            repeats: number(row.repeats),
            days: days(visit, row).unwrap_or_else(super::none),
            ratio: row.adjusted.map(|ratio| interval(visit, ratio)).unwrap_or_default(),
            word,
        }
    };
    let sentence = match (&view.reporting.all, &view.reporting.why_not) {
        (Some(all), _) => {
            let days = days(visit, all).unwrap_or_else(super::none);
            let values = [
                ("days", days.into()),
                ("matters", number(all.matters).into()),
                ("repeats", number(all.repeats).into()),
            ];
            t.with("reporting-all", &values)
        }
        (None, why_not) => why_not.clone().unwrap_or_default(),
    };
    let districts = view.districts.iter().filter_map(|row| Some(line(&row.named, row.reporting.as_ref()?)));
    Section { sentence, districts: districts.collect() }
}

/// Days until a first report, with their interval.
pub fn days(visit: &Visit, row: &ReportingRow) -> Option<String> {
    let Adjusted { ratio, low, high } = row.unreported_days?;
    let places = |value| dates::decimal(value, 1, visit.t.language());
    let values = [("days", places(ratio).into()), ("low", places(low).into()), ("high", places(high).into())];
    Some(visit.t.with("reporting-days", &values))
}
