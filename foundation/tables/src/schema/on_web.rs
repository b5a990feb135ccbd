//! Schemas as CSVW writes them (W3C, metadata vocabulary for tabular data): the table of a group that belongs to a file.

use super::{Declared, Field};
use crate::{ColumnKind, Refused, Value, guess::Reading};
use csvw::{Base, Column, Findings, Gravity, Group};
use importing::{LEAD_LINES_LIMIT, Wish};
use serde_json::Value as Json;

/// Whether it says that it is CSVW.
pub(super) fn is_on_web(json: &Json) -> bool {
    let context = json.get("@context");
    let all = context.map_or(&[][..], |value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    all.iter().any(|one| one.as_str() == Some("http://www.w3.org/ns/csvw"))
}

/// Reads the table of this file, or the first. Nothing is fetched: what it links to is not read.
pub(super) fn read(text: &str, file_name: &str) -> Result<Declared, Refused> {
    let mut findings = Findings::default();
    let group = Group::read(text, "", &|_| None, &mut findings);
    if let Some(first) = findings.listed.iter().find(|one| one.gravity == Gravity::Error) {
        return Err(Refused::Schema(first.reason.clone()));
    }
    let tables = group.map(|group| group.tables).unwrap_or_default();
    let ends = |url: &str| !file_name.is_empty() && url.rsplit('/').next() == Some(file_name);
    let at = tables.iter().position(|table| ends(&table.url)).unwrap_or(0);
    let Some(table) = tables.get(at) else {
        return Err(Refused::Schema("it describes no table".to_owned()));
    };
    if table.dialect.skip_rows.max(table.dialect.header_rows) as u64 > LEAD_LINES_LIMIT {
        return Err(Refused::Schema(format!("skipRows and headerRowCount may be {LEAD_LINES_LIMIT} at most")));
    }
    let mut declared = of(table);
    // Usual or not, what is said is meant; where nothing is said of comments, a line with # may be a row.
    if text.contains("commentPrefix") {
        declared.wish.comment = table.dialect.comment;
    }
    super::foreign::of_web(table, &tables, &mut declared);
    Ok(declared)
}

/// What a described table says of its columns.
pub(crate) fn of(table: &csvw::Table) -> Declared {
    let key = &table.schema.primary_key;
    let name_of = |column: &Column| column.title().to_owned();
    let of_key = |name: &String| table.schema.columns.iter().find(|one| one.name.as_ref() == Some(name)).map(name_of);
    let usual = csvw::Dialect::default();
    Declared {
        fields: table.schema.columns.iter().filter(|one| !one.is_virtual).map(Field::on_web).collect(),
        missing: Vec::new(),
        key: key.iter().filter_map(of_key).collect(),
        id: table.schema.id().unwrap_or_default().to_owned(),
        wish: Wish {
            encoding: Some(table.dialect.encoding.clone()).filter(|encoding| *encoding != usual.encoding),
            delimiter: Some(table.dialect.delimiter).filter(|delimiter| *delimiter != usual.delimiter),
            quote: Some(table.dialect.quote).filter(|quote| *quote != usual.quote),
            comment: table.dialect.comment.filter(|_| table.dialect.comment != usual.comment),
            skip_lines: Some(table.dialect.skip_rows as u64).filter(|lines| *lines > 0),
            header_lines: Some(table.dialect.header_rows as u64)
                .filter(|_| table.dialect.header_rows != usual.header_rows),
            names: table.schema.columns.iter().filter(|one| !one.is_virtual).map(name_of).collect(),
        },
        ..Declared::default()
    }
}

impl Field {
    fn on_web(column: &Column) -> Self {
        Self {
            name: column.title().to_owned(),
            kind: kind(column),
            title: String::new(),
            description: column.description.clone(),
            on_web: Some(Box::new(column.clone())),
            ..Self::default()
        }
    }

    /// Whether a column of the file may be this one.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let of_column = |column: &Column| {
            column.titles.iter().any(|(_, title)| title == name) || column.name.as_deref() == Some(name)
        };
        self.name == name || self.on_web.as_deref().is_some_and(of_column)
    }
}

fn kind(column: &Column) -> ColumnKind {
    if column.is_list() {
        return ColumnKind::String;
    }
    match column.datatype().base {
        Base::Boolean => ColumnKind::Boolean,
        Base::Whole(..) => ColumnKind::Integer,
        Base::Decimal | Base::Float => ColumnKind::Number,
        Base::Moment("date") => ColumnKind::Date,
        Base::Moment("dateTime" | "dateTimeStamp") => ColumnKind::DateTime,
        _ => ColumnKind::String,
    }
}

/// What a cell holds, or why it does not fit.
pub(super) fn judge(column: &Column, kind: ColumnKind, text: &str) -> Result<Value, &'static str> {
    let cell = column.cell(text);
    if let Some(fault) = cell.faults.first() {
        return Err(fault);
    }
    let Some(first) = cell.values.first() else { return Ok(Value::Null) };
    let value = match kind {
        ColumnKind::Boolean => Some(Value::Bool(first == "true")),
        ColumnKind::Integer => first.parse().ok().map(Value::Int),
        ColumnKind::Number => first.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Real),
        ColumnKind::Date => Reading::Date.read(first.trim_end_matches('Z')),
        ColumnKind::DateTime => Reading::MomentInZone.read(first).or_else(|| Reading::Moment.read(first)),
        ColumnKind::String if column.is_list() => Some(Value::Text(text.to_owned())),
        ColumnKind::String => Some(Value::Text(first.clone())),
    };
    value.ok_or("it is good, but nothing that can be kept as its kind")
}
