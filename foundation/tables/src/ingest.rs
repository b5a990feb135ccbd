//! A sheet becomes a table: what each column is, from all of its cells; then every row, and a report of every one that is not stored.

mod large;

use crate::{
    ColumnKind, Declared, Described, Progress, Refused, Sheet, Step, TableInfo, TopValue, Value,
    columns::{Gather, Gathered, Kept, Stored},
    geometry::{self, Boxes},
    guess::{Guess, Reading},
    keys::{AGAIN, Key},
    schema::Field,
};
use importing::RowFault;
use rusqlite::{Connection, types::ValueRef};
use serde::{Deserialize, Serialize};
use std::{fs::File, path::Path};

/// Rows that were set aside of which the report says which they are; all are counted.
pub const ASIDES_KEPT: usize = 1_000;
/// Cells that do not fit of which the report says which they are; all are counted.
pub const MISFITS_KEPT: usize = 1_000;
/// Characters of a cell in a report.
const SHOWN_LENGTH: usize = 200;
/// The most frequent values that are known of a column.
const TOP: usize = 100;
/// Rows after which it is said how far it is, and asked whether to go on.
const LOOK_EVERY: u64 = 500;
/// Columns that are all the name of a column can be told from.
const KEY: &str = "_id";

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The line of the file, or the row of the sheet.
    pub line: u64,
    /// How it begins.
    pub begins: String,
    /// Why, in English.
    pub reason: String,
}

/// A cell that does not fit what was declared. It is kept as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misfit {
    /// The number of the row in the table, from 1.
    pub row: u64,
    /// The column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why it does not fit, in English.
    pub reason: String,
}

/// A rule of the schema that was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchecked {
    /// The columns it is about.
    pub columns: String,
    /// The table they point to; empty for none.
    pub to: String,
    /// Why it was not looked at, in English.
    pub reason: String,
}

/// What became of a file: rows in = rows stored + rows set aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Rows of the file.
    pub rows_in: u64,
    /// Rows that are stored.
    pub stored: u64,
    /// Rows that were set aside.
    pub set_aside: u64,
    /// The first of these.
    pub asides: Vec<SetAside>,
    /// Cells that do not fit what was declared.
    pub misfits: u64,
    /// The first of these.
    pub cells: Vec<Misfit>,
    /// Declared columns that the file does not have.
    pub absent: Vec<String>,
    /// Rows that end before the last column; what is missing is empty.
    #[serde(default)]
    pub short: u64,
    /// Foreign keys that were not looked at.
    #[serde(default)]
    pub unchecked: Vec<Unchecked>,
}

/// How the cells of a column are read.
enum Way<'d> {
    Text,
    Guessed(Reading, Option<&'static str>),
    Declared(&'d Declared, &'d Field),
}

impl Way<'_> {
    fn kind(&self) -> ColumnKind {
        match self {
            Self::Text => ColumnKind::String,
            Self::Guessed(reading, _) => reading.kind(),
            Self::Declared(_, field) => field.kind,
        }
    }

    /// The value of a cell, and why it does not fit, if it does not.
    fn value(&self, cell: &str) -> (Value, Option<&'static str>) {
        let trimmed = cell.trim();
        match self {
            Self::Declared(declared, field) => match declared.judge(field, cell) {
                Ok(value) => (value, None),
                Err(why) if trimmed.is_empty() => (Value::Null, Some(why)),
                Err(why) => (Value::Text(cell.to_owned()), Some(why)),
            },
            _ if trimmed.is_empty() => (Value::Null, None),
            Self::Text => (Value::Text(cell.to_owned()), None),
            Self::Guessed(_, Some(missing)) if *missing == trimmed => (Value::Null, None),
            // The guess saw every cell, so each reads.
            Self::Guessed(reading, _) => (reading.read(trimmed).unwrap_or_else(|| Value::Text(cell.to_owned())), None),
        }
    }
}

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
    let mut report = Report {
        rows_in: 0,
        stored: 0,
        set_aside: 0,
        asides: Vec::new(),
        misfits: 0,
        cells: Vec::new(),
        absent: absent(declared, &names),
        short: 0,
        unchecked: declared.map(|declared| declared.untold.clone()).unwrap_or_default(),
    };
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

fn set_aside(report: &mut Report, line: u64, fault: &RowFault) {
    report.set_aside += 1;
    if report.asides.len() >= ASIDES_KEPT {
        return;
    }
    let (begins, reason) = match fault {
        RowFault::Blank => (String::new(), "the row is blank".to_owned()),
        RowFault::Ragged { cells, columns, begins } => {
            (begins.replace('\0', ""), format!("it has {cells} cells where there are {columns} columns"))
        }
    };
    report.asides.push(SetAside { line, begins, reason });
}

