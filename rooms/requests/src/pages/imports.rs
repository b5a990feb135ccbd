//! The administrator reads what was taken over from elsewhere, and undoes it.

use crate::{
    commands::undo_import,
    store::{self, ImportRow, Upload, UploadState},
};
use axum::{extract::State, http::StatusCode};
use civic::{Actor, JobId, Language, Moment};
use database::{DbError, OffRecord, jobs};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page, page_with, see_other_saying},
    dates::number,
    forms::FormErrors,
    manifest::{Doc, JobKind},
    openapi::schema_of,
    parts::Crumb,
    table::csv_answer,
    visit::Path,
};

/// Imports the page shows.
const SHOWN_LIMIT: u32 = 200;
/// Rows set aside that the page of an import shows; the download has all.
const ASIDES_SHOWN: usize = 50;
/// The work of an undo.
const UNDO: &str = "requests.undo-import";

/// An import, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ImportView {
    code: String,
    source: String,
    origin: String,
    begun_at: String,
    ended_at: Option<String>,
    undone_at: Option<String>,
    rows: u64,
    stored: u64,
    already: u64,
    set_aside: u64,
    removed: i64,
    stayed: i64,
}

/// A table that was uploaded and is not imported yet.
struct UploadLine {
    id: String,
    name: String,
    at: String,
    state: String,
    chip: &'static str,
}

struct Line {
    code: String,
    source: String,
    origin: String,
    begun: String,
    state: String,
    chip: &'static str,
    counts: [String; 4],
}

#[derive(askama::Template)]
#[template(path = "imports.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    source: String,
    most: i64,
    uploads: Vec<UploadLine>,
    lines: Vec<Line>,
}

struct AsideLine {
    line: String,
    column: String,
    value: String,
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "import_show.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    line: Line,
    mapping: String,
    asides: Vec<AsideLine>,
    more: bool,
    undone: Option<String>,
    may_undo: bool,
}

/// How the list is described to developers.
pub(super) fn list_doc() -> Doc {
    Doc::new("requests", "Imports of requests from elsewhere, newest first").answers(
        200,
        "application/json",
        "The newest imports with what became of their rows.",
        schema_of::<Vec<ImportView>>(),
    )
}

/// GET /admin/imports
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    if visit.wants == Wants::Json {
        let imports = town.db().read(|tx| store::imports(tx, SHOWN_LIMIT)).await.map_err(Stop::from)?;
        return json_answer(&imports.iter().map(view).collect::<Vec<_>>());
    }
    list_with(&town, &visit, "", FormErrors::default(), StatusCode::OK).await
}

/// The list, with what is wrong with an upload.
pub(super) async fn list_with(
    town: &Town,
    visit: &Visit,
    source: &str,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let look = town.db().read(|tx| Ok((store::imports(tx, SHOWN_LIMIT)?, store::uploads(tx, SHOWN_LIMIT)?)));
    let (imports, uploads) = look.await.map_err(|error: DbError| Stop::from(error))?;
    let uploads = uploads.iter().filter(|upload| upload.state != UploadState::Stored);
    let most = i64::try_from(crate::commands::UPLOAD_LIMIT_BYTES / 1024 / 1024).unwrap_or(i64::MAX);
    let template = ListPage {
        frame: Frame::new(town, visit, visit.t.say("imports-title")).twins(visit, &[Wants::Json]),
        errors,
        source: source.to_owned(),
        most,
        uploads: uploads.map(|upload| upload_line(visit, upload)).collect(),
        lines: imports.iter().map(|import| line(visit, import)).collect(),
    };
    page_with(status, &template)
}

fn upload_line(visit: &Visit, upload: &Upload) -> UploadLine {
    let (state, chip) = super::uploads::state_words(visit, upload.state);
    UploadLine { id: upload.id.clone(), name: upload.name.clone(), at: visit.date_time(upload.at), state, chip }
}

