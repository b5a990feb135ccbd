//! A table: a line of names, and rows under it.

use crate::{
    Dialect, Passed, TableRefusal, Wish,
    encoding::read_text,
    lead::{named_delimiter, odd_records},
    split::{Split, lines_in},
};
use std::io::Read;

/// Lines above a table that are passed over at most, and lines with names.
pub const LEAD_LINES_LIMIT: u64 = 1_000;
/// Lines above a table that are kept to be shown.
const PASSED_SHOWN: usize = 50;
/// Columns a table may have.
pub const COLUMNS_LIMIT: usize = 1_000;
/// Rows of a sheet by which it is told where its table begins.
const SHEET_SAMPLE: usize = 500;
/// Characters the name of a column is known by.
const NAME_LENGTH: usize = 100;

/// A table that was read; its rows are walked as often as is wanted.
#[derive(Debug, Clone)]
pub struct Table {
    body: Body,
    header: Vec<String>,
    encoding: String,
    passed: Vec<Passed>,
}

#[derive(Debug, Clone)]
enum Body {
    /// The whole text, and the byte and the line where its rows begin.
    Text { text: String, dialect: Dialect, rows_from: (usize, u64) },
    /// Rows from elsewhere than a file, the first of them with this number.
    Rows(Vec<Vec<String>>, u64),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins, from 1; for rows that do not come from a file, its number.
    pub line: u64,
    /// As many cells as the table has columns, or what is wrong with the row.
    pub cells: Result<Vec<String>, RowFault>,
}

/// Why a row has no meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// All its cells are empty.
    Blank,
    /// It has another number of cells than there are columns.
    Ragged {
        /// How many it has.
        cells: usize,
        /// How many there should be.
        columns: usize,
        /// How it begins.
        begins: String,
    },
    /// Its quotes do not come out even, or it is a comment: nothing of it is guessed at.
    Unreadable {
        /// How it begins, as it stands in the file.
        begins: String,
        /// Why, in English.
        why: &'static str,
    },
}

impl Table {
    /// Reads a table out of a file.
    ///
    /// # Errors
    /// [`TableRefusal`], a sentence.
    pub fn read(from: impl Read, wish: &Wish) -> Result<Self, TableRefusal> {
        let text = read_text(from, wish.encoding.as_deref())?;
        let (text, encoding) = (text.text, text.encoding.to_owned());
        let mut passed = Vec::new();
        let mut from = (0, 1);
        let mut wish = wish.clone();
        if let Some((delimiter, next)) = named_delimiter(&text).filter(|_| wish.skip_lines.is_none()) {
            passed.push(Passed::new(1, &text[..next]));
            wish.delimiter = wish.delimiter.or(Some(delimiter));
            from = (next, 2);
        }
        for _ in 0..wish.skip_lines.unwrap_or(0).min(LEAD_LINES_LIMIT) {
            if from.0 >= text.len() {
                return Err(TableRefusal::Empty);
            }
            let end = text[from.0..].find('\n').map_or(text.len(), |end| from.0 + end + 1);
            passed.push(Passed::new(from.1, &text[from.0..end]));
            from = (end, from.1 + 1);
        }
        let dialect = Dialect::of(&text, from, &wish)?;
        if wish.skip_lines.is_none() && wish.header_lines.is_none() {
            from = pass_over(&text, dialect, from, &mut passed);
        }
        let mut walk = Split::new(&text, dialect, from);
        let first = loop {
            let record = walk.next().ok_or(TableRefusal::Empty)?;
            let is_comment = dialect.comment.is_some() && text.as_bytes().get(record.at).copied() == dialect.comment;
            match &record.cells {
                Ok(cells) if is_blank(cells) => {}
                Err(_) if is_comment => passed.push(Passed::new(record.line, line_at(&text, record.at))),
                _ => break record,
            }
        };
        // Names whose quotes are faulty are taken as they stand.
        let unquoted = Dialect { quote: None, ..dialect };
        let as_it_stands = || Split::new(&text, unquoted, (first.at, first.line)).next().and_then(|one| one.cells.ok());
        let cells = first.cells.ok().or_else(as_it_stands).unwrap_or_default();
        let header_lines = wish.header_lines.unwrap_or(1);
        for further in walk.by_ref().take(usize::try_from(header_lines.clamp(1, LEAD_LINES_LIMIT) - 1).unwrap_or(0)) {
            passed.push(Passed::new(further.line, line_at(&text, further.at)));
        }
        let (header, rows_from) = if header_lines == 0 {
            let given = (0..cells.len()).map(|at| wish.names.get(at).cloned().unwrap_or_default());
            (names(&given.collect::<Vec<_>>())?, (first.at, first.line))
        } else {
            (names(&cells)?, walk.here())
        };
        passed.truncate(PASSED_SHOWN);
        let table = Self { body: Body::Text { text, dialect, rows_from }, header, encoding, passed };
        if table.rows().next().is_none() { Err(TableRefusal::NoRows) } else { Ok(table) }
    }

