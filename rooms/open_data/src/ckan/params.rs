//! Parameters of an action, wherever they stand: in the address, in a form, in JSON.

use serde_json::{Map, Value as Json};
use web::forms::Upload;

/// The parameters.
#[derive(Debug, Default)]
pub(crate) struct Params {
    pub all: Map<String, Json>,
    pub upload: Option<Upload>,
}

impl Params {
    pub(super) fn of_pairs(pairs: Vec<(String, String)>) -> Self {
        let mut params = Self::default();
        params.add_pairs(pairs);
        params
    }

    pub(super) fn add_pairs(&mut self, pairs: Vec<(String, String)>) {
        for (name, value) in pairs {
            self.all.insert(name, Json::String(value));
        }
    }

    pub(super) fn add(&mut self, object: Map<String, Json>) {
        self.all.extend(object);
    }

    /// A text, also where a number or truth value stands in its place; empty for nothing.
    pub fn text(&self, name: &str) -> String {
        text_of(self.all.get(name))
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.all.get(name).and_then(|value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok()))
    }

    /// Whether something is so.
    pub fn is(&self, name: &str, usual: bool) -> bool {
        match self.all.get(name) {
            Some(Json::Bool(value)) => *value,
            Some(Json::String(text)) => matches!(text.to_lowercase().as_str(), "true" | "1" | "yes"),
            _ => usual,
        }
    }

    /// A structure, also where it is written as a text.
    pub fn value(&self, name: &str) -> Option<Json> {
        match self.all.get(name)? {
            Json::String(text) if text.trim_start().starts_with(['{', '[']) => serde_json::from_str(text).ok(),
            Json::Null => None,
            other => Some(other.clone()),
        }
    }

    /// A list of texts; a text is divided at its commas.
    pub fn list(&self, name: &str) -> Vec<String> {
        match self.value(name) {
            Some(Json::Array(all)) => all.iter().map(|one| text_of(Some(one))).collect(),
            Some(Json::String(text)) => {
                text.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A text, also where a number or truth value stands in its place.
pub(crate) fn text_of(value: Option<&Json>) -> String {
    match value {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}
