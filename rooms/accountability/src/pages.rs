//! Pages for people, with their machine twins.

mod dates;
mod desk;
mod front;
mod list;
mod make;
mod outcomes;
mod show;
mod yearly;

pub use front::front_panel;

use crate::acts;
use serde_json::json;
use web::{
    Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

/// Bytes a form with a photo may have.
const PHOTO_FORM_LIMIT_BYTES: usize = 21 * 1024 * 1024;
const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::GeoJson, Wants::Rss];
const YEAR_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];
const PAGE_TWINS: &[Wants] = &[Wants::Json, Wants::Rss];

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/commitments", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::post("/commitments", acts::MAKE, make::save).documented(make_doc()),
        Route::get("/commitments/new", acts::MAKE, make::form),
        Route::post("/commitments/adopt", acts::MAKE, make::adopt_offers).documented(adopt_doc()),
        Route::get("/commitments/outcomes", acts::READ, outcomes::outcomes)
            .twins(PAGE_TWINS)
            .documented(outcomes_doc()),
        Route::get("/commitments/years", acts::READ, yearly::newest),
        Route::get("/commitments/years/{year}", acts::READ, yearly::yearly).twins(YEAR_TWINS).documented(year_doc()),
        Route::get("/embed/commitments", acts::READ, outcomes::embed),
        Route::get("/commitments/calendar.ics", acts::READ, dates::all).for_machines().documented(dates_doc()),
        Route::get("/commitments/{code}", acts::READ, show::show).twins(PAGE_TWINS).documented(show_doc()),
        Route::get("/commitments/{code}/calendar.ics", acts::READ, dates::one).for_machines(),
        Route::get("/commitments/{code}/desk", acts::KEEP, desk::desk),
        Route::post("/commitments/{code}/helped", acts::HELPED, show::helped),
        Route::post("/commitments/{code}/{act}", acts::KEEP, desk::act).body_limit(PHOTO_FORM_LIMIT_BYTES),
    ]
}

fn list_doc() -> Doc {
    Doc::new("commitments", "What the town promised, late ones first, then by day; what has ended last")
        .query("q", "Words to find in title and summary.", text_schema())
        .query("district", "The code of a district.", text_schema())
        .query("organisation", "The code of an organisation.", text_schema())
        .query("state", "open, closed, or promised, under-way, late, kept, broken, dropped.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query(
            "limit",
            "Items of a page.",
            json!({"type": "integer", "minimum": 1, "maximum": web::paging::PAGE_SIZE_LIMIT}),
        )
        .answers(200, "application/json", "A page of commitments.", schema_of::<list::ListView>())
}

fn show_doc() -> Doc {
    Doc::new("commitments", "One commitment with everything that was said and done")
        .path("code", "Its reference, as K-7K2M.", text_schema())
        .answers(200, "application/json", "The commitment.", schema_of::<crate::views::CommitmentView>())
}

fn outcomes_doc() -> Doc {
    Doc::new("commitments", "You said, we did: what was kept, and what was not").answers(
        200,
        "application/json",
        "The newest of each.",
        schema_of::<outcomes::OutcomesView>(),
    )
}

fn year_doc() -> Doc {
    Doc::new(
        "commitments",
        "The annual report: what became of the town's promises in one year, by district, with money",
    )
    .path("year", "The year, as 2026.", text_schema())
    .answers(200, "application/json", "The report.", schema_of::<yearly::YearView>())
}

fn dates_doc() -> Doc {
    Doc::new("commitments", "The days by which things are promised, for calendars (RFC 5545)")
        .query("district", "The code of a district.", text_schema())
        .query("organisation", "The code of an organisation.", text_schema())
        .answers(200, "text/calendar", "Open commitments, one whole day each.", text_schema())
}

fn make_doc() -> Doc {
    let text = |description: &str| json!({"type": "string", "description": description});
    let body = json!({
        "type": "object",
        "required": ["organisation", "due"],
        "properties": {
            "organisation": text("The code of the organisation that promises it."),
            "title": {"type": "object", "description": "What is promised, by language.", "additionalProperties": {"type": "string"}},
            "summary": {"type": "object", "additionalProperties": {"type": "string"}},
            "due": text("The day by which, as 2026-11-23."),
            "budgeted": text("What may be spent, as 12000.50."),
            "district": text("The code of a district, where there is no pin."),
            "lat": text("Degrees north."), "long": text("Degrees east."),
            "milestones": text("One a line: its day, then its words."),
            "from": {
                "type": ["string", "array"], "maxItems": crate::commands::ORIGINS_LIMIT,
                "description": "What it grows out of, as request/R-7K2M.",
            },
        },
    });
    Doc::new("commitments", "Promise something for an organisation").body("application/json", body).answers(
        201,
        "application/json",
        "The commitment.",
        schema_of::<crate::views::CommitmentRow>(),
    )
}

fn adopt_doc() -> Doc {
    let body = json!({
        "type": "object",
        "required": ["organisation", "from", "pick", "due"],
        "properties": {
            "organisation": text_schema(), "due": text_schema(),
            "from": {"type": "string", "description": "What offers them, as kind/reference."},
            "pick": {"type": "array", "maxItems": crate::commands::ADOPTED_LIMIT, "items": {"type": "string"}},
        },
    });
    Doc::new("commitments", "Promise what a vote selected, or another matter offers, in one go")
        .body("application/json", body)
        .answers(201, "application/json", "The commitments.", schema_of::<list::ListView>())
}