    /// A table of rows that do not come from a file.
    pub fn of(header: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        Self { body: Body::Rows(rows, 1), header, encoding: "UTF-8".to_owned(), passed: Vec::new() }
    }

    /// A table out of the rows of a sheet, the first of which has the number `first`: names stand in the first row that is not
    /// blank.
    ///
    /// # Errors
    /// [`TableRefusal`] for a sheet without names, with too many of them, or without rows under them.
    pub fn of_sheet(mut rows: Vec<Vec<String>>, first: u64) -> Result<Self, TableRefusal> {
        let cut: Vec<&[String]> = rows.iter().map(|row| &row[..filled_length(row)]).collect();
        let at = cut.iter().position(|cells| !cells.is_empty()).ok_or(TableRefusal::Empty)?;
        let sample = cut[at..].iter().take(SHEET_SAMPLE).filter(|cells| !cells.is_empty()).count();
        let odd =
            if sample < 3 { 0 } else { odd_records(cut[at..].iter().take(SHEET_SAMPLE).map(|cells| Some(*cells))) };
        let numbered = (first..).zip(&rows).skip(at).take(odd).filter(|(_, cells)| !is_blank(cells));
        let passed = numbered.map(|(line, cells)| Passed::new(line, &cells.join(" "))).collect();
        let at = at + odd;
        let below = rows.split_off(at + 1);
        let mut head = rows.pop().unwrap_or_default();
        let used = below.iter().chain([&head]).map(|cells| filled_length(cells)).max().unwrap_or(0);
        head.resize(used.max(1), String::new());
        let header = names(&head)?;
        if below.is_empty() {
            return Err(TableRefusal::NoRows);
        }
        let body = Body::Rows(below, first + at as u64 + 1);
        Ok(Self { body, header, encoding: "UTF-8".to_owned(), passed })
    }

    /// Lines above its names that are no part of it: titles, comments; the first of them.
    pub fn passed(&self) -> &[Passed] {
        &self.passed
    }

    /// The names of its columns, each once.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// How it was written, as `UTF-8`.
    pub fn encoding(&self) -> &str {
        &self.encoding
    }

    /// What stands between its cells; `None` where it does not come from a file.
    pub fn delimiter(&self) -> Option<char> {
        match &self.body {
            Body::Text { dialect, .. } => Some(char::from(dialect.delimiter)),
            Body::Rows(..) => None,
        }
    }

    /// How many lines it has, its line of names among them; of rows that come from no file, the number of the last.
    pub fn lines(&self) -> u64 {
        match &self.body {
            Body::Text { text, .. } => text.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1,
            Body::Rows(rows, first) => first + rows.len() as u64,
        }
    }

    /// Its rows, in order.
    pub fn rows(&self) -> Rows<'_> {
        let walk = match &self.body {
            Body::Text { text, dialect, rows_from } if dialect.careful => {
                Walked::Careful(Split::new(text, *dialect, *rows_from))
            }
            Body::Text { text, dialect, rows_from } => Walked::Text(Walk::new(text, *dialect, *rows_from)),
            Body::Rows(rows, first) => Walked::Rows((*first..).zip(rows.iter())),
        };
        Rows { walk, columns: self.header.len() }
    }

    /// Shows each row to `take` without making a text of each cell: for tables of millions of rows. A row that ends early is
    /// shown as it is, see [`Cells::count`]: none of its cells is in doubt, as those of a row with too many are.
    ///
    /// # Errors
    /// The first that `take` returns.
    pub fn each<E>(&self, mut take: impl FnMut(u64, Result<Cells<'_>, RowFault>) -> Result<(), E>) -> Result<(), E> {
        let columns = self.header.len();
        match &self.body {
            Body::Rows(rows, first) => {
                (*first..).zip(rows).try_for_each(|(line, row)| take(line, seen(Cells::Row(row), columns)))
            }
            Body::Text { text, dialect, rows_from } if dialect.careful => Split::new(text, *dialect, *rows_from)
                .try_for_each(|record| match record.cells {
                    Ok(cells) => take(record.line, seen(Cells::Row(&cells), columns)),
                    Err(fault) => take(record.line, Err(fault)),
                }),
            Body::Text { text, dialect, rows_from } => {
                let mut walk = Walk::new(text, *dialect, *rows_from);
                let mut record = csv::StringRecord::new();
                while walk.reader.read_record(&mut record).unwrap_or(false) {
                    let line = walk.line_of(record.position());
                    take(line, seen(Cells::Record(&record), columns))?;
                }
                Ok(())
            }
        }
    }
}

/// The cells of a row that is only looked at.
#[derive(Debug, Clone, Copy)]
pub enum Cells<'r> {
    /// As the reader of a file has them.
    Record(&'r csv::StringRecord),
    /// As they are in memory.
    Row(&'r [String]),
}

impl<'r> Cells<'r> {
    /// The cell of a column; empty beyond the last.
    pub fn get(&self, column: usize) -> &'r str {
        match self {
            Self::Record(record) => record.get(column),
            Self::Row(row) => row.get(column).map(String::as_str),
        }
        .unwrap_or_default()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Record(record) => record.len(),
            Self::Row(row) => row.len(),
        }
    }

    fn all_blank_from(&self, column: usize) -> bool {
        (column..self.count()).all(|at| self.get(at).trim().is_empty())
    }
}

