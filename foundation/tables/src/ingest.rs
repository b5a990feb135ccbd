//! A sheet becomes a table: what each column is, from all of its cells; then every row, and a report of every one that is not stored.

mod described;
mod large;
mod ready;
mod report;

pub(crate) use report::misfit;
pub use report::{ASIDES_KEPT, Above, MISFITS_KEPT, Misfit, Report, SetAside, Unchecked};

use crate::{
    Declared, Progress, Refused, Sheet, Step, TableInfo, Value,
    columns::{Gather, Kept, Stored},
    geometry::{self, Boxes},
    guess::Guess,
    keys::{AGAIN, Key},
};
use described::describe;
use ready::{Coded, Plain, Ready, Way};
use report::set_aside;
use rusqlite::{Connection, types::ValueRef};
use std::{fs::File, path::Path};

/// Rows after which it is said how far it is, and asked whether to go on.
const LOOK_EVERY: u64 = 500;
/// Columns that are all the name of a column can be told from.
const KEY: &str = "_id";

/// A column on its way.
struct Column {
    name: String,
    guess: Guess,
    gather: Gather,
    /// Whether its first filled cell seems to hold a geometry.
    seems: Option<bool>,
}

/// Takes a sheet in and writes the table to `to`, which must not exist.
pub(crate) fn take_in(
    sheet: &Sheet,
    declared: Option<&Declared>,
    to: &Path,
    progress: &Progress,
) -> Result<(TableInfo, Report), Refused> {
    if let Some(packed) = &sheet.packed {
        return large::take_in(sheet, packed, declared, to, progress);
    }
    let names = own_names(sheet.table.header());
    let mut columns: Vec<Column> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Column {
            name: name.clone(),
            guess: if sheet.texts.contains(&at) { Guess::text() } else { Guess::default() },
            gather: Gather::new(),
            seems: None,
        })
        .collect();
    let mut report = Report::begun(absent(declared, &names), declared, sheet);
    survey(sheet, &mut columns, &mut report, progress)?;
    let mut ready = Vec::with_capacity(columns.len());
    let placed = sheet.geometry.or_else(|| columns.iter().position(|column| column.seems == Some(true)));
    for (at, column) in columns.into_iter().enumerate() {
        let Column { name, mut guess, gather, .. } = column;
        let gathered = gather.finish();
        if let Some(gathered) = &gathered {
            gathered.words.iter().for_each(|(word, count)| look(&mut guess, word, *count));
        }
        let way = reading_of(&name, &guess, declared, sheet.own.as_ref());
        let boxes = (placed == Some(at)).then(Boxes::default);
        ready.push(Ready { boxes, ..Ready::new(name, way, gathered) });
    }
    let alone = ready.iter().enumerate().filter(|(_, column)| column.must_be_alone()).map(|(at, _)| at).collect();
    let keys = Key::all(declared, &names, alone);
    write(sheet, (ready, keys), report, to, progress)
}

/// How a column is read: what somebody declared goes before what the file says of itself, and that before what its cells look like.
fn reading_of<'d>(name: &str, guess: &Guess, declared: Option<&'d Declared>, own: Option<&'d Declared>) -> Way<'d> {
    let said = [declared, own].into_iter().flatten();
    match said.filter_map(|said| Some((said, said.field(name)?))).next() {
        Some((declared, field)) => Way::Declared(declared, field),
        None => guess.reading().map_or(Way::Text, |(reading, missing)| Way::Guessed(reading, missing)),
    }
}

fn look(guess: &mut Guess, cell: &str, times: u64) {
    let trimmed = cell.trim();
    if !trimmed.is_empty() {
        guess.look_at(trimmed, times);
    }
}

/// Declared columns that are not there.
fn absent(declared: Option<&Declared>, names: &[String]) -> Vec<String> {
    let fields = declared.map(|declared| declared.fields.as_slice()).unwrap_or_default();
    fields
        .iter()
        .filter(|field| !names.iter().any(|name| field.is_called(name)))
        .map(|field| field.name.clone())
        .collect()
}

/// Names that differ in more than capitals, none of them the number of the row.
fn own_names(header: &[String]) -> Vec<String> {
    let mut taken = vec![KEY.to_owned()];
    let mut names = Vec::new();
    for plain in header {
        let mut name = plain.clone();
        let mut again = 2;
        while taken.contains(&name.to_lowercase()) {
            name = format!("{plain} ({again})");
            again += 1;
        }
        taken.push(name.to_lowercase());
        names.push(name);
    }
    names
}

/// The first walk: what is in the columns.
fn survey(sheet: &Sheet, columns: &mut [Column], report: &mut Report, progress: &Progress) -> Result<(), Refused> {
    progress.begin(Step::Looking, sheet.table.lines());
    sheet.table.each(|line, cells| {
        report.rows_in += 1;
        if report.rows_in.is_multiple_of(LOOK_EVERY) {
            progress.reach(line)?;
        }
        match cells {
            Ok(cells) => {
                for (at, column) in columns.iter_mut().enumerate() {
                    let cell = cells.get(at);
                    if column.seems.is_none() && !cell.trim().is_empty() {
                        column.seems = Some(geometry::seems(cell) && geometry::read(cell).is_some());
                    }
                    match column.gather.take(cell) {
                        Kept::Coded => {}
                        Kept::Plain => look(&mut column.guess, cell, 1),
                        Kept::Overflow(words) => {
                            words.iter().for_each(|(word, count)| look(&mut column.guess, word, *count));
                            look(&mut column.guess, cell, 1);
                        }
                    }
                }
                report.short += u64::from(cells.count() < columns.len());
                report.stored += 1;
            }
            Err(fault) => set_aside(report, line, &fault),
        }
        Ok(())
    })
}

