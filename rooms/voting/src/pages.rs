//! Pages for people, with their machine twins.

mod area;
mod ballot;
mod calendar;
mod import;
mod keep;
mod list;
mod paper;
mod published;
mod result;
mod show;

pub use list::front_panel;

use crate::{
    acts, hidden,
    model::{State, Vote},
    roll::ROLL_FILE_BYTES,
    store,
};
use database::{DbError, Tx};
use serde_json::json;
use web::{
    Route, Stop, Town, Visit, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];
const PAGE_TWINS: &[Wants] = &[Wants::Json];
const BALLOT_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];

/// Bytes a Pabulib file or a table of options may have.
const FILE_LIMIT_BYTES: usize = 32 * 1024 * 1024;

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/votes", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::get("/votes/calendar.ics", acts::READ, calendar::all).for_machines(),
        Route::get("/votes/{code}/calendar.ics", acts::READ, calendar::one).for_machines(),
        Route::get("/votes/{code}", acts::READ, show::show).twins(PAGE_TWINS).documented(show_doc()),
        Route::get("/votes/{code}/ballot", acts::CAST, ballot::form),
        Route::post("/votes/{code}/ballot", acts::CAST, ballot::choose),
        Route::post("/votes/{code}/check", acts::CAST, ballot::check),
        Route::post("/votes/{code}/ballots", acts::CAST, ballot::cast).documented(cast_doc()),
        Route::get("/votes/{code}/ballots", acts::READ, published::ballots)
            .twins(BALLOT_TWINS)
            .documented(ballots_doc()),
        Route::get("/votes/{code}/ballots.pb", acts::READ, published::pabulib),
        Route::get("/votes/{code}/ballots.soi", acts::READ, published::preflib),
        Route::get("/votes/{code}/results", acts::READ, result::results),
        Route::get("/votes/{code}/areas/{area}", acts::READ, area::results),
        Route::get("/votes/{code}/areas/{area}/ballots.pb", acts::READ, area::pabulib),
        Route::get("/votes/{code}/areas/{area}/outcome", acts::READ, area::outcome)
            .twins(PAGE_TWINS)
            .documented(area_outcome_doc()),
        Route::get("/votes/{code}/outcome", acts::READ, published::outcome).twins(PAGE_TWINS).documented(outcome_doc()),
        Route::get("/admin/votes", acts::KEEP, keep::list),
        Route::post("/admin/votes", acts::KEEP, keep::create),
        Route::get("/admin/votes/import", acts::KEEP, import::form),
        Route::post("/admin/votes/import", acts::KEEP, import::take).body_limit(FILE_LIMIT_BYTES),
        Route::post("/admin/votes/{code}/undo-import", acts::KEEP, import::undo),
        Route::get("/admin/votes/{code}", acts::KEEP, keep::edit),
        Route::post("/admin/votes/{code}", acts::KEEP, keep::save),
        Route::post("/admin/votes/{code}/options", acts::KEEP, keep::add).body_limit(FILE_LIMIT_BYTES),
        Route::get("/admin/votes/{code}/options/{option}", acts::KEEP, keep::option_page),
        Route::post("/admin/votes/{code}/options/{option}", acts::KEEP, keep::correct),
        Route::post("/admin/votes/{code}/remove", acts::KEEP, keep::remove),
        Route::post("/admin/votes/{code}/codes", acts::KEEP, keep::codes),
        Route::get("/admin/votes/{code}/roll", acts::KEEP, keep::roll_page),
        Route::post("/admin/votes/{code}/roll", acts::KEEP, keep::roll),
        Route::post("/admin/votes/{code}/roll/file", acts::KEEP, keep::file).body_limit(ROLL_FILE_BYTES),
        Route::post("/admin/votes/{code}/roll/empty", acts::KEEP, keep::empty),
        Route::post("/admin/votes/{code}/clerks", acts::KEEP, keep::name),
        Route::post("/admin/votes/{code}/clerks/end", acts::KEEP, keep::end),
        Route::post("/admin/votes/{code}/publish", acts::KEEP, keep::publish),
        Route::post("/admin/votes/{code}/withdraw", acts::KEEP, keep::withdraw),
        Route::get("/votes/{code}/paper", acts::PAPER, paper::desk),
        Route::post("/votes/{code}/paper/voters", acts::PAPER, paper::mark),
        Route::post("/votes/{code}/paper/voters/back", acts::PAPER, paper::take_back),
        Route::post("/votes/{code}/paper/sheets", acts::PAPER, paper::enter),
        Route::post("/votes/{code}/paper/strike", acts::PAPER, paper::strike),
        Route::post("/votes/{code}/paper/strike/back", acts::PAPER, paper::take_back_strike),
        Route::post("/votes/{code}/paper/finish", acts::PAPER, paper::finish),
    ]
}

