//! What a feature calls itself.

use serde_json::{Map, Value};

/// The longest code of a district, in characters.
pub const MAX_CODE_LENGTH: usize = 64;
/// The longest name of a district, in characters.
pub const MAX_NAME_LENGTH: usize = 200;

/// Property names under which towns publish the name of a district, the likeliest first; case does not matter.
const NAME_KEYS: [&str; 14] = [
    "name",
    "name_en",
    "district_name",
    "label",
    "title",
    "nombre",
    "nom",
    "naam",
    "nome",
    "bezirk",
    "stadtteil",
    "neighborhood",
    "neighbourhood",
    "district",
];
/// The same for its code.
const CODE_KEYS: [&str; 12] = [
    "code",
    "district_code",
    "external_id",
    "ref",
    "key",
    "codigo",
    "code_insee",
    "gss_code",
    "geoid",
    "number",
    "district",
    "id",
];
/// Objects inside the properties are searched this deep.
const MAX_DEPTH: usize = 3;

/// Name and code as far as the feature gives them, trimmed and clipped to their limits.
pub(crate) fn names_of(feature: Option<&Map<String, Value>>) -> (Option<String>, Option<String>) {
    let Some(feature) = feature else { return (None, None) };
    let empty = Map::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let name = find(properties, &NAME_KEYS, MAX_NAME_LENGTH);
    let code = find(properties, &CODE_KEYS, MAX_CODE_LENGTH)
        .or_else(|| feature.get("id").and_then(|id| plain(id, MAX_CODE_LENGTH)));
    (name, code)
}

/// A code of lower-case letters, digits and hyphens from a name; empty when the name has none of the Latin alphabet.
pub(crate) fn code_from(name: &str) -> String {
    let mut code = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            code.push(letter);
        } else if !code.is_empty() && !code.ends_with('-') {
            code.push('-');
        }
        if code.len() == MAX_CODE_LENGTH {
            break;
        }
    }
    code.trim_end_matches('-').to_owned()
}

/// Key by key, so that a likelier key wins even when it lies deeper.
fn find(properties: &Map<String, Value>, keys: &[&str], longest: usize) -> Option<String> {
    keys.iter().find_map(|key| find_one(properties, key, longest, MAX_DEPTH))
}

fn find_one(members: &Map<String, Value>, key: &str, longest: usize, depth: usize) -> Option<String> {
    let here = members.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
    here.into_iter().find_map(|(_, value)| plain(value, longest)).or_else(|| {
        let inner = members.values().filter_map(Value::as_object);
        if depth > 1 { inner.into_iter().find_map(|inside| find_one(inside, key, longest, depth - 1)) } else { None }
    })
}

/// Text or a whole number; control characters and outer blanks go.
fn plain(value: &Value, longest: usize) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_u64() || number.is_i64() => number.to_string(),
        _ => return None,
    };
    let text: String = text.trim().chars().filter(|letter| !letter.is_control()).take(longest).collect();
    if text.is_empty() { None } else { Some(text) }
}
