//! The pages, and what programs ask.

mod list;
mod show;
mod views;

use crate::acts;
use serde_json::json;
use views::{AddedView, EndpointView, ShowView};
use web::{
    Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

/// The tag in the description of the API.
const TAG: &str = "webhooks";

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/webhooks", acts::KEEP, list::list).twins(&[Wants::Json]).documented(list_doc()),
        Route::post("/admin/webhooks", acts::KEEP, list::add).twins(&[Wants::Json]).documented(add_doc()),
        Route::get("/admin/webhooks/{id}", acts::KEEP, show::show).twins(&[Wants::Json]).documented(show_doc()),
        Route::post("/admin/webhooks/{id}/test", acts::KEEP, show::test),
        Route::post("/admin/webhooks/{id}/pause", acts::KEEP, show::pause),
        Route::post("/admin/webhooks/{id}/resume", acts::KEEP, show::resume),
        Route::post("/admin/webhooks/{id}/rotate", acts::KEEP, show::rotate),
        Route::post("/admin/webhooks/{id}/replay", acts::KEEP, show::replay),
        Route::post("/admin/webhooks/{id}/replay/{position}", acts::KEEP, show::replay_one),
        Route::get("/admin/webhooks/{id}/remove", acts::KEEP, show::ask_to_remove),
        Route::post("/admin/webhooks/{id}/remove", acts::KEEP, show::remove),
    ]
}

fn list_doc() -> Doc {
    Doc::new(TAG, "Programs that hear what the record says").answers(
        200,
        "application/json",
        "All endpoints, without their secrets.",
        schema_of::<Vec<EndpointView>>(),
    )
}

fn add_doc() -> Doc {
    let body = json!({
        "type": "object",
        "required": ["url"],
        "properties": {
            "url": {"type": "string", "description": "Where it listens: https, in the public network."},
            "note": {"type": "string"},
            "kinds": {"type": "array", "items": {"type": "string"}, "description": "Sayings as request.opened; none for all."},
        },
    });
    Doc::new(TAG, "Add a program; its secret is answered once").body("application/json", body).answers(
        201,
        "application/json",
        "The endpoint and its secret.",
        schema_of::<AddedView>(),
    )
}

fn show_doc() -> Doc {
    Doc::new(TAG, "One program with its last deliveries")
        .path("id", "Its id.", text_schema())
        .query("after", "Where the page begins: `next` of the page before.", text_schema())
        .query("limit", "Deliveries of a page.", json!({"type": "integer", "minimum": 1, "maximum": 1_000}))
        .answers(
            200,
            "application/json",
            "The endpoint and a page of deliveries, newest first.",
            schema_of::<ShowView>(),
        )
}