/// A vote that is public, by the code as people type it, with what moderators hid covered.
pub(crate) async fn public_vote(town: &Town, code: &str) -> Result<Vote, Stop> {
    let code = code.trim().to_ascii_uppercase();
    let own = town.clone();
    let look = move |tx: &mut Tx<'_>| {
        let vote = store::by_code(tx, &code)?.filter(|vote| vote.state != State::Draft);
        vote.map(|vote| hidden::cover(&own, tx, vote)).transpose()
    };
    let vote = town.db().read(look).await.map_err(|error: DbError| Stop::from(error))?;
    vote.ok_or(Stop::NotFound)
}

/// The way to a page below the list of votes.
fn crumbs(visit: &Visit, vote: Option<&Vote>, here: &str) -> Vec<web::parts::Crumb> {
    let crumb = |href: String, label: &str| web::parts::Crumb { href, label: label.to_owned() };
    let mut crumbs = vec![crumb("/votes".to_owned(), visit.t.say("votes-title"))];
    if let Some(vote) = vote {
        let title = vote.definition.title.in_language(visit.t.language());
        crumbs.push(crumb(format!("/votes/{}", vote.code), title));
    }
    if !here.is_empty() {
        crumbs.push(crumb(String::new(), here));
    } else if let Some(last) = crumbs.last_mut() {
        last.href.clear();
    }
    crumbs
}

fn list_doc() -> Doc {
    Doc::new("voting", "Votes, those that close last first")
        .query("after", "The `next` of the page before.", text_schema())
        .query(
            "limit",
            "Items of a page.",
            json!({"type": "integer", "minimum": 1, "maximum": web::paging::PAGE_SIZE_LIMIT}),
        )
        .answers(200, "application/json", "A page of votes.", schema_of::<list::ListView>())
}

fn show_doc() -> Doc {
    Doc::new("voting", "One vote: its question, its rule, its turnout; what won once it is decided")
        .path("code", "Its reference, as V-7K2M.", text_schema())
        .answers(200, "application/json", "The vote.", schema_of::<crate::views::VoteView>())
}

fn cast_doc() -> Doc {
    let body = json!({
        "type": "object",
        "properties": {
            "choice": {"type": "array", "items": text_schema(), "description": "Ids, where a ballot names some."},
            "value": {"type": "object", "additionalProperties": {"type": ["string", "integer"]},
                      "description": "Id and rank, points, score or grade, where a ballot has those."},
            "code": {"type": "string", "description": "The voter's code, where the vote goes by codes."},
        },
    });
    Doc::new("voting", "Cast a ballot; it is final")
        .path("code", "The vote's reference.", text_schema())
        .body("application/json", body)
        .answers(201, "application/json", "The receipt, which is told once.", schema_of::<ballot::ReceiptView>())
}

fn ballots_doc() -> Doc {
    Doc::new("voting", "The published ballots of a vote that was counted, by receipt")
        .path("code", "The vote's reference.", text_schema())
        .query("receipt", "Only the ballot of this receipt.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("limit", "Ballots of a page, at most 1000.", text_schema())
        .answers(200, "application/json", "A page of ballots.", schema_of::<published::BallotsView>())
}

fn outcome_doc() -> Doc {
    Doc::new("voting", "The outcome with its whole explanation, byte for byte as the record pins it")
        .path("code", "The vote's reference.", text_schema())
        .answers(
            200,
            "application/json",
            "What `polity tally budget --json` prints, with the rule.",
            json!({"type": "object"}),
        )
}

fn area_outcome_doc() -> Doc {
    Doc::new("voting", "The outcome of one area of a budget in parts, byte for byte as the record pins it")
        .path("code", "The vote's reference.", text_schema())
        .path("area", "The code of a district, or town.", text_schema())
        .answers(
            200,
            "application/json",
            "What `polity tally budget --json` prints for the area's file, with the rule.",
            json!({"type": "object"}),
        )
}
