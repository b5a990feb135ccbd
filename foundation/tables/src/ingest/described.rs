//! What a table says of itself, column by column.

use super::{
    Report,
    ready::{Coded, Plain, Ready, Way},
    report::SHOWN_LENGTH,
};
use crate::{Described, Sheet, TableInfo, TopValue, Value};

/// The most frequent values that are known of a column.
const TOP: usize = 100;

pub(super) fn describe(sheet: &Sheet, ready: &[Ready<'_>], report: &Report) -> TableInfo {
    let columns: Vec<Described> = ready.iter().map(|column| described(column, report.stored)).collect();
    let point = point_columns(&columns);
    let around = |(at, column): (usize, &Ready<'_>)| Some((at, column.boxes.as_ref()?.around()?));
    let shaped = ready.iter().enumerate().find_map(around);
    TableInfo {
        rows_in: report.rows_in,
        rows: report.stored,
        set_aside: report.set_aside,
        geometry: shaped.map(|(at, _)| at).or(sheet.geometry),
        bounds: shaped.map(|(_, bounds)| bounds),
        point,
        encoding: sheet.table.encoding().to_owned(),
        delimiter: sheet.table.delimiter().map(String::from).unwrap_or_default(),
        columns,
    }
}

fn described(column: &Ready<'_>, rows: u64) -> Described {
    let (written, missing) = match &column.way {
        Way::Guessed(reading, missing) => (reading.written(), missing.unwrap_or_default()),
        _ => ("", ""),
    };
    let kind = column.way.kind();
    let base = Described {
        name: column.name.clone(),
        kind,
        written: written.to_owned(),
        missing: missing.to_owned(),
        filled: 0,
        empty: rows,
        distinct: None,
        least: None,
        most: None,
        sum: None,
        top: Vec::new(),
        misfits: 0,
    };
    match &column.coded {
        Some(coded) => of_coded(base, coded),
        None => of_plain(base, &column.plain, rows),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows is far below what a float holds exactly")]
fn of_coded(base: Described, coded: &Coded) -> Described {
    let mut described = base;
    let mut wrong = vec![false; coded.values.len()];
    for (word, why) in coded.misfit_of.iter().enumerate() {
        wrong[usize::from(coded.place_of[word])] |= why.is_some();
    }
    let all = coded.values.iter().zip(&coded.counts).zip(&wrong);
    let filled: Vec<(&Value, u64, bool)> = all
        .filter(|((value, _), _)| **value != Value::Null)
        .map(|((value, count), wrong)| (value, *count, *wrong))
        .collect();
    described.filled = filled.iter().map(|(_, count, _)| count).sum();
    described.empty -= described.filled;
    described.distinct = Some(filled.len() as u64);
    described.misfits = filled.iter().filter(|(.., wrong)| *wrong).map(|(_, count, _)| count).sum();
    let mut good = filled.iter().filter(|(.., wrong)| !wrong);
    described.least = good.next().map(|(value, ..)| shown(value));
    described.most = filled.iter().rfind(|(.., wrong)| !wrong).map(|(value, ..)| shown(value));
    if described.kind.is_number() {
        let sum = filled.iter().filter_map(|(value, count, _)| Some(value.number()? * *count as f64)).sum();
        described.sum = Some(sum);
    }
    let mut top = filled;
    top.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    described.top =
        top.iter().take(TOP).map(|(value, count, _)| TopValue { value: shown(value), count: *count }).collect();
    described
}

fn of_plain(base: Described, plain: &Plain, rows: u64) -> Described {
    Described {
        filled: plain.filled,
        empty: rows - plain.filled,
        least: (plain.least != Value::Null).then(|| shown(&plain.least)),
        most: (plain.most != Value::Null).then(|| shown(&plain.most)),
        sum: base.kind.is_number().then_some(plain.sum),
        misfits: plain.misfits,
        ..base
    }
}

fn shown(value: &Value) -> String {
    // No database keeps this character in a text.
    value.text().chars().filter(|c| *c != '\0').take(SHOWN_LENGTH).collect()
}

/// Columns of numbers that are named as degrees and lie on the globe.
fn point_columns(columns: &[Described]) -> Option<(usize, usize)> {
    let find = |names: &[&str], most: f64| {
        columns.iter().position(|column| {
            let within = |text: &Option<String>| {
                text.as_ref().and_then(|text| text.parse::<f64>().ok()).is_some_and(|degrees| degrees.abs() <= most)
            };
            column.kind.is_number()
                && names.contains(&column.name.to_lowercase().as_str())
                && within(&column.least)
                && within(&column.most)
        })
    };
    let lat = find(&["lat", "latitude", "breite", "latitud"], 90.0)?;
    let long = find(&["lon", "long", "lng", "longitude", "laenge", "longitud"], 180.0)?;
    Some((lat, long))
}
