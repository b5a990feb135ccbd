//! The districts for people and machines, and the form that sets them.

use crate::{
    BoundaryNote, Districts, MAX_BYTES, acts,
    commands::{agree_boundaries, keep_boundaries, set_boundaries},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use civic::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying, text},
    dates,
    forms::{FormErrors, Submission},
    manifest::Doc,
    map::{MapView, Steps, map_svg},
    openapi::{schema_of, text_schema},
    parts::Crumb,
    table::csv_answer,
    visit::{Path, Query},
};

/// Square metres of a square kilometre.
const SQUARE_KILOMETRE: f64 = 1_000_000.0;

const TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::GeoJson];

/// The routes.
pub fn routes() -> Vec<Route> {
    let list = Doc::new("places", "The districts of the town").answers(
        200,
        "application/json",
        "All districts.",
        schema_of::<Vec<DistrictView>>(),
    );
    let one = Doc::new("places", "One district").path("code", "Its code.", text_schema()).answers(
        200,
        "application/json",
        "The district.",
        schema_of::<DistrictView>(),
    );
    vec![
        Route::get("/districts", acts::READ, list_all).twins(TWINS).documented(list),
        Route::get("/districts/pin-map.svg", acts::READ, pin_map),
        Route::get("/districts/{code}", acts::READ, show).twins(&[Wants::Json]).documented(one),
        Route::get("/mark.svg", acts::READ, mark),
        Route::get("/admin/districts", acts::SET, form),
        Route::post("/admin/districts", acts::SET, set).body_limit(MAX_BYTES + 1024 * 1024),
    ]
}

/// A district.
#[derive(Debug, Serialize, JsonSchema)]
struct DistrictView {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Its area in square kilometres.
    area_km2: f64,
    /// Its page.
    url: String,
}

fn views(town: &Town) -> Vec<DistrictView> {
    let districts = town.part::<Districts>();
    let view = |(code, name): (String, String)| DistrictView {
        area_km2: (districts.area_m2(&code).unwrap_or_default() / SQUARE_KILOMETRE * 1_000.0).round() / 1_000.0,
        url: town.url(&format!("/districts/{code}")),
        code,
        name,
    };
    districts.all().into_iter().map(view).collect()
}

#[derive(askama::Template)]
#[template(path = "places_list.html")]
struct ListPage {
    frame: Frame,
    map: String,
    districts: Vec<DistrictView>,
    may_set: bool,
}

async fn list_all(State(town): State<Town>, visit: Visit) -> Answer {
    let districts = views(&town);
    match visit.wants {
        Wants::Json => json(&districts),
        Wants::GeoJson => Ok(text(Wants::GeoJson.media_type(), town.part::<Districts>().geojson())),
        Wants::Csv => csv_answer(
            &["code", "name", "area_km2", "url"],
            districts.into_iter().map(|one| [one.code, one.name, one.area_km2.to_string(), one.url]),
        ),
        _ => page(&ListPage {
            frame: Frame::new(&town, &visit, visit.t.say("places-title")).twins(&visit, TWINS),
            map: map(&town, &visit, None),
            may_set: visit.actor.may(&acts::SET),
            districts,
        }),
    }
}

/// The map with names in it, and one district standing out.
fn map(town: &Town, visit: &Visit, selected: Option<&str>) -> String {
    let shapes = town.part::<Districts>().shapes();
    if shapes.is_empty() {
        return String::new();
    }
    let desc = visit.t.with1("places-map-desc", "count", shapes.len());
    let view = MapView {
        id: "districts",
        title: visit.t.say("places-title"),
        desc: &desc,
        shapes: &shapes,
        pins: &[],
        selected,
    };
    map_svg(&view, &Steps::of([]))
}

#[derive(askama::Template)]
#[template(path = "places_show.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    name: String,
    area: String,
    map: String,
}

async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let view = views(&town).into_iter().find(|view| view.code == code).ok_or(Stop::NotFound)?;
    if visit.wants == Wants::Json {
        return json(&view);
    }
    let crumbs = vec![
        Crumb { href: "/districts".to_owned(), label: visit.t.say("places-title").to_owned() },
        Crumb { href: String::new(), label: view.name.clone() },
    ];
    #[expect(clippy::cast_possible_truncation, reason = "no district has more than nine digits of square kilometres")]
    let area = dates::number(view.area_km2.round() as i64, visit.t.language());
    page(&ShowPage {
        frame: Frame::new(&town, &visit, view.name.clone()).twins(&visit, &[Wants::Json]),
        crumbs,
        area: visit.t.with1("places-area", "area", area),
        map: map(&town, &visit, Some(&code)),
        name: view.name,
        code,
    })
}

