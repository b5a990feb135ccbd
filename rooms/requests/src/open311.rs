//! Open311 GeoReport v2 (open311.org), in XML and JSON, with mySociety's `servicerequestupdates`.
//!
//! The suffix of an address chooses the form; errors are the standard's own list of code and description.

mod asked;
mod discovery;
mod element;
mod errors;
mod report;
mod requests;
mod services;
mod updates;

use crate::{acts, pages::PHOTO_FORM_LIMIT_BYTES};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use element::Element;
pub use errors::ERROR_SHAPE;
use web::{
    Answer, Route, Stop, Town, Visit, answer::text, forms::Submission, manifest::Doc, openapi::text_schema, visit::Path,
};

/// The forms an answer can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Xml,
    Json,
}

/// The routes of the standard.
pub fn routes() -> Vec<Route> {
    let get = |path, summary| doc(summary, path);
    vec![
        Route::get("/open311/{file}", acts::READ, root)
            .for_machines()
            .documented(get("file", "Open311 service discovery: discovery.xml or .json")),
        Route::get("/open311/v2/{file}", acts::READ, list).for_machines().documented(get(
            "file",
            "Open311 GeoReport v2: services, requests, servicerequestupdates, discovery, each .xml or .json",
        )),
        Route::post("/open311/v2/{file}", acts::OPEN311_DOOR, send)
            .for_machines()
            .unmetered()
            .body_limit(PHOTO_FORM_LIMIT_BYTES)
            .documented(get("file", "Open311 GeoReport v2: POST requests or servicerequestupdates with an api_key")),
        Route::get("/open311/v2/services/{file}", acts::READ, services::one)
            .for_machines()
            .documented(get("file", "Open311 GeoReport v2: the questions of a service")),
        Route::get("/open311/v2/requests/{file}", acts::READ, requests::one)
            .for_machines()
            .documented(get("file", "Open311 GeoReport v2: one service request")),
        Route::get("/open311/v2/tokens/{file}", acts::READ, requests::of_token)
            .for_machines()
            .documented(get("file", "Open311 GeoReport v2: the service request of a token")),
    ]
}

fn doc(summary: &'static str, path: &'static str) -> Doc {
    Doc::new("open311", summary)
        .errors_in(&["text/xml", "application/json"])
        .path(path, "A name and .xml or .json.", text_schema())
        .answers(200, "application/json", "As the standard says.", serde_json::json!({}))
        .answers(200, "text/xml", "As the standard says.", serde_json::json!({}))
}

/// A name with its suffix taken off; other suffixes name nothing.
fn split(file: &str) -> Result<(&str, Format), Stop> {
    match file.rsplit_once('.') {
        Some((name, "xml")) => Ok((name, Format::Xml)),
        Some((name, "json")) => Ok((name, Format::Json)),
        _ => Err(Stop::NotFound),
    }
}

async fn root(State(town): State<Town>, visit: Visit, Path(file): Path<String>) -> Answer {
    match split(&file)? {
        ("discovery", format) => Ok(answer(&discovery::describe(&town, &visit), format)),
        _ => Err(Stop::NotFound),
    }
}

async fn list(State(town): State<Town>, visit: Visit, Path(file): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let (name, format) = split(&file)?;
    let asked = asked::read(&town, query.as_deref())?;
    let element = match name {
        "discovery" => discovery::describe(&town, &visit),
        "services" => services::all(&town, &visit),
        "requests" => requests::found(&town, &visit, &asked).await?,
        "servicerequestupdates" => updates::between(&town, &visit, &asked).await?,
        _ => return Err(Stop::NotFound),
    };
    Ok(answer(&element, format))
}

async fn send(
    State(town): State<Town>,
    visit: Visit,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    form: Submission,
) -> Answer {
    let (name, format) = split(&file)?;
    let asked = asked::read(&town, query.as_deref())?;
    let fields = asked.joined(&town, &form)?;
    let element = match name {
        "requests" => report::report(&town, &visit, &fields, &form).await?,
        "servicerequestupdates" => updates::take(&town, &visit, &fields).await?,
        _ => return Err(Stop::NotFound),
    };
    Ok(answer(&element, format))
}

fn answer(element: &Element<'_>, format: Format) -> Response {
    match format {
        Format::Xml => text("text/xml; charset=utf-8", element.to_xml()),
        Format::Json => text("application/json; charset=utf-8", element.to_json()),
    }
}
