//! Metadata documents are read (tabular-metadata 5), with what is wrong in them.

use crate::{
    COLUMNS_LIMIT, Column, Dialect, Findings, ForeignKey, Group, Schema, TABLES_LIMIT, Table, address, common,
    formats::Formats,
    properties::{INHERITED, Inherited, Object, Properties},
};
use serde_json::Value as Json;

const CONTEXT: &str = "http://www.w3.org/ns/csvw";
const DIRECTIONS: &[&str] = &["rtl", "ltr", "auto"];

/// Reads one document after the other.
pub(crate) struct Reader<'r> {
    /// The address of the document.
    place: &'r str,
    base: String,
    language: String,
    load: &'r dyn Fn(&str) -> Option<Vec<u8>>,
    formats: &'r Formats,
}

impl Group {
    /// Reads a metadata document. `load` gives the bytes of documents that it names, by their addresses.
    /// `None` where it is so wrong that nothing can be made of it, which is then among the findings.
    pub fn read(
        text: &str,
        place: &str,
        load: &dyn Fn(&str) -> Option<Vec<u8>>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let json: Json = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(json) => json,
            Err(error) => {
                findings.error(place, format!("it is no JSON: {error}"));
                return None;
            }
        };
        let Some(object) = json.as_object() else {
            findings.error(place, "it is no object");
            return None;
        };
        let formats = Formats::default();
        let language = "und".to_owned();
        let mut reader = Reader { place, base: place.to_owned(), language, load, formats: &formats };
        reader.context(object.get("@context"), findings);
        reader.group(object, findings)
    }
}

