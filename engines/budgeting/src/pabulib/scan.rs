//! From text to cells.

use crate::{limits::FILE_BYTES_MAX, refusal::Refusal};
use std::borrow::Cow;

/// A file as its cells, borrowed from the text wherever no quotes had to be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'text> {
    pub(crate) text: &'text str,
    /// The facts of META, in the order of the file.
    pub meta: Vec<(Cow<'text, str>, Cow<'text, str>)>,
    /// The rows of META begin at these bytes.
    pub(crate) meta_starts: Vec<usize>,
    /// PROJECTS.
    pub projects: Table<'text>,
    /// VOTES.
    pub votes: Table<'text>,
    /// What was odd but could be read.
    pub warnings: Vec<String>,
}

/// A section with columns: `columns.len()` cells for each row. Missing cells are empty, cells beyond are dropped with a warning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table<'text> {
    /// The names of the columns.
    pub columns: Vec<Cow<'text, str>>,
    pub(crate) cells: Vec<Cow<'text, str>>,
    pub(crate) starts: Vec<usize>,
    pub(crate) too_wide: usize,
}

impl<'text> Table<'text> {
    /// The rows, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[Cow<'text, str>]> {
        self.cells.chunks_exact(self.columns.len().max(1))
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    fn push(&mut self, row: &mut Vec<Cow<'text, str>>, start: usize) {
        let width = self.columns.len();
        self.too_wide += usize::from(row.len() > width && row[width..].iter().any(|cell| !cell.is_empty()));
        row.resize(width, Cow::Borrowed(""));
        self.cells.append(row);
        self.starts.push(start);
    }
}

/// Reads one row after the other.
struct Rows<'text> {
    text: &'text str,
    at: usize,
}

impl<'text> Rows<'text> {
    /// The next row that is not blank goes into `row`; its first byte is the answer.
    fn next(&mut self, row: &mut Vec<Cow<'text, str>>) -> Result<Option<usize>, Refusal> {
        while self.at < self.text.len() {
            let start = self.at;
            row.clear();
            while self.cell(row)? {}
            if row.len() > 1 || row.first().is_some_and(|cell| !cell.is_empty()) {
                return Ok(Some(start));
            }
        }
        Ok(None)
    }

    /// Reads one cell; whether the row goes on after it.
    fn cell(&mut self, row: &mut Vec<Cow<'text, str>>) -> Result<bool, Refusal> {
        let bytes = self.text.as_bytes();
        let rest = &bytes[self.at..];
        if rest.first() == Some(&b'"') {
            return self.quoted(row);
        }
        let length = rest.iter().position(|byte| matches!(byte, b';' | b'\n' | b'\r')).unwrap_or(rest.len());
        row.push(Cow::Borrowed(self.text[self.at..self.at + length].trim()));
        self.at += length;
        Ok(self.end_of_cell())
    }

    fn quoted(&mut self, row: &mut Vec<Cow<'text, str>>) -> Result<bool, Refusal> {
        let opened = self.at;
        let mut value = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(quote) = rest.find('"') else {
                return Err(malformed(
                    self.text,
                    opened,
                    "a closing quotation mark for this cell",
                    "the end of the file",
                ));
            };
            value.push_str(&rest[..quote]);
            self.at += quote + 1;
            if !self.text[self.at..].starts_with('"') {
                break;
            }
            value.push('"');
            self.at += 1;
        }
        let rest = &self.text[self.at..];
        let length = rest.find([';', '\n', '\r']).unwrap_or(rest.len());
        value.push_str(&rest[..length]);
        self.at += length;
        row.push(Cow::Owned(value.trim().to_owned()));
        Ok(self.end_of_cell())
    }

    /// Steps over what ends a cell; whether the row goes on.
    fn end_of_cell(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let (step, more) = match rest {
            [b';', ..] => (1, true),
            [b'\r', b'\n', ..] => (2, false),
            [_, ..] => (1, false),
            [] => (0, false),
        };
        self.at += step;
        more
    }
}

/// The line and the column of a byte, both counted from 1.
pub(crate) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..byte.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    (line, String::from_utf8_lossy(&before[line_start..]).chars().count() + 1)
}

/// A refusal that says where.
pub(crate) fn malformed(text: &str, byte: usize, expected: &str, found: &str) -> Refusal {
    let (line, column) = position(text, byte);
    let mut found = found.to_owned();
    if found.chars().count() > 60 {
        found = found.chars().take(60).chain(['…']).collect();
    }
    Refusal::Malformed { line, column, expected: expected.to_owned(), found }
}

/// The first byte of a cell in the row that begins at `start`.
pub(crate) fn cell_start(text: &str, start: usize, cell: usize) -> usize {
    let mut rows = Rows { text, at: start };
    let mut row = Vec::new();
    while row.len() < cell && rows.cell(&mut row).unwrap_or(false) {}
    rows.at
}

