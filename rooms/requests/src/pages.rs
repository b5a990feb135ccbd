//! Pages for people, with their machine twins.

mod agencies;
mod alike;
mod browser;
mod by_letter;
mod categories;
mod desk;
mod device;
mod embed;
mod figures;
mod front;
mod imports;
mod intake;
mod list;
mod me_too;
mod moderated;
mod neighbours;
mod own;
mod paper;
mod posters;
mod report;
mod show;
mod uploads;

pub(crate) use desk::own_organisations;
pub use front::{front_panel, live_numbers};
pub use imports::undo_job_kind;
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

/// Bytes a form with a table may have.
const UPLOAD_FORM_LIMIT_BYTES: usize = crate::commands::UPLOAD_LIMIT_BYTES + 1024 * 1024;

const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::GeoJson, Wants::Rss];
const FIGURES_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];
const PAGE_TWINS: &[Wants] = &[Wants::Json, Wants::Rss];

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/report", acts::OPEN, report::start),
        Route::post("/report", acts::OPEN, report::begin).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::get("/report/device", acts::OPEN, device::device),
        Route::get("/report/worker.js", acts::OPEN, device::worker).for_machines(),
        Route::get("/report/here", acts::OPEN, report::here).for_machines().documented(here_doc()),
        Route::get("/report/paper", acts::OPEN, paper::list).twins(&[Wants::Json]).documented(paper_doc()),
        Route::get("/report/paper/{file}", acts::OPEN, paper::print),
        Route::get("/report/at/{code}", acts::OPEN, posters::open),
        Route::get("/report/alike", acts::OPEN, alike::ask).for_machines().documented(alike_doc()),
        Route::get("/report/{draft}/alike", acts::OPEN, alike::show),
        Route::post("/report/{draft}/alike", acts::OPEN, alike::choose),
        Route::get("/report/{draft}/{step}", acts::OPEN, report::step),
        Route::post("/report/{draft}/{step}", acts::OPEN, report::answer).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::get("/requests", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::post("/requests", acts::OPEN, report::send).body_limit(PHOTO_FORM_LIMIT_BYTES).documented(open_doc()),
        Route::get("/requests/figures", acts::READ, figures::figures).twins(FIGURES_TWINS).documented(figures_doc()),
        Route::get("/requests/figures/backlog", acts::READ, figures::backlog)
            .twins(FIGURES_TWINS)
            .documented(backlog_doc()),
        Route::get("/requests/figures/districts/{code}", acts::READ, figures::district)
            .twins(FIGURES_TWINS)
            .documented(district_doc()),
        Route::get("/requests/{code}", acts::READ, show::show).twins(PAGE_TWINS).documented(show_doc()),
        Route::get("/requests/{code}/me-too", acts::SUPPORT, me_too::ask)
            .twins(&[Wants::Json])
            .documented(me_too_doc()),
        Route::post("/requests/{code}/me-too", acts::SUPPORT, me_too::settle).documented(me_too_doc()),
        Route::get("/requests/{code}/qr.svg", acts::READ, show::qr),
        Route::get("/requests/{code}/thanks", acts::OWN, own::thanks),
        Route::get("/requests/{code}/own", acts::OWN, own::own),
        Route::post("/requests/{code}/edit", acts::OWN, own::edit),
        Route::post("/requests/{code}/withdraw", acts::OWN, own::withdraw),
        Route::post("/requests/{code}/reopen", acts::OWN, own::reopen),
        Route::post("/requests/{code}/not-fixed", acts::NOT_FIXED, neighbours::not_fixed),
        Route::post("/requests/{code}/reply", acts::OWN, own::reply),
        Route::get("/requests/{code}/agency", acts::BY_LETTER, by_letter::show),
        Route::post("/requests/{code}/agency", acts::BY_LETTER, by_letter::act).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::get("/desk", acts::DESK, desk::inbox).twins(&[Wants::Json]),
        Route::post("/desk/views", acts::DESK, desk::keep),
        Route::get("/desk/new", acts::TAKE_DOWN, intake::ask),
        Route::post("/desk/new", acts::TAKE_DOWN, intake::take_down),
        Route::get("/desk/posters", acts::POSTERS, posters::list).twins(&[Wants::Json]).documented(posters_doc()),
        Route::post("/desk/posters", acts::POSTERS, posters::make),
        Route::get("/desk/posters/{file}", acts::POSTERS, posters::print),
        Route::post("/desk/posters/{code}/withdraw", acts::POSTERS, posters::withdraw),
        Route::post("/desk/bulk", acts::ANSWER, desk::bulk).documented(bulk_doc()),
        Route::get("/desk/{code}", acts::DESK, desk::matter).twins(&[Wants::Json]).documented(matter_doc()),
        Route::post("/desk/{code}/merge", acts::ANSWER, desk::merge),
        Route::post("/desk/{code}/separate", acts::ANSWER, desk::separate),
        Route::post("/desk/{code}/not-same", acts::ANSWER, desk::not_same),
        Route::post("/desk/{code}/forward", acts::ANSWER, desk::forward_again),
        Route::post("/desk/{code}/reject", acts::ANSWER, desk::reject),
        Route::post("/desk/{code}/publishing", acts::ANSWER, desk::publish).documented(desk::publish_doc()),
        Route::post("/desk/{code}/{act}", acts::ANSWER, desk::act).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::get("/embed", acts::READ, embed::explain),
        Route::get("/embed/requests", acts::READ, embed::widget),
        Route::get("/oembed", acts::READ, embed::oembed).for_machines().documented(oembed_doc()),
        Route::get("/admin/agencies", acts::ELSEWHERE, agencies::list)
            .twins(&[Wants::Json])
            .documented(agencies::list_doc()),
        Route::get("/admin/agencies/{code}", acts::ELSEWHERE, agencies::show).twins(&[Wants::Json]),
        Route::post("/admin/agencies/{code}", acts::ELSEWHERE, agencies::save),
        Route::post("/admin/agencies/{code}/test", acts::ELSEWHERE, agencies::test),
        Route::get("/admin/imports", acts::IMPORTS, imports::list)
            .twins(&[Wants::Json])
            .documented(imports::list_doc()),
        Route::post("/admin/imports", acts::IMPORTS, uploads::take).body_limit(UPLOAD_FORM_LIMIT_BYTES),
        Route::get("/admin/import-uploads/{upload}", acts::IMPORTS, uploads::show).twins(&[Wants::Json]),
        Route::post("/admin/import-uploads/{upload}", acts::IMPORTS, uploads::answer),
        Route::post("/admin/import-uploads/{upload}/try", acts::IMPORTS, uploads::try_it),
        Route::post("/admin/import-uploads/{upload}/store", acts::IMPORTS, uploads::store_it),
        Route::post("/admin/import-uploads/{upload}/forget", acts::IMPORTS, uploads::forget),
        Route::get("/admin/imports/{import}", acts::IMPORTS, imports::show).twins(&[Wants::Json, Wants::Csv]),
        Route::post("/admin/imports/{import}/undo", acts::IMPORTS, imports::undo),
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

fn backlog_doc() -> Doc {
    Doc::new("requests", "The open backlog day by day, and its forecast with intervals").answers(
        200,
        "application/json",
        "At most half a year of days, and two weeks ahead.",
        schema_of::<figures::BacklogView>(),
    )
}

fn district_doc() -> Doc {
    Doc::new("requests", "How well the town serves one district; with .svg or .pdf as a sheet of paper")
        .path("code", "The code of a district.", text_schema())
        .answers(200, "application/json", "Its figures.", schema_of::<figures::DistrictView>())
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
    Doc::new(
        "requests",
        "Report a problem; needs no account. With an Idempotency-Key, what is sent twice is stored once and answered the same",
    )
    .body("application/json", body).answers(
        201,
        "application/json",
        "The request, and the secret of its private link.",
        schema_of::<report::OpenedView>(),
    )
}

fn here_doc() -> Doc {
    Doc::new("requests", "Where a pin lies, in words: district, the nearest address, and all of it as a sentence")
        .query("lat", "Its latitude.", text_schema())
        .query("long", "Its longitude.", text_schema())
        .answers(200, "application/json", "Where it lies.", schema_of::<report::HereView>())
}

fn oembed_doc() -> Doc {
    let pixels = || json!({"type": "integer", "minimum": 1, "maximum": 10_000});
    Doc::new("requests", "The map of a list of reports for another site, as oEmbed 1.0 (oembed.com)")
        .query("url", "The address of a list, as /requests?district=3 with the town's own before it.", text_schema())
        .query("format", "json, the only one.", json!({"enum": ["json"]}))
        .query("maxwidth", "Pixels.", pixels())
        .query("maxheight", "Pixels.", pixels())
        .answers(200, "application/json", "A frame.", schema_of::<embed::Rich>())
}

fn paper_doc() -> Doc {
    Doc::new("requests", "Forms of paper, one for each category").answers(
        200,
        "application/json",
        "The forms.",
        schema_of::<Vec<paper::PaperView>>(),
    )
}

fn posters_doc() -> Doc {
    Doc::new("desk", "Notices on the spot that an agency has made").answers(
        200,
        "application/json",
        "Those that hang, newest first, at most 200.",
        schema_of::<Vec<posters::PosterView>>(),
    )
}

fn alike_doc() -> Doc {
    Doc::new("requests", "Reports that may be about the same, with why; to be asked before sending a new one")
        .query("category", "The code of the category of the new report.", text_schema())
        .query("lat", "Its latitude; with long, or an address instead.", text_schema())
        .query("long", "Its longitude.", text_schema())
        .query("address", "Its place in words.", text_schema())
        .query("text", "What it says.", text_schema())
        .answers(200, "application/json", "The likeliest first, at most five.", schema_of::<alike::AlikeList>())
}

fn me_too_doc() -> Doc {
    Doc::new(
        "requests",
        "“Me too”: how many others are affected; POST to be counted once, with leave=yes to take it back",
    )
    .path("code", "Its reference, as R-7K2M.", text_schema())
    .answers(200, "application/json", "The count.", schema_of::<me_too::MeTooView>())
}

fn show_doc() -> Doc {
    Doc::new("requests", "One service request with its thread")
        .path("code", "Its reference, as R-7K2M.", text_schema())
        .answers(200, "application/json", "The request.", schema_of::<crate::views::RequestView>())
}

fn matter_doc() -> Doc {
    Doc::new("desk", "One matter as its officers see it, with suggestions")
        .path("code", "Its reference, as R-7K2M.", text_schema())
        .answers(200, "application/json", "The matter.", schema_of::<desk::MatterView>())
}

fn bulk_doc() -> Doc {
    let body = json!({
        "type": "object",
        "required": ["act", "pick"],
        "properties": {
            "act": {"enum": desk::BULK_ACTS},
            "pick": {
                "type": "array", "maxItems": desk::PICKED_LIMIT,
                "items": {"type": "string", "description": "A reference and the version that was seen, as `R-7K2M 3`."},
            },
            "text": text_schema(), "officer": text_schema(), "organisation": text_schema(),
        },
    });
    Doc::new("desk", "One act on several requests; each is done or refused by itself")
        .body("application/json", body)
        .answers(
            200,
            "application/json",
            "What was done, and what was refused with its reason.",
            schema_of::<desk::BulkView>(),
        )
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
            // Hidden words are still their author's.
            "hidden_by_moderation": commons::moderation::own_words(tx, &request.subject())?,
        }));
    }
    let (me_too, views) = (store::supported_by(tx, person)?, store::views_of(tx, person)?);
    let said = store::not_fixed_by(tx, person)?.into_iter();
    let not_fixed: Vec<Value> =
        said.map(|(code, at, words)| json!({ "code": code, "at": at.rfc3339(), "words": words })).collect();
    Ok(json!({ "requests": exported, "me_too": me_too, "not_fixed": not_fixed, "desk_views": views }))
}
