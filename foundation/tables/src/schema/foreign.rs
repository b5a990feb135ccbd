//! Foreign keys as schemas say them (Frictionless Table Schema 1, `foreignKeys`; CSVW, tabular-metadata 5.5.2).

use super::{Declared, texts};
use crate::Unchecked;
use serde_json::Value as Json;

/// Foreign keys of one schema that are looked at; what is said of more stands in the report.
const FOREIGN_LIMIT: usize = 20;

/// Columns whose cells point to a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The columns here, as the schema calls them.
    pub columns: Vec<String>,
    /// The table that they point to.
    pub to: Target,
    /// The columns there, each by every name that it may have.
    pub there: Vec<Vec<String>>,
    /// Whether exactly one row must be pointed to, and nothing is a value as others (CSVW); else one is enough, and where all cells
    /// are empty nothing is pointed to (Frictionless).
    pub is_strict: bool,
}

/// Where the table is that is pointed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The table itself.
    Own,
    /// The resource of one of these names (Frictionless).
    Named(Vec<String>),
    /// The table of this address (CSVW, `resource`).
    At(String),
    /// The table with the schema of this address (CSVW, `schemaReference`).
    Described(String),
}

impl Target {
    /// As people read it; empty for the table itself.
    pub fn shown(&self) -> &str {
        match self {
            Self::Own => "",
            Self::Named(names) => names.first().map_or("", String::as_str),
            Self::At(address) | Self::Described(address) => address,
        }
    }
}

/// The schema of a file: in a package that of the resource with this path, else of its first.
pub(super) fn schema_in<'j>(json: &'j Json, file_name: &str) -> &'j Json {
    let all = json.get("resources").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let of_file = |one: &&Json| !file_name.is_empty() && last_of(one) == Some(file_name);
    let own = all.iter().find(of_file).or(all.first()).and_then(|one| one.get("schema"));
    own.or_else(|| json.get("schema")).unwrap_or(json)
}

/// The last part of the path of a resource.
fn last_of(resource: &Json) -> Option<&str> {
    resource.get("path")?.as_str()?.rsplit('/').next()
}

/// Reads the foreign keys of a schema within its package. What cannot be understood is no reason to refuse it: schemas from before were
/// taken with whatever stood there.
pub(super) fn read(package: &Json, schema: &Json, into: &mut Declared) {
    let Some(all) = schema.get("foreignKeys") else { return };
    let Some(all) = all.as_array() else {
        return into.untold.push(untold("", "", "“foreignKeys” is no list"));
    };
    for one in all {
        if into.foreign.len() + into.untold.len() >= FOREIGN_LIMIT {
            let reason = format!("a schema has at most {FOREIGN_LIMIT} foreign keys that are looked at");
            return into.untold.push(untold("", "", &reason));
        }
        match foreign(package, one) {
            Err(reason) => into.untold.push(untold(&names(one, "fields").join(", "), "", reason)),
            Ok(key) => match key.columns.iter().find(|name| into.field(name).is_none()) {
                Some(_) => {
                    into.untold.push(untold(&key.columns.join(", "), key.to.shown(), "the schema has no such field"));
                }
                None => into.foreign.push(key),
            },
        }
    }
}

fn untold(columns: &str, to: &str, reason: &str) -> Unchecked {
    Unchecked { columns: columns.to_owned(), to: to.to_owned(), reason: reason.to_owned() }
}

fn names(json: &Json, of: &str) -> Vec<String> {
    json.get(of)
        .map(|value| value.as_str().map_or_else(|| texts(value), |one| vec![one.to_owned()]))
        .unwrap_or_default()
}

fn foreign(package: &Json, json: &Json) -> Result<Foreign, &'static str> {
    let columns = names(json, "fields");
    let reference = json.get("reference").ok_or("it has no “reference”")?;
    let there = names(reference, "fields");
    if columns.is_empty() || columns.len() != there.len() {
        return Err("it names no fields, or not as many here as there");
    }
    let name = reference.get("resource").and_then(Json::as_str).unwrap_or_default();
    let all = package.get("resources").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let is_it = |one: &&Json| one.get("name").and_then(Json::as_str) == Some(name);
    let file = all.iter().find(is_it).and_then(last_of);
    let to = match name {
        "" => Target::Own,
        name => Target::Named(std::iter::once(name).chain(file).map(str::to_owned).collect()),
    };
    Ok(Foreign { columns, to, there: there.into_iter().map(|name| vec![name]).collect(), is_strict: false })
}

/// The foreign keys of a table on the web, among the tables that are described with it.
pub(super) fn of_web(own: &csvw::Table, all: &[csvw::Table], into: &mut Declared) {
    for key in own.schema.foreign_keys.iter().take(FOREIGN_LIMIT) {
        let described = all.iter().find(|table| match (key.table(), key.schema()) {
            (Some(url), _) => csvw::normal(&table.url) == csvw::normal(url),
            (None, id) => id.is_some() && table.schema.id() == id,
        });
        let to = match (key.table(), described) {
            (_, Some(table)) if csvw::normal(&table.url) == csvw::normal(&own.url) => Target::Own,
            (_, Some(table)) => Target::At(table.url.clone()),
            (Some(url), None) => Target::At(url.to_owned()),
            (None, None) => Target::Described(key.schema().unwrap_or_default().to_owned()),
        };
        let there = key.there.iter().map(|name| {
            let column =
                described.and_then(|table| table.schema.columns.iter().find(|one| one.name.as_ref() == Some(name)));
            let titles = column.into_iter().flat_map(|one| one.titles.iter().map(|(_, title)| title.clone()));
            std::iter::once(name.clone()).chain(titles).collect()
        });
        into.foreign.push(Foreign { columns: key.columns.clone(), to, there: there.collect(), is_strict: true });
    }
    if own.schema.foreign_keys.len() > FOREIGN_LIMIT {
        let reason = format!("a schema has at most {FOREIGN_LIMIT} foreign keys that are looked at");
        into.untold.push(untold("", "", &reason));
    }
}

#[cfg(test)]
mod tests {
    use super::FOREIGN_LIMIT;
    use crate::Declared;
    use serde_json::json;

    #[test]
    fn no_more_than_so_many_are_looked_at_and_the_rest_is_said() {
        let key = json!({"fields": "a", "reference": {"resource": "b", "fields": "c"}});
        let schema = json!({"fields": [{"name": "a"}], "foreignKeys": vec![key; FOREIGN_LIMIT + 5]});
        let declared = Declared::of(&schema).unwrap();
        assert_eq!((declared.foreign.len(), declared.untold.len()), (FOREIGN_LIMIT, 1));
        let odd = Declared::of(&json!({"fields": [{"name": "a"}], "foreignKeys": {"a": 1}})).unwrap();
        assert_eq!(odd.untold[0].reason, "“foreignKeys” is no list");
        let column = json!({"columnReference": "a", "reference": {"resource": "b.csv", "columnReference": "c"}});
        let web = json!({"@context": "http://www.w3.org/ns/csvw", "url": "a.csv", "tableSchema": {"columns": [{"name": "a"}],
            "foreignKeys": vec![column; FOREIGN_LIMIT + 5]}});
        let declared = Declared::read(&web.to_string()).unwrap();
        assert_eq!((declared.foreign.len(), declared.untold.len()), (FOREIGN_LIMIT, 1));
    }
}
