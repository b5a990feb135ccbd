//! What somebody says of a table before it is imported: which column is which, and what its values mean here.

use super::fields::{CODED, is_date, is_field};
use importing::{DateOrder, Wish};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Characters the name of a source may have.
const SOURCE_LIMIT: usize = 40;

/// A mapping; what it leaves out is found, and asked for when unsure. As TOML it is kept beside the table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// What the other system is called, as `myla311`: its ids are remembered under this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The label of the encoding, as `windows-1252`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What stands between cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The time zone of times without an offset; the town's own where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// What becomes of a row whose pin lies outside every district.
    pub pin_outside: PinOutside,
    /// Whether each request gets the promise of its category, from the day on which it was opened.
    pub promises: bool,
    /// The column of each field, by name; an empty name says that there is none.
    pub columns: BTreeMap<String, String>,
    /// The order of the dates of a field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dates: BTreeMap<String, DateOrder>,
    /// The column with the answer to a question of the category, by the code of the question.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// What the values of a field mean: a code of the town; an empty one sets the row aside.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

/// What becomes of a row whose pin lies outside every district.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinOutside {
    /// It is set aside.
    #[default]
    SetAside,
    /// It is stored with its address, without the pin.
    AddressOnly,
}

/// Why a mapping is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// It is not the TOML of a mapping.
    #[error("{0}")]
    Toml(String),
    /// It names a field that requests do not have.
    #[error("[{part}] names “{name}”, which is no field; see docs/guides/importing.md")]
    Field {
        /// Which part of the mapping.
        part: &'static str,
        /// The name.
        name: String,
    },
    /// It names a column that the table does not have.
    #[error("the column “{0}” is not in the table")]
    Column(String),
    /// There is no such time zone.
    #[error("“{0}” is no time zone, as Europe/Madrid")]
    Zone(String),
    /// The name of the source has other characters than codes have.
    #[error("a source is named with up to 40 of a to z, 0 to 9 and hyphens, as myla311")]
    Source,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// [`MappingError`].
    pub fn read(text: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(text).map_err(|error| MappingError::Toml(error.to_string()))?;
        mapping.check()?;
        Ok(mapping)
    }

    /// As TOML.
    pub fn text(&self) -> String {
        toml::to_string(self).expect("a mapping is texts and maps of texts, which TOML holds")
    }

    /// How its table is to be read.
    pub fn wish(&self) -> Wish {
        Wish { encoding: self.encoding.clone(), delimiter: self.delimiter, ..Wish::default() }
    }

    fn check(&self) -> Result<(), MappingError> {
        let no_field = |part, name: &String| Err(MappingError::Field { part, name: name.clone() });
        if let Some(name) = self.columns.keys().find(|name| !is_field(name)) {
            return no_field("columns", name);
        }
        if let Some(name) = self.dates.keys().find(|name| !is_date(name)) {
            return no_field("dates", name);
        }
        if let Some(name) = self.values.keys().find(|name| !CODED.contains(&name.as_str())) {
            return no_field("values", name);
        }
        self.source.as_deref().map_or(Ok(()), check_source)
    }
}

/// Names of sources go into the public record, so they are codes.
fn check_source(source: &str) -> Result<(), MappingError> {
    let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_good = !source.is_empty() && source.len() <= SOURCE_LIMIT && source.chars().all(is_code);
    if is_good { Ok(()) } else { Err(MappingError::Source) }
}
