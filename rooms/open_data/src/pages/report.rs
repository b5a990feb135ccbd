//! What became of each row of a file.

use axum::extract::State as Extract;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates::number,
    parts::Crumb,
    table::csv_answer,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    sum: String,
    asides: Vec<tables::SetAside>,
    cells: Vec<tables::Misfit>,
    misfits: String,
    stored_none: bool,
    passed: Vec<tables::Above>,
    notes: Vec<String>,
    absent: Vec<String>,
    short: String,
    unchecked: Vec<tables::Unchecked>,
    written: Vec<(String, String)>,
    /// When it was made anew; empty for never.
    rechecked: String,
}

/// GET /data/{name}/{resource}/report
pub async fn report(
    Extract(town): Extract<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
) -> Answer {
    let filed = super::open(&town, &visit, &name)?;
    let resource = filed.dataset.resource(&resource).cloned().ok_or(Stop::NotFound)?;
    let report = resource.body.report.clone().ok_or(Stop::NotFound)?;
    match visit.wants {
        Wants::Json => return json(&report),
        Wants::Csv => {
            let asides = report
                .asides
                .iter()
                .map(|one| [one.line.to_string(), String::new(), one.begins.clone(), one.reason.clone()]);
            let cells = report
                .cells
                .iter()
                .map(|one| [one.row.to_string(), one.column.clone(), one.value.clone(), one.reason.clone()]);
            let unchecked = report
                .unchecked
                .iter()
                .map(|one| [String::new(), one.columns.clone(), one.to.clone(), one.reason.clone()]);
            let passed = report.passed.iter().map(|one| {
                [one.line.to_string(), String::new(), one.text.clone(), "it stands above the table".to_owned()]
            });
            let notes = report.notes.iter().map(|one| [String::new(), String::new(), String::new(), one.clone()]);
            let all = passed.chain(asides).chain(cells).chain(unchecked).chain(notes);
            return csv_answer(&["row", "column", "value", "reason"], all);
        }
        _ => {}
    }
    let (t, language) = (&visit.t, visit.t.language());
    let count = |count: u64| number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let values = [
        ("in", count(report.rows_in).into()),
        ("stored", count(report.stored).into()),
        ("aside", count(report.set_aside).into()),
    ];
    let columns = resource.body.info.iter().flat_map(|info| &info.columns);
    let written = columns.filter_map(|column| {
        let parts: Vec<String> =
            [column.written.clone(), column.missing.clone()].into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| (column.name.clone(), parts.join(", ")))
    });
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    page(&ReportPage {
        frame: Frame::new(&town, &visit, t.say("data-report")).twins(&visit, &[Wants::Json, Wants::Csv]),
        crumbs: vec![
            crumb("/data".to_owned(), t.say("open-data-title")),
            crumb(format!("/data/{}", filed.dataset.name), filed.dataset.meta.title.in_language(language)),
            crumb(String::new(), t.say("data-report")),
        ],
        sum: t.with("data-report-sum", &values),
        misfits: t.with1("data-report-misfits", "count", i64::try_from(report.misfits).unwrap_or(i64::MAX)),
        stored_none: report.stored == 0,
        passed: report.passed,
        notes: report.notes,
        asides: report.asides,
        cells: report.cells,
        absent: report.absent,
        unchecked: report.unchecked,
        short: if report.short == 0 {
            String::new()
        } else {
            t.with1("data-report-short", "count", i64::try_from(report.short).unwrap_or(i64::MAX))
        },
        written: written.collect(),
        rechecked: resource
            .body
            .rechecked_at
            .map(|at| t.with1("data-report-rechecked", "date", visit.date_time(at)))
            .unwrap_or_default(),
    })
}
