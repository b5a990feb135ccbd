//! The open backlog and its forecast.

use crate::{figures::backlog::Backlog, room::Books};
use axum::extract::State;
use forecast::ForecastError;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Town, Visit, Wants,
    answer::{json, page},
    chart::{About, Expected, OutlookWords, outlook_svg, scale},
    dates,
};

/// The backlog day by day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BacklogView {
    /// Open at the end of each complete day, at most half a year of them.
    pub days: Vec<DayView>,
    /// What is expected of the days after; empty where nothing is.
    pub ahead: Vec<AheadView>,
    /// Why nothing is expected, in a sentence.
    pub why_not: Option<String>,
    /// How it was found: exponential smoothing with a damped trend and a week's season, by these parameters.
    pub parameters: Option<ParametersView>,
}

/// One day that was.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DayView {
    /// As 2026-11-23.
    pub day: String,
    /// Open at its end.
    pub open: i64,
}

/// One day to come.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AheadView {
    /// As 2026-11-23.
    pub day: String,
    /// Expected to be open at its end.
    pub expected: f64,
    /// The lower end of the 95% interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The parameters of the forecast; see the engine `forecast`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct ParametersView {
    /// Of the level.
    pub alpha: f64,
    /// Of the trend.
    pub beta: f64,
    /// Of the days of the week.
    pub gamma: f64,
    /// Of the damping.
    pub phi: f64,
}

/// The part of a page that shows it.
pub struct Section {
    /// The chart; empty without a day.
    pub chart: String,
    /// What one sees in it.
    pub caption: &'static str,
    /// What is expected, or why nothing is.
    pub sentence: String,
    /// The days to come.
    pub ahead: Vec<[String; 3]>,
}

#[derive(askama::Template)]
#[template(path = "figures_backlog.html")]
struct BacklogPage {
    frame: Frame,
    section: Section,
    days: Vec<[String; 2]>,
}

/// GET /requests/figures/backlog
pub async fn backlog(State(town): State<Town>, visit: Visit) -> Answer {
    let figures = town.part::<Books>().figures(&town).await?;
    let view = view(&visit, &figures.backlog);
    match visit.wants {
        Wants::Csv => super::csv::backlog(&view),
        Wants::Html => {
            let days = figures.backlog.days.iter().rev();
            page(&BacklogPage {
                frame: Frame::new(&town, &visit, visit.t.say("backlog-title"))
                    .twins(&visit, crate::pages::FIGURES_TWINS),
                section: section(&visit, &figures.backlog),
                days: days.map(|(day, open)| [date(&visit, *day), dates::number(*open, visit.t.language())]).collect(),
            })
        }
        _ => json(&view),
    }
}

/// For machines.
pub fn view(visit: &Visit, backlog: &Backlog) -> BacklogView {
    let ahead = backlog.expected().into_iter().map(|(day, step)| AheadView {
        day: day.to_string(),
        expected: step.value,
        low: step.low,
        high: step.high,
    });
    let parameters = backlog.ahead.as_ref().ok().map(|outcome| outcome.parameters);
    BacklogView {
        days: backlog.days.iter().map(|(day, open)| DayView { day: day.to_string(), open: *open }).collect(),
        ahead: ahead.collect(),
        why_not: backlog.ahead.as_ref().err().map(|error| why_not(visit, error)),
        parameters: parameters.map(|one| ParametersView {
            alpha: one.alpha,
            beta: one.beta,
            gamma: one.gamma,
            phi: one.phi,
        }),
    }
}

/// For people.
pub fn section(visit: &Visit, backlog: &Backlog) -> Section {
    let (t, expected) = (&visit.t, backlog.expected());
    let rounded = |value: f64| dates::number(value.round() as i64, t.language());
    let spoken = |step: &forecast::Step| {
        let values = [
            ("value", rounded(step.value).into()),
            ("low", rounded(step.low).into()),
            ("high", rounded(step.high).into()),
        ];
        t.with("backlog-interval", &values)
    };
    let row = |(day, step): &(Date, forecast::Step)| {
        [date(visit, *day), rounded(step.value), format!("{}–{}", rounded(step.low), rounded(step.high))]
    };
    Section {
        chart: chart(visit, backlog, &spoken),
        caption: caption(&expected),
        sentence: match (&backlog.ahead, expected.last()) {
            (Ok(_), Some((day, step))) => {
                let values = [
                    ("day", date(visit, *day).into()),
                    ("value", rounded(step.value).into()),
                    ("low", rounded(step.low).into()),
                    ("high", rounded(step.high).into()),
                ];
                t.with("backlog-expected", &values)
            }
            (Err(error), _) => why_not(visit, error),
            (Ok(_), None) => String::new(),
        },
        ahead: expected.iter().map(row).collect(),
    }
}

/// The key of what one sees: a forecast only where there is one.
fn caption(expected: &[(Date, forecast::Step)]) -> &'static str {
    if expected.is_empty() { "backlog-chart-desc-plain" } else { "backlog-chart-desc" }
}

fn chart(visit: &Visit, backlog: &Backlog, spoken: &dyn Fn(&forecast::Step) -> String) -> String {
    let (t, expected) = (&visit.t, backlog.expected());
    let (Some((first, _)), Some((last, open))) = (backlog.days.first(), backlog.days.last()) else {
        return String::new();
    };
    let words = OutlookWords {
        dates: [
            date(visit, *first),
            date(visit, *last),
            expected.last().map(|(day, _)| date(visit, *day)).unwrap_or_default(),
        ],
        now: t.with1("backlog-now", "count", dates::number(*open, t.language())),
        then: expected.last().map(|(_, step)| spoken(step)).unwrap_or_default(),
        scale: axis(visit, backlog, &expected),
    };
    let about = About {
        id: "backlog",
        title: t.say(if expected.is_empty() { "backlog-chart-plain" } else { "backlog-chart" }),
        desc: t.say(caption(&expected)),
        rtl: t.language() == civic::Language::Ar,
    };
    let past: Vec<f64> = backlog.days.iter().map(|(_, open)| *open as f64).collect();
    let ahead: Vec<Expected> =
        expected.iter().map(|(_, step)| Expected { low: step.low, value: step.value, high: step.high }).collect();
    outlook_svg(&about, &past, &ahead, &words, 3)
}

/// Values of the vertical axis.
fn axis(visit: &Visit, backlog: &Backlog, expected: &[(Date, forecast::Step)]) -> Vec<(f64, String)> {
    let known = backlog.days.iter().map(|(_, open)| *open as f64);
    let most = known.chain(expected.iter().map(|(_, step)| step.high)).fold(0.0, f64::max);
    let said = |value: f64| (value, dates::number(value.round() as i64, visit.t.language()));
    scale(most).into_iter().map(said).collect()
}

fn why_not(visit: &Visit, error: &ForecastError) -> String {
    match error {
        ForecastError::TooShort(days) => {
            let least = i64::try_from(forecast::HISTORY_LEAST_DAYS).unwrap_or_default();
            let days = i64::try_from(*days).unwrap_or_default();
            visit.t.with("backlog-too-short", &[("days", days.to_string().into()), ("least", least.to_string().into())])
        }
        _ => visit.t.say("backlog-not").to_owned(),
    }
}

/// A day as people of the town write it.
fn date(visit: &Visit, day: Date) -> String {
    let noon = day.at(12, 0, 0, 0).to_zoned(visit.zone.clone());
    noon.map_or_else(|_| day.to_string(), |noon| visit.date(noon.timestamp().into()))
}
