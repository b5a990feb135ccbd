//! A header and its rows, each with its line.

use super::{ReadError, TABLE_BYTES_MAX};

pub(super) struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

pub(super) struct Row {
    pub line: u64,
    pub fields: Vec<String>,
}

impl Table {
    pub(super) fn read(text: &str, rows_max: usize) -> Result<Self, ReadError> {
        let fault = |line, problem: String| ReadError { line, column: "1".to_owned(), problem };
        if text.len() > TABLE_BYTES_MAX {
            return Err(fault(1, format!("the table has {} bytes; at most {TABLE_BYTES_MAX} are read", text.len())));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                fault(error.position().map_or(1, csv::Position::line), "this is not a row of a CSV table".to_owned())
            })?;
            let line = record.position().map_or(1, csv::Position::line);
            if record.iter().all(str::is_empty) {
                continue;
            }
            if rows.len() > rows_max {
                return Err(fault(line, format!("there are more than {rows_max} rows; that is the limit")));
            }
            rows.push(Row { line, fields: record.iter().map(str::to_owned).collect() });
        }
        if rows.is_empty() {
            return Err(fault(1, "the table is empty; its first line should name the columns".to_owned()));
        }
        let header = rows.remove(0);
        Self { header: header.fields, rows }.checked()
    }

    fn checked(self) -> Result<Self, ReadError> {
        for (place, name) in self.header.iter().enumerate() {
            let earlier = self.header[..place].iter().position(|other| other == name && !name.is_empty());
            if let Some(earlier) = earlier {
                let problem = format!("“{name}” is already the name of column {}", earlier + 1);
                return Err(ReadError { line: 1, column: (place + 1).to_string(), problem });
            }
        }
        for row in &self.rows {
            if row.fields.len() != self.header.len() {
                let problem =
                    format!("the row has {} fields; the header names {}", row.fields.len(), self.header.len());
                let column = (row.fields.len().min(self.header.len()) + 1).to_string();
                return Err(ReadError { line: row.line, column, problem });
            }
        }
        Ok(self)
    }

    /// The column of this name, or of the one name that differs only in the size of letters.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let alike = |other: &String| other.to_lowercase() == name.trim().to_lowercase();
        let exact = self.header.iter().position(|other| other == name.trim());
        exact.or_else(|| self.header.iter().position(alike))
    }

    pub(super) fn fault(&self, row: &Row, column: usize, problem: String) -> ReadError {
        let name = self.header.get(column).map_or(String::new(), |name| format!(" ({name})"));
        ReadError { line: row.line, column: format!("{}{name}", column + 1), problem }
    }
}
