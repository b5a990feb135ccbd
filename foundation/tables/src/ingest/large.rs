//! A file that is too large to be read as texts becomes a table in parts: twice over each column, first what is in it, then each cell.
//! In memory are the bytes of the file, one page, the different values of one column, and one part.

use super::{
    Coded, MISFITS_KEPT, Plain, Ready, Report, Unchecked, Way, absent, begin_file, close_file, describe, look, misfit,
    own_names, reading_of,
};
use crate::{
    Declared, Progress, Refused, Sheet, Step, TableInfo, Value,
    columns::{CODES_LIMIT, Gathered, Hasher, Stored, WORDS_LIMIT_BYTES},
    guess::Guess,
    parts::{PART_ROWS, pack_codes, pack_ints, pack_reals},
    source::{Many, Packed, Raw},
};
use rusqlite::{Connection, params};
use std::{collections::HashMap, path::Path};

/// Why a rule of the schema is not looked at.
const TOO_LARGE: &str = "the table is too large: its rows are not held against one another";
const TOO_MANY: &str =
    "the table is too large, and the column has too many different values to be held against its schema";

pub(super) fn take_in(
    sheet: &Sheet,
    packed: &Packed,
    declared: Option<&Declared>,
    to: &Path,
    progress: &Progress,
) -> Result<(TableInfo, Report), Refused> {
    let names = own_names(sheet.table.header());
    let rows = packed.rows as u64;
    let mut report = Report { rows_in: rows, stored: rows, ..Report::begun(absent(declared, &names), declared, sheet) };
    if let Some(key) = declared.map(|declared| declared.key.join(", ")).filter(|key| !key.is_empty()) {
        report.unchecked.push(Unchecked { columns: key, to: String::new(), reason: TOO_LARGE.to_owned() });
    }
    progress.begin(Step::Writing, rows * names.len() as u64 * 2);
    let connection = begin_file(to)?;
    connection.execute_batch(
        "create table parts (column integer, part integer, numbers blob, primary key (column, part)) strict, without rowid;",
    )?;
    let mut ready = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let mut column = Column { at, rows, packed, connection: &connection, progress };
        ready.push(column.take_in(name, sheet, declared, &mut report)?);
    }
    let info = describe(sheet, &ready, &report);
    keep(&connection, ready, &info)?;
    close_file(connection, to)?;
    Ok((info, report))
}

fn keep(connection: &Connection, ready: Vec<Ready<'_>>, info: &TableInfo) -> Result<(), Refused> {
    let mut insert = connection.prepare("insert into about (name, value) values (?1, ?2)")?;
    insert.execute(params!["info", serde_json::to_string(info)?])?;
    insert.execute(params!["part_rows", PART_ROWS.to_string()])?;
    let mut insert = connection.prepare("insert into stored (column, what, words, numbers) values (?1, ?2, ?3, ?4)")?;
    for (at, column) in ready.into_iter().enumerate() {
        let values = column.coded.map(|coded| coded.values).unwrap_or_default();
        let (what, words, numbers) = Stored::Parts(values.into()).pack();
        insert.execute(params![i64::try_from(at).unwrap_or(i64::MAX), what, words, numbers])?;
    }
    Ok(())
}

/// A column on its way.
struct Column<'f> {
    at: usize,
    rows: u64,
    packed: &'f Packed,
    connection: &'f Connection,
    progress: &'f Progress,
}

