//! Pages of appointments: what is free, one's own, the plans, the day at the desk.

mod choose;
mod day;
mod own;
mod plans;

use crate::acts;
use web::{Route, Wants, manifest::Doc, openapi::schema_of, openapi::text_schema};

pub(super) use choose::exists;
pub(super) use own::{line, of_owner};

const TWINS: &[Wants] = &[Wants::Json];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/services/{code}/appointments", acts::READ, own::public).twins(TWINS).documented(free_doc()),
        Route::get("/apply/{draft}/appointment", acts::APPLY, own::of_draft),
        Route::post("/apply/{draft}/appointment", acts::APPLY, own::hold),
        Route::get("/applications/{code}/appointment", acts::APPLY, own::show).twins(TWINS),
        Route::post("/applications/{code}/appointment", acts::APPLY, own::act),
        Route::get("/applications/{code}/appointment.ics", acts::APPLY, own::calendar).for_machines(),
        Route::get("/desk/services/appointments", acts::INBOX, day::show),
        Route::post("/desk/services/appointments/{id}/{act}", acts::HANDLE, day::mark),
        Route::get("/admin/services/{code}/appointments", acts::KEEP, plans::list),
        Route::post("/admin/services/{code}/appointments", acts::KEEP, plans::save),
    ]
}

fn free_doc() -> Doc {
    Doc::new("services", "Where and when a service sees people by appointment, and what is free within two weeks")
        .path("code", "The code of the service.", text_schema())
        .query("plan", "The id of a place; the first unless asked otherwise.", text_schema())
        .query("from", "The first day, as 2026-12-01; today unless asked otherwise.", text_schema())
        .query("key", "The key of the applicant's private link, for links of the page that keep it.", text_schema())
        .answers(200, "application/json", "The free times.", schema_of::<choose::FreeView>())
}
