//! OGC API – Features, Part 1: Core (OGC 17-069r4), over the tables that have points or geometries: landing page, conformance, collections, items by
//! box, time and property, in pages. Everything is GeoJSON in WGS 84, longitude first.

mod asked;

use crate::{
    acts,
    books::{Books, Filed},
    commands::{ask, open_table, stop_of},
    model::Resource,
    usage::{self, Way},
};
use asked::Asked;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use civic::Language;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use tables::{ColumnKind, TableInfo, Value};
use web::{
    Answer, Route, Stop, Town, Visit,
    manifest::Doc,
    openapi::text_schema,
    visit::{Path, Query},
};

/// Where it begins.
const ROOT: &str = "/ogc/features";
/// The coordinates of everything: WGS 84, longitude first.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
/// What this conforms to.
const CONFORMS: [&str; 2] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
];
const GEOJSON: &str = "application/geo+json";

/// The routes.
pub fn routes() -> Vec<Route> {
    let doc = |summary| Doc::new("data", summary).errors_in(&["application/json"]);
    let object = || json!({"type": "object"});
    vec![
        Route::get(ROOT, acts::READ, landing)
            .for_other_sites()
            .documented(doc("OGC API Features: where it begins").answers(200, "application/json", "Links.", object())),
        // As owslib asks.
        Route::get("/ogc/features/", acts::READ, landing).for_other_sites(),
        Route::get("/ogc/features/conformance", acts::READ, conformance).for_other_sites(),
        Route::get("/ogc/features/collections", acts::READ, collections).for_other_sites().documented(
            doc("OGC API Features: tables that have points, lines or areas").answers(
                200,
                "application/json",
                "The collections.",
                object(),
            ),
        ),
        Route::get("/ogc/features/collections/{collection}", acts::READ, collection).for_other_sites(),
        Route::get("/ogc/features/collections/{collection}/items", acts::READ, items).for_other_sites().documented(
            doc("OGC API Features: the rows of a table as features")
                .path("collection", "The name of the table.", text_schema())
                .query(
                    "limit",
                    "Features of a page.",
                    json!({"type": "integer", "minimum": 1, "maximum": 10_000, "default": 100}),
                )
                .query("offset", "How many are passed over.", json!({"type": "integer", "minimum": 0}))
                .query("bbox", "west,south,east,north in degrees; as numbers with commas.", text_schema())
                .query(
                    "datetime",
                    "A moment, or an interval as 2026-01-01/.., on the first column with dates.",
                    text_schema(),
                )
                .answers(200, GEOJSON, "A page of features.", object())
                .answers(400, "application/json", "A parameter is not known or cannot be read.", object()),
        ),
        Route::get("/ogc/features/collections/{collection}/items/{feature}", acts::READ, feature).for_other_sites(),
    ]
}

/// A table that has points or geometries, with its dataset.
struct Collection {
    filed: Arc<Filed>,
    resource: Resource,
    info: TableInfo,
    name: String,
}

/// Whatever goes wrong here is said as the standard has it.
fn failed(status: StatusCode, code: &str, description: &str) -> Response {
    (status, axum::Json(json!({"code": code, "description": description}))).into_response()
}

fn said(media_type: &'static str, body: &Json) -> Answer {
    Ok(([(header::CONTENT_TYPE, media_type)], body.to_string()).into_response())
}

fn link(town: &Town, path: &str, rel: &str, media_type: &str, title: &str) -> Json {
    json!({"href": town.url(path), "rel": rel, "type": media_type, "title": title})
}

