//! Pages for people, with their machine twins.

mod columns;
mod differing;
mod download;
mod edit;
mod explore;
mod front;
mod history;
mod list;
mod question;
mod range;
mod report;
mod row;
mod show;
mod sql;
mod versions;
mod written;

pub(crate) use edit::draft_of;
pub use front::front_panel;
pub(crate) use sql::{ask as ask_sql, busy, csv as sql_csv, cut as sql_cut, text as sql_text};
pub(crate) use versions::{KeptLine, is_stale, version_again, version_of};

use crate::{
    acts,
    books::Filed,
    decide::is_name,
    model::{Dataset, PARQUET_LIMIT_BYTES},
};
use axum::http::StatusCode;
use serde_json::json;
use std::sync::Arc;
use web::{
    Refusal, Route, Stop, Town, Visit, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];
const PAGE_TWINS: &[Wants] = &[Wants::Json, Wants::Rss];
const TABLE_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::GeoJson];
/// Bytes of a form with a file, and what stands around it.
const FORM_LIMIT_BYTES: usize = PARQUET_LIMIT_BYTES + 1024 * 1024;

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/data", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::post("/data", acts::PUBLISH, edit::make),
        Route::get("/data/new", acts::PUBLISH, edit::new_form),
        Route::get("/data/sql", acts::READ, sql::page).twins(&[Wants::Json, Wants::Csv]).documented(sql_doc()),
        Route::get("/data/{name}", acts::READ, show::show).twins(PAGE_TWINS).documented(show_doc()),
        Route::get("/data/{name}/edit", acts::PUBLISH, edit::form),
        Route::get("/data/{name}/{resource}", acts::READ, explore::explore).twins(TABLE_TWINS).documented(table_doc()),
        Route::get("/data/{name}/{resource}/embed", acts::READ, explore::embed).documented(embed_doc()),
        Route::get("/data/{name}/{resource}/view/{view}", acts::READ, explore::follow_view)
            .twins(TABLE_TWINS)
            .documented(view_doc()),
        Route::post("/data/{name}/{resource}/views", acts::ASK, explore::keep_view),
        Route::post("/data/{name}/{resource}/views/remove", acts::ASK, explore::remove_view),
        Route::get("/data/{name}/versions", acts::READ, history::page).twins(&[Wants::Json]).documented(versions_doc()),
        Route::post("/data/{name}/versions/forget", acts::PUBLISH, history::forget),
        Route::get("/data/{name}/{resource}/changes", acts::READ, differing::page)
            .twins(&[Wants::Json, Wants::Csv])
            .documented(changes_doc()),
        Route::get("/data/{name}/{resource}/row/{number}", acts::READ, row::by_number)
            .twins(&[Wants::Json])
            .documented(row_doc(
                "One row by its line, which is the same row in one version only",
                "number",
                "Its line, from 1.",
            )),
        Route::get("/data/{name}/{resource}/row/by/{key}", acts::READ, row::by_key).twins(&[Wants::Json]).documented(
            row_doc(
                "One row by its key: an address that stays when the file is replaced",
                "key",
                "The value of its key; of several columns, with ~1 between them; a ~ of a value is ~0.",
            ),
        ),
        Route::get("/data/{name}/{resource}/file/{form}", acts::READ, download::file).for_machines(),
        Route::get("/data/{name}/{resource}/report", acts::READ, report::report).twins(&[Wants::Json, Wants::Csv]),
        Route::get("/data/{name}/{resource}/columns", acts::PUBLISH, columns::form),
        Route::post("/data/{name}/{resource}/columns", acts::PUBLISH, columns::save).fields_limit(columns::FIELDS),
        Route::post("/data/{name}/{resource}", acts::PUBLISH, edit::act)
            .body_limit(FORM_LIMIT_BYTES)
            .documented(act_doc()),
    ]
}

