//! The CSV of a table described for programs: metadata as CSVW has them (W3C, metadata vocabulary for tabular data), where the standard looks
//! for them, beside the file.

use crate::{
    model::{Dataset, Resource},
    said::Said,
    vocabulary::licence_url,
};
use civic::Language;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, HashSet};
use tables::{ColumnKind, Described, TableInfo};
use web::Town;

/// What the CSV of a table holds.
pub fn metadata(town: &Town, one: &Dataset, resource: &Resource, info: &TableInfo) -> Json {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let names = names(info.columns.iter().map(|column| column.name.as_str()));
    let columns = info.columns.iter().zip(&names).map(|(column, name)| describe(resource, column, name));
    let mut view = json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language.tag()}],
        "url": town.url(&file(one, resource)),
        "dc:title": format!("{}: {}", one.meta.title.in_language(language), resource.title(language)),
        "dc:publisher": {"schema:url": {"@id": town.url("/data")}},
        "dc:modified": {"@value": resource.updated_at.rfc3339(), "@type": "xsd:dateTime"},
        "dcat:landingPage": {"@id": town.url(&format!("/data/{}", one.name))},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "commentPrefix": null},
        "tableSchema": {"columns": columns.collect::<Vec<_>>()},
    });
    if !licence_url(&one.meta).is_empty() {
        view["dc:license"] = json!({"@id": licence_url(&one.meta)});
    }
    if let Some(notes) = &one.meta.notes {
        view["dc:description"] = json!(notes.in_language(language));
    }
    let key = &resource.body.key;
    let places: Option<Vec<&String>> = key.iter().map(|name| info.column(name).and_then(|at| names.get(at))).collect();
    if let Some(places) = places.filter(|places| !places.is_empty()) {
        view["tableSchema"]["primaryKey"] = json!(places);
    }
    view
}

/// The path of the CSV that is described.
pub fn file(one: &Dataset, resource: &Resource) -> String {
    format!("/data/{}/{}/file/csv", one.name, resource.slug())
}

/// Names for variables of URI templates (RFC 6570), each once: where one is taken, it counts on until one is free.
fn names<'n>(columns: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut taken = HashSet::new();
    for (at, column) in columns.enumerate() {
        let plain: String = column.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let plain = plain.trim_matches('_');
        let mut name = if plain.is_empty() { format!("column_{}", at + 1) } else { plain.to_owned() };
        let mut number = at + 1;
        while !taken.insert(name.clone()) {
            name = format!("column_{number}");
            number += 1;
        }
        names.push(name);
    }
    names
}

fn describe(resource: &Resource, column: &Described, name: &str) -> Json {
    let mut view = Map::from_iter([
        ("name".to_owned(), json!(name)),
        ("titles".to_owned(), json!(column.name)),
        ("datatype".to_owned(), json!(datatype(column))),
    ]);
    let words = resource.body.words.get(&column.name).cloned().unwrap_or_default();
    if !words.label.is_empty() {
        view.insert("schema:name".to_owned(), natural(words.label));
    }
    if !words.notes.is_empty() {
        view.insert("dc:description".to_owned(), natural(words.notes));
    }
    if column.empty == 0 && column.filled > 0 {
        view.insert("required".to_owned(), json!(true));
    }
    Json::Object(view)
}

/// A text by its languages, as CSVW has natural language properties in annotations.
fn natural(said: Said) -> Json {
    let texts: BTreeMap<Language, String> = said.into();
    texts.into_iter().map(|(language, text)| json!({"@value": text, "@language": language.tag()})).collect()
}

/// Cells that do not fit are kept as texts, so the column as it is holds texts.
fn datatype(column: &Described) -> &'static str {
    if column.misfits > 0 {
        return "string";
    }
    match column.kind {
        ColumnKind::Boolean => "boolean",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "double",
        ColumnKind::Date => "date",
        ColumnKind::DateTime => "dateTime",
        ColumnKind::String => "string",
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let of = |all: &[&'static str]| names(all.iter().copied());
        assert_eq!(of(&["kind", "الاسم", "dep delay", "_kind"]), ["kind", "column_2", "dep_delay", "column_4"]);
        assert_eq!(of(&["column_2", "الاسم"]), ["column_2", "column_3"]);
        assert_eq!(of(&["column_2", "الاسم", "column_3", "column_3"]), ["column_2", "column_3", "column_4", "column_5"]);
    }
}
