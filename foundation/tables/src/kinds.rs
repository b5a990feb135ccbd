//! What is known of a table and its columns.

use serde::{Deserialize, Serialize};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// True or false.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction.
    Number,
    /// Days, as `2026-11-26`.
    Date,
    /// Moments: in UTC with a `Z`, or on the clocks of the place without.
    DateTime,
    /// Anything.
    #[default]
    String,
}

impl ColumnKind {
    /// As in Frictionless Table Schema.
    pub fn word(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::String => "string",
        }
    }

    /// As in the datastore of CKAN (types of PostgreSQL).
    pub fn postgres(self) -> &'static str {
        match self {
            Self::Boolean => "bool",
            Self::Integer => "int",
            Self::Number => "numeric",
            Self::Date => "date",
            Self::DateTime => "timestamp",
            Self::String => "text",
        }
    }

    /// As XML Schema names it (xsd:…), for CSVW and DCAT.
    pub fn xsd(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "double",
            Self::Date => "date",
            Self::DateTime => "dateTime",
            Self::String => "string",
        }
    }

    /// Whether it can be added up.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }

    /// Whether it lies in time.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::DateTime)
    }
}

/// A value and how often it stands in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopValue {
    /// The value as text.
    pub value: String,
    /// How often.
    pub count: u64,
}

/// What is known of a column, from all of its cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// Its name, its own in the table.
    pub name: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// How the file wrote it, in a few English words, where that is not the plain way; empty otherwise.
    pub written: String,
    /// The word that stood for nothing in it, as `NA`; empty for none.
    pub missing: String,
    /// Cells that hold something.
    pub filled: u64,
    /// Cells that hold nothing.
    pub empty: u64,
    /// Different values; `None` where there are too many to count in memory.
    pub distinct: Option<u64>,
    /// The least value.
    pub least: Option<String>,
    /// The greatest value.
    pub most: Option<String>,
    /// The sum, of numbers.
    pub sum: Option<f64>,
    /// The most frequent values.
    pub top: Vec<TopValue>,
    /// Cells that do not fit what was declared, and are kept as text.
    pub misfits: u64,
}

/// What is known of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableInfo {
    /// Rows of the file, without its line of names.
    pub rows_in: u64,
    /// Rows that are stored.
    pub rows: u64,
    /// Rows that were set aside.
    pub set_aside: u64,
    /// The columns in order.
    pub columns: Vec<Described>,
    /// The column with geometries, as GeoJSON or well-known text, where there is one.
    pub geometry: Option<usize>,
    /// The box around all geometries: west, south, east, north; `None` where none was found, or the table is from before that was known.
    #[serde(default)]
    pub bounds: Option<[f64; 4]>,
    /// The columns with degrees north and east, where there are.
    pub point: Option<(usize, usize)>,
    /// How the file was encoded, as `UTF-8`.
    pub encoding: String,
    /// What stood between its cells; empty where it was no text.
    pub delimiter: String,
}

impl TableInfo {
    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