/// The dataset of this name, as far as this reader may see it.
///
/// # Errors
/// `NotFound` for what is not there, or is a draft of others.
pub(crate) fn seen(town: &Town, visit: &Visit, name: &str) -> Result<Arc<Filed>, Stop> {
    let shelves = town.part::<crate::Books>().now();
    let found = shelves.find(name).cloned().ok_or(Stop::NotFound)?;
    let is_own = || visit.actor.may_for(&acts::PUBLISH, Some(found.dataset.organisation));
    let is_draft = matches!(found.dataset.state, crate::model::State::Draft);
    if is_draft && !is_own() { Err(Stop::NotFound) } else { Ok(found) }
}

/// The same where only what is public, or one's own, has tables and files.
pub(crate) fn open(town: &Town, visit: &Visit, name: &str) -> Result<Arc<Filed>, Stop> {
    let found = seen(town, visit, name)?;
    let is_own = visit.actor.may_for(&acts::PUBLISH, Some(found.dataset.organisation));
    if found.dataset.is_public() || is_own { Ok(found) } else { Err(gone(&found.dataset)) }
}

/// It was public and is no more (410): why, and what takes its place, as far as that was said.
pub(crate) fn gone(dataset: &Dataset) -> Stop {
    let meta = &dataset.meta;
    let to = if is_name(&meta.replaced_by) { format!("/data/{}", meta.replaced_by) } else { meta.replaced_by.clone() };
    let why = if meta.withdrawn_why.is_empty() { String::new() } else { format!(" {}", meta.withdrawn_why) };
    let values = [("why", why.as_str()), ("to", &to), ("said", if to.is_empty() { "no" } else { "yes" })];
    let refusal = Refusal::new("dataset-gone").status(StatusCode::GONE);
    values.into_iter().fold(refusal, |refusal, (name, value)| refusal.with(name, value)).into()
}

fn list_doc() -> Doc {
    Doc::new("data", "The catalogue (DCAT-US 1.1, data.json): all of it, or what a search finds, with its facets")
        .query("q", "Words to find, in any language.", text_schema())
        .query("organization", "The code of an organisation.", text_schema())
        .query("groups", "The code of a theme, as tran.", text_schema())
        .query("tags", "A tag.", text_schema())
        .query("res_format", "A format, as CSV.", text_schema())
        .query("license_id", "The code of a licence.", text_schema())
        .query("order", "best, updated or title.", text_schema())
        .query("start", "How many are passed over.", json!({"type": "integer", "minimum": 0}))
        .answers(200, "application/json", "The catalogue.", json!({"type": "object"}))
}

fn show_doc() -> Doc {
    Doc::new("data", "One dataset with its files, columns, quality and history")
        .path("name", "Its name.", text_schema())
        .answers(200, "application/json", "The dataset.", schema_of::<crate::views::DatasetView>())
        .answers(
            410,
            "application/json",
            "It was withdrawn; its files are gone.",
            schema_of::<crate::views::DatasetView>(),
        )
}

fn act_doc() -> Doc {
    let body = json!({"type": "object", "properties": {
        "resource": {"type": "string", "description": "With remove and replace: the id of the resource."},
        "forget": {"type": "boolean", "description": "With remove and replace: also takes the older file away for good. Without it, that stays public at the addresses of its versions."},
        "older": {"type": "boolean", "description": "With publish, after a withdrawal: files of before it are public again too. Without it, only those that are here now."},
        "version": {"type": "integer", "description": "The version that was seen; another one by now is refused (409)."},
        "why": {"type": "string", "description": "With withdraw: why."},
        "replaced_by": {"type": "string", "description": "With withdraw: what takes its place."},
        "address": {"type": "string", "description": "With add and replace: from where the file is fetched, where none is sent (multipart/form-data, file)."},
    }});
    Doc::new("data", "Acts on a dataset: save, publish, withdraw, add, replace, remove, fetch, later or check-links; needs to publish for its organisation")
        .path("name", "The dataset.", text_schema())
        .path("resource", "The act, as remove.", text_schema())
        .body("application/json", body)
        .answers(200, "application/json", "The dataset as it is now.", schema_of::<crate::views::DatasetView>())
        .answers(202, "application/json", "A file is being taken in, links are being asked, or the dataset waits for somebody else to agree.", json!({"type": "object"}))
}

