//! Pages for people, with their machine twins.

mod admin;
mod answer;
mod keep;
mod list;
mod outcome;
mod show;
mod single;

use crate::acts;
use serde_json::json;
use web::{
    Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

/// Bytes of the form by which a whole schema is taken over.
const SCHEMA_FORM_LIMIT_BYTES: usize = 2 * 1024 * 1024;
const JSON: &[Wants] = &[Wants::Json];
const RESULT_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/surveys", acts::READ, list::list).twins(JSON).documented(list_doc()),
        Route::get("/surveys/{code}", acts::READ, show::show).twins(JSON).documented(show_doc()),
        Route::get("/surveys/{code}/results", acts::READ, outcome::show).twins(RESULT_TWINS).documented(results_doc()),
        Route::get("/surveys/{code}/schema", acts::READ, show::schema).for_machines().documented(schema_doc()),
        Route::get("/surveys/{code}/answer", acts::ANSWER, answer::begin),
        Route::get("/surveys/{code}/answer/{page}", acts::ANSWER, answer::page),
        Route::post("/surveys/{code}/answer/{page}", acts::ANSWER, answer::save),
        Route::get("/surveys/{code}/send", acts::ANSWER, answer::check),
        Route::post("/surveys/{code}/send", acts::ANSWER, answer::send),
        Route::post("/surveys/{code}/answers", acts::ANSWER, answer::send_all).documented(answers_doc()),
        Route::get("/admin/surveys", acts::KEEP, admin::list),
        Route::post("/admin/surveys", acts::KEEP, admin::create),
        Route::get("/admin/surveys/{code}", acts::KEEP, keep::edit),
        Route::post("/admin/surveys/{code}", acts::KEEP, keep::save),
        Route::get("/admin/surveys/{code}/form", acts::KEEP, keep::form),
        Route::post("/admin/surveys/{code}/form", acts::KEEP, keep::change_form)
            .body_limit(SCHEMA_FORM_LIMIT_BYTES)
            .field_limit(SCHEMA_FORM_LIMIT_BYTES),
        Route::post("/admin/surveys/{code}/publish", acts::KEEP, keep::publish),
        Route::post("/admin/surveys/{code}/prolong", acts::KEEP, keep::prolong),
        Route::get("/admin/surveys/{code}/answers", acts::KEEP, single::show).twins(RESULT_TWINS),
    ]
}

fn list_doc() -> Doc {
    Doc::new("surveys", "Surveys, what ends last first").answers(
        200,
        "application/json",
        "All public surveys.",
        schema_of::<list::SurveyList>(),
    )
}

fn show_doc() -> Doc {
    Doc::new("surveys", "One survey").path("code", "Its code.", text_schema()).answers(
        200,
        "application/json",
        "The survey.",
        schema_of::<list::SurveyView>(),
    )
}

fn results_doc() -> Doc {
    Doc::new("surveys", "What was answered, once the survey is over; counts under five are not told")
        .path("code", "Its code.", text_schema())
        .answers(200, "application/json", "The results.", schema_of::<crate::Outcome>())
}

fn schema_doc() -> Doc {
    Doc::new("surveys", "What is asked, as JSON Schema 2020-12").path("code", "Its code.", text_schema()).answers(
        200,
        "application/json",
        "The schema of an answer.",
        json!({"type": "object"}),
    )
}

fn answers_doc() -> Doc {
    Doc::new(
        "surveys",
        "Answer everything at once, as the schema of the survey says; sent again, it takes the place of before",
    )
    .path("code", "Its code.", text_schema())
    .body("application/json", json!({"type": "object"}))
    .answers(200, "application/json", "It is kept.", json!({"type": "object"}))
}
