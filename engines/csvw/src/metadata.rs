//! What metadata describe (tabular-metadata 5): groups, tables, schemas, columns.

use crate::{address, properties::Inherited};

/// Tables that belong together.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Its tables, in order.
    pub tables: Vec<Table>,
}

/// A table that is described.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its address.
    pub url: String,
    /// What its columns are.
    pub schema: Schema,
    /// How its file is written.
    pub dialect: Dialect,
    pub(crate) inherited: Inherited,
}

/// What the columns of a table are.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The columns, those that are not in the file last; empty where nothing is said of them.
    pub columns: Vec<Column>,
    /// The names of the columns by which rows are told apart.
    pub primary_key: Vec<String>,
    /// What points to rows of other tables.
    pub foreign_keys: Vec<ForeignKey>,
    pub(crate) id: Option<String>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name, where one is given.
    pub name: Option<String>,
    /// What it may be called in the file, each with its language.
    pub titles: Vec<(String, String)>,
    /// Whether it is not in the file.
    pub is_virtual: bool,
    /// What is said of its meaning (`dc:description` and its kin); may be empty.
    pub description: String,
    pub(crate) inherited: Inherited,
}

/// Columns that point to a row of another table.
#[derive(Debug, Clone)]
pub struct ForeignKey {
    /// The names of the columns here.
    pub columns: Vec<String>,
    /// The address of the other table, or of its schema.
    pub(crate) to: Result<String, String>,
    /// The names of the columns there.
    pub there: Vec<String>,
}

/// How a file is written (tabular-metadata 5.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// What begins a line that is none of the table.
    pub comment: Option<char>,
    /// What stands between cells.
    pub delimiter: char,
    /// Whether a quote within quotes is written twice.
    pub double_quote: bool,
    /// How the text is encoded, in small letters.
    pub encoding: String,
    /// Rows with names.
    pub header_rows: usize,
    /// What stands around cells.
    pub quote: Option<char>,
    /// Whether blank rows are passed over.
    pub skip_blank_rows: bool,
    /// Columns that are passed over.
    pub skip_columns: usize,
    /// Lines that are passed over at the beginning.
    pub skip_rows: usize,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            comment: Some('#'),
            delimiter: ',',
            double_quote: true,
            encoding: "utf-8".to_owned(),
            header_rows: 1,
            quote: Some('"'),
            skip_blank_rows: false,
            skip_columns: 0,
            skip_rows: 0,
        }
    }
}

impl ForeignKey {
    /// The address of the table it points to; `None` where it names a schema instead.
    pub fn table(&self) -> Option<&str> {
        self.to.as_deref().ok()
    }

    /// The address of the schema whose table it points to; `None` where it names a table.
    pub fn schema(&self) -> Option<&str> {
        self.to.as_ref().err().map(String::as_str)
    }
}

impl Schema {
    /// Its own address (`@id`), by which foreign keys may point to it.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Column {
    /// Its inherited and own name for people: the first of its titles, else its name.
    pub fn title(&self) -> &str {
        self.titles.first().map(|(_, title)| title.as_str()).or(self.name.as_deref()).unwrap_or_default()
    }

    /// The datatype of its cells.
    pub fn datatype(&self) -> &crate::Datatype {
        &self.inherited.datatype
    }

    /// Whether its cells must hold something.
    pub fn is_required(&self) -> bool {
        self.inherited.required
    }

    /// Whether its cells hold lists.
    pub fn is_list(&self) -> bool {
        self.inherited.separator.is_some()
    }

    pub(crate) fn plain(title: &str, inherited: &Inherited) -> Self {
        Self {
            name: None,
            titles: vec![(inherited.language.clone(), title.to_owned())],
            is_virtual: false,
            description: String::new(),
            inherited: inherited.clone(),
        }
    }
}

impl Group {
    /// Whether it describes the table of this address.
    pub fn describes(&self, url: &str) -> bool {
        let url = address::normal(url);
        self.tables.iter().any(|table| address::normal(&table.url) == url)
    }
}