/// GET /admin/imports/{import}, and as CSV what was set aside.
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let read = town.db().read(move |tx| {
        let import = store::import(tx, &code)?.ok_or(DbError::NotFound)?;
        let asides = store::asides(tx, &import.code)?;
        Ok((import, asides))
    });
    let (import, asides) = read.await.map_err(|error: DbError| Stop::from(error))?;
    match visit.wants {
        Wants::Json => return json_answer(&view(&import)),
        Wants::Csv => {
            let rows = asides
                .iter()
                .map(|one| [&*one.line.to_string(), &one.column, &one.value, &one.reason].map(str::to_owned));
            return csv_answer(&["line", "column", "value", "reason"], rows);
        }
        _ => {}
    }
    let language = visit.t.language();
    let crumbs = vec![
        Crumb { href: "/admin/imports".to_owned(), label: visit.t.say("imports-title").to_owned() },
        Crumb { href: String::new(), label: import.code.clone() },
    ];
    let title = visit.t.with1("imports-one", "code", import.code.as_str());
    page(&ShowPage {
        frame: Frame::new(&town, &visit, title).twins(&visit, &[Wants::Json, Wants::Csv]),
        crumbs,
        line: line(&visit, &import),
        more: asides.len() > ASIDES_SHOWN,
        asides: asides
            .into_iter()
            .take(ASIDES_SHOWN)
            .map(|one| AsideLine {
                line: number(i64::try_from(one.line).unwrap_or(i64::MAX), language),
                column: one.column,
                value: one.value,
                reason: one.reason,
            })
            .collect(),
        undone: import
            .undone_at
            .map(|_| visit.t.with2("imports-undone-counts", "removed", import.removed, "stayed", import.stayed)),
        may_undo: import.tally.stored > u64::try_from(import.removed).unwrap_or_default(),
        mapping: import.mapping,
    })
}

/// POST /admin/imports/{import}/undo: done after the answer, as it may take long.
pub async fn undo(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: web::forms::Submission,
) -> Answer {
    let found = code.clone();
    let import =
        town.db().read(move |tx| store::import(tx, &found)).await.map_err(Stop::from)?.ok_or(Stop::NotFound)?;
    if !form.is_ticked("sure") {
        return Err(Refusal::new("import-undo-sure").at("sure").into());
    }
    let (now, by) = (town.now(), visit.actor.handle.clone());
    let id = JobId::new(now, town.chance()).text();
    let payload = json!({"import": import.code, "by": by});
    let put = town.db().write(move |tx| {
        jobs::put(tx, &jobs::NewJob { id, kind: UNDO, payload: &payload, not_before: now })?;
        tx.commit(OffRecord("the undo itself says on the record what it took away"), ())
    });
    put.await.map_err(|error: DbError| Stop::from(error))?;
    see_other_saying(&format!("/admin/imports/{}", import.code), "flash-import-undo")
}

/// The work that undoes an import.
pub fn undo_job_kind() -> JobKind {
    JobKind::asked(
        UNDO,
        Arc::new(|town: Town, payload: Value| {
            Box::pin(async move {
                let text = |name: &str| payload.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                let actor = Actor { handle: text("by"), ..Actor::visitor(Language::En) };
                let undone = undo_import(&town, &actor, &text("import"), |_| ()).await;
                undone.map(|_| ()).map_err(|stop| format!("{stop:?}"))
            })
        }),
    )
}

fn view(import: &ImportRow) -> ImportView {
    ImportView {
        code: import.code.clone(),
        source: import.source.clone(),
        origin: import.origin.clone(),
        begun_at: import.begun_at.rfc3339(),
        ended_at: import.ended_at.map(Moment::rfc3339),
        undone_at: import.undone_at.map(Moment::rfc3339),
        rows: import.tally.rows,
        stored: import.tally.stored,
        already: import.tally.already,
        set_aside: import.tally.set_aside,
        removed: import.removed,
        stayed: import.stayed,
    }
}

fn line(visit: &Visit, import: &ImportRow) -> Line {
    let (key, chip) = match (import.undone_at, import.ended_at) {
        (Some(_), _) => ("imports-state-undone", ""),
        (None, Some(_)) => ("imports-state-ended", "g"),
        (None, None) => ("imports-state-begun", "y"),
    };
    let tally = import.tally;
    let counted = |count: u64| number(i64::try_from(count).unwrap_or(i64::MAX), visit.t.language());
    Line {
        code: import.code.clone(),
        source: import.source.clone(),
        origin: import.origin.clone(),
        begun: visit.date_time(import.begun_at),
        state: visit.t.say(key).to_owned(),
        chip,
        counts: [tally.rows, tally.stored, tally.already, tally.set_aside].map(counted),
    }
}
