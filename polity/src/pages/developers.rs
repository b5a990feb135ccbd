//! What programs can ask, for people and as OpenAPI 3.1.

use askama::Template;
use axum::extract::State;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Town, Visit,
    answer::{json, page},
    manifest::{Catalogue, RouteInfo},
    openapi,
};

struct Operation {
    method: String,
    path: String,
    summary: &'static str,
    twins: String,
    parameters: Vec<(&'static str, &'static str)>,
}

struct Tag {
    name: &'static str,
    operations: Vec<Operation>,
}

#[derive(Template)]
#[template(path = "town_developers.html")]
struct DevelopersPage {
    frame: Frame,
    address: String,
    jurisdiction: String,
    tags: Vec<Tag>,
    refusals: Vec<(String, String)>,
}

/// GET /developers
pub async fn page_of_routes(State(town): State<Town>, visit: Visit) -> Answer {
    let mut tags: BTreeMap<&'static str, Vec<Operation>> = BTreeMap::new();
    for route in &town.part::<Catalogue>().routes {
        if let Some(doc) = &route.doc {
            tags.entry(doc.tag).or_default().push(operation(route));
        }
    }
    let keys = town.words().keys(visit.t.language()).iter();
    let refusals =
        keys.filter_map(|key| Some((key.strip_prefix("refusal-")?.to_owned(), visit.t.plain(key)))).collect();
    page(&DevelopersPage {
        frame: Frame::new(&town, &visit, visit.t.say("developers-title")),
        address: town.settings().address.clone(),
        jurisdiction: town.settings().jurisdiction.clone(),
        tags: tags.into_iter().map(|(name, operations)| Tag { name, operations }).collect(),
        refusals,
    })
}

fn operation(route: &RouteInfo) -> Operation {
    let doc = route.doc.as_ref();
    let twins = route.twins.iter().map(|twin| format!(".{}", twin.suffix())).collect::<Vec<_>>().join(" ");
    Operation {
        method: route.method.to_string(),
        path: route.path.to_owned(),
        summary: doc.map_or("", |doc| doc.summary),
        parameters: doc.map(|doc| doc.parameters.iter().map(|p| (p.name, p.description)).collect()).unwrap_or_default(),
        twins,
    }
}

/// GET /api/openapi.json
pub async fn openapi(State(town): State<Town>) -> Answer {
    json(&openapi::describe(&town))
}
