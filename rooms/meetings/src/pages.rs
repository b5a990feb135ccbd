//! Pages for people, with their machine twins.

mod admin;
mod calendar;
mod keep;
mod list;
mod minutes;
mod people;
mod show;

use crate::acts;
use serde_json::json;
use web::{
    Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

const JSON: &[Wants] = &[Wants::Json];
const PEOPLE_TWINS: &[Wants] = &[Wants::Csv];

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/meetings", acts::READ, list::list).twins(JSON).documented(list_doc()),
        Route::get("/meetings/calendar.ics", acts::READ, calendar::all).for_machines(),
        Route::get("/meetings/{code}", acts::READ, show::show).twins(JSON).documented(show_doc()),
        Route::get("/meetings/{code}/calendar.ics", acts::READ, calendar::one).for_machines(),
        Route::post("/meetings/{code}/register", acts::REGISTER, show::register).documented(register_doc()),
        Route::post("/meetings/{code}/leave", acts::REGISTER, show::leave),
        Route::get("/admin/meetings", acts::KEEP, admin::list),
        Route::post("/admin/meetings", acts::KEEP, admin::create),
        Route::get("/admin/meetings/{code}", acts::KEEP, keep::edit),
        Route::post("/admin/meetings/{code}", acts::KEEP, keep::save),
        Route::post("/admin/meetings/{code}/publish", acts::KEEP, keep::publish),
        Route::post("/admin/meetings/{code}/cancel", acts::KEEP, keep::cancel),
        Route::get("/admin/meetings/{code}/people", acts::KEEP, people::show).twins(PEOPLE_TWINS),
        Route::get("/admin/meetings/{code}/minutes", acts::KEEP, minutes::edit),
        Route::post("/admin/meetings/{code}/minutes", acts::KEEP, minutes::save),
    ]
}

fn list_doc() -> Doc {
    Doc::new("meetings", "Meetings, the latest first; with /calendar.ics those to come as a calendar").answers(
        200,
        "application/json",
        "All public meetings.",
        schema_of::<list::MeetingList>(),
    )
}

fn show_doc() -> Doc {
    Doc::new("meetings", "One meeting with its minutes; with /calendar.ics for a calendar")
        .path("code", "Its reference, as E-7K2M.", text_schema())
        .answers(200, "application/json", "The meeting.", schema_of::<list::MeetingView>())
}

fn register_doc() -> Doc {
    Doc::new("meetings", "Take a place, or one on the waiting list; asked again, it changes nothing. Needs an account")
        .path("code", "Its reference.", text_schema())
        .answers(200, "application/json", "`taken`, or `waiting` behind so many.", json!({"type": "object"}))
}
