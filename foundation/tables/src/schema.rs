//! What a column was declared to be (Frictionless Table Schema 1, specs.frictionlessdata.io/table-schema; CSVW), and cells that do not fit.

mod foreign;
mod on_web;

pub use foreign::{Foreign, Target};

use crate::{
    ColumnKind, Refused, Unchecked, Value,
    guess::{self, Reading},
};
use importing::Wish;
use serde_json::Value as Json;

/// Fields a schema may have.
const FIELDS_LIMIT: usize = 1_000;

/// A declared schema.
#[derive(Debug, Clone, Default)]
pub struct Declared {
    /// Its fields, by name.
    pub fields: Vec<Field>,
    /// Words that stand for nothing.
    missing: Vec<String>,
    /// Columns by whose values together rows are told apart.
    pub key: Vec<String>,
    /// Columns that point to rows of other tables.
    pub foreign: Vec<Foreign>,
    /// Foreign keys that cannot be understood; each stands in the report.
    pub untold: Vec<Unchecked>,
    /// The address of the schema itself (CSVW, `@id`); empty for none.
    pub id: String,
    wish: Wish,
}

/// A declared column.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// The name of the column.
    pub name: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// What people call it; may be empty.
    pub title: String,
    /// What it means; may be empty.
    pub description: String,
    decimal: char,
    group: String,
    trues: Vec<String>,
    falses: Vec<String>,
    required: bool,
    pub(crate) unique: bool,
    choices: Vec<String>,
    least: Option<f64>,
    most: Option<f64>,
    longest: Option<u64>,
    shortest: Option<u64>,
    /// The column as CSVW describes it; then that holds, and nothing of the above.
    on_web: Option<Box<csvw::Column>>,
}

impl Declared {
    /// Reads a schema: Frictionless, of the first resource of a data package, or CSVW.
    ///
    /// # Errors
    /// A sentence that says what cannot be read.
    pub fn read(text: &str) -> Result<Self, Refused> {
        Self::read_for(text, "")
    }

    /// The same for the file of this name, where several are described (CSVW).
    ///
    /// # Errors
    /// As [`Declared::read`].
    pub fn read_for(text: &str, file_name: &str) -> Result<Self, Refused> {
        let json: Json = serde_json::from_str(text).map_err(|error| Refused::Schema(error.to_string()))?;
        if on_web::is_on_web(&json) { on_web::read(text, file_name) } else { Self::of_file(&json, file_name) }
    }

    /// What is said of how the file is written.
    pub fn wish(&self) -> &Wish {
        &self.wish
    }

    /// The same of JSON.
    ///
    /// # Errors
    /// A sentence that says what cannot be read.
    pub fn of(json: &Json) -> Result<Self, Refused> {
        Self::of_file(json, "")
    }

    fn of_file(package: &Json, file_name: &str) -> Result<Self, Refused> {
        let json = foreign::schema_in(package, file_name);
        let fields = json.get("fields").and_then(Json::as_array);
        let fields = fields.ok_or_else(|| Refused::Schema("it has no list “fields”".to_owned()))?;
        if fields.len() > FIELDS_LIMIT {
            return Err(Refused::Schema(format!("it has more than {FIELDS_LIMIT} fields")));
        }
        let missing = json.get("missingValues").map_or_else(|| vec![String::new()], texts);
        let key =
            json.get("primaryKey").map(|value| value.as_str().map_or_else(|| texts(value), |one| vec![one.to_owned()]));
        let fields = fields.iter().map(Field::of).collect::<Result<_, _>>()?;
        let mut read = Self { fields, missing, key: key.unwrap_or_default(), ..Self::default() };
        foreign::read(package, json, &mut read);
        Ok(read)
    }

    /// The field of a column.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.is_called(name))
    }

    /// Whether a cell fits a field; a sentence in English where it does not.
    ///
    /// # Errors
    /// Why it does not fit.
    pub fn fits(&self, field: &Field, cell: &str) -> Result<(), &'static str> {
        self.judge(field, cell).map(|_| ())
    }

    /// What a cell of a field holds, or what stands there with why it does not fit.
    pub(crate) fn judge(&self, field: &Field, cell: &str) -> Result<Value, &'static str> {
        if let Some(column) = &field.on_web {
            return on_web::judge(column, field.kind, cell);
        }
        if cell.trim().is_empty() || self.missing.iter().any(|word| word == cell) {
            return if field.required { Err("it must not be empty") } else { Ok(Value::Null) };
        }
        let value = field.value(cell).ok_or(match field.kind {
            ColumnKind::Boolean => "it is neither true nor false",
            ColumnKind::Integer => "it is no whole number",
            ColumnKind::Number => "it is no number",
            ColumnKind::Date => "it is no day as 2026-11-26",
            ColumnKind::DateTime => "it is no moment as 2026-11-26T12:00:00Z",
            ColumnKind::String => "it is no text",
        })?;
        field.constrain(cell, value)
    }
}

