//! Columns and rows as programs send them to the datastore, and as they are written.

use super::{
    Denied,
    datastore::frictionless,
    params::{Params, text_of},
};
use serde_json::{Map, Value as Json, json};

/// Columns of a table: name and Frictionless type.
pub(super) type Fields = Vec<(String, String)>;
/// Rows as programs send them.
pub(super) type Records = Vec<Map<String, Json>>;

/// A column as sent: its name, and its Frictionless type where one is named.
pub(super) type SentField = (String, Option<String>);

/// Columns as sent.
pub(super) fn sent_fields(params: &Params) -> Result<Vec<SentField>, Denied> {
    let Some(Json::Array(all)) = params.value("fields") else { return Ok(Vec::new()) };
    let mut fields = Vec::new();
    for one in &all {
        let name = text_of(one.get("id"));
        let is_good = !name.is_empty() && name.len() <= 100 && !name.starts_with('_') && !name.contains('"');
        if !is_good || fields.iter().any(|(known, _): &SentField| known.eq_ignore_ascii_case(&name)) {
            return Err(Denied::field(
                "fields",
                &format!("\"{}\" is not a valid field name", name.chars().take(60).collect::<String>()),
            ));
        }
        let kind = text_of(one.get("type"));
        fields.push((name, (!kind.is_empty()).then(|| frictionless(&kind).to_owned())));
    }
    Ok(fields)
}

/// Rows as sent.
pub(super) fn sent_records(params: &Params) -> Result<Vec<Map<String, Json>>, Denied> {
    let Some(records) = params.value("records") else { return Ok(Vec::new()) };
    let Json::Array(all) = records else { return Err(Denied::field("records", "Must be a list")) };
    all.into_iter()
        .map(|one| {
            if let Json::Object(one) = one { Ok(one) } else { Err(Denied::field("records", "Must be a list of dicts")) }
        })
        .collect()
}

/// Columns of records that were sent without a list of columns.
pub(super) fn fields_of(records: &[Map<String, Json>]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in records.iter().flatten() {
        let kind = match value {
            Json::Bool(_) => "boolean",
            Json::Number(number) if number.is_f64() => "number",
            Json::Number(_) => "integer",
            _ => "string",
        };
        match fields.iter_mut().find(|(known, _)| known == name) {
            None => fields.push((name.clone(), kind.to_owned())),
            Some((_, known)) if known != kind && *value != Json::Null => {
                let both_numbers =
                    ["integer", "number"].contains(&known.as_str()) && ["integer", "number"].contains(&kind);
                *known = if both_numbers { "number" } else { "string" }.to_owned();
            }
            Some(_) => {}
        }
    }
    fields
}

/// A line of JSON for each row, every column in its order.
pub(super) fn lines(fields: &[(String, String)], rows: &[Map<String, Json>]) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        let cell = |(name, _): &(String, String)| format!("{}:{}", json!(name), row.get(name).unwrap_or(&Json::Null));
        text.push_str(&format!("{{{}}}\n", fields.iter().map(cell).collect::<Vec<_>>().join(",")));
    }
    text.into_bytes()
}

/// What declares these columns.
pub(super) fn schema(fields: &[(String, String)]) -> String {
    let one = |(name, kind): &(String, String)| json!({"name": name, "type": kind});
    json!({"fields": fields.iter().map(one).collect::<Vec<_>>()}).to_string()
}
