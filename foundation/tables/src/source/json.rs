//! JSON: a list of objects, one object a line, or features.

use super::{CELLS_LIMIT, Form, Sheet};
use crate::Refused;
use importing::{COLUMNS_LIMIT, Table, TableRefusal};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;
use std::{collections::HashMap, fmt};

/// An object with its names in the order of the file.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Walk;
        impl<'de> Visitor<'de> for Walk {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Walk)
    }
}

fn text_of(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Whether it begins as JSON does: a whole value, or one on its first line.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let bytes = text_of(bytes);
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<serde::de::IgnoredAny>();
    matches!(values.next(), Some(Ok(_)))
}

pub(super) fn form(bytes: &[u8]) -> Form {
    let head = &bytes[..bytes.len().min(2_000)];
    let head = String::from_utf8_lossy(head);
    if head.contains("\"FeatureCollection\"") { Form::GeoJson } else { Form::Json }
}

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Refused> {
    let bytes = text_of(bytes);
    let refused = |error: serde_json::Error| Refused::Json(error.to_string());
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'[') {
        return rows(serde_json::from_slice::<Vec<Pairs>>(bytes).map_err(refused)?);
    }
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Pairs>();
    let head = values.next().ok_or(TableRefusal::Empty)?.map_err(refused)?;
    let rest: Vec<Pairs> = values.collect::<Result<_, _>>().map_err(refused)?;
    if !rest.is_empty() {
        return rows(std::iter::once(head).chain(rest).collect());
    }
    let is_collection = head.0.iter().any(|(name, value)| name == "type" && value == "FeatureCollection");
    if is_collection { features(head) } else { inner_list(head) }
}

/// The one list of objects in an object, as `{"data": [{…}]}`; an object without one is a row.
fn inner_list(head: Pairs) -> Result<Sheet, Refused> {
    let is_list =
        |value: &Value| value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_object));
    let lists = head.0.iter().filter(|(_, value)| is_list(value)).count();
    if lists > 1 {
        return Err(Refused::Json("it has more than one list of objects".to_owned()));
    }
    match head.0.iter().find(|(_, value)| is_list(value)) {
        Some((_, Value::Array(all))) => rows(all.iter().filter_map(pairs).collect()),
        _ => rows(vec![head]),
    }
}

fn pairs(value: &Value) -> Option<Pairs> {
    value.as_object().map(|object| Pairs(object.iter().map(|(name, value)| (name.clone(), value.clone())).collect()))
}

/// Features: their properties, and their geometry in a column of its own.
fn features(head: Pairs) -> Result<Sheet, Refused> {
    let all = head.0.into_iter().find(|(name, _)| name == "features").map(|(_, value)| value);
    let Some(Value::Array(all)) = all else { return Err(Refused::Json("it has no list “features”".to_owned())) };
    let row = |feature: &Value| {
        let mut row = Vec::new();
        if let Some(id) = feature.get("id").filter(|id| !id.is_null()) {
            row.push(("id".to_owned(), id.clone()));
        }
        for (name, value) in feature.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let name = if row.iter().any(|(of, _)| of == name) || name == "geometry" {
                format!("property {name}")
            } else {
                name.clone()
            };
            row.push((name, value.clone()));
        }
        row.push(("geometry".to_owned(), feature.get("geometry").cloned().unwrap_or(Value::Null)));
        Pairs(row)
    };
    let mut sheet = rows(all.iter().map(row).collect())?;
    sheet.geometry = sheet.table.header().iter().position(|name| name == "geometry");
    Ok(sheet)
}

fn rows(objects: Vec<Pairs>) -> Result<Sheet, Refused> {
    let mut header: Vec<String> = Vec::new();
    let mut place: HashMap<String, usize> = HashMap::new();
    for name in objects.iter().flat_map(|Pairs(object)| object.iter().map(|(name, _)| name)) {
        if !place.contains_key(name) {
            place.insert(name.clone(), header.len());
            header.push(name.clone());
        }
        if header.len() > COLUMNS_LIMIT {
            return Err(TableRefusal::TooManyColumns { columns: header.len(), most: COLUMNS_LIMIT }.into());
        }
    }
    if objects.is_empty() || header.is_empty() {
        return Err(TableRefusal::NoRows.into());
    }
    if (objects.len() * header.len()) as u64 > CELLS_LIMIT {
        return Err(Refused::TooManyCells { most: CELLS_LIMIT });
    }
    let mut is_text = vec![false; header.len()];
    let mut table = vec![vec![String::new(); header.len()]; objects.len()];
    for (row, Pairs(object)) in table.iter_mut().zip(objects) {
        for (name, value) in object {
            let at = place[&name];
            row[at] = match value {
                Value::Null => String::new(),
                // What is written as a text and looks like a number is a code.
                Value::String(text) => {
                    is_text[at] |=
                        crate::guess::decimal(text.trim()).is_some() || crate::guess::boolean(text.trim()).is_some();
                    text
                }
                Value::Bool(value) => value.to_string(),
                Value::Number(number) => number.to_string(),
                nested => {
                    is_text[at] = true;
                    nested.to_string()
                }
            };
        }
    }
    let names = header.iter().map(|name| plain_name(name)).collect();
    let texts = is_text.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| at).collect();
    Ok(Sheet { texts, ..Sheet::of_table(Table::of(names, table)) })
}

fn plain_name(name: &str) -> String {
    let plain: String = name.trim().chars().filter(|c| !c.is_control()).take(100).collect();
    if plain.is_empty() { "column".to_owned() } else { plain }
}
