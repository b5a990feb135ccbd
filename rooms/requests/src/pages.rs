//! Pages for people, with their machine twins.

mod categories;
mod desk;
mod figures;
mod front;
mod list;
mod own;
mod report;
mod show;

pub use front::{front_panel, live_numbers};
pub(crate) use show::step_key;

use crate::{acts, store};
use civic::PersonId;
use database::{DbError, Tx};
use serde_json::{Value, json};
use web::{
    Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

/// Bytes a form with a photo may have.
pub(crate) const PHOTO_FORM_LIMIT_BYTES: usize = 21 * 1024 * 1024;

const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::GeoJson, Wants::Rss];
const FIGURES_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];
const PAGE_TWINS: &[Wants] = &[Wants::Json, Wants::Rss];

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/report", acts::OPEN, report::start),
        Route::post("/report", acts::OPEN, report::begin),
        Route::get("/report/{draft}/{step}", acts::OPEN, report::step),
        Route::post("/report/{draft}/{step}", acts::OPEN, report::answer).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::get("/requests", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::post("/requests", acts::OPEN, report::send).body_limit(PHOTO_FORM_LIMIT_BYTES).documented(open_doc()),
        Route::get("/requests/figures", acts::READ, figures::figures).twins(FIGURES_TWINS).documented(figures_doc()),
        Route::get("/requests/{code}", acts::READ, show::show).twins(PAGE_TWINS).documented(show_doc()),
        Route::get("/requests/{code}/qr.svg", acts::READ, show::qr),
        Route::get("/requests/{code}/thanks", acts::OWN, own::thanks),
        Route::get("/requests/{code}/own", acts::OWN, own::own),
        Route::post("/requests/{code}/edit", acts::OWN, own::edit),
        Route::post("/requests/{code}/withdraw", acts::OWN, own::withdraw),
        Route::post("/requests/{code}/reopen", acts::OWN, own::reopen),
        Route::get("/desk", acts::DESK, desk::inbox).twins(&[Wants::Json]),
        Route::get("/desk/{code}", acts::DESK, desk::matter),
        Route::post("/desk/{code}/{act}", acts::ANSWER, desk::act),
        Route::get("/admin/categories", acts::CATEGORIES, categories::list),
        Route::post("/admin/categories", acts::CATEGORIES, categories::save),
    ]
}

fn list_doc() -> Doc {
    Doc::new("requests", "Service requests, newest first")
        .query("q", "Words to find in place, category and description.", text_schema())
        .query("category", "The code of a category.", text_schema())
        .query("district", "The code of a district.", text_schema())
        .query("state", "open, overdue, closed, or one of the states.", text_schema())
        .query("from", "First day, as 2026-11-23.", text_schema())
        .query("until", "Last day, as 2026-11-23.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query(
            "limit",
            "Items of a page.",
            json!({"type": "integer", "minimum": 1, "maximum": web::paging::PAGE_SIZE_LIMIT}),
        )
        .answers(200, "application/json", "A page of requests.", schema_of::<list::ListView>())
}

fn figures_doc() -> Doc {
    Doc::new("requests", "How well the town serves: times, promises kept, districts compared for the same mix").answers(
        200,
        "application/json",
        "Figures of the last year's reports of residents.",
        schema_of::<figures::FiguresView>(),
    )
}

fn open_doc() -> Doc {
    let text = |description: &str| json!({"type": "string", "description": description});
    let body = json!({
        "type": "object",
        "required": ["category"],
        "properties": {
            "category": text("The code of a category."),
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "long": {"type": "number", "minimum": -180, "maximum": 180},
            "address": text("The place in words; needed where there is no pin."),
            "district": text("The code of a district, where there is no pin."),
            "description": text("What is wrong, up to 4,000 characters."),
            "attributes": {"type": "object", "additionalProperties": {"type": ["string", "number", "array"]}},
            "email": text("Where to send news; private."),
            "name": text("Private."),
            "phone": text("Private."),
        },
    });
    Doc::new("requests", "Report a problem; needs no account").body("application/json", body).answers(
        201,
        "application/json",
        "The request, and the secret of its private link.",
        schema_of::<report::OpenedView>(),
    )
}

fn show_doc() -> Doc {
    Doc::new("requests", "One service request with its thread")
        .path("code", "Its reference, as R-7K2M.", text_schema())
        .answers(200, "application/json", "The request.", schema_of::<crate::views::RequestView>())
}

/// Everything this room keeps about a person.
///
/// # Errors
/// Those of the database.
pub fn export_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let mut exported = Vec::new();
    for request in store::of_person(tx, person)? {
        let contact = store::contact_of(tx, request.id)?;
        exported.push(json!({
            "code": request.code.as_str(), "category": request.category, "address": request.address,
            "description": request.description, "attributes": request.attributes,
            "opened_at": request.opened_at.rfc3339(), "contact": contact,
        }));
    }
    Ok(json!({ "requests": exported }))
}