impl Column<'_> {
    fn take_in<'d>(
        &mut self,
        name: String,
        sheet: &'d Sheet,
        declared: Option<&'d Declared>,
        report: &mut Report,
    ) -> Result<Ready<'d>, Refused> {
        let many = self.packed.many(self.at);
        let Some(words) = self.survey()? else {
            let way = match many {
                Many::Nothing => return Err(Refused::TooManyValues { column: name, most: CODES_LIMIT }),
                Many::Ints => Way::Guessed(crate::guess::Reading::Integer, None),
                Many::Reals => Way::Guessed(crate::guess::Reading::Decimal, None),
            };
            if declared.is_some_and(|declared| declared.field(&name).is_some()) {
                let reason = TOO_MANY.to_owned();
                report.unchecked.push(Unchecked { columns: name.clone(), to: String::new(), reason });
            }
            let mut ready = Ready::new(name, way, None);
            ready.plain = if many == Many::Ints { self.write_ints()? } else { self.write_reals()? };
            return Ok(ready);
        };
        let mut guess = if sheet.texts.contains(&self.at) { Guess::text() } else { Guess::default() };
        words.words.iter().for_each(|(word, count)| look(&mut guess, word, *count));
        let way = reading_of(&name, &guess, declared, sheet.own.as_ref());
        let (known, gathered) = words.part();
        let ready = Ready::new(name, way, Some(gathered.0));
        if let Some(coded) = &ready.coded {
            self.write_codes(&ready.name, &known, coded, &gathered.1, report)?;
        }
        Ok(ready)
    }

    /// Goes through the cells, saying how far it is.
    fn each(
        &self,
        is_second: bool,
        mut take: impl FnMut(u64, Raw<'_>) -> Result<bool, Refused>,
    ) -> Result<(), Refused> {
        let before = (self.at as u64 * 2 + u64::from(is_second)) * self.rows;
        let mut row = 0_u64;
        self.packed.each(self.at, |raw| {
            if row.is_multiple_of(65_536) {
                self.progress.reach(before + row)?;
            }
            row += 1;
            take(row - 1, raw)
        })
    }

    /// What is in the column; `None` where there are too many different values.
    fn survey(&self) -> Result<Option<Words>, Refused> {
        let mut words = Words::default();
        let mut is_full = false;
        self.each(false, |_, raw| {
            is_full = !words.add(raw, |raw| self.packed.text(self.at, raw))?;
            Ok(!is_full)
        })?;
        Ok((!is_full).then_some(words))
    }

    fn put(&self, part: usize, numbers: &[u8]) -> Result<(), Refused> {
        let mut insert =
            self.connection.prepare_cached("insert into parts (column, part, numbers) values (?1, ?2, ?3)")?;
        let number = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        insert.execute(params![number(self.at), number(part), numbers])?;
        Ok(())
    }

    /// Gathers what each cell becomes, and writes part after part.
    fn write<T>(
        &self,
        mut become_: impl FnMut(u64, Raw<'_>) -> Result<T, Refused>,
        pack: impl Fn(&[T]) -> Vec<u8>,
    ) -> Result<(), Refused> {
        let mut cells: Vec<T> = Vec::with_capacity(PART_ROWS);
        let mut part = 0;
        self.each(true, |row, raw| {
            cells.push(become_(row, raw)?);
            if cells.len() == PART_ROWS {
                self.put(part, &pack(&cells))?;
                cells.clear();
                part += 1;
            }
            Ok(true)
        })?;
        if cells.is_empty() { Ok(()) } else { self.put(part, &pack(&cells)) }
    }

    fn write_codes(
        &self,
        name: &str,
        known: &Known,
        coded: &Coded,
        words: &[Box<str>],
        report: &mut Report,
    ) -> Result<(), Refused> {
        let fits = coded.misfit_of.iter().all(Option::is_none);
        let lost = || Refused::Storage("a column was read in two ways".to_owned());
        let mut last = (Raw::Nothing, known.code(Raw::Nothing));
        let become_ = |row: u64, raw: Raw<'_>| {
            let code = match raw {
                Raw::Bits(_) | Raw::Nothing if raw == last.0 => last.1,
                raw => known.code(raw),
            };
            if let Raw::Bits(bits) = raw {
                last = (Raw::Bits(bits), code);
            }
            let code = usize::from(code.ok_or_else(lost)?);
            if !fits && let Some(why) = coded.misfit_of[code] {
                report.misfits += 1;
                if report.cells.len() < MISFITS_KEPT {
                    report.cells.push(misfit(usize::try_from(row).unwrap_or(usize::MAX), name, &words[code], why));
                }
            }
            Ok(coded.place_of[code])
        };
        self.write(become_, pack_codes)
    }

    fn write_ints(&self) -> Result<Plain, Refused> {
        let int = self.packed.ints(self.at);
        let mut seen = Plain::nothing();
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        #[expect(clippy::cast_precision_loss, reason = "sums are floats, as everywhere in this crate")]
        let become_ = |_, raw: Raw<'_>| {
            let one = int(raw);
            if raw != Raw::Nothing {
                if one == i64::MIN {
                    // It stands for nothing here.
                    return Err(Refused::Parquet(format!("{one} is less than the least number that is kept")));
                }
                (least, most) = (least.min(one), most.max(one));
                seen.filled += 1;
                seen.sum += one as f64;
            }
            Ok(one)
        };
        self.write(become_, pack_ints)?;
        if seen.filled > 0 {
            (seen.least, seen.most) = (Value::Int(least), Value::Int(most));
        }
        Ok(seen)
    }

    fn write_reals(&self) -> Result<Plain, Refused> {
        let mut seen = Plain::nothing();
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        let become_ = |_, raw: Raw<'_>| {
            let one = self.packed.real(self.at, raw);
            if !one.is_nan() {
                (least, most) = (least.min(one), most.max(one));
                seen.filled += 1;
                seen.sum += one;
            }
            Ok(one)
        };
        self.write(become_, pack_reals)?;
        if seen.filled > 0 {
            (seen.least, seen.most) = (Value::Real(least), Value::Real(most));
        }
        Ok(seen)
    }
}

/// The code of each different cell.
#[derive(Default)]
struct Known {
    bits: HashMap<u64, u16, Hasher>,
    bytes: HashMap<Box<[u8]>, u16, Hasher>,
    nothing: Option<u16>,
}

impl Known {
    fn code(&self, raw: Raw<'_>) -> Option<u16> {
        match raw {
            Raw::Nothing => self.nothing,
            Raw::Bits(bits) => self.bits.get(&bits).copied(),
            Raw::Bytes(bytes) => self.bytes.get(bytes).copied(),
        }
    }
}

/// The different cells of a column as texts, with how often each stands there.
#[derive(Default)]
struct Words {
    known: Known,
    words: Vec<(Box<str>, u64)>,
    bytes: usize,
}

impl Words {
    /// Counts a cell; no more where there are too many different ones.
    fn add(&mut self, raw: Raw<'_>, text: impl FnOnce(Raw<'_>) -> Result<String, Refused>) -> Result<bool, Refused> {
        if let Some(code) = self.known.code(raw) {
            self.words[usize::from(code)].1 += 1;
            return Ok(true);
        }
        let word = text(raw)?;
        self.bytes += word.len();
        let next = u16::try_from(self.words.len()).ok().filter(|next| usize::from(*next) < CODES_LIMIT);
        let Some(code) = next.filter(|_| self.bytes <= WORDS_LIMIT_BYTES) else { return Ok(false) };
        match raw {
            Raw::Nothing => self.known.nothing = Some(code),
            Raw::Bits(bits) => _ = self.known.bits.insert(bits, code),
            Raw::Bytes(bytes) => _ = self.known.bytes.insert(bytes.into(), code),
        }
        self.words.push((word.into(), 1));
        Ok(true)
    }

    /// The codes, and the words in their order.
    fn part(self) -> (Known, (Gathered, Vec<Box<str>>)) {
        let words = self.words.iter().map(|(word, _)| word.clone()).collect();
        (self.known, (Gathered { words: self.words, codes: Vec::new() }, words))
    }
}
