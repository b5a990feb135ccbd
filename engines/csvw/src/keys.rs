//! Keys (tabular-metadata 5.5.2): rows told apart, and rows that point to one row of another table.

use crate::{Column, Finding, Findings, Gravity, Table, address};
use std::collections::{HashMap, HashSet};

type Values = Vec<Vec<String>>;

/// The values of a table's rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    url: String,
    schema: Option<String>,
    names: Vec<Option<String>>,
    rows: Vec<Values>,
}

impl Rows {
    pub(crate) fn of(url: &str, schema: Option<&str>, columns: &[Column]) -> Self {
        let names = columns.iter().map(|column| column.name.clone()).collect();
        Self { url: address::normal(url), schema: schema.map(address::normal), names, rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, values: Values) {
        self.rows.push(values);
    }

    fn places(&self, names: &[String]) -> Option<Vec<usize>> {
        names.iter().map(|name| self.names.iter().position(|one| one.as_ref() == Some(name))).collect()
    }
}

fn key<'r>(row: &'r Values, places: &[usize]) -> Vec<&'r [String]> {
    places.iter().map(|place| row.get(*place).map_or(&[][..], Vec::as_slice)).collect()
}

/// Checks the keys of all tables of a group.
pub(crate) fn check(tables: &[Table], all: &[Rows], findings: &mut Findings) {
    for (table, rows) in tables.iter().zip(all) {
        check_primary(table, rows, findings);
        for foreign in &table.schema.foreign_keys {
            let wanted = foreign.to.as_ref().map_or_else(|schema| address::normal(schema), |url| address::normal(url));
            let is_there = |one: &&Rows| {
                if foreign.to.is_ok() { one.url == wanted } else { one.schema.as_ref() == Some(&wanted) }
            };
            let found = all.iter().find(is_there).and_then(|there| Some((there, there.places(&foreign.there)?)));
            let Some((there, places)) = found else {
                findings.error(
                    &table.url,
                    format!("a foreign key points to “{wanted}”, of which such columns are not described"),
                );
                continue;
            };
            let mut known: HashMap<Vec<&[String]>, u64> = HashMap::new();
            for row in &there.rows {
                *known.entry(key(row, &places)).or_default() += 1;
            }
            let Some(own) = rows.places(&foreign.columns) else { continue };
            for (number, row) in (1..).zip(&rows.rows) {
                let wanted = key(row, &own);
                // An empty cell points to no row, which the tests of the W3C (034) take for a mistake.
                let reason = match known.get(&wanted) {
                    Some(1) => continue,
                    None => "there is no row with this key in the table that it points to",
                    Some(_) => "there are several rows with this key in the table that it points to",
                };
                findings.add(of_row(&table.url, number, &foreign.columns, &wanted, reason));
            }
        }
    }
}

fn check_primary(table: &Table, rows: &Rows, findings: &mut Findings) {
    let names = &table.schema.primary_key;
    let Some(places) = rows.places(names).filter(|places| !places.is_empty()) else { return };
    let mut seen = HashSet::new();
    for (number, row) in (1..).zip(&rows.rows) {
        let own = key(row, &places);
        if !seen.insert(own.clone()) {
            findings.add(of_row(&table.url, number, names, &own, "another row has the same key"));
        }
    }
}

fn of_row(url: &str, row: u64, columns: &[String], values: &[&[String]], reason: &str) -> Finding {
    let value: Vec<String> = values.iter().map(|values| values.join(" ")).collect();
    Finding {
        gravity: Gravity::Error,
        place: url.to_owned(),
        row: Some(row),
        column: columns.join(", "),
        value: value.join(", ").chars().take(100).collect(),
        reason: reason.to_owned(),
    }
}