/// What [`fitted`] says of cells that are only looked at, but for rows that end early.
fn seen(cells: Cells<'_>, columns: usize) -> Result<Cells<'_>, RowFault> {
    if cells.get(0).trim().is_empty() && cells.all_blank_from(0) {
        return Err(RowFault::Blank);
    }
    let is_whole = cells.count() <= columns || cells.all_blank_from(columns);
    if is_whole {
        return Ok(cells);
    }
    let begins = cells.get(0).chars().take(NAME_LENGTH).collect();
    Err(RowFault::Ragged { cells: cells.count(), columns, begins })
}

fn filled_length(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
}

/// The rows of a table.
pub struct Rows<'t> {
    walk: Walked<'t>,
    columns: usize,
}

enum Walked<'t> {
    Text(Walk<'t>),
    Careful(Split<'t>),
    Rows(std::iter::Zip<std::ops::RangeFrom<u64>, std::slice::Iter<'t, Vec<String>>>),
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (line, cells) = match &mut self.walk {
            Walked::Text(walk) => walk.next()?,
            Walked::Careful(walk) => {
                let record = walk.next()?;
                match record.cells {
                    Ok(cells) => (record.line, cells),
                    Err(fault) => return Some(Row { line: record.line, cells: Err(fault) }),
                }
            }
            Walked::Rows(rows) => rows.next().map(|(line, cells)| (line, cells.clone()))?,
        };
        Some(Row { line, cells: fitted(cells, self.columns) })
    }
}

/// Empty cells beyond the last column do no harm; anything else that is ragged may have moved cells to other columns.
fn fitted(mut cells: Vec<String>, columns: usize) -> Result<Vec<String>, RowFault> {
    if is_blank(&cells) {
        return Err(RowFault::Blank);
    }
    while cells.len() > columns && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.len() == columns {
        return Ok(cells);
    }
    let begins = cells.first().map(|cell| cell.chars().take(NAME_LENGTH).collect()).unwrap_or_default();
    Err(RowFault::Ragged { cells: cells.len(), columns, begins })
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

/// Records with the line on which each begins.
struct Walk<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    line: u64,
    counted_to: usize,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, dialect: Dialect, (from, line): (usize, u64)) -> Self {
        let text = &text[from..];
        Self { text, reader: dialect.reader(text), line, counted_to: 0 }
    }

    /// The csv crate counts `\n` only, and begins a record on the end of the line before it.
    fn line_of(&mut self, position: Option<&csv::Position>) -> u64 {
        let bytes = self.text.as_bytes();
        let mut start = position.map_or(self.counted_to, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        self.line += lines_in(&bytes[self.counted_to.min(bytes.len())..start.min(bytes.len())]);
        self.counted_to = start;
        self.line
    }
}

impl Iterator for Walk<'_> {
    type Item = (u64, Vec<String>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = csv::StringRecord::new();
        if !self.reader.read_record(&mut record).unwrap_or(false) {
            return None;
        }
        let line = self.line_of(record.position());
        Some((line, record.iter().map(str::to_owned).collect()))
    }
}

/// Each column gets a name of its own.
fn names(cells: &[String]) -> Result<Vec<String>, TableRefusal> {
    if cells.len() > COLUMNS_LIMIT {
        return Err(TableRefusal::TooManyColumns { columns: cells.len(), most: COLUMNS_LIMIT });
    }
    let mut names: Vec<String> = Vec::new();
    for (number, cell) in (1..).zip(cells) {
        let plain: String = cell.trim().chars().filter(|c| !c.is_control()).take(NAME_LENGTH).collect();
        let plain = if plain.is_empty() { format!("column {number}") } else { plain };
        let mut name = plain.clone();
        let mut again = 2;
        while names.contains(&name) {
            name = format!("{plain} ({again})");
            again += 1;
        }
        names.push(name);
    }
    Ok(names)
}

/// Where the table begins, behind titles and comments.
fn pass_over(text: &str, dialect: Dialect, from: (usize, u64), passed: &mut Vec<Passed>) -> (usize, u64) {
    let sample: Vec<_> = dialect.sample(text, from).collect();
    let odd = odd_records(sample.iter().map(|record| record.cells.as_deref().ok()));
    for record in &sample[..odd] {
        if record.cells.as_ref().is_ok_and(|cells| !is_blank(cells)) {
            passed.push(Passed::new(record.line, line_at(text, record.at)));
        }
    }
    sample.get(odd).map_or(from, |record| (record.at, record.line))
}

/// The line that begins here.
fn line_at(text: &str, at: usize) -> &str {
    text[at..].split(['\r', '\n']).next().unwrap_or_default()
}
