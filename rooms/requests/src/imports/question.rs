//! What must be asked because the table does not say it.

use super::{Lexicon, Mapping};
use importing::{DateOrder, Survey};
use std::collections::BTreeMap;

/// Something two readings are possible of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Which column is it? The likely ones, or all where none is.
    Column {
        /// The field.
        field: &'static str,
        /// Columns to choose from.
        choices: Vec<String>,
        /// Whether there is no import without it.
        needed: bool,
    },
    /// In which order do its dates stand?
    Dates {
        /// The field.
        field: &'static str,
        /// The column.
        column: String,
        /// Some of its cells.
        examples: Vec<String>,
        /// Orders in which they read.
        choices: Vec<DateOrder>,
    },
    /// What does a value mean here?
    Value {
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
        /// In how many rows it stands.
        rows: u64,
        /// Code and name of what it may be, the likeliest first.
        choices: Vec<(String, String)>,
        /// How many of them are likely.
        likely: usize,
    },
}

impl Question {
    /// Writes the answer into the mapping: a column, an order, or a code; empty for none.
    pub fn answer(&self, mapping: &mut Mapping, answer: &str) {
        match self {
            Self::Column { field, .. } => {
                mapping.columns.insert((*field).to_owned(), answer.to_owned());
            }
            Self::Dates { field, .. } => {
                if let Some(order) = DateOrder::ALL.into_iter().find(|order| order.as_str() == answer) {
                    mapping.dates.insert((*field).to_owned(), order);
                }
            }
            Self::Value { field, value, .. } => {
                mapping.values.entry((*field).to_owned()).or_default().insert(value.clone(), answer.to_owned());
            }
        }
    }

    /// The line of a mapping file that would answer it, with its section; the first choice is filled in.
    pub fn line(&self) -> (String, String) {
        match self {
            Self::Column { field, choices, .. } => {
                let first = choices.first().map_or("", String::as_str);
                ("columns".to_owned(), format!("{field} = {}", quoted(first)))
            }
            Self::Dates { field, choices, .. } => {
                let orders: Vec<&str> = choices.iter().map(|order| order.as_str()).collect();
                ("dates".to_owned(), format!("{field} = \"{}\"", orders.join("\" or \"")))
            }
            Self::Value { field, value, choices, likely, .. } => {
                let first = choices.first().filter(|_| *likely > 0).map_or("", |(code, _)| code.as_str());
                (format!("values.{field}"), format!("{} = {}", quoted(value), quoted(first)))
            }
        }
    }
}

/// A question about each value of a field whose meaning nobody can be sure of.
pub(super) fn about_values(
    field: &'static str,
    column: usize,
    survey: &Survey,
    lexicon: &Lexicon,
    mapping: &mut Mapping,
) -> Vec<Question> {
    let Some(values) = survey.columns.get(column).and_then(|column| column.values.as_ref()) else { return Vec::new() };
    let mut questions = Vec::new();
    for (value, rows) in values {
        let said = mapping.values.entry(field.to_owned()).or_default();
        if said.contains_key(value) {
            continue;
        }
        if let Some(code) = lexicon.sure(value) {
            said.insert(value.clone(), code.to_owned());
            continue;
        }
        let (choices, likely) = lexicon.choices(value);
        questions.push(Question::Value { field, value: value.clone(), rows: *rows, choices, likely });
    }
    questions
}

/// A mapping file with what was found, and with a line to complete for each question, left out by `#`.
pub fn mapping_file(mapping: &Mapping, questions: &[Question]) -> String {
    let mut sections: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut texts = |section: String, of: &BTreeMap<String, String>| {
        let lines = of.iter().map(|(name, value)| format!("{} = {}", quoted(name), quoted(value)));
        sections.entry(section).or_default().extend(lines);
    };
    texts("columns".to_owned(), &mapping.columns);
    texts("answers".to_owned(), &mapping.answers);
    let dates = mapping.dates.iter().map(|(field, order)| (field.clone(), order.as_str().to_owned())).collect();
    texts("dates".to_owned(), &dates);
    mapping.values.iter().for_each(|(field, values)| texts(format!("values.{field}"), values));
    for (section, line) in questions.iter().map(Question::line_to_complete) {
        sections.entry(section).or_default().push(line);
    }
    let plain = Mapping {
        columns: BTreeMap::new(),
        answers: BTreeMap::new(),
        dates: BTreeMap::new(),
        values: BTreeMap::new(),
        ..mapping.clone()
    };
    let mut text: String = plain.text().replace("\n[columns]\n", "");
    for (section, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        text.push_str(&format!("\n[{section}]\n{}\n", lines.join("\n")));
    }
    text
}

/// A TOML string on one line; JSON's escapes are TOML's, too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// Choices that a line to complete names.
const CHOICES_NAMED: usize = 12;

impl Question {
    fn line_to_complete(&self) -> (String, String) {
        let (section, line) = self.line();
        let choices: Vec<&str> = match self {
            Self::Column { choices, .. } => choices.iter().map(String::as_str).collect(),
            Self::Dates { examples, .. } => examples.iter().map(String::as_str).collect(),
            Self::Value { choices, .. } => choices.iter().map(|(code, _)| code.as_str()).collect(),
        };
        let shown: Vec<String> =
            choices.iter().take(CHOICES_NAMED).map(|choice| choice.replace(['\n', '\r'], " ")).collect();
        let more = if choices.len() > CHOICES_NAMED { " …" } else { "" };
        let what = if matches!(self, Self::Dates { .. }) { "cells" } else { "choices" };
        (section, format!("# {line}   # {what}: {}{more}", shown.join(" | ")))
    }
}
