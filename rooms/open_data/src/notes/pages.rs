//! Pages of notes: what was asked for, what is wrong, what was made.

mod list;
mod show;
mod write;

use super::{
    model::{NoteKind, NoteState},
    views::{NoteView, Told, state_key},
};
use crate::acts;
use serde_json::{Value, json};
use web::{
    Route, Sayings, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Crumb,
};

const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];
const JSON: &[Wants] = &[Wants::Json];

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/data/requests", acts::READ, list::requests)
            .twins(LIST_TWINS)
            .documented(list_doc("Requests for data")),
        Route::post("/data/requests", acts::ASK, write::request).documented(ask_doc("Ask for data", true)),
        Route::get("/data/requests/new", acts::ASK, write::request_form),
        Route::get("/data/requests/{code}", acts::READ, show::request).twins(JSON).documented(show_doc()),
        Route::post("/data/requests/{code}/support", acts::ASK, show::support).documented(support_doc()),
        Route::post("/data/requests/{code}/unsupport", acts::ASK, show::unsupport),
        Route::post("/data/requests/{code}/answer", acts::PUBLISH, show::answer_request).documented(answer_doc()),
        Route::post("/data/requests/{code}/pass", acts::PUBLISH, show::pass).documented(pass_doc()),
        Route::get("/data/showcase", acts::READ, list::reuses)
            .twins(LIST_TWINS)
            .documented(list_doc("What was made of data")),
        Route::post("/data/showcase", acts::ASK, write::reuse).documented(ask_doc("Show what you made", false)),
        Route::get("/data/showcase/new", acts::ASK, write::reuse_form),
        Route::get("/data/showcase/{code}", acts::READ, show::reuse).twins(JSON),
        Route::post("/data/showcase/{code}/answer", acts::PUBLISH, show::answer_reuse),
        Route::get("/data/issues", acts::READ, list::issues)
            .twins(LIST_TWINS)
            .documented(list_doc("Mistakes in datasets")),
        Route::get("/data/issues/{code}", acts::READ, show::issue).twins(JSON),
        Route::post("/data/issues/{code}/answer", acts::PUBLISH, show::answer_issue),
        Route::get("/data/{name}/issues", acts::READ, list::of_dataset).twins(LIST_TWINS),
        Route::post("/data/{name}/issues", acts::ASK, write::issue)
            .documented(ask_doc("Report a mistake", false).path("name", "The name of the dataset.", text_schema())),
        Route::get("/data/{name}/issues/new", acts::ASK, write::issue_form),
    ]
}

fn list_doc(summary: &'static str) -> Doc {
    Doc::new("data", summary)
        .query("state", "Where they stand.", text_schema())
        .query("dataset", "The name of a dataset.", text_schema())
        .query("sort", "newest or supported.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("limit", "How many.", json!({"type": "integer", "minimum": 1, "maximum": 1000}))
        .answers(200, "application/json", "A page of them.", schema_of::<Told>())
}

fn show_doc() -> Doc {
    Doc::new("data", "One request for data, with its answers")
        .path("code", "Its reference, as D-7K2M.", text_schema())
        .answers(200, "application/json", "The request.", schema_of::<NoteView>())
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

fn ask_doc(summary: &'static str, has_agency: bool) -> Doc {
    let mut properties = json!({
        "title": text("What it is called; none for a mistake."), "body": text("At most 3,000 characters, plain."),
        "url": text("The address of what was made."), "dataset": text("Names of datasets, with commas."),
        "table": text("The table with the mistake."), "row": text("Its row."), "column": text("Its column."),
    });
    if has_agency {
        properties["organisation"] = text("The code of who is asked; empty where you do not know.");
    }
    let body = json!({"type": "object", "required": ["body"], "properties": properties});
    let doc = Doc::new("data", summary).body("application/json", body);
    doc.answers(201, "application/json", "What was written.", schema_of::<NoteView>())
}

fn support_doc() -> Doc {
    Doc::new("data", "Support a request for data, once; with /unsupport no more")
        .path("code", "Its reference.", text_schema())
        .answers(200, "application/json", "The request.", schema_of::<NoteView>())
}

fn answer_doc() -> Doc {
    let body = json!({"type": "object", "required": ["state", "body"], "properties": {
        "state": text("answered, published or refused."), "body": text("The answer."),
        "dataset": text("The name of the dataset that was published."), "version": text("The version that was read."),
    }});
    Doc::new("data", "Answer a request for data in public; the same for issues and the showcase")
        .path("code", "Its reference.", text_schema())
        .body("application/json", body)
        .answers(200, "application/json", "The request.", schema_of::<NoteView>())
}

fn pass_doc() -> Doc {
    let body = json!({"type": "object", "required": ["organisation", "body"], "properties": {
        "organisation": text("The code of the agency that has the data."), "body": text("Why it is passed on."),
        "version": text("The version that was read."),
    }});
    Doc::new("data", "Pass a request for data on to another agency")
        .path("code", "Its reference.", text_schema())
        .body("application/json", body)
        .answers(200, "application/json", "The request.", schema_of::<NoteView>())
}

fn crumb(href: &str, label: &str) -> Crumb {
    Crumb { href: href.to_owned(), label: label.to_owned() }
}

/// The list of a kind.
fn list_path(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Request => "/data/requests",
        NoteKind::Issue => "/data/issues",
        NoteKind::Reuse => "/data/showcase",
    }
}

fn state_name(t: &Sayings, kind: NoteKind, state: NoteState) -> String {
    t.say(&state_key(kind, state)).to_owned()
}

/// What a list of a kind is called.
fn list_title(t: &Sayings, kind: NoteKind) -> String {
    t.say(&format!("notes-{}-title", kind.word())).to_owned()
}
