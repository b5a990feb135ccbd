//! Why a file is not a table.

/// Why nothing was read, in a sentence for whoever chose the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableRefusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// There is a line of names, or less, and nothing under it.
    #[error("the table has no rows under its first line")]
    NoRows,
    /// It is larger than [`crate::FILE_LIMIT_BYTES`].
    #[error("the file has more than {most_mib} MiB; divide it")]
    TooLarge {
        /// The limit in MiB.
        most_mib: u64,
    },
    /// It is a workbook.
    #[error("the file is a spreadsheet; open it and save the sheet as CSV (UTF-8), then import that")]
    Spreadsheet,
    /// It is packed.
    #[error("the file is packed; unpack it first")]
    Packed,
    /// It is no text at all.
    #[error("the file is no text: a table is CSV, with one line for each row")]
    Binary,
    /// It says that it is in an encoding, and is not.
    #[error("the file is not good {encoding}; save it as UTF-8")]
    Encoding {
        /// Which.
        encoding: String,
    },
    /// Nobody knows this encoding.
    #[error("“{label}” is no encoding; as utf-8, utf-16le or windows-1252")]
    UnknownEncoding {
        /// What was asked for.
        label: String,
    },
    /// The delimiter asked for is not one.
    #[error("a delimiter is one character, as , ; | tab or space, and no letter, digit or quote")]
    Delimiter,
    /// There are more columns than [`crate::COLUMNS_LIMIT`].
    #[error("the table has {columns} columns; {most} are read")]
    TooManyColumns {
        /// How many there are.
        columns: usize,
        /// The limit.
        most: usize,
    },
    /// The reader failed.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}
