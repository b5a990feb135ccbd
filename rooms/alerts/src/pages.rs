//! Pages for people, with their machine twins.

mod calendars;
mod listen;
mod mail;
mod works;
mod works_form;

use crate::{acts, model::Area};
use civic::Place;
use places::Districts;
use serde_json::json;
use web::{
    Route, Sayings, Town, Wants, dates,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

const NEWS_TWINS: &[Wants] = &[Wants::Json, Wants::Rss];
const WORKS_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/alerts", acts::READ, listen::show).twins(NEWS_TWINS).documented(news_doc()),
        Route::post("/alerts", acts::SUBSCRIBE, listen::ask),
        Route::get("/alerts/calendar.ics", acts::READ, calendars::of_area).for_machines().documented(calendar_doc()),
        Route::get("/alerts/mail/{token}", acts::SUBSCRIBE, mail::show),
        Route::post("/alerts/mail/{token}", acts::SUBSCRIBE, mail::settle),
        Route::get("/works", acts::READ, works::list).twins(WORKS_TWINS).documented(works_doc()),
        Route::get("/works/new", acts::WORKS, works_form::new),
        Route::post("/works", acts::WORKS, works_form::announce).twins(&[Wants::Json]).documented(announce_doc()),
        Route::get("/works/{code}", acts::READ, works::show).twins(&[Wants::Json]).documented(one_doc()),
        Route::get("/works/{code}/edit", acts::WORKS, works_form::edit),
        Route::post("/works/{code}/edit", acts::WORKS, works_form::change),
        Route::post("/works/{code}/call-off", acts::WORKS, works_form::call_off),
    ]
}

fn with_area(doc: Doc) -> Doc {
    let degrees = |most: i64| json!({"type": "number", "minimum": -most, "maximum": most});
    doc.query("district", "The code of a district.", text_schema())
        .query("lat", "Or the middle of a circle: its latitude.", degrees(90))
        .query("long", "Its longitude.", degrees(180))
        .query("radius", "Its radius in metres.", json!({"enum": crate::model::RADII_M}))
}

fn news_doc() -> Doc {
    with_area(Doc::new("alerts", "What began, changed or ended in an area, newest first, at most 50")).answers(
        200,
        "application/json",
        "The news.",
        schema_of::<listen::NewsList>(),
    )
}

fn calendar_doc() -> Doc {
    with_area(Doc::new("alerts", "Works and promised ends in an area, as iCalendar (RFC 5545)")).answers(
        200,
        "text/calendar",
        "Works and promised ends to come, at most 500 of each.",
        text_schema(),
    )
}

fn works_doc() -> Doc {
    Doc::new("works", "Works that are not over, the first to end first")
        .query("after", "The `next` of the page before.", text_schema())
        .query("limit", "Works of a page, at most 1000.", text_schema())
        .answers(200, "application/json", "A page of works.", schema_of::<works::WorksList>())
}

fn one_doc() -> Doc {
    Doc::new("works", "One announcement of works; with .ics for a calendar")
        .path("code", "Its reference, as W-7K2M.", text_schema())
        .answers(200, "application/json", "The works.", schema_of::<works::WorksView>())
}

fn announce_doc() -> Doc {
    let text = |description: &str| json!({"type": "string", "description": description});
    let body = json!({
        "type": "object",
        "required": ["organisation", "title", "from", "until"],
        "properties": {
            "organisation": text("The code of the agency."), "title": text("What is done, up to 120 characters."),
            "words": text("What residents should know."), "place": text("The place in words."),
            "lat": {"type": "number"}, "long": {"type": "number"}, "district": text("Where there is no pin."),
            "from": text("RFC 3339, or 2026-11-27T08:00 in the town's time."), "until": text("The same."),
        },
    });
    Doc::new("works", "Announce works; needs to be an officer of the agency").body("application/json", body).answers(
        200,
        "application/json",
        "The works.",
        schema_of::<works::WorksView>(),
    )
}

/// What an area is called, in words.
pub fn area_name(town: &Town, t: &Sayings, area: &Area) -> String {
    match area {
        Area::District(code) => {
            let name = town.part::<Districts>().name(code).unwrap_or_else(|| code.clone());
            t.with1("alerts-area-district", "district", name)
        }
        Area::Circle { middle, radius_m } => {
            let values = [
                ("metres", dates::number(*radius_m, t.language()).into()),
                ("lat", format!("{:.5}", middle.lat()).into()),
                ("long", format!("{:.5}", middle.long()).into()),
            ];
            t.with("alerts-area-circle", &values)
        }
    }
}

/// An area as the query of an address.
pub fn area_query(area: &Area) -> String {
    match area {
        Area::District(code) => serde_urlencoded::to_string([("district", code)]).unwrap_or_default(),
        Area::Circle { middle, radius_m } => circle_query(*middle, *radius_m),
    }
}

fn circle_query(middle: Place, radius_m: i64) -> String {
    format!("lat={}&long={}&radius={radius_m}", middle.lat(), middle.long())
}
