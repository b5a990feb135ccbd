//! Reading back what we wrote ourselves.

use database::{DbError, Row};
use std::{fmt::Display, str::FromStr};

/// The text in a column, read as what it was written from.
///
/// # Errors
/// A fault when somebody else wrote the row.
pub(crate) fn kept<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<T, DbError> {
    let text: String = row.get(index)?;
    text.parse().map_err(|error: T::Err| DbError::Other(format!("a row cannot be read back: {error}")))
}

/// As [`kept`], for a column that may be empty.
pub(crate) fn kept_if_any<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<Option<T>, DbError> {
    let text: Option<String> = row.get(index)?;
    text.map(|text| text.parse())
        .transpose()
        .map_err(|error: T::Err| DbError::Other(format!("a row cannot be read back: {error}")))
}
