//! The figures as tables for machines: the same numbers as in JSON, to the last digit.

use super::{Adjusted, BacklogView, BrokenMore, DistrictView, FiguresRow, FiguresView};
use web::{Answer, table::csv_answer};

const HEADER: [&str; 44] = [
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
    "matters",
    "repeats",
    "unreported_days",
    "unreported_days_low",
    "unreported_days_high",
    "reporting_ratio",
    "reporting_low",
    "reporting_high",
    "median_low_seconds",
    "median_high_seconds",
    "adjusted_n",
    "broken_more",
    "broken_more_low",
    "broken_more_high",
    "broken_more_n",
    "on_time_moved",
    "moved",
    "age_median_seconds",
    "age_p90_seconds",
    "open_over_30_days",
    "open_over_90_days",
    "gap_since",
    "gap_ratio",
    "gap_low",
    "gap_high",
    "gap_measure",
    "gap_value",
    "gap_n",
];
/// Columns of gaps, the last ones.
const GAP_COLUMNS: usize = 7;

/// All figures.
pub fn figures(view: &FiguresView) -> Answer {
    let kinds =
        [("all", std::slice::from_ref(&view.all)), ("category", &view.categories), ("district", &view.districts)];
    let rows = kinds.into_iter().flat_map(|(kind, rows)| rows.iter().map(move |row| (kind, row)));
    csv_answer(
        &HEADER,
        rows.map(|(kind, row)| {
            let gap = view.gaps.iter().find(|gap| kind == "district" && gap.district.code == row.named.code);
            let mut cells = cells(kind, row);
            cells.extend([
                maybe(gap.map(|gap| &gap.since)),
                maybe(gap.and_then(|gap| gap.adjusted).map(|adjusted| adjusted.ratio)),
                maybe(gap.map(|gap| gap.low)),
                maybe(gap.map(|gap| gap.high)),
                maybe(gap.map(|gap| gap.measure)),
                maybe(gap.map(|gap| gap.value)),
                maybe(gap.and_then(|gap| gap.n)),
            ]);
            cells
        }),
    )
}

/// Those of one district, by category.
pub fn district(view: &DistrictView) -> Answer {
    let rows = std::iter::once(("district", &view.district)).chain(view.categories.iter().map(|row| ("category", row)));
    csv_answer(&HEADER[..HEADER.len() - GAP_COLUMNS], rows.map(|(kind, row)| cells(kind, row)))
}

/// The backlog so far and to come.
pub fn backlog(view: &BacklogView) -> Answer {
    let known = view
        .days
        .iter()
        .map(|day| [day.day.clone(), day.open.to_string(), String::new(), String::new(), String::new()]);
    let ahead = view.ahead.iter().map(|day| {
        [day.day.clone(), String::new(), day.expected.to_string(), day.low.to_string(), day.high.to_string()]
    });
    csv_answer(&["day", "open", "expected", "expected_low", "expected_high"], known.chain(ahead))
}

fn cells(kind: &str, row: &FiguresRow) -> Vec<String> {
    let adjusted = |of: fn(Adjusted) -> f64| maybe(row.adjusted.map(of));
    let broken = |of: fn(BrokenMore) -> f64| maybe(row.broken_more.map(of));
    let reporting = row.reporting.as_ref();
    let unreported = |of: fn(Adjusted) -> f64| maybe(reporting.and_then(|row| row.unreported_days).map(of));
    let ratio = |of: fn(Adjusted) -> f64| maybe(reporting.and_then(|row| row.adjusted).map(of));
    vec![
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
        maybe(reporting.map(|row| row.matters)),
        maybe(reporting.map(|row| row.repeats)),
        unreported(|one| one.ratio),
        unreported(|one| one.low),
        unreported(|one| one.high),
        ratio(|one| one.ratio),
        ratio(|one| one.low),
        ratio(|one| one.high),
        maybe(row.median_low_seconds),
        maybe(row.median_high_seconds),
        maybe(row.adjusted_n),
        broken(|one| one.difference),
        broken(|one| one.low),
        broken(|one| one.high),
        maybe(row.broken_more.map(|one| one.n)),
        row.on_time_moved.to_string(),
        row.moved.to_string(),
        maybe(row.age_median_seconds),
        maybe(row.age_p90_seconds),
        row.open_over_30_days.to_string(),
        row.open_over_90_days.to_string(),
    ]
}

fn maybe(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