fn section(row: &[Cow<'_, str>]) -> Option<usize> {
    if row.len() > 1 && row[1..].iter().any(|cell| !cell.is_empty()) {
        return None;
    }
    ["meta", "projects", "votes"].into_iter().position(|name| row[0].eq_ignore_ascii_case(name))
}

const NAMES: [&str; 3] = ["META", "PROJECTS", "VOTES"];

impl<'text> Document<'text> {
    /// Reads a file.
    ///
    /// # Errors
    /// Line, column and what was expected, where the form is broken.
    pub fn read(bytes: &'text [u8]) -> Result<Self, Refusal> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(Refusal::TooMany { what: "bytes", most: FILE_BYTES_MAX });
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|broken| {
            let (line, column) = position(&String::from_utf8_lossy(&bytes[..broken.valid_up_to()]), usize::MAX);
            Refusal::Malformed { line, column, expected: "UTF-8 text".into(), found: "a byte that is not".into() }
        })?;
        let mut document = Self {
            text,
            meta: Vec::new(),
            meta_starts: Vec::new(),
            projects: Table::default(),
            votes: Table::default(),
            warnings: Vec::new(),
        };
        document.fill()?;
        document.warn_of_width();
        Ok(document)
    }

    fn fill(&mut self) -> Result<(), Refusal> {
        let mut rows = Rows { text: self.text, at: 0 };
        let (mut row, mut part) = (Vec::new(), None);
        while let Some(start) = rows.next(&mut row)? {
            if let Some(new) = section(&row) {
                self.begin(new, part, start)?;
                part = Some(new);
                self.header(new, &mut rows, &mut row)?;
                continue;
            }
            match part {
                None => return Err(malformed(self.text, start, "the title META", &row[0])),
                Some(0) => self.fact(&mut row, start)?,
                Some(1) => self.projects.push(&mut row, start),
                Some(_) => self.votes.push(&mut row, start),
            }
        }
        match part {
            Some(2) => Ok(()),
            other => {
                let missing = NAMES[other.map_or(0, |part| part + 1)];
                Err(malformed(self.text, self.text.len(), &format!("the title {missing}"), "the end of the file"))
            }
        }
    }

    fn begin(&self, new: usize, old: Option<usize>, start: usize) -> Result<(), Refusal> {
        let next = old.map_or(0, |part| part + 1);
        if new == next {
            return Ok(());
        }
        let expected = NAMES.get(next).map_or("rows of VOTES".to_owned(), |name| format!("the title {name}"));
        Err(malformed(self.text, start, &expected, NAMES[new]))
    }

    fn header(&mut self, part: usize, rows: &mut Rows<'text>, row: &mut Vec<Cow<'text, str>>) -> Result<(), Refusal> {
        let first = ["key", "project_id", "voter_id"][part];
        let at = rows.at;
        let start = rows.next(row)?.unwrap_or(at);
        let found = row.first().map_or("", |cell| cell.as_ref());
        let has_first = row.iter().any(|cell| cell.eq_ignore_ascii_case(first));
        if !has_first {
            return Err(malformed(self.text, start, &format!("a header with the column {first}"), found));
        }
        if let Some(twice) =
            (1..row.len()).find(|column| !row[*column].is_empty() && row[..*column].contains(&row[*column]))
        {
            let at = cell_start(self.text, start, twice);
            return Err(malformed(self.text, at, "a column name that is not there yet", &row[twice]));
        }
        match part {
            0 => {}
            1 => self.projects.columns = std::mem::take(row),
            _ => self.votes.columns = std::mem::take(row),
        }
        Ok(())
    }

    fn fact(&mut self, row: &mut Vec<Cow<'text, str>>, start: usize) -> Result<(), Refusal> {
        if row[0].is_empty() {
            return Err(malformed(self.text, start, "the name of a fact", "nothing"));
        }
        // A value with an unquoted semicolon is joined again, as it was written.
        let value = if row.len() > 2 {
            let mut rest = row[1..].to_vec();
            while rest.last().is_some_and(|cell| cell.is_empty()) {
                rest.pop();
            }
            Cow::Owned(rest.join(";"))
        } else {
            row.get(1).cloned().unwrap_or_default()
        };
        if self.fact_of(&row[0]).is_some() {
            self.warnings.push(format!("META says {} twice; the first counts", row[0]));
        }
        self.meta.push((row[0].clone(), value));
        self.meta_starts.push(start);
        Ok(())
    }

    /// The value of a fact in META.
    pub fn fact_of(&self, name: &str) -> Option<&str> {
        self.meta.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }

    fn warn_of_width(&mut self) {
        for (name, table) in [("PROJECTS", &self.projects), ("VOTES", &self.votes)] {
            if table.too_wide > 0 {
                let rows = table.too_wide;
                self.warnings.push(format!("{name}: {rows} rows have more cells than the header; these were dropped"));
            }
        }
    }
}
