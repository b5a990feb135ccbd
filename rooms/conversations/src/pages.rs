//! Pages for people, with their machine twins.

mod embed;
mod exports;
mod facilitate;
mod feed;
mod front;
mod import;
mod list;
mod log;
mod map;
mod promise;
mod report;
mod show;
mod shown;
mod similar;
mod statements;
mod summary;
mod take_part;
mod write;
mod written;

pub use front::front_panel;

use crate::{
    acts,
    books::{Books, Known},
    commands::may_lead,
    views::path,
};
use axum::http::StatusCode;
use std::sync::Arc;
use web::{
    Refusal, Route, Stop, Town, Visit, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Crumb,
};

const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];
const JSON: &[Wants] = &[Wants::Json];
const TABLE: &[Wants] = &[Wants::Json, Wants::Csv];
/// Bytes of the files of an export.
const IMPORT_LIMIT_BYTES: usize = 128 * 1024 * 1024;

/// Bytes of a report that is being written: ten parts in three languages, each letter escaped.
const REPORT_LIMIT_BYTES: usize = 2 * 1024 * 1024;

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    let mut routes = public_routes();
    routes.extend(facilitators_routes());
    routes
}

fn public_routes() -> Vec<Route> {
    vec![
        Route::get("/conversations", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::get("/conversations/challenge", acts::TAKE_PART, take_part::challenge)
            .for_machines()
            .documented(challenge_doc()),
        Route::get("/conversations/{code}", acts::READ, show::show).twins(JSON).documented(show_doc()),
        Route::get("/conversations/{code}/facts", acts::READ, show::facts).twins(JSON),
        Route::get("/conversations/{code}/qr.svg", acts::READ, show::qr),
        Route::get("/conversations/{code}/take-part", acts::TAKE_PART, take_part::show)
            .twins(JSON)
            .documented(take_part_doc()),
        Route::post("/conversations/{code}/take-part", acts::TAKE_PART, take_part::answer)
            .unmetered()
            .documented(answer_doc()),
        Route::post("/conversations/{code}/undo", acts::TAKE_PART, take_part::undo),
        Route::post("/conversations/{code}/district", acts::TAKE_PART, take_part::district),
        Route::get("/conversations/{code}/continue/{voice}", acts::TAKE_PART, take_part::ask_continue),
        Route::post("/conversations/{code}/continue/{voice}", acts::TAKE_PART, take_part::go_on),
        Route::get("/conversations/{code}/write", acts::TAKE_PART, write::ask),
        Route::post("/conversations/{code}/write", acts::TAKE_PART, write::send).documented(write_doc()),
        Route::get("/conversations/{code}/written", acts::TAKE_PART, written::show)
            .twins(JSON)
            .documented(written_doc()),
        Route::get("/conversations/{code}/similar", acts::READ, similar::ask).for_machines().documented(similar_doc()),
        Route::get("/conversations/{code}/statements", acts::READ, statements::list)
            .twins(TABLE)
            .documented(statements_doc()),
        Route::get("/conversations/{code}/map", acts::READ, map::show).twins(JSON).documented(map_doc()),
        Route::get("/conversations/{code}/promises/{number}", acts::READ, promise::show)
            .twins(JSON)
            .documented(promise_doc()),
        Route::get("/conversations/{code}/feed", acts::READ, feed::feed),
        Route::get("/conversations/{code}/report", acts::READ, report::show).twins(JSON).documented(report_doc()),
        Route::get("/conversations/{code}/report/overview", acts::READ, report::overview).twins(JSON),
        Route::get("/conversations/{code}/report/{edition}", acts::READ, report::edition)
            .twins(JSON)
            .documented(edition_doc()),
        Route::get("/conversations/{code}/report/{edition}/figures", acts::READ, report::figures)
            .for_machines()
            .documented(figures_doc()),
        Route::get("/conversations/{code}/log", acts::READ, log::show).twins(TABLE),
        Route::get("/conversations/{code}/embed", acts::READ, embed::explain),
        Route::get("/embed/conversations/{code}", acts::TAKE_PART, embed::show),
        Route::post("/embed/conversations/{code}", acts::TAKE_PART, embed::answer).unmetered(),
        Route::get("/embed/conversations/{code}/map", acts::READ, embed::map),
        Route::get("/conversations/{code}/export", acts::READ, exports::index),
        Route::get("/conversations/{code}/export/{file}", acts::READ, exports::file)
            .twins(&[Wants::Csv])
            .documented(export_doc()),
    ]
}

fn facilitators_routes() -> Vec<Route> {
    vec![
        Route::get("/desk/conversations", acts::FACILITATE, facilitate::list),
        Route::post("/desk/conversations", acts::FACILITATE, facilitate::start),
        Route::get("/desk/conversations/new", acts::FACILITATE, facilitate::new),
        Route::get("/desk/conversations/{code}", acts::FACILITATE, facilitate::edit),
        Route::post("/desk/conversations/{code}", acts::FACILITATE, facilitate::save),
        Route::post("/desk/conversations/{code}/advance", acts::FACILITATE, facilitate::advance),
        Route::post("/desk/conversations/{code}/facts", acts::FACILITATE, facilitate::facts),
        Route::post("/desk/conversations/{code}/seeds", acts::FACILITATE, facilitate::seeds),
        Route::post("/desk/conversations/{code}/promises", acts::FACILITATE, facilitate::promise),
        Route::get("/desk/conversations/{code}/roll", acts::FACILITATE, facilitate::roll),
        Route::post("/desk/conversations/{code}/roll", acts::FACILITATE, facilitate::roll_file)
            .body_limit(people::roll::ROLL_FILE_BYTES),
        Route::post("/desk/conversations/{code}/roll/empty", acts::FACILITATE, facilitate::roll_empty),
        Route::post("/desk/conversations/{code}/undo-import", acts::IMPORT, facilitate::undo_import),
        Route::get("/desk/conversations/{code}/report", acts::FACILITATE, facilitate::report),
        Route::post("/desk/conversations/{code}/report", acts::FACILITATE, facilitate::keep_report)
            .body_limit(REPORT_LIMIT_BYTES),
        Route::get("/desk/conversations/{code}/report/preview", acts::FACILITATE, facilitate::preview_report),
        Route::post("/desk/conversations/{code}/report/publish", acts::FACILITATE, facilitate::publish_report),
        Route::get("/desk/conversations/{code}/drafts", acts::FACILITATE, facilitate::drafts),
        Route::post("/desk/conversations/{code}/drafts", acts::FACILITATE, facilitate::ask_draft),
        Route::post("/desk/conversations/{code}/drafts/{number}", acts::FACILITATE, facilitate::decide_draft),
        Route::get("/desk/conversations/{code}/statements", acts::FACILITATE, facilitate::queue),
        Route::post("/desk/conversations/{code}/statements/{number}", acts::FACILITATE, facilitate::moderate),
        Route::get("/admin/conversations/import", acts::IMPORT, import::ask),
        Route::post("/admin/conversations/import", acts::IMPORT, import::send).body_limit(IMPORT_LIMIT_BYTES),
    ]
}

/// A conversation that this reader may see; a draft is there only for those who lead it.
fn known(town: &Town, visit: &Visit, code: &str) -> Result<Arc<Known>, Stop> {
    let known = town.part::<Books>().get(code).ok_or(Stop::NotFound)?;
    if let Some(at) = known.conversation.undone_at {
        return Err(Refusal::new("conversation-import-undone")
            .status(StatusCode::GONE)
            .with("date", visit.date(at))
            .into());
    }
    let is_public = known.conversation.published_at.is_some();
    if is_public || may_lead(visit.actor(), &known.conversation) {
        Ok(known.public(visit.at))
    } else {
        Err(Stop::NotFound)
    }
}

/// The way to a page of a conversation; `page` is the words of the page itself, empty for the conversation's own.
fn crumbs(visit: &Visit, known: &Known, page: &str) -> Vec<Crumb> {
    let question: String = known.conversation.question.in_language(visit.t.language()).chars().take(60).collect();
    let own = path(known.conversation.code.as_str());
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    let mut crumbs = vec![crumb("/conversations".to_owned(), visit.t.say("conversations-title"))];
    if page.is_empty() {
        crumbs.push(crumb(String::new(), &question));
    } else {
        crumbs.push(crumb(own, &question));
        crumbs.push(crumb(String::new(), page));
    }
    crumbs
}

fn list_doc() -> Doc {
    Doc::new("conversations", "Public conversations, newest first").answers(
        200,
        "application/json",
        "All of them.",
        schema_of::<Vec<crate::views::ConversationView>>(),
    )
}

fn of_code(doc: Doc) -> Doc {
    doc.path("code", "Its reference, as C-7K2M.", text_schema())
}

fn show_doc() -> Doc {
    of_code(Doc::new("conversations", "One conversation")).answers(
        200,
        "application/json",
        "The conversation.",
        schema_of::<crate::views::ConversationView>(),
    )
}

fn take_part_doc() -> Doc {
    of_code(Doc::new("conversations", "The next statement for whoever asks; they are known by a cookie or an account"))
        .query("statement", "Just the statement of this number.", text_schema())
        .query(
            "challenge",
            "Anything for a challenge that a machine solves first, where many come at once.",
            text_schema(),
        )
        .answers(200, "application/json", "The statement and how far they are.", schema_of::<take_part::TurnView>())
}

fn answer_doc() -> Doc {
    let body = serde_json::json!({
        "type": "object",
        "required": ["statement", "vote"],
        "properties": {
            "statement": {"type": "integer", "description": "The number of the statement."},
            "vote": {"enum": ["agree", "disagree", "pass"]},
            "important": {"type": "boolean"},
            "altcha": {"type": "string", "description": "A solved challenge, when one is asked for."},
        },
    });
    of_code(Doc::new("conversations", "Answer a statement; the same again changes nothing"))
        .body("application/json", body)
        .answers(200, "application/json", "The next turn.", schema_of::<take_part::TurnView>())
}

fn challenge_doc() -> Doc {
    Doc::new("conversations", "A proof of work to solve, in the altcha protocol").answers(
        200,
        "application/json",
        "The challenge.",
        schema_of::<crate::altcha::Challenge>(),
    )
}

fn write_doc() -> Doc {
    let body = serde_json::json!({
        "type": "object",
        "required": ["words"],
        "properties": {
            "words": {"type": "string", "description": "One sentence, up to 280 characters."},
            "language": {"type": "string", "description": "The language it is in, as en; that of the request where none is said."},
        },
    });
    of_code(Doc::new(
        "conversations",
        "Write a statement; the same from the same author again is the one that is there",
    ))
    .body("application/json", body)
    .answers(201, "application/json", "What became of it.", schema_of::<write::WrittenView>())
    .answers(200, "application/json", "It was there before.", schema_of::<write::WrittenView>())
}

fn written_doc() -> Doc {
    of_code(Doc::new(
        "conversations",
        "What whoever asks wrote, with what became of it; they are known by a cookie or an account",
    ))
    .answers(
        200,
        "application/json",
        "Their statements, by number.",
        schema_of::<Vec<written::OwnStatementView>>(),
    )
}

fn similar_doc() -> Doc {
    of_code(Doc::new("conversations", "Statements that say about the same; to be asked before writing one"))
        .query("text", "What one would write.", text_schema())
        .answers(200, "application/json", "The likeliest first.", schema_of::<Vec<similar::SimilarView>>())
}

fn statements_doc() -> Doc {
    of_code(Doc::new("conversations", "The statements of a conversation and how they were answered"))
        .query("sort", "new, agreed, divided or number.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("limit", "Items of a page.", serde_json::json!({"type": "integer", "minimum": 1, "maximum": 1000}))
        .answers(200, "application/json", "A page of statements.", schema_of::<statements::StatementsView>())
}

fn map_doc() -> Doc {
    of_code(Doc::new("conversations", "The map of a conversation: groups, what marks them, what all share"))
        .query("at", "A moment of the playback, in microseconds.", text_schema())
        .answers(200, "application/json", "The map.", schema_of::<map::MapAnswer>())
}

fn promise_doc() -> Doc {
    of_code(Doc::new("conversations", "One promise in answer to a conversation, with what grew out of it"))
        .path("number", "Counts the promises of a conversation, from 1.", serde_json::json!({"type": "integer"}))
        .answers(200, "application/json", "The promise.", schema_of::<crate::views::PromiseView>())
}

fn report_doc() -> Doc {
    of_code(Doc::new(
        "conversations",
        "What came of a conversation: the report in force, all editions, what the map says now",
    ))
    .answers(200, "application/json", "The report.", schema_of::<report::ReportView>())
}

fn of_edition(doc: Doc) -> Doc {
    of_code(doc).path("edition", "Counts the editions, from 1.", serde_json::json!({"type": "integer"}))
}

fn edition_doc() -> Doc {
    of_edition(Doc::new("conversations", "One edition of a report, with the figures that stood when it was published"))
        .answers(200, "application/json", "The edition.", schema_of::<report::EditionView>())
}

fn figures_doc() -> Doc {
    of_edition(Doc::new("conversations", "The figures of an edition, in the bytes of which the record has the SHA-256"))
        .answers(200, "application/json", "The figures.", schema_of::<crate::model::Frozen>())
}

fn export_doc() -> Doc {
    of_code(Doc::new("conversations", "The conversation in the tables of a Polis export"))
        .path("file", "votes, participants-votes, comments, importance or summary, with .csv behind it.", text_schema())
        .answers(200, "text/csv; charset=utf-8", "The table.", text_schema())
}