/// A column that is ready to be written.
struct Ready<'d> {
    name: String,
    boxes: Option<Boxes>,
    way: Way<'d>,
    /// By the code of the first walk: the value's place in order, and why the cell does not fit.
    coded: Option<Coded>,
    plain: Plain,
}

struct Coded {
    values: Vec<Value>,
    counts: Vec<u64>,
    place_of: Vec<u16>,
    misfit_of: Vec<Option<&'static str>>,
    codes: Vec<u16>,
}

/// What is seen of a column without codes while it is written.
struct Plain {
    ints: Option<Vec<i64>>,
    reals: Option<Vec<f64>>,
    filled: u64,
    least: Value,
    most: Value,
    sum: f64,
    misfits: u64,
}

impl<'d> Ready<'d> {
    /// Whether no value may stand twice in it, and there are too many to have been counted.
    fn must_be_alone(&self) -> bool {
        self.coded.is_none() && matches!(self.way, Way::Declared(_, field) if field.unique)
    }

    fn new(name: String, way: Way<'d>, gathered: Option<Gathered>) -> Self {
        let kind = way.kind();
        let coded = gathered.map(|gathered| Coded::new(gathered, &way));
        let plain = Plain {
            ints: (kind == ColumnKind::Integer).then(Vec::new),
            reals: (kind == ColumnKind::Number).then(Vec::new),
            ..Plain::nothing()
        };
        Self { name, boxes: None, way, coded, plain }
    }
}

impl Coded {
    fn new(gathered: Gathered, way: &Way<'_>) -> Self {
        let Gathered { words, codes } = gathered;
        let unique = matches!(way, Way::Declared(_, field) if field.unique);
        let read: Vec<(Value, Option<&'static str>, u64)> = words
            .iter()
            .map(|(word, count)| {
                let (value, why) = way.value(word);
                let again = unique && *count > 1 && value != Value::Null;
                (value, why.or(again.then_some("it stands there more than once")), *count)
            })
            .collect();
        let mut order: Vec<usize> = (0..read.len()).collect();
        order.sort_by(|one, two| read[*one].0.order(&read[*two].0));
        let (mut values, mut counts): (Vec<Value>, Vec<u64>) = (Vec::new(), Vec::new());
        let mut place_of = vec![0_u16; read.len()];
        for word in order {
            let (value, _, count) = &read[word];
            if values.last() != Some(value) {
                values.push(value.clone());
                counts.push(0);
            }
            if let Some(last) = counts.last_mut() {
                *last += count;
            }
            place_of[word] = u16::try_from(values.len() - 1).unwrap_or(u16::MAX);
        }
        let misfit_of = read.into_iter().map(|(_, why, _)| why).collect();
        Self { values, counts, place_of, misfit_of, codes }
    }
}

impl Plain {
    fn nothing() -> Self {
        Self { ints: None, reals: None, filled: 0, least: Value::Null, most: Value::Null, sum: 0.0, misfits: 0 }
    }

    fn see(&mut self, value: &Value, fits: bool) {
        self.misfits += u64::from(!fits);
        if let Some(ints) = &mut self.ints {
            match value {
                Value::Int(one) if *one != i64::MIN => ints.push(*one),
                Value::Null => ints.push(i64::MIN),
                _ => self.ints = None,
            }
        }
        if let Some(reals) = &mut self.reals {
            match value {
                Value::Null => reals.push(f64::NAN),
                _ => match value.number() {
                    Some(one) => reals.push(one),
                    None => self.reals = None,
                },
            }
        }
        if *value == Value::Null {
            return;
        }
        self.filled += 1;
        self.sum += value.number().unwrap_or(0.0);
        if fits && (self.least == Value::Null || value.order(&self.least).is_lt()) {
            self.least = value.clone();
        }
        if fits && (self.most == Value::Null || value.order(&self.most).is_gt()) {
            self.most = value.clone();
        }
    }
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

pub(crate) fn misfit(row: usize, column: &str, cell: &str, reason: &str) -> Misfit {
    let value = cell.chars().filter(|c| *c != '\0').take(SHOWN_LENGTH).collect();
    Misfit { row: row as u64 + 1, column: column.to_owned(), value, reason: reason.to_owned() }
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

fn describe(sheet: &Sheet, ready: &[Ready<'_>], report: &Report) -> TableInfo {
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
