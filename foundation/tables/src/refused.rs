//! Why something is not done.

use importing::TableRefusal;

/// Why a file is not taken in, or a question not answered; each is a sentence in English, and a code for other languages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no table, and this is why.
    #[error("{0}")]
    NoTable(TableRefusal),
    /// It is no workbook, or a broken one.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// It is an old kind of workbook.
    #[error("the file is an old Excel workbook (.xls); save it as .xlsx")]
    OldWorkbook,
    /// It unpacks to far more than it is.
    #[error("the file unpacks to more than {most_mib} MiB, or to more than {ratio} times its size")]
    Bomb {
        /// The limit in MiB.
        most_mib: u64,
        /// The largest ratio.
        ratio: u64,
    },
    /// It is a Parquet file that cannot be read.
    #[error("the Parquet file cannot be read: {0}")]
    Parquet(String),
    /// It says more cells than are read.
    #[error("a sheet has more than {most} cells")]
    TooManyCells {
        /// The limit.
        most: u64,
    },
    /// It is a Parquet file with more cells than are read of one.
    #[error("the Parquet file has more than {most} cells")]
    ParquetCells {
        /// The limit.
        most: u64,
    },
    /// It is a small Parquet file that stands for a very large table.
    #[error("the Parquet file has more than {most} cells for each of its bytes")]
    CellsOfFewBytes {
        /// The limit.
        most: u64,
    },
    /// It is a large Parquet file with cells that are read of smaller ones only.
    #[error(
        "the Parquet file has more than {most} cells, and lists or moments of 96 bits among them, which are read of smaller files only"
    )]
    NestedCells {
        /// The limit.
        most: u64,
    },
    /// It is a large Parquet file with a page that does not fit into memory.
    #[error("a page of the Parquet file unpacks to more than {most_mib} MiB: write smaller pages")]
    LargePage {
        /// The limit in MiB.
        most_mib: u64,
    },
    /// It has more sheets, or tables in an archive, than are read.
    #[error("the file has more than {most} sheets or tables")]
    TooManySheets {
        /// The limit.
        most: usize,
    },
    /// It is JSON and no table.
    #[error("the file is JSON, but no list of objects: {0}")]
    Json(String),
    /// It is JSON that breaks off, or is not well formed.
    #[error("the file is JSON that breaks off or is not well formed: {0}")]
    BrokenJson(String),
    /// There is no such column.
    #[error("there is no column “{0}”")]
    Column(String),
    /// A question that cannot be read.
    #[error("“{0}” is no condition: write a column, one of = != < <= > >= contains starts empty filled, and a value")]
    Condition(String),
    /// A column of a very large table that cannot be kept.
    #[error(
        "the column “{column}” has more than {most} different values, too many for a table of this size unless they are whole numbers or floats (no DECIMAL, no UINT_64)"
    )]
    TooManyValues {
        /// The column.
        column: String,
        /// The limit.
        most: usize,
    },
    /// More rows than are put in order.
    #[error("the question finds more than {most} rows to put in order: leave the order out, or ask for fewer")]
    TooManyInOrder {
        /// The limit.
        most: usize,
    },
    /// More rows passed over in an order than is done for one page.
    #[error("in an order at most {most} rows are passed over: go on behind the last row of a page")]
    TooFarInOrder {
        /// The limit.
        most: usize,
    },
    /// The rows of a page are too long together.
    #[error("the rows of this page have more than {most_mib} MiB together: ask for fewer")]
    LargeRows {
        /// The limit in MiB.
        most_mib: usize,
    },
    /// The question took too long, and was ended.
    #[error("the table is very large, and the question took too long: ask for less")]
    TooSlow,
    /// More groups than are counted.
    #[error("the column “{0}” has too many different values to group by")]
    Groups(String),
    /// A median needs every value of a group at once.
    #[error("the table is too large for the median of “{0}”")]
    Median(String),
    /// It wants numbers.
    #[error("the column “{0}” has no numbers to add up")]
    NoNumbers(String),
    /// The declared schema cannot be read.
    #[error("the schema cannot be read: {0}")]
    Schema(String),
    /// The file of the table is not there: take the original in again.
    #[error("the table is not there at the moment")]
    Gone,
    /// Somebody wanted it to stop.
    #[error("it was stopped")]
    Stopped,
    /// The disk or the file is at fault.
    #[error("the table cannot be kept or read: {0}")]
    Storage(String),
}

impl Refused {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoTable(refusal) => match refusal {
                TableRefusal::Empty => "data-file-empty",
                TableRefusal::NoRows => "data-file-no-rows",
                TableRefusal::TooLarge { .. } => "data-file-large",
                TableRefusal::Packed => "data-file-packed",
                TableRefusal::Encoding { .. } => "data-file-encoding",
                TableRefusal::UnknownEncoding { .. } => "data-file-encoding-unknown",
                TableRefusal::Delimiter => "data-file-delimiter",
                TableRefusal::TooManyColumns { .. } => "data-file-columns",
                _ => "data-file-binary",
            },
            Self::Workbook(_) => "data-file-workbook",
            Self::Parquet(_) => "data-file-parquet",
            Self::OldWorkbook => "data-file-old-workbook",
            Self::Bomb { .. } => "data-file-bomb",
            Self::TooManyCells { .. } => "data-file-cells",
            Self::ParquetCells { .. } => "data-file-cells-parquet",
            Self::CellsOfFewBytes { .. } => "data-file-cells-few-bytes",
            Self::NestedCells { .. } => "data-file-cells-nested",
            Self::LargePage { .. } => "data-file-page",
            Self::TooManySheets { .. } => "data-file-sheets",
            Self::Json(_) => "data-file-json",
            Self::BrokenJson(_) => "data-file-json-broken",
            Self::TooManyValues { .. } => "data-file-values",
            Self::TooManyInOrder { .. } => "data-order",
            Self::TooFarInOrder { .. } => "data-order-far",
            Self::LargeRows { .. } => "data-rows-large",
            Self::TooSlow => "data-slow",
            Self::Column(_) => "data-column",
            Self::Condition(_) => "data-condition",
            Self::Groups(_) => "data-groups",
            Self::Median(_) => "data-median",
            Self::NoNumbers(_) => "data-no-numbers",
            Self::Schema(_) => "data-schema",
            Self::Gone => "data-gone",
            Self::Stopped => "data-stopped",
            Self::Storage(_) => "data-storage",
        }
    }

    /// Whether it is the disk's fault and not the asker's.
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::Storage(_))
    }

    /// The word it is about; empty for none.
    pub fn about(&self) -> String {
        match self {
            Self::TooManyValues { column: word, .. }
            | Self::Column(word)
            | Self::Condition(word)
            | Self::Groups(word)
            | Self::Median(word)
            | Self::NoNumbers(word)
            | Self::Schema(word)
            | Self::Json(word)
            | Self::BrokenJson(word) => word.clone(),
            _ => String::new(),
        }
    }
}

impl From<TableRefusal> for Refused {
    fn from(refusal: TableRefusal) -> Self {
        Self::NoTable(refusal)
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<serde_json::Error> for Refused {
    fn from(error: serde_json::Error) -> Self {
        Self::Storage(error.to_string())
    }
}
