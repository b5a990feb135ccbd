//! What programs can ask, for people and as OpenAPI 3.1.

use askama::Template;
use axum::extract::State;
use civic::Role;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{
    Answer, Doc, Frame, Refusal, Town, Visit,
    answer::{json, page},
    manifest::{Catalogue, RouteInfo},
    openapi::{self, Which, text_schema},
    visit::Query,
};

/// Characters of a search that count.
const SEARCH_LIMIT: usize = 100;

/// What to look for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// Which description.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AskedDescription {
    desk: String,
}

struct Operation {
    method: String,
    /// The parts of its path, between which a line may break.
    path: Vec<String>,
    summary: &'static str,
    twins: String,
    roles: String,
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
    q: String,
    tags: Vec<Tag>,
    refusals: Vec<(String, String)>,
}

/// GET /developers
pub async fn page_of_routes(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let q: String = asked.q.trim().chars().take(SEARCH_LIMIT).collect();
    let mut tags: BTreeMap<&'static str, Vec<Operation>> = BTreeMap::new();
    for route in &town.part::<Catalogue>().routes {
        if let Some(doc) = route.doc.as_ref().filter(|doc| is_about(&q, &words_of(route, doc))) {
            tags.entry(doc.tag).or_default().push(operation(route, doc));
        }
    }
    let keys = town.words().keys(visit.t.language()).iter();
    let refusals = keys
        .filter_map(|key| Some((key.strip_prefix("refusal-")?.to_owned(), visit.t.plain(key))))
        .filter(|(code, sentence)| is_about(&q, &format!("{code} {sentence}")))
        .collect();
    page(&DevelopersPage {
        frame: Frame::new(&town, &visit, visit.t.say("developers-title")),
        address: town.settings().address.clone(),
        jurisdiction: town.settings().jurisdiction.clone(),
        q,
        tags: tags.into_iter().map(|(name, operations)| Tag { name, operations }).collect(),
        refusals,
    })
}

fn words_of(route: &RouteInfo, doc: &Doc) -> String {
    let parameters = doc.parameters.iter().map(|one| format!("{} {}", one.name, one.description));
    format!("{} {} {} {} {}", route.method, route.path, doc.tag, doc.summary, parameters.collect::<Vec<_>>().join(" "))
}

/// Whether every word that is looked for stands somewhere in the text.
fn is_about(q: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    q.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn operation(route: &RouteInfo, doc: &Doc) -> Operation {
    let twins = route.twins.iter().map(|twin| format!(".{}", twin.suffix())).collect::<Vec<_>>().join(" ");
    let roles: Vec<&str> = route.act.roles.iter().map(|role| role.word()).collect();
    Operation {
        method: route.method.to_string(),
        path: route.path.split_inclusive('/').map(str::to_owned).collect(),
        summary: doc.summary,
        parameters: doc.parameters.iter().map(|one| (one.name, one.description)).collect(),
        twins,
        roles: if route.act.roles.contains(&Role::Visitor) { String::new() } else { roles.join(", ") },
    }
}

/// GET /api/openapi.json
pub async fn openapi(State(town): State<Town>, Query(asked): Query<AskedDescription>) -> Answer {
    let which = match asked.desk.as_str() {
        "" => Which::Public,
        "1" => Which::Desk,
        _ => return Err(Refusal::new("openapi-desk").at("desk").into()),
    };
    json(&openapi::describe(&town, which))
}

/// How it is described to developers.
pub fn openapi_doc() -> Doc {
    Doc::new("town", "This description")
        .query("desk", "`1` for what people with a role do on pages too, each with its roles.", text_schema())
        .answers(200, "application/json", "OpenAPI 3.1.", serde_json::json!({"type": "object"}))
}

#[cfg(test)]
mod tests {
    use super::is_about;

    #[test]
    fn every_word_must_be_there() {
        assert!(is_about("", "anything") && is_about("POST requests", "post /requests Report a problem"));
        assert!(!is_about("delete requests", "post /requests"));
    }
}
