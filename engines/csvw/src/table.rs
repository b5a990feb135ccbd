//! A file against the description of its table: names, then cell by cell; keys are gathered on the way.

use crate::{Column, Dialect, Finding, Findings, Gravity, Table, keys::Rows};
use csv::{ReaderBuilder, StringRecord, Trim};
use std::borrow::Cow;

/// Characters of a cell in a finding.
const SHOWN_LENGTH: usize = 100;

impl Dialect {
    /// The text of a file.
    fn text<'b>(&self, bytes: &'b [u8]) -> Cow<'b, str> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            // Each byte is the character of its number in ISO 8859-1, of which Windows-1252 differs in a few marks.
            Err(_) if self.encoding.starts_with("iso-8859-1") || self.encoding.starts_with("windows-1252") => {
                Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect())
            }
            Err(_) => String::from_utf8_lossy(bytes),
        }
    }

    /// The rows of a file, those with names among them.
    pub(crate) fn rows(&self, bytes: &[u8]) -> Result<Vec<StringRecord>, String> {
        let text = self.text(bytes);
        let mut rest: &str = &text;
        for _ in 0..self.skip_rows {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
        let byte = |c: char| u8::try_from(c).map_err(|_| format!("“{c}” is no mark that is read"));
        let mut builder = ReaderBuilder::new();
        builder
            .has_headers(false)
            .flexible(true)
            .delimiter(byte(self.delimiter)?)
            .double_quote(self.double_quote)
            .trim(Trim::None);
        if !self.double_quote {
            builder.escape(Some(b'\\'));
        }
        match self.quote {
            Some(quote) => builder.quote(byte(quote)?),
            None => builder.quoting(false),
        };
        builder.comment(self.comment.map(byte).transpose()?);
        let mut rows = Vec::new();
        for row in builder.from_reader(rest.as_bytes()).into_records() {
            let row = row.map_err(|error| error.to_string())?;
            if self.skip_blank_rows && row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            rows.push(if self.skip_columns == 0 { row } else { row.iter().skip(self.skip_columns).collect() });
        }
        Ok(rows)
    }
}

impl Table {
    /// The columns of the file, as they are described; where nothing is said of them, as the file calls them.
    pub fn columns(&self, names: &[String]) -> Vec<Column> {
        let described: Vec<Column> = self.schema.columns.iter().filter(|one| !one.is_virtual).cloned().collect();
        if !described.is_empty() {
            return described;
        }
        names.iter().map(|name| Column::plain(name, &self.inherited)).collect()
    }

    /// Whether the description fits the names of the file (tabular-metadata 5.5.1, compatibility of schemas); `names` is empty for a file without.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    pub fn fits(&self, names: &[String], width: usize) -> Result<(), String> {
        let columns: Vec<&Column> = self.schema.columns.iter().filter(|one| !one.is_virtual).collect();
        if columns.is_empty() {
            return Ok(());
        }
        if columns.len() != width {
            return Err(format!("{} columns are described, and the file has {width}", columns.len()));
        }
        for (column, name) in columns.iter().zip(names) {
            let is_unsaid = column.name.is_none() && column.titles.is_empty();
            let own = self.inherited.language.as_str();
            let is_same = |(language, title): &(String, String)| title == name && languages_match(language, own);
            if !is_unsaid && !column.titles.iter().any(is_same) {
                return Err(format!("the column “{name}” of the file is described as “{}”", column.title()));
            }
        }
        Ok(())
    }

    /// Checks the bytes of its file.
    pub(crate) fn check(&self, bytes: &[u8], findings: &mut Findings) -> Rows {
        let rows = match self.dialect.rows(bytes) {
            Ok(rows) => rows,
            Err(why) => {
                findings.error(&self.url, format!("the file cannot be read: {why}"));
                return Rows::default();
            }
        };
        let header_rows = self.dialect.header_rows.min(rows.len());
        let names: Vec<String> = match rows.first() {
            Some(first) if header_rows > 0 => first.iter().map(|name| name.trim().to_owned()).collect(),
            _ => Vec::new(),
        };
        let width = rows.iter().map(StringRecord::len).max().unwrap_or(0);
        let width = if header_rows > 0 { names.len() } else { width };
        if let Err(why) = self.fits(&names, width) {
            findings.error(&self.url, why);
            return Rows::default();
        }
        let blank = vec![String::new(); width];
        let columns = self.columns(if names.is_empty() { &blank } else { &names });
        let mut kept = Rows::of(&self.url, self.schema.id.as_deref(), &columns);
        for (number, row) in (1..).zip(&rows[header_rows..]) {
            let mut values = Vec::with_capacity(columns.len());
            for (at, column) in columns.iter().enumerate() {
                let text = row.get(at).unwrap_or_default();
                let cell = column.cell(text);
                for fault in cell.faults {
                    findings.add(Finding {
                        gravity: Gravity::Error,
                        place: self.url.clone(),
                        row: Some(number),
                        column: column.title().to_owned(),
                        value: text.chars().take(SHOWN_LENGTH).collect(),
                        reason: fault.to_owned(),
                    });
                }
                values.push(cell.values);
            }
            kept.push(values);
        }
        kept
    }
}

/// `und` matches any; others where the longer begins with the shorter.
fn languages_match(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let begins =
        |long: &str, short: &str| long == short || long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    one == "und" || other == "und" || begins(&one, &other) || begins(&other, &one)
}
