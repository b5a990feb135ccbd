//! The file as a table: CSV as it is; JSON flattened, so that `{"title": {"en": "…"}}` is the column `title/en`, which is how
//! Decidim writes its CSV.

use importing::{Table, Wish};
use serde_json::Value;
use std::collections::BTreeSet;
use web::Refusal;

/// Proposals one file may have.
pub const ROWS_LIMIT: usize = 20_000;

/// Reads a file that somebody exported.
///
/// # Errors
/// `proposals-import-unreadable` with what stands in the way, `proposals-import-too-many`.
pub fn read_file(bytes: &[u8]) -> Result<Table, Refusal> {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let table = match first {
        Some(b'[' | b'{') => flat(bytes)?,
        _ => Table::read(bytes, &Wish::default()).map_err(|refusal| unreadable(refusal.to_string()))?,
    };
    if table.rows().nth(ROWS_LIMIT).is_some() {
        return Err(Refusal::new("proposals-import-too-many").at("file").with("most", ROWS_LIMIT));
    }
    Ok(table)
}

fn unreadable(problem: String) -> Refusal {
    Refusal::new("proposals-import-unreadable").at("file").with("problem", problem)
}

fn flat(bytes: &[u8]) -> Result<Table, Refusal> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
    let list = match value {
        Value::Array(list) => list,
        // CONSUL and others wrap the list: {"proposals": […]}.
        Value::Object(map) => map
            .into_iter()
            .find_map(|(_, value)| if let Value::Array(list) = value { Some(list) } else { None })
            .ok_or_else(|| unreadable("there is no list in it".to_owned()))?,
        _ => return Err(unreadable("it is no list".to_owned())),
    };
    let rows: Vec<Vec<(String, String)>> = list.iter().map(cells).collect();
    let names: BTreeSet<&String> = rows.iter().flatten().map(|(name, _)| name).collect();
    let header: Vec<String> = names.into_iter().cloned().collect();
    let of = |row: &Vec<(String, String)>, name: &String| {
        row.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let body = rows.iter().map(|row| header.iter().map(|name| of(row, name)).collect()).collect();
    Ok(Table::of(header.clone(), body))
}

/// The leaves of an object with their ways, as `title/en`.
fn cells(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(value, String::new(), &mut found);
    found
}

fn walk(value: &Value, way: String, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let way = if way.is_empty() { name.clone() } else { format!("{way}/{name}") };
                walk(inner, way, found);
            }
        }
        Value::String(text) => found.push((way, text.clone())),
        Value::Number(number) => found.push((way, number.to_string())),
        Value::Bool(flag) => found.push((way, flag.to_string())),
        // Lists of attachments and the like are not taken over.
        Value::Null | Value::Array(_) => {}
    }
}
