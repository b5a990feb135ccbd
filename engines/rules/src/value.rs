//! Values and their types.

use crate::decimal::Decimal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// What a value can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Yesno,
    Integer,
    Number,
    Money,
    Day,
    Text,
    Choice(usize),
}

impl Type {
    pub(crate) const fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Money)
    }
}

/// A value inside the executors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Raw {
    Yesno(bool),
    Number(Decimal),
    Day(Date),
    Choice(u16),
    Text(Arc<str>),
}

/// A value as people and programs see it. Numbers travel as text, so that no digit is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "lowercase")]
pub enum Value {
    /// Yes or no.
    Yesno(bool),
    /// A number, whole where the variable is an integer.
    Number(Decimal),
    /// An amount of money in units of the currency.
    Money(Decimal),
    /// A day, as 2024-01-31.
    #[serde(with = "day")]
    Date(Date),
    /// One option of a choice.
    Choice(String),
    /// A text.
    Text(String),
}

impl Value {
    /// The number, if it is one.
    pub const fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) | Self::Money(number) => Some(*number),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yesno(true) => out.write_str("yes"),
            Self::Yesno(false) => out.write_str("no"),
            Self::Number(number) => write!(out, "{number}"),
            Self::Money(number) => out.write_str(&number.to_text(2)),
            Self::Date(day) => write!(out, "{day}"),
            Self::Choice(text) | Self::Text(text) => out.write_str(text),
        }
    }
}

mod day {
    use super::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
