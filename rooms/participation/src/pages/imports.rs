//! Stewards take proposals of another platform over: tried first, stored, taken away again.

use crate::{
    acts,
    commands::{ImportReport, import_comments, import_proposals, undo_import},
    imports::{CommentColumns, read_file},
    model::Process,
    store::{self, ImportRow},
};
use axum::{extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::Path,
};

/// Bytes a form with a file may have.
pub const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;
/// Characters of a file's name that are kept.
const NAME_LIMIT: usize = 120;

/// The imports of a process, for machines.
#[derive(Debug, Serialize, JsonSchema)]
struct ImportsView {
    imports: Vec<ImportView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ImportView {
    code: String,
    origin: String,
    at: String,
    undone_at: Option<String>,
    rows: u64,
    stored: u64,
    already: u64,
    set_aside: u64,
    removed: i64,
    stayed: i64,
}

impl From<&ImportRow> for ImportView {
    fn from(row: &ImportRow) -> Self {
        Self {
            code: row.code.clone(),
            origin: row.origin.clone(),
            at: row.at.rfc3339(),
            undone_at: row.undone_at.map(civic::Moment::rfc3339),
            rows: row.tally.rows,
            stored: row.tally.stored,
            already: row.tally.already,
            set_aside: row.tally.set_aside,
            removed: row.undone.0,
            stayed: row.undone.1,
        }
    }
}

struct Line {
    code: String,
    origin: String,
    at: String,
    counts: String,
    undone: String,
}

struct AsideLine {
    line: u64,
    column: String,
    value: String,
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "admin_imports.html")]
struct ImportsPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    lines: Vec<Line>,
    done: String,
    tried: bool,
    asides: Vec<AsideLine>,
}

async fn led(town: &Town, visit: &Visit, code: String) -> Result<(Process, Vec<ImportRow>), Stop> {
    let found = town.db().read(move |tx| {
        let process = store::published(tx, &code)?.ok_or(Stop::NotFound)?;
        let imports = store::imports_of(tx, &code)?;
        Ok::<_, Stop>((process, imports))
    });
    let (process, imports) = found.await?;
    if visit.actor.may_for(&acts::STEWARD, process.organisation) {
        Ok((process, imports))
    } else {
        Err(Stop::NotAllowed)
    }
}

/// GET /admin/processes/{process}/imports
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (process, imports) = led(&town, &visit, code).await?;
    if visit.wants != Wants::Html {
        return json(&ImportsView { imports: imports.iter().map(ImportView::from).collect() });
    }
    compose(&town, &visit, &process, &imports, FormErrors::default(), None, StatusCode::OK)
}

fn compose(
    town: &Town,
    visit: &Visit,
    process: &Process,
    imports: &[ImportRow],
    errors: FormErrors,
    report: Option<ImportReport>,
    status: StatusCode,
) -> Answer {
    let t = &visit.t;
    let report_shown = report.as_ref().map(|report| {
        let key = if report.code.is_some() { "proposal-imports-done" } else { "proposal-imports-tried" };
        counts(visit, key, report.tally.stored, report.tally.already, report.tally.set_aside)
    });
    let aside = |aside: importing::Aside| AsideLine {
        line: aside.line,
        column: aside.column,
        value: aside.value,
        reason: t.say(&aside.reason).to_owned(),
    };
    let line = |row: &ImportRow| Line {
        code: row.code.clone(),
        origin: row.origin.clone(),
        at: visit.date_time(row.at),
        counts: counts(visit, "proposal-imports-counts", row.tally.stored, row.tally.already, row.tally.set_aside),
        undone: match row.undone_at {
            Some(_) => t.with2("proposal-imports-undone", "removed", row.undone.0, "stayed", row.undone.1),
            None => String::new(),
        },
    };
    page_with(
        status,
        &ImportsPage {
            frame: Frame::new(town, visit, t.say("proposal-imports-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/processes".to_owned(), label: t.say("processes-admin").to_owned() },
                Crumb { href: format!("/admin/processes/{}", process.code), label: process.code.clone() },
                Crumb { href: String::new(), label: t.say("proposal-imports-title").to_owned() },
            ],
            code: process.code.clone(),
            lines: imports.iter().map(line).collect(),
            tried: report.as_ref().is_some_and(|report| report.code.is_none()),
            done: report_shown.unwrap_or_default(),
            asides: report.map(|report| report.asides.into_iter().map(aside).collect()).unwrap_or_default(),
        },
    )
}

fn counts(visit: &Visit, key: &str, stored: u64, already: u64, aside: u64) -> String {
    let number = |value: u64| web::words::Value::from(i64::try_from(value).unwrap_or(i64::MAX));
    visit.t.with(key, &[("stored", number(stored)), ("already", number(already)), ("aside", number(aside))])
}

/// POST /admin/processes/{process}/imports
pub async fn send(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (process, _) = led(&town, &visit, code.clone()).await?;
    let dry_run = form.text("store").is_none();
    let done = match read(&form) {
        // What names the matter it is about is a comment.
        Ok((name, table)) if CommentColumns::find(table.header(), visit.t.language()).is_some() => {
            import_comments(&town, visit.actor.clone(), code.clone(), name, table, dry_run).await
        }
        Ok((name, table)) => import_proposals(&town, visit.actor.clone(), code.clone(), name, table, dry_run).await,
        Err(refusal) => Err(refusal.into()),
    };
    let (_, imports) = led(&town, &visit, code).await?;
    match done {
        Ok(report) => compose(&town, &visit, &process, &imports, FormErrors::default(), Some(report), StatusCode::OK),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            compose(&town, &visit, &process, &imports, errors, None, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}

fn read(form: &Submission) -> Result<(String, importing::Table), Refusal> {
    let upload = form.file("file").ok_or_else(|| Refusal::new("proposals-import-no-file").at("file"))?;
    let name = upload.file_name.chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect();
    Ok((name, read_file(&upload.bytes)?))
}

/// POST /admin/processes/{process}/imports/{import}/undo
pub async fn undo(State(town): State<Town>, visit: Visit, Path((code, import)): Path<(String, String)>) -> Answer {
    let (_, imports) = led(&town, &visit, code.clone()).await?;
    if !imports.iter().any(|one| one.code == import) {
        return Err(Stop::NotFound);
    }
    undo_import(&town, visit.actor.clone(), import).await?;
    see_other_saying(&format!("/admin/processes/{code}/imports"), "flash-proposal-import-undone")
}