fn bound(value: &Value) -> ValueRef<'_> {
    match value {
        Value::Null => ValueRef::Null,
        Value::Bool(value) => ValueRef::Integer(i64::from(*value)),
        Value::Int(value) => ValueRef::Integer(*value),
        Value::Real(value) => ValueRef::Real(*value),
        Value::Text(value) => ValueRef::Text(value.as_bytes()),
    }
}

/// A name as SQL takes it, whatever is in it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The second walk: every row into the file.
fn write(
    sheet: &Sheet,
    (mut ready, mut keys): (Vec<Ready<'_>>, Vec<Key>),
    mut report: Report,
    to: &Path,
    progress: &Progress,
) -> Result<(TableInfo, Report), Refused> {
    progress.begin(Step::Writing, report.stored);
    let connection = begin_file(to)?;
    let names: Vec<String> = ready.iter().map(|column| quoted(&column.name)).collect();
    connection.execute_batch(&format!("create table data ({KEY} integer primary key, {})", names.join(", ")))?;
    let places = vec!["?"; ready.len() + 1].join(", ");
    let mut insert = connection.prepare(&format!("insert into data values ({places})"))?;
    let mut row = 0_usize;
    let (cells_kept, misfits) = (&mut report.cells, &mut report.misfits);
    sheet.table.each(|_, cells| {
        let Ok(cells) = cells else { return Ok(()) };
        if (row as u64).is_multiple_of(LOOK_EVERY) {
            progress.reach(row as u64)?;
        }
        insert.raw_bind_parameter(1, i64::try_from(row + 1).unwrap_or(i64::MAX))?;
        for (at, column) in ready.iter_mut().enumerate() {
            if let Some(boxes) = &mut column.boxes {
                boxes.take(cells.get(at));
            }
            let (place, why) = match &column.coded {
                Some(coded) => {
                    let code = usize::from(coded.codes[row]);
                    let value = &coded.values[usize::from(coded.place_of[code])];
                    insert.raw_bind_parameter(at + 2, rusqlite::types::ToSqlOutput::Borrowed(bound(value)))?;
                    (at, coded.misfit_of[code])
                }
                None => {
                    let (value, why) = column.way.value(cells.get(at));
                    insert.raw_bind_parameter(at + 2, rusqlite::types::ToSqlOutput::Borrowed(bound(&value)))?;
                    column.plain.see(&value, why.is_none());
                    (at, why)
                }
            };
            if let Some(why) = why {
                *misfits += 1;
                if cells_kept.len() < MISFITS_KEPT {
                    cells_kept.push(misfit(row, &column.name, cells.get(place), why));
                }
            }
        }
        for at in keys.iter_mut().filter_map(|key| key.again(&cells)) {
            *misfits += 1;
            if cells_kept.len() < MISFITS_KEPT {
                cells_kept.push(misfit(row, &ready[at].name, cells.get(at), AGAIN));
            }
        }
        insert.raw_execute()?;
        row += 1;
        Ok::<(), Refused>(())
    })?;
    drop(insert);
    let info = describe(sheet, &ready, &report);
    keep(&connection, ready, &info)?;
    close_file(connection, to)?;
    Ok((info, report))
}

/// The file of a table, begun: what is written is derived, and is put in its place only when it is whole.
fn begin_file(to: &Path) -> Result<Connection, Refused> {
    let connection = Connection::open(to)?;
    connection.execute_batch(
        "pragma page_size = 16384; pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; \
         pragma cache_size = -32000; begin; create table about (name text primary key, value text) strict; \
         create table stored (column integer primary key, what text, words text, numbers blob) strict;",
    )?;
    Ok(connection)
}

fn close_file(connection: Connection, to: &Path) -> Result<(), Refused> {
    connection.execute_batch("commit;")?;
    connection.close().map_err(|(_, error)| error)?;
    File::open(to)?.sync_all()?;
    Ok(())
}

fn keep(connection: &Connection, ready: Vec<Ready<'_>>, info: &TableInfo) -> Result<(), Refused> {
    let sql = "insert into about (name, value) values ('info', ?1)";
    connection.execute(sql, [serde_json::to_string(info)?])?;
    let mut insert = connection.prepare("insert into stored (column, what, words, numbers) values (?1, ?2, ?3, ?4)")?;
    for (at, column) in ready.into_iter().enumerate() {
        if let Some(boxes) = column.boxes.filter(|_| info.bounds.is_some()) {
            // Behind the last column: it belongs to none.
            let place = i64::try_from(info.columns.len()).unwrap_or(i64::MAX);
            insert.execute(rusqlite::params![place, "boxes", "", boxes.pack()])?;
        }
        let stored = match (column.coded, column.plain) {
            (Some(coded), _) => {
                let codes = coded.codes.iter().map(|code| coded.place_of[usize::from(*code)]).collect();
                Stored::Codes { values: coded.values.into(), codes }
            }
            (None, Plain { ints: Some(all), .. }) => Stored::Ints(all),
            (None, Plain { reals: Some(all), .. }) => Stored::Reals(all),
            (None, _) => Stored::Rows,
        };
        let (what, words, numbers) = stored.pack();
        insert.execute(rusqlite::params![i64::try_from(at).unwrap_or(i64::MAX), what, words, numbers])?;
    }
    Ok(())
}