impl Reader<'_> {
    fn context(&mut self, context: Option<&Json>, findings: &mut Findings) {
        let wrong =
            "“@context” must be “http://www.w3.org/ns/csvw”, or a list of it and an object with @base and @language";
        let object = match context {
            Some(Json::String(text)) if text == CONTEXT => return,
            Some(Json::Array(all)) => match all.as_slice() {
                [Json::String(text)] if text == CONTEXT => return,
                [Json::String(text), Json::Object(object)] if text == CONTEXT => object,
                _ => return findings.error(self.place, wrong),
            },
            _ => return findings.error(self.place, wrong),
        };
        for (key, value) in object {
            match (key.as_str(), value.as_str()) {
                ("@base", Some(base)) => self.base = address::resolve(self.place, base),
                ("@language", Some(language)) if common::is_language(language) => {
                    language.clone_into(&mut self.language)
                }
                ("@language", _) => findings.warn(self.place, format!("{value} is no language; it is ignored")),
                _ => findings.error(self.place, wrong),
            }
        }
    }

    fn properties<'a>(&'a self, object: &'a Object) -> Properties<'a> {
        Properties { object, place: self.place, formats: self.formats }
    }

    fn group(&self, object: &Object, findings: &mut Findings) -> Option<Group> {
        if !object.contains_key("tables") {
            let table = self.table(object, None, findings)?;
            return Some(Group { tables: vec![table] });
        }
        let properties = self.properties(object);
        let own = ["tables", "dialect", "notes", "tableDirection", "tableSchema", "transformations"];
        properties.frame("TableGroup", &[&own, INHERITED].concat(), findings);
        let above = self.shared(object, &Inherited::default(), None, findings);
        let Some(all) = object.get("tables").and_then(Json::as_array).filter(|all| !all.is_empty()) else {
            findings.error(self.place, "“tables” must be a list of at least one table");
            return None;
        };
        if all.len() > TABLES_LIMIT {
            findings.error(self.place, format!("there are more than {TABLES_LIMIT} tables"));
            return None;
        }
        let mut tables = Vec::new();
        for one in all {
            match one.as_object() {
                Some(object) => tables.extend(self.table(object, Some(&above), findings)),
                None => findings.warn(self.place, "a table is no object; it is ignored"),
            }
        }
        if tables.is_empty() {
            findings.error(self.place, "there is no table");
            return None;
        }
        Some(Group { tables })
    }

    /// What groups and tables have in common.
    fn shared(&self, object: &Object, above: &Inherited, from: Option<&Shared>, findings: &mut Findings) -> Shared {
        let properties = self.properties(object);
        properties.word("tableDirection", DIRECTIONS, findings);
        self.transformations(object.get("transformations"), findings);
        if let Some(notes) = object.get("notes") {
            common::check(notes, self.place, findings);
        }
        let inherited = properties.inherited(above, findings);
        let dialect = match object.get("dialect") {
            None => from.map(|from| from.dialect.clone()).unwrap_or_default(),
            Some(value) => self.dialect(value, findings),
        };
        let schema = match object.get("tableSchema") {
            None => from.and_then(|from| from.schema.clone()),
            Some(value) => Some(value.clone()),
        };
        Shared { inherited, dialect, schema }
    }

    fn table(&self, object: &Object, above: Option<&Shared>, findings: &mut Findings) -> Option<Table> {
        let properties = self.properties(object);
        let own = ["url", "dialect", "notes", "suppressOutput", "tableDirection", "tableSchema", "transformations"];
        properties.frame("Table", &[&own, INHERITED].concat(), findings);
        let Some(url) = object.get("url").and_then(Json::as_str) else {
            findings.error(self.place, "a table has no “url” that is an address");
            return None;
        };
        properties.flag("suppressOutput", false, findings);
        let usual = Inherited::default();
        let shared = self.shared(object, above.map_or(&usual, |above| &above.inherited), above, findings);
        let schema = match &shared.schema {
            None => Schema::default(),
            Some(value) => self.schema_of(value, &shared.inherited, findings),
        };
        let url = address::resolve(&self.base, url);
        Some(Table { url, schema, dialect: shared.dialect, inherited: shared.inherited })
    }

    fn dialect(&self, value: &Json, findings: &mut Findings) -> Dialect {
        match value {
            Json::Object(object) => self.properties(object).dialect(findings),
            Json::String(link) => match self.fetched(link, findings) {
                Some(Json::Object(object)) => self.properties(&object).dialect(findings),
                _ => Dialect::default(),
            },
            _ => {
                findings.warn(self.place, "“dialect” is no object; what is usual is taken");
                Dialect::default()
            }
        }
    }

    fn fetched(&self, link: &str, findings: &mut Findings) -> Option<Json> {
        let link = address::resolve(&self.base, link);
        let json = (self.load)(&link).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if json.is_none() {
            findings.error(self.place, format!("“{link}” cannot be read as JSON"));
        }
        json
    }

    fn schema_of(&self, value: &Json, above: &Inherited, findings: &mut Findings) -> Schema {
        match value {
            Json::Object(object) => self.schema(object, above, findings),
            Json::String(link) => {
                let Some(Json::Object(object)) = self.fetched(link, findings) else { return Schema::default() };
                let place = address::resolve(&self.base, link);
                let language = self.language.clone();
                let reader =
                    Reader { place: &place, base: place.clone(), language, load: self.load, formats: self.formats };
                let mut schema = reader.schema(&object, above, findings);
                schema.id.get_or_insert(place);
                schema
            }
            _ => {
                findings.error(self.place, "“tableSchema” is neither an object nor an address");
                Schema::default()
            }
        }
    }

    fn schema(&self, object: &Object, above: &Inherited, findings: &mut Findings) -> Schema {
        let properties = self.properties(object);
        let own = ["columns", "foreignKeys", "primaryKey", "rowTitles"];
        properties.frame("Schema", &[&own, INHERITED].concat(), findings);
        let inherited = properties.inherited(above, findings);
        let mut schema = Schema {
            id: object.get("@id").and_then(Json::as_str).map(|id| address::resolve(&self.base, id)),
            ..Schema::default()
        };
        match object.get("columns") {
            None => {}
            Some(Json::Array(all)) if all.len() <= COLUMNS_LIMIT => {
                for one in all {
                    match one.as_object() {
                        Some(object) => schema.columns.push(self.column(object, &inherited, findings)),
                        None => findings.warn(self.place, "a column is no object; it is ignored"),
                    }
                }
            }
            Some(_) => findings.error(self.place, format!("“columns” must be a list of at most {COLUMNS_LIMIT}")),
        }
        self.check_columns(&schema.columns, findings);
        let names =
            |list: &[String]| list.iter().all(|name| schema.columns.iter().any(|one| one.name.as_ref() == Some(name)));
        for key in ["primaryKey", "rowTitles"] {
            let Some(list) = properties.texts(key, findings) else { continue };
            if !names(&list) || list.is_empty() {
                findings.warn(self.place, format!("“{key}” names a column that is not there; it is ignored"));
            } else if key == "primaryKey" {
                schema.primary_key = list;
            }
        }
        match object.get("foreignKeys") {
            None => {}
            Some(Json::Array(all)) => {
                let keys: Vec<ForeignKey> =
                    all.iter().filter_map(|one| self.foreign_key(one, &names, findings)).collect();
                schema.foreign_keys = keys;
            }
            Some(_) => findings.warn(self.place, "“foreignKeys” is no list; it is ignored"),
        }
        schema
    }

    fn check_columns(&self, columns: &[Column], findings: &mut Findings) {
        for (at, one) in columns.iter().enumerate() {
            if let Some(name) = &one.name
                && columns[..at].iter().any(|other| other.name.as_ref() == Some(name))
            {
                findings.error(self.place, format!("two columns are called “{name}”"));
            }
            if !one.is_virtual && columns[..at].iter().any(|other| other.is_virtual) {
                findings.error(self.place, "a column of the file stands behind one that is not in the file");
            }
        }
    }

    fn column(&self, object: &Object, above: &Inherited, findings: &mut Findings) -> Column {
        let properties = self.properties(object);
        let own = ["name", "suppressOutput", "titles", "virtual"];
        properties.frame("Column", &[&own, INHERITED].concat(), findings);
        properties.flag("suppressOutput", false, findings);
        let is_name = |text: &String| {
            !text.is_empty()
                && !text.starts_with('_')
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.%".contains(&byte))
        };
        let name = properties.text("name", findings);
        if name.as_ref().is_some_and(|name| !is_name(name)) {
            findings.warn(
                self.place,
                format!("“{}” cannot be the name of a column; it is ignored", name.as_deref().unwrap_or_default()),
            );
        }
        let said = ["dc:description", "dcterms:description", "schema:description", "rdfs:comment"];
        let description = said.into_iter().find_map(|key| object.get(key)?.as_str()).unwrap_or_default().to_owned();
        Column {
            name: name.filter(is_name),
            titles: self.titles(object.get("titles"), findings),
            is_virtual: properties.flag("virtual", false, findings),
            description,
            inherited: properties.inherited(above, findings),
        }
    }

    fn titles(&self, value: Option<&Json>, findings: &mut Findings) -> Vec<(String, String)> {
        let mut titles = Vec::new();
        let mut add = |language: &str, value: &Json, findings: &mut Findings| {
            let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for one in all {
                match one.as_str() {
                    Some(text) => titles.push((language.to_owned(), text.to_owned())),
                    None => findings.warn(self.place, format!("{one} cannot be a title; it is ignored")),
                }
            }
        };
        match value {
            None => {}
            Some(Json::Object(by_language)) => {
                for (language, value) in by_language {
                    if common::is_language(language) {
                        add(language, value, findings);
                    } else {
                        findings.warn(self.place, format!("“{language}” is no language; its titles are ignored"));
                    }
                }
            }
            Some(value) => add(&self.language, value, findings),
        }
        titles
    }

    fn foreign_key(
        &self,
        value: &Json,
        has: &dyn Fn(&[String]) -> bool,
        findings: &mut Findings,
    ) -> Option<ForeignKey> {
        let Some(object) = value.as_object() else {
            findings.warn(self.place, "a foreign key is no object; it is ignored");
            return None;
        };
        let mut wrong = |reason: &str| {
            findings.error(self.place, reason);
            None
        };
        if object.keys().any(|key| !["columnReference", "reference"].contains(&key.as_str())) {
            return wrong("a foreign key has only “columnReference” and “reference”");
        }
        let list = |object: &Object| match object.get("columnReference")? {
            Json::String(name) => Some(vec![name.clone()]),
            Json::Array(all) => all.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        let Some(columns) = list(object).filter(|list| !list.is_empty() && has(list)) else {
            return wrong("a foreign key names a column that is not there");
        };
        let Some(reference) = object.get("reference").and_then(Json::as_object) else {
            return wrong("the reference of a foreign key is no object");
        };
        if reference.keys().any(|key| !["resource", "schemaReference", "columnReference"].contains(&key.as_str())) {
            return wrong("a reference has only “resource” or “schemaReference”, and “columnReference”");
        }
        let link =
            |name: &str| reference.get(name).and_then(Json::as_str).map(|link| address::resolve(&self.base, link));
        let to = match (link("resource"), link("schemaReference")) {
            (Some(table), None) => Ok(table),
            (None, Some(schema)) => Err(schema),
            _ => return wrong("a reference names either a table or a schema"),
        };
        let Some(there) = list(reference).filter(|list| list.len() == columns.len()) else {
            return wrong("a reference names as many columns as the foreign key");
        };
        Some(ForeignKey { columns, to, there })
    }

    fn transformations(&self, value: Option<&Json>, findings: &mut Findings) {
        let all = match value {
            None => return,
            Some(Json::Array(all)) => all,
            Some(_) => return findings.warn(self.place, "“transformations” is no list; it is ignored"),
        };
        for one in all {
            let Some(object) = one.as_object() else {
                findings.warn(self.place, "a transformation is no object; it is ignored");
                continue;
            };
            let own = ["url", "titles", "targetFormat", "scriptFormat", "source"];
            self.properties(object).frame("Template", &own, findings);
            if ["url", "targetFormat", "scriptFormat"]
                .iter()
                .any(|name| !object.get(*name).is_some_and(Json::is_string))
            {
                findings.error(self.place, "a transformation needs “url”, “targetFormat” and “scriptFormat”");
            }
        }
    }
}

/// What a table has from its group.
struct Shared {
    inherited: Inherited,
    dialect: Dialect,
    schema: Option<Json>,
}