/// Every public table that has points or geometries, by name.
fn all(town: &Town) -> Vec<Collection> {
    let shelves = town.part::<Books>().now();
    let mut found = Vec::new();
    for filed in shelves.public() {
        for resource in &filed.dataset.resources {
            let info = resource.body.info.as_ref().filter(|info| info.point.is_some() || info.bounds.is_some());
            if let (Some(info), Some(name)) = (info, &resource.table_name) {
                let (resource, info, name) = (resource.clone(), info.clone(), name.clone());
                found.push(Collection { filed: Arc::clone(filed), resource, info, name });
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn one(town: &Town, name: &str) -> Option<Collection> {
    all(town).into_iter().find(|one| one.name == name)
}

/// GET /ogc/features
async fn landing(State(town): State<Town>, visit: Visit) -> Answer {
    let title = format!("{}: {}", town.settings().name.in_language(visit.t.language()), visit.t.say("open-data-title"));
    said(
        "application/json",
        &json!({
            "title": title, "description": visit.t.say("data-lead"),
            "links": [
                link(&town, ROOT, "self", "application/json", "This document"),
                link(&town, "/api/openapi.json", "service-desc", "application/vnd.oai.openapi+json;version=3.1", "The API, described"),
                link(&town, "/developers", "service-doc", "text/html", "The API, for people"),
                link(&town, "/ogc/features/conformance", "conformance", "application/json", "What this conforms to"),
                link(&town, "/ogc/features/collections", "data", "application/json", "The collections"),
            ],
        }),
    )
}

/// GET /ogc/features/conformance
async fn conformance() -> Answer {
    said("application/json", &json!({"conformsTo": CONFORMS}))
}

/// GET /ogc/features/collections
async fn collections(State(town): State<Town>, visit: Visit) -> Answer {
    let all: Vec<Json> = all(&town).iter().map(|one| view(&town, one, visit.t.language())).collect();
    let own = link(&town, "/ogc/features/collections", "self", "application/json", "This document");
    said("application/json", &json!({"links": [own], "collections": all}))
}

/// GET /ogc/features/collections/{collection}
async fn collection(State(town): State<Town>, visit: Visit, Path(name): Path<String>) -> Answer {
    match one(&town, &name) {
        Some(one) => said("application/json", &view(&town, &one, visit.t.language())),
        None => Ok(no_collection()),
    }
}

fn no_collection() -> Response {
    failed(StatusCode::NOT_FOUND, "NotFound", "There is no such collection.")
}

fn path_of(one: &Collection) -> String {
    format!("/ogc/features/collections/{}", one.name)
}

fn view(town: &Town, one: &Collection, language: Language) -> Json {
    let (dataset, path) = (&one.filed.dataset, path_of(one));
    let page = format!("/data/{}", dataset.name);
    let notes = dataset.meta.notes.as_ref().map(|notes| notes.in_language(language)).unwrap_or_default();
    let mut extent = json!({"spatial": {"bbox": [bounds(&one.info)], "crs": CRS84}});
    if let Some(column) = time_column(&one.info).and_then(|at| one.info.columns.get(at)) {
        let ends = [&column.least, &column.most].map(|end| end.as_deref().map(asked::instant));
        extent["temporal"] = json!({"interval": [ends], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"});
    }
    let mut links = vec![
        link(town, &path, "self", "application/json", "This collection"),
        link(town, &format!("{path}/items"), "items", GEOJSON, "Its features"),
        link(town, &page, "describedby", "text/html", dataset.meta.title.in_language(language)),
    ];
    if let Some(licence) = crate::vocabulary::licence(&dataset.meta.licence) {
        links.push(
            json!({"href": crate::vocabulary::licence_url(&dataset.meta), "rel": "license", "title": licence.title}),
        );
    }
    json!({
        "id": one.name, "title": dataset.meta.title.in_language(language), "description": notes, "links": links,
        "extent": extent, "itemType": "feature", "crs": [CRS84],
    })
}

/// The box around all of it: west, south, east, north.
fn bounds(info: &TableInfo) -> [f64; 4] {
    crate::extent::of_table(info).unwrap_or([-180.0, -90.0, 180.0, 90.0])
}

/// The first column with moments or days.
fn time_column(info: &TableInfo) -> Option<usize> {
    info.columns.iter().position(|column| matches!(column.kind, ColumnKind::Date | ColumnKind::DateTime))
}

/// A row as a feature.
fn feature_of(info: &TableInfo, number: u64, cells: &[Value]) -> Json {
    let shaped = info.geometry.filter(|_| info.bounds.is_some());
    let geometry = match shaped {
        Some(at) => cells.get(at).and_then(tables::geometry::json),
        None => {
            let point =
                info.point.and_then(|(lat, long)| Some([cells.get(long)?.number()?, cells.get(lat)?.number()?]));
            point.map(|at| json!({"type": "Point", "coordinates": at}))
        }
    };
    let plain = info.columns.iter().zip(cells).enumerate().filter(|(at, _)| Some(*at) != shaped);
    let properties: Map<String, Json> = plain.map(|(_, (column, cell))| (column.name.clone(), cell.json())).collect();
    json!({"type": "Feature", "id": number, "geometry": geometry, "properties": properties})
}

/// GET /ogc/features/collections/{collection}/items
async fn items(
    State(town): State<Town>,
    Path(name): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let Some(one) = one(&town, &name) else { return Ok(no_collection()) };
    let asked = match Asked::read(&pairs, &one.info) {
        Ok(asked) => asked,
        Err(why) => return Ok(failed(StatusCode::BAD_REQUEST, "InvalidParameterValue", &why)),
    };
    let table = open_table(&town, &one.resource).await?;
    usage::note(&town, &one.filed.dataset.id, Way::Api);
    let plan = asked.plan.clone();
    let found = ask(table, move |table| table.ask(&plan).map_err(stop_of)).await?;
    let features: Vec<Json> = found.rows.iter().map(|(number, cells)| feature_of(&one.info, *number, cells)).collect();
    let path = format!("{}/items", path_of(&one));
    let mut links = vec![
        link(&town, &address(&path, &pairs, None), "self", GEOJSON, "This document"),
        link(&town, &path_of(&one), "collection", "application/json", "The collection"),
    ];
    let (offset, end) = (asked.plan.offset, asked.plan.offset + features.len());
    if !features.is_empty() && (end as u64) < found.count {
        links.push(link(&town, &address(&path, &pairs, Some(end)), "next", GEOJSON, "The next page"));
    }
    if offset > 0 {
        let before = offset.saturating_sub(asked.plan.limit);
        links.push(link(&town, &address(&path, &pairs, Some(before)), "prev", GEOJSON, "The page before"));
    }
    let page = json!({
        "type": "FeatureCollection", "features": features, "links": links, "numberMatched": found.count,
        "numberReturned": features.len(), "timeStamp": town.now().rfc3339(),
    });
    said(GEOJSON, &page)
}

/// The same question, from another place on.
fn address(path: &str, pairs: &[(String, String)], offset: Option<usize>) -> String {
    let offset = offset.map(|offset| offset.to_string());
    let kept = pairs.iter().filter(|(name, _)| offset.is_none() || name != "offset");
    let all = kept.map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = all.chain(offset.as_deref().map(|offset| ("offset", offset))).collect();
    let query = serde_urlencoded::to_string(all).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// GET /ogc/features/collections/{collection}/items/{feature}
async fn feature(State(town): State<Town>, Path((name, feature)): Path<(String, String)>) -> Answer {
    let Some(one) = one(&town, &name) else { return Ok(no_collection()) };
    let table = open_table(&town, &one.resource).await?;
    usage::note(&town, &one.filed.dataset.id, Way::Api);
    let number = feature.parse::<u64>().ok().filter(|number| (1..=one.info.rows).contains(number));
    let Some(number) = number else {
        return Ok(failed(StatusCode::NOT_FOUND, "NotFound", "There is no such feature."));
    };
    let cells = tokio::task::spawn_blocking(move || table.row(number)).await.map_err(Stop::fault)?.map_err(stop_of)?;
    let mut view = feature_of(&one.info, number, &cells.ok_or(Stop::NotFound)?);
    view["links"] = json!([
        link(&town, &format!("{}/items/{number}", path_of(&one)), "self", GEOJSON, "This feature"),
        link(&town, &path_of(&one), "collection", "application/json", "The collection"),
    ]);
    said(GEOJSON, &view)
}
