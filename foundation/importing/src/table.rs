//! A table: a line of names, and rows under it.

use crate::{Dialect, TableRefusal, encoding::read_text};
use std::io::Read;

/// Columns a table may have.
pub const COLUMNS_LIMIT: usize = 1_000;
/// Characters the name of a column is known by.
const NAME_LENGTH: usize = 100;

/// What is known of a table before it is read; what is `None` is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// The label of its encoding, as `windows-1252`.
    pub encoding: Option<String>,
    /// What stands between cells.
    pub delimiter: Option<char>,
}

/// A table that was read; its rows are walked as often as is wanted.
#[derive(Debug, Clone)]
pub struct Table {
    body: Body,
    header: Vec<String>,
    encoding: String,
}

#[derive(Debug, Clone)]
enum Body {
    /// The whole text, with its line of names.
    Text { text: String, dialect: Dialect },
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
}

impl Table {
    /// Reads a table out of a file.
    ///
    /// # Errors
    /// [`TableRefusal`], a sentence.
    pub fn read(from: impl Read, wish: &Wish) -> Result<Self, TableRefusal> {
        let delimiter = wish.delimiter.map(delimiter_byte).transpose()?;
        let text = read_text(from, wish.encoding.as_deref())?;
        let dialect = Dialect::of(&text.text, delimiter);
        let first = Walk::new(&text.text, dialect).find(|(_, cells)| !is_blank(cells));
        let header = names(&first.ok_or(TableRefusal::Empty)?.1)?;
        let body = Body::Text { text: text.text, dialect };
        let table = Self { body, header, encoding: text.encoding.to_owned() };
        if table.rows().next().is_none() { Err(TableRefusal::NoRows) } else { Ok(table) }
    }

    /// A table of rows that do not come from a file.
    pub fn of(header: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        Self { body: Body::Rows(rows, 1), header, encoding: "UTF-8".to_owned() }
    }

    /// A table out of the rows of a sheet, the first of which has the number `first`: names stand in the first row that is not
    /// blank.
    ///
    /// # Errors
    /// [`TableRefusal`] for a sheet without names, with too many of them, or without rows under them.
    pub fn of_sheet(mut rows: Vec<Vec<String>>, first: u64) -> Result<Self, TableRefusal> {
        let at = rows.iter().position(|cells| !is_blank(cells)).ok_or(TableRefusal::Empty)?;
        let below = rows.split_off(at + 1);
        let mut head = rows.pop().unwrap_or_default();
        let used = below.iter().chain([&head]).map(|cells| filled_length(cells)).max().unwrap_or(0);
        head.resize(used.max(1), String::new());
        let header = names(&head)?;
        if below.is_empty() {
            return Err(TableRefusal::NoRows);
        }
        Ok(Self { body: Body::Rows(below, first + at as u64 + 1), header, encoding: "UTF-8".to_owned() })
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
            Body::Text { text, dialect } => {
                let mut walk = Walk::new(text, *dialect);
                let _names = walk.find(|(_, cells)| !is_blank(cells));
                Walked::Text(walk)
            }
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
            Body::Text { text, dialect } => {
                let mut walk = Walk::new(text, *dialect);
                let _names = walk.find(|(_, cells)| !is_blank(cells));
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
    Rows(std::iter::Zip<std::ops::RangeFrom<u64>, std::slice::Iter<'t, Vec<String>>>),
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (line, cells) = match &mut self.walk {
            Walked::Text(walk) => walk.next()?,
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
    fn new(text: &'t str, dialect: Dialect) -> Self {
        Self { text, reader: dialect.reader(text), line: 1, counted_to: 0 }
    }

    /// The csv crate counts `\n` only, and begins a record on the end of the line before it.
    fn line_of(&mut self, position: Option<&csv::Position>) -> u64 {
        let bytes = self.text.as_bytes();
        let mut start = position.map_or(self.counted_to, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        let passed = &bytes[self.counted_to.min(bytes.len())..start.min(bytes.len())];
        let ends = passed.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            b'\r' => passed.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        self.line += ends.count() as u64;
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

fn delimiter_byte(delimiter: char) -> Result<u8, TableRefusal> {
    u8::try_from(delimiter).ok().filter(|byte| b",;\t|".contains(byte)).ok_or(TableRefusal::Delimiter)
}
