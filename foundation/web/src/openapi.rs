//! The description of the town's own API, derived from the manifests (OpenAPI 3.1.0).

use crate::{
    Town, Wants,
    manifest::{Catalogue, Doc, RouteInfo},
};
use axum::http::Method;
use civic::{Language, Role};
use serde_json::{Map, Value, json};

/// The JSON Schema (2020-12) of a view, with its definitions inside, as OpenAPI 3.1 takes it.
pub fn schema_of<T: schemars::JsonSchema>() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// The schema of a text.
pub fn text_schema() -> Value {
    json!({"type": "string"})
}

/// Which routes are described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that are written for programs.
    Public,
    /// Those, and what people with a role do on pages: a token of that role does the same. Their fields are those of the form on the page.
    Desk,
}

/// The whole description.
pub fn describe(town: &Town, which: Which) -> Value {
    let settings = town.settings();
    let mut paths = Map::new();
    for route in &town.part::<Catalogue>().routes {
        let desk = || (which == Which::Desk && needs_token(route)).then(|| of_page(route));
        let Some(doc) = route.doc.clone().or_else(desk) else { continue };
        let operations = paths.entry(machine_path(route)).or_insert_with(|| json!({}));
        operations[route.method.as_str().to_ascii_lowercase()] = operation(route, &doc);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{}: open interface", settings.name.in_language(Language::En)),
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every page has a machine twin at the same address with .json behind it. Errors are RFC 9457 problems. Reading needs no key; writing on somebody's behalf needs a token.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": settings.address}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "A token from /me/tokens."}},
            "schemas": {"Problem": problem_schema()},
        },
    })
}

fn needs_token(route: &RouteInfo) -> bool {
    !route.act.roles.contains(&Role::Visitor)
}

/// What can be said of a page that nobody described: where it is, what it takes, and what comes back.
fn of_page(route: &RouteInfo) -> Doc {
    let mut doc = Doc { tag: route.room, ..Doc::default() };
    for part in route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        doc = doc.path(part.trim_start_matches('*'), "As in the address of the page.", text_schema());
    }
    let fields = || json!({"type": "object", "description": "The fields of the form on the page, each a text."});
    if route.method == Method::GET {
        doc.summary = "A page for people with this role";
        let media_type = if route.twins.contains(&Wants::Json) { "application/json" } else { "text/html" };
        doc.answers(200, media_type, "What the page shows.", json!({}))
    } else {
        doc.summary = "What the form on the page does";
        doc.body("application/json", fields()).answers(
            303,
            "",
            "It is done; the address is that of the page after it.",
            json!({}),
        )
    }
}

/// The address a machine asks: that of the JSON twin of a page.
fn machine_path(route: &RouteInfo) -> String {
    // A page without a twin is asked as it is; whatever is done is done as JSON.
    let has_twin = route.method != Method::GET || route.twins.contains(&Wants::Json);
    if !route.machine && (has_twin || route.doc.is_some()) {
        let path = if route.path == "/" { "/index" } else { route.path };
        format!("{path}.json")
    } else {
        // The router's sign for "the rest of the path" is not OpenAPI's.
        route.path.replace("{*", "{")
    }
}

fn operation(route: &RouteInfo, doc: &Doc) -> Value {
    let parameters: Vec<Value> = doc
        .parameters
        .iter()
        .map(|p| json!({"name": p.name, "in": p.place, "required": p.place == "path", "description": p.description, "schema": p.schema}))
        .collect();
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": doc.summary,
        "tags": [doc.tag],
        "parameters": parameters,
        "responses": responses(doc),
        "x-act": route.act.name,
        "x-polity-roles": route.act.roles.iter().map(|role| role.word()).collect::<Vec<_>>(),
    });
    if let Some((media_type, schema)) = &doc.body {
        operation["requestBody"] = json!({"required": true, "content": {*media_type: {"schema": schema}}});
    }
    if needs_token(route) {
        operation["security"] = json!([{"token": []}]);
    }
    operation
}

fn operation_id(route: &RouteInfo) -> String {
    let words: String = route.path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("{}_{}", route.method.as_str().to_ascii_lowercase(), words.trim_matches('_'))
}

fn responses(doc: &Doc) -> Value {
    let mut responses = Map::new();
    for answer in &doc.answers {
        let response =
            responses.entry(answer.status.to_string()).or_insert_with(|| json!({"description": answer.description}));
        if !answer.media_type.is_empty() {
            response["content"][answer.media_type] = json!({"schema": answer.schema});
        }
    }
    let content: Map<String, Value> = match doc.error_media_types {
        [] => [("application/problem+json".to_owned(), json!({"schema": {"$ref": "#/components/schemas/Problem"}}))]
            .into_iter()
            .collect(),
        own => own.iter().map(|media_type| ((*media_type).to_owned(), json!({}))).collect(),
    };
    let problem = json!({"description": "It was not accepted, and the answer says why.", "content": content});
    responses.entry("4XX").or_insert(problem);
    Value::Object(responses)
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "A sentence one can act on."},
            "request_id": {"type": "string"},
            "errors": {"type": "array", "items": {"type": "object", "required": ["code", "detail"], "properties": {
                "code": {"type": "string"}, "field": {"type": ["string", "null"]}, "detail": {"type": "string"},
            }}},
        },
    })
}
