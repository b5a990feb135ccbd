//! Pages for people, with their machine twins.

mod admin;
mod desk;
mod draws;
mod keep;
mod list;
mod mine;
mod people;
mod pool;
mod recommended;
mod seat;
mod show;
mod views;

use crate::acts;
use serde_json::json;
use web::{
    Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

const JSON: &[Wants] = &[Wants::Json];
const CSV: &[Wants] = &[Wants::Csv];
const JSON_CSV: &[Wants] = &[Wants::Json, Wants::Csv];
/// Bytes of a table of people.
const TABLE_BYTES: usize = 8 * 1024 * 1024;

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/assemblies", acts::READ, list::list).twins(JSON).documented(list_doc()),
        Route::get("/assemblies/{code}", acts::READ, show::show).twins(JSON_CSV).documented(show_doc()),
        Route::get("/assemblies/{code}/register", acts::REGISTER, mine::form),
        Route::post("/assemblies/{code}/register", acts::REGISTER, mine::register).documented(register_doc()),
        Route::post("/assemblies/{code}/withdraw", acts::REGISTER, mine::withdraw).documented(withdraw_doc()),
        Route::get("/assemblies/{code}/seat/{secret}", acts::READ, seat::show),
        Route::post("/assemblies/{code}/seat/{secret}", acts::READ, seat::answer).documented(seat_doc()),
        Route::get("/assemblies/{code}/draws/{number}", acts::READ, draws::show).twins(JSON).documented(draw_doc()),
        Route::get("/assemblies/{code}/draws/{number}/quotas", acts::READ, draws::quotas)
            .twins(CSV)
            .documented(file_doc("The quotas of a draw, as the engine reads them")),
        Route::get("/assemblies/{code}/draws/{number}/panels", acts::READ, draws::panels)
            .twins(CSV)
            .documented(file_doc("All panels of a draw, by ticket; there once a panel was drawn")),
        Route::get("/assemblies/{code}/draws/{number}/pool", acts::AUDIT, draws::pool)
            .twins(CSV)
            .documented(file_doc("The pool of a draw without names, for auditors and whoever holds the assembly")),
        Route::get("/assemblies/{code}/recommendations/{number}", acts::READ, recommended::show)
            .twins(JSON)
            .documented(recommendation_doc()),
        Route::post("/assemblies/{code}/recommendations/{number}/answer", acts::KEEP, recommended::answer),
        Route::get("/admin/assemblies", acts::KEEP, admin::list),
        Route::post("/admin/assemblies", acts::KEEP, admin::create),
        Route::get("/admin/assemblies/{code}", acts::KEEP, keep::edit),
        Route::post("/admin/assemblies/{code}", acts::KEEP, keep::save),
        Route::post("/admin/assemblies/{code}/publish", acts::KEEP, keep::publish),
        Route::post("/admin/assemblies/{code}/change", acts::KEEP, keep::change),
        Route::post("/admin/assemblies/{code}/recommendations", acts::KEEP, keep::recommend),
        Route::get("/admin/assemblies/{code}/pool", acts::KEEP, pool::show),
        Route::post("/admin/assemblies/{code}/pool", acts::KEEP, pool::file).body_limit(TABLE_BYTES),
        Route::post("/admin/assemblies/{code}/pool/undo", acts::KEEP, pool::undo),
        Route::get("/admin/assemblies/{code}/draw", acts::KEEP, desk::show),
        Route::post("/admin/assemblies/{code}/draw/begin", acts::KEEP, desk::begin),
        Route::post("/admin/assemblies/{code}/draw", acts::KEEP, desk::draw),
        Route::get("/admin/assemblies/{code}/people", acts::KEEP, people::show).twins(CSV),
    ]
}

fn list_doc() -> Doc {
    Doc::new("assemblies", "Citizens' assemblies, the latest first").answers(
        200,
        "application/json",
        "All public assemblies.",
        schema_of::<views::AssemblyList>(),
    )
}

fn show_doc() -> Doc {
    Doc::new(
        "assemblies",
        "One assembly: remit, quotas beside who was drawn, draws, recommendations; as CSV the counts",
    )
    .path("code", "Its reference, as S-7K2M.", text_schema())
    .answers(200, "application/json", "The assembly.", schema_of::<views::AssemblyView>())
}

fn register_doc() -> Doc {
    Doc::new(
        "assemblies",
        "Register for the draw, or change what was said: answer-0, answer-1, … by category. Needs an account",
    )
    .path("code", "Its reference.", text_schema())
    .answers(200, "application/json", "The `ticket` by which the lottery knows them.", json!({"type": "object"}))
}

fn withdraw_doc() -> Doc {
    Doc::new("assemblies", "Withdraw from the draw, until registration closes")
        .path("code", "Its reference.", text_schema())
        .answers(200, "application/json", "An empty object.", json!({"type": "object"}))
}

fn seat_doc() -> Doc {
    Doc::new("assemblies", "Accept (`answer=yes`) or decline (`answer=no`) a seat by the private link of the mail")
        .path("code", "Its reference.", text_schema())
        .path("secret", "The secret of the link.", text_schema())
        .answers(200, "application/json", "The `state`: accepted or declined.", json!({"type": "object"}))
}

fn draw_doc() -> Doc {
    Doc::new("assemblies", "One draw: commitments, seed, chances, quotas met, and the command that recomputes it")
        .path("code", "Its reference.", text_schema())
        .path("number", "The number of the draw, from 1.", json!({"type": "integer"}))
        .answers(200, "application/json", "The draw.", schema_of::<views::DrawView>())
}

fn file_doc(summary: &'static str) -> Doc {
    Doc::new("assemblies", summary)
        .path("code", "Its reference.", text_schema())
        .path("number", "The number of the draw, from 1.", json!({"type": "integer"}))
        .answers(200, "text/csv", "The file, byte for byte as its SHA-256 says.", json!({"type": "string"}))
}

fn recommendation_doc() -> Doc {
    Doc::new("assemblies", "One recommendation with its answer")
        .path("code", "Its reference.", text_schema())
        .path("number", "Its number, from 1.", json!({"type": "integer"}))
        .answers(200, "application/json", "The recommendation.", schema_of::<views::RecommendationView>())
}
