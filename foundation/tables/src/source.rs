//! From the bytes of a file to sheets, by what is in the bytes and never by what somebody says they are.

mod json;
mod json_text;
mod packed;
mod parquet;
mod workbook;

pub(crate) use parquet::{Many, Packed, Raw};

use crate::{Declared, Refused, SetAside};
use bytes::Bytes;
use importing::{Table, TableRefusal, Wish};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use packed::{UNPACKED_LIMIT_BYTES, ZIP_RATIO_LIMIT};

/// Cells of one sheet that does not come from a text.
pub(crate) const CELLS_LIMIT: u64 = 5_000_000;
/// Sheets that are read of one file.
pub const SHEETS_LIMIT: usize = 50;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Rows of text: CSV, TSV and their kin.
    Csv,
    /// An Excel workbook (ECMA-376).
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A zip archive of tables.
    Zip,
    /// A list of objects in JSON, or one object a line.
    Json,
    /// A collection of features (RFC 7946).
    GeoJson,
    /// Typed columns (Apache Parquet).
    Parquet,
}

impl Form {
    /// As CKAN writes formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::Ods => "ODS",
            Self::Zip => "ZIP",
            Self::Json => "JSON",
            Self::GeoJson => "GeoJSON",
            Self::Parquet => "Parquet",
        }
    }

    /// The media type (IANA).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Zip => "application/zip",
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// A table in a file.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What the sheet is called; empty where the file has no names for them.
    pub name: String,
    /// Its names and rows, as texts.
    pub table: Table,
    /// Columns that are texts whatever they look like, because the file says so.
    pub(crate) texts: Vec<usize>,
    /// The column with geometries.
    pub(crate) geometry: Option<usize>,
    /// What the file itself says that columns are.
    pub(crate) own: Option<Declared>,
    /// What is no row of it and was set aside already.
    pub(crate) asides: Vec<SetAside>,
    /// What is to be known of it beside its rows, in English.
    pub(crate) notes: Vec<String>,
    /// The file, where it has more cells than become texts; then `table` has only the names.
    pub(crate) packed: Option<Packed>,
}

impl Sheet {
    /// A sheet of rows that come from no file: every cell as text, types found out like those of a file.
    pub fn of_rows(name: &str, header: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        Self { name: name.to_owned(), ..Self::of_table(Table::of(header, rows)) }
    }

    pub(crate) fn of_table(table: Table) -> Self {
        Self {
            name: String::new(),
            table,
            texts: Vec::new(),
            geometry: None,
            own: None,
            asides: Vec::new(),
            notes: Vec::new(),
            packed: None,
        }
    }
}

/// What the bytes are; text when nothing else.
pub fn sniff(bytes: &[u8]) -> Form {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packed::form(bytes);
    }
    if parquet::is_parquet(bytes) {
        return Form::Parquet;
    }
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte)) {
        Some(b'[' | b'{') if json::is_json(bytes) => json::form(bytes),
        _ => Form::Csv,
    }
}

/// Reads every sheet of a file, sharing its bytes where that spares a copy of them.
///
/// # Errors
/// As [`read`].
pub fn read_shared(bytes: &Bytes, wish: &Wish) -> Result<Vec<Sheet>, Refused> {
    if bytes.len() as u64 <= importing::FILE_LIMIT_BYTES && parquet::is_parquet(bytes) {
        return parquet::read(bytes).map(|sheet| vec![sheet]);
    }
    read(bytes, wish)
}

/// Reads every sheet of a file.
///
/// # Errors
/// A sentence that says why it is no table.
pub fn read(bytes: &[u8], wish: &Wish) -> Result<Vec<Sheet>, Refused> {
    if bytes.len() as u64 > importing::FILE_LIMIT_BYTES {
        return Err(TableRefusal::TooLarge { most_mib: importing::FILE_LIMIT_BYTES / 1024 / 1024 }.into());
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Refused::OldWorkbook);
    }
    match sniff(bytes) {
        Form::Csv => {
            let table = Table::read(bytes, wish)?;
            Ok(vec![Sheet::of_table(table)])
        }
        Form::Xlsx => workbook::xlsx(bytes),
        Form::Ods => workbook::ods(bytes),
        Form::Zip => packed::sheets(bytes, wish),
        Form::Parquet => parquet::read(&Bytes::copy_from_slice(bytes)).map(|sheet| vec![sheet]),
        Form::Json | Form::GeoJson => json::read(bytes).map(|sheet| vec![sheet]),
    }
}

/// Libraries panic on some malformed files: one more way for them to say that a file is broken.
fn guarded<T>(
    broken: impl Fn(&dyn std::fmt::Display) -> Refused,
    read: impl FnOnce() -> Result<T, Refused>,
) -> Result<T, Refused> {
    let outcome = catch_unwind(AssertUnwindSafe(read));
    outcome.unwrap_or_else(|_| Err(broken(&"a part of it says what no such file can hold")))
}
