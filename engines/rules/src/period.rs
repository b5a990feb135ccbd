//! What a value holds for: a day, a month, a year, or for ever.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

/// How often a variable can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Each day.
    Day,
    /// Each month.
    Month,
    /// Each year.
    Year,
    /// Never.
    Forever,
}

impl Unit {
    /// As the language says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Day => "each day",
            Self::Month => "each month",
            Self::Year => "each year",
            Self::Forever => "forever",
        }
    }
}

/// One period. The start is the first day of the month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    unit: Unit,
    start: Date,
}

impl Period {
    /// For ever.
    pub const FOREVER: Self = Self { unit: Unit::Forever, start: Date::constant(1, 1, 1) };

    /// The period of this unit that the day lies in.
    pub fn of(unit: Unit, day: Date) -> Self {
        let start = match unit {
            Unit::Day => day,
            Unit::Month => day.first_of_month(),
            Unit::Year => day.first_of_year(),
            Unit::Forever => return Self::FOREVER,
        };
        Self { unit, start }
    }

    /// Its unit.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Its first day; the law of this day holds for the whole period.
    pub const fn start(self) -> Date {
        self.start
    }

    /// Its last day.
    pub fn end(self) -> Date {
        match self.unit {
            Unit::Day => self.start,
            Unit::Month => self.start.last_of_month(),
            Unit::Year => self.start.last_of_year(),
            Unit::Forever => Date::MAX,
        }
    }

    /// The period so many units later (or earlier); `None` outside the years -9999 to 9999.
    pub fn later(self, by: i32) -> Option<Self> {
        let start = match self.unit {
            Unit::Day => self.start.checked_add(i64::from(by).days()),
            Unit::Month => self.start.checked_add(by.months()),
            Unit::Year => self.start.checked_add(by.years()),
            Unit::Forever => return Some(self),
        };
        Some(Self { unit: self.unit, start: start.ok()? })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.start.year(), self.start.month());
        match self.unit {
            Unit::Day => write!(out, "{}", self.start),
            Unit::Month => write!(out, "{year:04}-{month:02}"),
            Unit::Year => write!(out, "{year:04}"),
            Unit::Forever => out.write_str("forever"),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    /// Reads `2024`, `2024-05`, `2024-05-31` or `forever`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is no period; expected as 2024, 2024-05, 2024-05-31 or forever");
        if text == "forever" {
            return Ok(Self::FOREVER);
        }
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        if parts.iter().any(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(wrong());
        }
        let (unit, full) = match lengths[..] {
            [4] => (Unit::Year, format!("{text}-01-01")),
            [4, 2] => (Unit::Month, format!("{text}-01")),
            [4, 2, 2] => (Unit::Day, text.to_owned()),
            _ => return Err(wrong()),
        };
        full.parse().map(|day| Self::of(unit, day)).map_err(|_| wrong())
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
