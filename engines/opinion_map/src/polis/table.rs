use super::fault::{Fault, quoted};
use csv::{ByteRecord, Reader, ReaderBuilder};

/// A CSV file with a header.
pub(super) struct Table<'a> {
    reader: Reader<&'a [u8]>,
    pub(super) header: Vec<String>,
    record: ByteRecord,
}

impl<'a> Table<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(true).from_reader(bytes);
        let header = match reader.byte_headers() {
            Ok(header) if !header.is_empty() => {
                header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect()
            }
            _ => {
                return Err(Fault {
                    line: 1,
                    column: None,
                    sentence: "a line with the names of the columns was expected, but the file is empty.".to_owned(),
                });
            }
        };
        Ok(Self { reader, header, record: ByteRecord::new() })
    }

    /// The position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|own| own.eq_ignore_ascii_case(name))
    }

    /// The position of a column that there must be.
    pub(super) fn needed(&self, name: &str) -> Result<usize, Fault> {
        self.column(name).ok_or_else(|| Fault {
            line: 1,
            column: None,
            sentence: format!(
                "a column “{name}” was expected; the columns are {}.",
                quoted(self.header.join(",").as_bytes())
            ),
        })
    }

    /// The next row with its line, None at the end. Rows of any bytes can be read, so there is nothing else to report.
    pub(super) fn next(&mut self) -> Option<(u64, &ByteRecord)> {
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => Some((self.record.position().map_or(0, csv::Position::line), &self.record)),
            _ => None,
        }
    }
}