impl Field {
    fn of(json: &Json) -> Result<Self, Refused> {
        let text = |name: &str| json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let name = text("name");
        if name.is_empty() {
            return Err(Refused::Schema("a field has no name".to_owned()));
        }
        let rules = json.get("constraints").cloned().unwrap_or(Json::Null);
        let number =
            |name: &str| rules.get(name).and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
        let or = |list: Vec<String>, usual: &[&str]| {
            if list.is_empty() { usual.iter().map(|word| (*word).to_owned()).collect() } else { list }
        };
        Ok(Self {
            kind: kind(&text("type")),
            title: text("title"),
            description: text("description"),
            decimal: text("decimalChar").chars().next().unwrap_or('.'),
            group: text("groupChar"),
            trues: or(json.get("trueValues").map(texts).unwrap_or_default(), &["true", "True", "TRUE", "1"]),
            falses: or(json.get("falseValues").map(texts).unwrap_or_default(), &["false", "False", "FALSE", "0"]),
            required: rules.get("required").and_then(Json::as_bool).unwrap_or(false),
            unique: rules.get("unique").and_then(Json::as_bool).unwrap_or(false),
            choices: rules.get("enum").map(texts).unwrap_or_default(),
            least: number("minimum"),
            most: number("maximum"),
            longest: rules.get("maxLength").and_then(Json::as_u64),
            shortest: rules.get("minLength").and_then(Json::as_u64),
            on_web: None,
            name,
        })
    }

    fn value(&self, cell: &str) -> Option<Value> {
        let trimmed = cell.trim();
        match self.kind {
            ColumnKind::String => Some(Value::Text(cell.to_owned())),
            ColumnKind::Boolean if self.trues.iter().any(|word| word == trimmed) => Some(Value::Bool(true)),
            ColumnKind::Boolean if self.falses.iter().any(|word| word == trimmed) => Some(Value::Bool(false)),
            ColumnKind::Boolean => None,
            ColumnKind::Integer => guess::integer(&self.plain(trimmed)).map(Value::Int),
            ColumnKind::Number => guess::decimal(&self.plain(trimmed)).map(Value::Real),
            ColumnKind::Date => Reading::Date.read(trimmed),
            ColumnKind::DateTime => Reading::MomentInZone.read(trimmed).or_else(|| Reading::Moment.read(trimmed)),
        }
    }

    fn plain(&self, cell: &str) -> String {
        let ungrouped = if self.group.is_empty() { cell.to_owned() } else { cell.replace(&self.group, "") };
        if self.decimal == '.' { ungrouped } else { ungrouped.replace(self.decimal, ".") }
    }

    fn constrain(&self, cell: &str, value: Value) -> Result<Value, &'static str> {
        let length = cell.chars().count() as u64;
        match () {
            () if !self.choices.is_empty() && !self.choices.iter().any(|choice| choice == cell.trim()) => {
                Err("it is none of the values that are allowed")
            }
            () if value.number().zip(self.least).is_some_and(|(value, least)| value < least) => {
                Err("it is less than the least that is allowed")
            }
            () if value.number().zip(self.most).is_some_and(|(value, most)| value > most) => {
                Err("it is more than the most that is allowed")
            }
            () if self.longest.is_some_and(|longest| length > longest) => Err("it is longer than allowed"),
            () if self.shortest.is_some_and(|shortest| length < shortest) => Err("it is shorter than allowed"),
            () => Ok(value),
        }
    }
}

fn kind(word: &str) -> ColumnKind {
    match word {
        "boolean" => ColumnKind::Boolean,
        "integer" | "year" => ColumnKind::Integer,
        "number" => ColumnKind::Number,
        "date" => ColumnKind::Date,
        "datetime" => ColumnKind::DateTime,
        _ => ColumnKind::String,
    }
}

fn texts(json: &Json) -> Vec<String> {
    let text = |one: &Json| one.as_str().map_or_else(|| one.to_string(), str::to_owned);
    json.as_array().map(|all| all.iter().map(text).collect()).unwrap_or_default()
}