/// Where the pin is, and which district is shown larger.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PinMap {
    lat: String,
    long: String,
    zoom: String,
}

async fn pin_map(State(town): State<Town>, Query(asked): Query<PinMap>) -> Answer {
    let degrees = asked.lat.parse().ok().zip(asked.long.parse().ok());
    let pin = degrees.and_then(|(lat, long)| Place::from_degrees(lat, long).ok());
    Ok(text("image/svg+xml", town.part::<Districts>().picture(&asked.zoom, pin)))
}

async fn mark(State(town): State<Town>) -> Answer {
    let svg = town.part::<web::frame::Mark>().0.read().unwrap_or_else(std::sync::PoisonError::into_inner).to_string();
    let mut answer = text("image/svg+xml", svg);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(answer)
}

#[derive(askama::Template)]
#[template(path = "places_set.html")]
struct SetPage {
    frame: Frame,
    errors: FormErrors,
    present: String,
    preview: Option<Preview>,
}

/// What a file holds, before it is put in force.
struct Preview {
    count: String,
    districts: Vec<(String, String)>,
    notes: Vec<String>,
    id: String,
}

async fn form(State(town): State<Town>, visit: Visit) -> Answer {
    page(&set_page(&town, &visit, FormErrors::default(), None))
}

fn set_page(town: &Town, visit: &Visit, errors: FormErrors, preview: Option<Preview>) -> SetPage {
    let count = town.part::<Districts>().all().len();
    let frame = Frame::new(town, visit, visit.t.say("places-set-title"));
    SetPage { frame, errors, present: visit.t.with1("places-set-present", "count", count), preview }
}

/// POST /admin/districts: a file is shown first; `agreed` puts in force what was shown. Programs may send the file
/// with `agreed` and have both at once.
async fn set(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let done = match (form.text("set"), form.file("file")) {
        (Some(id), _) => agree_boundaries(&town, &visit.actor, id.to_owned()).await,
        (None, Some(upload)) if form.text("agreed").is_some() => {
            set_boundaries(&town, &visit.actor, &upload.bytes).await
        }
        (None, upload) => {
            let bytes = upload.map(|upload| upload.bytes.clone()).unwrap_or_default();
            match keep_boundaries(&town, &visit.actor, &bytes).await {
                Ok((id, boundaries)) => {
                    let shown = preview(&visit, id, &boundaries);
                    return page(&set_page(&town, &visit, FormErrors::default(), Some(shown)));
                }
                Err(stop) => Err(stop),
            }
        }
    };
    match done {
        Ok(count) if visit.wants == Wants::Json => json(&serde_json::json!({"districts": count})),
        Ok(_) => see_other_saying("/districts", "flash-districts"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            page_with(status, &set_page(&town, &visit, errors, None))
        }
        Err(stop) => Err(stop),
    }
}

fn preview(visit: &Visit, id: String, boundaries: &crate::Boundaries) -> Preview {
    let districts = &boundaries.districts;
    Preview {
        count: visit.t.with1("places-set-found", "count", districts.len()),
        districts: districts.iter().map(|one| (one.code().to_owned(), one.name().to_owned())).collect(),
        notes: boundaries.notes.iter().map(|note| note_sentence(visit, note)).collect(),
        id,
    }
}

fn note_sentence(visit: &Visit, note: &BoundaryNote) -> String {
    let list = |features: &[usize]| features.iter().take(20).map(usize::to_string).collect::<Vec<_>>().join(", ");
    match note {
        BoundaryNote::Rewound { features } => visit.t.with1("places-note-rewound", "features", list(features)),
        BoundaryNote::NameMade { features } => visit.t.with1("places-note-name", "features", list(features)),
        BoundaryNote::CodeMade { features } => visit.t.with1("places-note-code", "features", list(features)),
        BoundaryNote::Overlap(overlap) => {
            visit.t.with2("places-note-overlap", "one", &overlap.one, "other", &overlap.other)
        }
        BoundaryNote::NotAllCompared => visit.t.say("places-note-not-all").to_owned(),
    }
}

/// The address of a picture of where something is, with its district around it; empty without a pin.
pub fn pin_picture(place: Option<Place>, district: Option<&str>) -> String {
    let zoom = district.unwrap_or_default();
    let of = |place: Place| format!("/districts/pin-map.svg?lat={}&long={}&zoom={zoom}", place.lat(), place.long());
    place.map(of).unwrap_or_default()
}
