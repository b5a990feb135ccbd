//! The table of volunteers: one row for each.

use super::{
    ReadError,
    quotas::shortened,
    table::{Row, Table},
};
use crate::{Category, VOLUNTEERS_MAX, Volunteer, WORD_BYTES_MAX};
use std::collections::BTreeMap;

/// Columns that say who somebody is, by their usual names; the first that is there is taken.
const IDS: [&str; 5] = ["id", "nationbuilder_id", "unique_id", "volunteer", "key"];

/// Which columns say who somebody is and where they live.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PoolColumns {
    /// The column of ids; without one `id` or `nationbuilder_id` when there, else the number of the row, from 1.
    pub id: Option<String>,
    /// The columns that make up the address; people are of one address when all are equal, but for spaces and the size of letters.
    pub address: Vec<String>,
}

/// Reads a table with one column for each category; further columns are passed over.
///
/// # Errors
/// Line, column and what was expected.
pub fn read_pool(text: &str, categories: &[Category], columns: &PoolColumns) -> Result<Vec<Volunteer>, ReadError> {
    let table = Table::read(text, VOLUNTEERS_MAX)?;
    let named = |name: &str| table.column(name).ok_or_else(|| missing(&table, name));
    let of_category = categories.iter().map(|category| named(&category.name)).collect::<Result<Vec<_>, _>>()?;
    let of_address = columns.address.iter().map(|name| named(name)).collect::<Result<Vec<_>, _>>()?;
    let of_id = match &columns.id {
        Some(name) => Some(named(name)?),
        None => IDS.iter().find_map(|name| table.column(name)).filter(|column| !of_category.contains(column)),
    };
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut volunteers = Vec::with_capacity(table.rows.len());
    for (number, row) in table.rows.iter().enumerate() {
        let id = of_id.map_or_else(|| (number + 1).to_string(), |column| row.fields[column].clone());
        if id.is_empty() || id.len() > WORD_BYTES_MAX {
            let problem = format!("an id of 1 to {WORD_BYTES_MAX} bytes was expected");
            return Err(table.fault(row, of_id.unwrap_or(0), problem));
        }
        if let Some(line) = lines.insert(id.clone(), row.line) {
            let problem = format!("the id “{}” is already that of line {line}", shortened(&id));
            return Err(table.fault(row, of_id.unwrap_or(0), problem));
        }
        let features = of_category
            .iter()
            .zip(categories)
            .map(|(&column, category)| feature(&table, row, column, category))
            .collect::<Result<_, _>>()?;
        volunteers.push(Volunteer { id, features, address: address(row, &of_address) });
    }
    Ok(volunteers)
}

fn missing(table: &Table, name: &str) -> ReadError {
    let problem =
        format!("there is no column “{}”; the columns are “{}”", shortened(name), shortened(&table.header.join(",")));
    ReadError { line: 1, column: "1".to_owned(), problem }
}

fn feature(table: &Table, row: &Row, column: usize, category: &Category) -> Result<usize, ReadError> {
    let text = &row.fields[column];
    let exact = category.features.iter().position(|feature| feature.name == *text);
    let alike = || category.features.iter().position(|feature| feature.name.to_lowercase() == text.to_lowercase());
    exact.or_else(alike).ok_or_else(|| {
        let known: Vec<&str> = category.features.iter().map(|feature| feature.name.as_str()).collect();
        let problem = format!(
            "“{}” has no quota in {}; expected one of “{}”",
            shortened(text),
            category.name,
            shortened(&known.join("”, “"))
        );
        table.fault(row, column, problem)
    })
}

fn address(row: &Row, columns: &[usize]) -> Option<String> {
    let part = |&column: &usize| row.fields[column].split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let parts: Vec<String> = columns.iter().map(part).collect();
    parts.iter().any(|part| !part.is_empty()).then(|| parts.join("\n"))
}
