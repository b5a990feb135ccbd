//! A dataset as a Frictionless Data Package (specs.frictionlessdata.io/data-package), with the schema of each table.

use crate::{
    acts,
    model::{Dataset, Resource},
    vocabulary::{licence, licence_url},
};
use axum::extract::State;
use civic::Language;
use serde_json::{Value as Json, json};
use web::{
    Answer, Route, Stop, Town, Visit, answer::json as answer_json, manifest::Doc, openapi::text_schema, visit::Path,
};

/// Its route.
pub fn routes() -> Vec<Route> {
    let doc = Doc::new("data", "A dataset as a Frictionless Data Package")
        .path("name", "The dataset.", text_schema())
        .answers(200, "application/json", "datapackage.json", json!({"type": "object"}));
    vec![Route::get("/data/catalog/{name}/datapackage", acts::READ, show).for_machines().documented(doc)]
}

async fn show(State(town): State<Town>, visit: Visit, Path(name): Path<String>) -> Answer {
    let filed = crate::pages::open(&town, &visit, &name)?;
    if !filed.dataset.is_public() {
        return Err(Stop::NotFound);
    }
    answer_json(&package(&town, &filed.dataset))
}

/// The package.
pub fn package(town: &Town, one: &Dataset) -> Json {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let licences: Vec<Json> = licence(&one.meta.licence)
        .map(|licence| json!({"name": licence.code.to_uppercase(), "path": licence_url(&one.meta), "title": licence.title}))
        .into_iter()
        .collect();
    let mut package = json!({
        "profile": "data-package",
        "name": one.name,
        "id": one.id,
        "title": one.meta.title.in_language(language),
        "homepage": town.url(&format!("/data/{}", one.name)),
        "created": one.made_at.rfc3339(),
        "version": one.version.to_string(),
        "resources": one.resources.iter().map(|resource| resource_view(town, one, resource)).collect::<Vec<_>>(),
    });
    if !licences.is_empty() {
        package["licenses"] = json!(licences);
    }
    if !one.meta.tags.is_empty() {
        package["keywords"] = json!(one.meta.tags);
    }
    if let Some(notes) = &one.meta.notes {
        package["description"] = json!(notes.in_language(language));
    }
    package
}

fn resource_view(town: &Town, one: &Dataset, resource: &Resource) -> Json {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let slug = resource.slug().replace('_', "-");
    let Some(info) = &resource.body.info else {
        return json!({
            "name": slug, "path": crate::views::download_url(town, one, resource), "format": resource.body.format.to_lowercase(),
            "title": resource.title(language),
        });
    };
    json!({
        "profile": "tabular-data-resource",
        "name": slug,
        "title": resource.title(language),
        "path": town.url(&format!("/data/{}/{}.csv", one.name, resource.slug())),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": true},
        "schema": schema(resource, info, language),
    })
}

/// The schema of a table as its CSV has it: plain numbers and ISO dates, however the file wrote them.
pub fn schema(resource: &Resource, info: &tables::TableInfo, language: Language) -> Json {
    let field = |column: &tables::Described| {
        let words = resource.body.words.get(&column.name).cloned().unwrap_or_default();
        // Cells that do not fit are kept as texts, so the column as it is holds texts.
        let kind = if column.misfits > 0 { "string" } else { column.kind.word() };
        let mut field = json!({"name": column.name, "type": kind});
        if kind == "datetime" {
            field["format"] = json!("any");
        }
        if !words.label.is_empty() {
            field["title"] = json!(words.label.in_language(language));
        }
        if !words.notes.is_empty() {
            field["description"] = json!(words.notes.in_language(language));
        }
        field
    };
    json!({"fields": info.columns.iter().map(field).collect::<Vec<_>>(), "missingValues": [""]})
}
