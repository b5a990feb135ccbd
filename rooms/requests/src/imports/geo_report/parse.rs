//! A list of Open311 as JSON or as XML, leniently: servers differ.

use super::Record;
use quick_xml::{Reader, events::Event};
use serde_json::Value;

/// Fields of one request that are read.
const FIELDS_LIMIT: usize = 200;

/// An array of objects; `None` for anything else, as the list of errors that the standard gives.
pub(crate) fn json(body: &[u8]) -> Option<Vec<Record>> {
    let Value::Array(items) = serde_json::from_slice(body).ok()? else { return None };
    items.into_iter().map(record_of).collect()
}

fn record_of(item: Value) -> Option<Record> {
    let Value::Object(fields) = item else { return None };
    if fields.contains_key("code") && !fields.contains_key("service_request_id") {
        return None;
    }
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    };
    Some(fields.into_iter().take(FIELDS_LIMIT).map(|(name, value)| (name, text(value))).collect())
}

/// `<service_requests><request><field>…`; `None` where the root is none of these.
pub(crate) fn xml(body: &[u8], roots: &[&str]) -> Option<Vec<Record>> {
    let mut reader = Reader::from_reader(body);
    let (mut records, mut path): (Vec<Record>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut buffer, mut has_root) = (Vec::new(), false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                match path.len() {
                    0 if !roots.contains(&name.as_str()) => return None,
                    1 => records.push(Record::new()),
                    _ => {}
                }
                has_root = true;
                path.push(name);
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Empty(tag) if path.is_empty() => {
                let name = tag.local_name();
                return roots.contains(&name.as_ref()).then(Vec::new);
            }
            Event::Text(text) if path.len() == 3 => add(&mut records, &path, &text),
            Event::CData(text) if path.len() == 3 => add(&mut records, &path, &text),
            Event::GeneralRef(reference) if path.len() == 3 => {
                let name: &str = &reference;
                let text = match reference.resolve_char_ref().ok()? {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default().to_owned(),
                };
                add(&mut records, &path, &text);
            }
            Event::Eof => return (has_root && path.is_empty()).then_some(records),
            _ => {}
        }
    }
}

fn add(records: &mut [Record], path: &[String], text: &str) {
    let (Some(record), Some(field)) = (records.last_mut(), path.last()) else { return };
    if record.len() < FIELDS_LIMIT {
        record.entry(field.clone()).or_default().push_str(text);
    }
}
