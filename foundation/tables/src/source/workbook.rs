//! Workbooks: every sheet that has a table, cell after cell, so that a small file cannot claim a large sheet.

use super::{CELLS_LIMIT, SHEETS_LIMIT, Sheet, guarded, packed};
use crate::Refused;
use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use importing::{Table, TableRefusal};
use std::io::Cursor;

/// Rows of a sheet in memory, with the number of the first.
type Rows = (Vec<Vec<String>>, u64);

fn broken(error: &dyn std::fmt::Display) -> Refused {
    Refused::Workbook(error.to_string().chars().take(200).collect())
}

pub(super) fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    packed::measured(bytes)?;
    guarded(broken, || {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let names = book.sheet_names();
        sheets(names, |name| xlsx_rows(&mut book, name))
    })
}

pub(super) fn ods(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    let mut archive = packed::measured(bytes)?;
    check_repeats(&packed::entry(&mut archive, "content.xml")?)?;
    guarded(broken, || {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let names = book.sheet_names();
        sheets(names, |name| {
            let range = book.worksheet_range(name).map_err(|error| broken(&error))?;
            let first = range.start().map_or(1, |(row, _)| u64::from(row) + 1);
            Ok((range.rows().map(|row| row.iter().map(data_text).collect()).collect(), first))
        })
    })
}

/// The sheets that are tables. A file whose sheets are none says why of the first.
fn sheets(names: Vec<String>, mut rows_of: impl FnMut(&str) -> Result<Rows, Refused>) -> Result<Vec<Sheet>, Refused> {
    if names.len() > SHEETS_LIMIT {
        return Err(Refused::TooManySheets { most: SHEETS_LIMIT });
    }
    let mut found = Vec::new();
    let mut refused = None;
    for name in names {
        let (rows, first) = rows_of(&name)?;
        match Table::of_sheet(rows, first) {
            Ok(table) => found.push(Sheet { name, ..Sheet::of_table(table) }),
            Err(why) => refused = refused.or(Some(why)),
        }
    }
    if found.is_empty() { Err(refused.unwrap_or(TableRefusal::Empty).into()) } else { Ok(found) }
}

fn xlsx_rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, Refused> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut first, mut filled) = (None, 0_u64);
    while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
        let text = cell_text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let begins = *first.get_or_insert(row);
        let (row, column) = (row.checked_sub(begins).ok_or_else(|| broken(&"its rows are not in order"))?, column);
        filled += 1;
        // Blank rows between filled ones are rows too, and counted as such.
        if filled > CELLS_LIMIT || u64::from(row) > CELLS_LIMIT || column as usize >= importing::COLUMNS_LIMIT {
            return Err(Refused::TooManyCells { most: CELLS_LIMIT });
        }
        let (row, column) = (row as usize, column as usize);
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = text;
    }
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    if (rows.len() * widest) as u64 > CELLS_LIMIT {
        return Err(Refused::TooManyCells { most: CELLS_LIMIT });
    }
    rows.iter_mut().for_each(|row| row.resize(widest, String::new()));
    Ok((rows, u64::from(first.unwrap_or(0)) + 1))
}

fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn data_text(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => moment_text(moment),
        Data::Error(error) => error.to_string(),
        _ => String::new(),
    }
}

/// A day, a moment, or a time of day, as ISO 8601 writes it.
fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    let serial = moment.as_f64();
    if moment.is_duration() || serial < 1.0 {
        return time;
    }
    if serial.fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    }
}

/// An ODS file says how often a row and a cell stand there (OpenDocument 1.3, 19.675): what it would come to is added up before
/// anything is repeated. Only cells with a value count; blank ones are cut off by the library.
fn check_repeats(xml: &[u8]) -> Result<(), Refused> {
    let text = String::from_utf8_lossy(xml);
    let (mut all, mut rows, mut in_row) = (0_u64, 1_u64, 0_u64);
    for tag in text.split('<') {
        let tag = tag.split('>').next().unwrap_or_default();
        if tag.starts_with("table:table-row") {
            rows = repeat(tag, "table:number-rows-repeated");
            in_row = 0;
        } else if tag.starts_with("table:table-cell") && tag.contains("value-type") {
            in_row = in_row.saturating_add(repeat(tag, "table:number-columns-repeated"));
            all = all.saturating_add(rows.saturating_mul(repeat(tag, "table:number-columns-repeated")));
        }
        if all > CELLS_LIMIT || in_row > importing::COLUMNS_LIMIT as u64 * 20 {
            return Err(Refused::TooManyCells { most: CELLS_LIMIT });
        }
    }
    Ok(())
}

fn repeat(tag: &str, name: &str) -> u64 {
    let value = tag.split(name).nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
    value.and_then(|value| value.parse().ok()).unwrap_or(1)
}