fn table_doc() -> Doc {
    Doc::new("data", "Rows of a table: filtered, sorted, counted, in facets and groups. With .csv or .geojson all of them, streamed")
        .path("name", "The dataset.", text_schema())
        .path("resource", "The table.", text_schema())
        .query("where", "A condition, as `dep_delay >= 60`; may be given several times. = != < <= > >= contains starts empty filled, in with its values between bars, as `origin in (JFK|LGA)`.", text_schema())
        .query("q", "Words that stand in any cell.", text_schema())
        .query("sort", "A column; with - before it, the greatest first.", text_schema())
        .query("facet", "A column whose values are counted; several times.", text_schema())
        .query("group", "A column to group by; with :year, :month, :day or :hour behind it, by a part of its date. Twice for two.", text_schema())
        .query("sum", "What is added up in each group, as mean:dep_delay; sum, mean, median, min or max; up to four times.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("version", "A version of the dataset; without it, the newest.", json!({"type": "integer"}))
        .query("limit", "Rows of a page.", json!({"type": "integer", "minimum": 0, "maximum": 1000}))
        .answers(200, "application/json", "A page of rows.", json!({"type": "object"}))
}

fn versions_doc() -> Doc {
    Doc::new("data", "The versions of a dataset, newest first, with the files that each brought")
        .path("name", "The dataset.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .answers(200, "application/json", "versions and next.", json!({"type": "object"}))
}

fn changes_doc() -> Doc {
    Doc::new("data", "What differs between two versions of a table, row by row by its key: added, changed, removed")
        .path("name", "The dataset.", text_schema())
        .path("resource", "The table.", text_schema())
        .query("from", "The older version; without it, the one before `to`.", json!({"type": "integer"}))
        .query("to", "The newer version; without it, the newest.", json!({"type": "integer"}))
        .answers(
            200,
            "application/json",
            "How many of each kind, and up to 10,000 rows with their cells before and after.",
            json!({"type": "object"}),
        )
}

fn embed_doc() -> Doc {
    Doc::new("data", "A chart, a map or rows of a table, to be shown in a frame of another site")
        .path("name", "The dataset.", text_schema())
        .path("resource", "The table.", text_schema())
        .query("show", "chart, map or table; a chart needs group.", text_schema())
        .query("language", "en, es or ar; without it, that of the reader.", text_schema())
        .query("where", "As the table has it, with q, sort, group, sum and version.", text_schema())
        .answers(200, "text/html", "The page.", json!({"type": "string"}))
}

fn view_doc() -> Doc {
    Doc::new("data", "A view of a table that was given a name: leads on to what it shows")
        .path("name", "The dataset.", text_schema())
        .path("resource", "The table.", text_schema())
        .path("view", "The name of the view.", text_schema())
        .answers(303, "application/json", "Where it is shown.", json!({}))
}

fn row_doc(summary: &'static str, name: &'static str, meaning: &'static str) -> Doc {
    Doc::new("data", summary)
        .path("name", "The dataset.", text_schema())
        .path("resource", "The table.", text_schema())
        .path(name, meaning, text_schema())
        .query("version", "A version of the dataset; without it, the newest.", json!({"type": "integer"}))
        .answers(
            200,
            "application/json",
            "The row, with its line in _id and the version in _version.",
            json!({"type": "object"}),
        )
}

fn sql_doc() -> Doc {
    Doc::new("data", "One select over the public tables, read-only, within limits; an answer that a limit cut says so")
        .query("sql", "The question.", text_schema())
        .answers(200, "application/json", "Columns and rows.", json!({"type": "object"}))
}
