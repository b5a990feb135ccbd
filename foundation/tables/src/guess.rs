//! What a column is, from all of its cells: every way of reading that one cell contradicts is given up.

use crate::{
    Value,
    dates::{self, Parts},
    kinds::ColumnKind,
};

/// Words that stand for nothing in columns of numbers, dates or truth values.
const MISSING: [&str; 11] = ["NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "-", "--", ".."];
/// Digits that a floating-point number holds exactly.
const EXACT_DIGITS: usize = 15;

/// A way to read cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Boolean,
    Integer,
    Decimal,
    /// `1,5`
    CommaDecimal,
    /// `1,234.5`
    CommaThousands,
    /// `1.234,5`
    PointThousands,
    Date,
    DayFirst,
    MonthFirst,
    Moment,
    /// A moment that says its offset.
    MomentInZone,
    DayFirstMoment,
    MonthFirstMoment,
}

impl Reading {
    /// In the order in which they are preferred.
    const ALL: [Self; 13] = [
        Self::Boolean,
        Self::Integer,
        Self::Decimal,
        Self::CommaDecimal,
        Self::CommaThousands,
        Self::PointThousands,
        Self::Date,
        Self::DayFirst,
        Self::MonthFirst,
        Self::MomentInZone,
        Self::Moment,
        Self::DayFirstMoment,
        Self::MonthFirstMoment,
    ];

    pub(crate) fn kind(self) -> ColumnKind {
        match self {
            Self::Boolean => ColumnKind::Boolean,
            Self::Integer => ColumnKind::Integer,
            Self::Decimal | Self::CommaDecimal | Self::CommaThousands | Self::PointThousands => ColumnKind::Number,
            Self::Date | Self::DayFirst | Self::MonthFirst => ColumnKind::Date,
            _ => ColumnKind::DateTime,
        }
    }

    /// How the file wrote it, where that is not the plain way.
    pub(crate) fn written(self) -> &'static str {
        match self {
            Self::CommaDecimal => "decimal comma",
            Self::CommaThousands => "thousands with commas",
            Self::PointThousands => "thousands with points",
            Self::DayFirst | Self::DayFirstMoment => "day before month",
            Self::MonthFirst | Self::MonthFirstMoment => "month before day",
            _ => "",
        }
    }

    /// The value of a cell that was trimmed and is not empty.
    pub(crate) fn read(self, cell: &str) -> Option<Value> {
        match self {
            Self::Boolean => boolean(cell).map(Value::Bool),
            Self::Integer => integer(cell).map(Value::Int),
            Self::Decimal => decimal(cell).map(Value::Real),
            Self::CommaDecimal => comma_decimal(cell).map(Value::Real),
            Self::CommaThousands => thousands(cell, b',', '.').map(Value::Real),
            Self::PointThousands => thousands(cell, b'.', ',').map(Value::Real),
            Self::Date => day(cell, Parts::Year),
            Self::DayFirst => day(cell, Parts::Day),
            Self::MonthFirst => day(cell, Parts::Month),
            Self::Moment => moment(cell, Parts::Year, false),
            Self::MomentInZone => moment(cell, Parts::Year, true),
            Self::DayFirstMoment => moment(cell, Parts::Day, false),
            Self::MonthFirstMoment => moment(cell, Parts::Month, false),
        }
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// What is left of the ways to read a column.
#[derive(Debug, Clone)]
pub(crate) struct Guess {
    left: u16,
    seen: u64,
    missing: Option<&'static str>,
    missing_count: u64,
}

impl Default for Guess {
    fn default() -> Self {
        Self { left: u16::MAX, seen: 0, missing: None, missing_count: 0 }
    }
}

impl Guess {
    /// Nothing but text, whatever its cells look like.
    pub(crate) fn text() -> Self {
        Self { left: 0, ..Self::default() }
    }

    /// A cell that was trimmed and is not empty, and stands there `times` times.
    pub(crate) fn look_at(&mut self, cell: &str, times: u64) {
        if self.left == 0 {
            return;
        }
        let possible = possible(cell);
        if possible == 0
            && let Some(word) = MISSING.iter().find(|word| **word == cell)
            && self.missing.is_none_or(|before| before == *word)
        {
            self.missing = Some(word);
            self.missing_count += times;
            return;
        }
        self.seen += times;
        self.left &= possible;
    }

    /// The way in which the whole column reads, with the word that stands for nothing; `None` for text.
    pub(crate) fn reading(&self) -> Option<(Reading, Option<&'static str>)> {
        if self.seen == 0 {
            return None;
        }
        let is = |reading: Reading| self.left & reading.bit() != 0;
        let plain = is(Reading::Integer) || is(Reading::Decimal);
        // 1,234 may be either of two numbers, 3/4/2012 either of two days: nobody can tell, so it stays text.
        if !plain && is(Reading::CommaDecimal) && is(Reading::CommaThousands) {
            return None;
        }
        if is(Reading::DayFirst) && is(Reading::MonthFirst)
            || is(Reading::DayFirstMoment) && is(Reading::MonthFirstMoment)
        {
            return None;
        }
        Reading::ALL.into_iter().find(|reading| is(*reading)).map(|reading| (reading, self.missing))
    }
}

/// Every way in which a cell can be read.
fn possible(cell: &str) -> u16 {
    match cell.as_bytes().first() {
        Some(b't' | b'T' | b'f' | b'F') if boolean(cell).is_some() => Reading::Boolean.bit(),
        Some(b'0'..=b'9' | b'-' | b'.' | b'+') => number_bits(cell) | date_bits(cell),
        _ => 0,
    }
}

fn number_bits(cell: &str) -> u16 {
    if integer(cell).is_some() {
        let digits = cell.len() - usize::from(cell.starts_with('-'));
        let as_decimal = if digits <= EXACT_DIGITS { Reading::Decimal.bit() | Reading::CommaDecimal.bit() } else { 0 };
        // 1234 has no separator where one would stand.
        let as_thousands = if digits <= 3 { Reading::CommaThousands.bit() | Reading::PointThousands.bit() } else { 0 };
        return Reading::Integer.bit() | as_decimal | as_thousands;
    }
    let mut bits = 0;
    if decimal(cell).is_some() {
        bits |= Reading::Decimal.bit();
    }
    if comma_decimal(cell).is_some() {
        bits |= Reading::CommaDecimal.bit();
    }
    if thousands(cell, b',', '.').is_some() {
        bits |= Reading::CommaThousands.bit();
    }
    if thousands(cell, b'.', ',').is_some() {
        bits |= Reading::PointThousands.bit();
    }
    bits
}

fn date_bits(cell: &str) -> u16 {
    if cell.len() < 8 || !cell.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return 0;
    }
    let mut bits = 0;
    if let Some(read) = dates::read(cell, Parts::Year) {
        bits |= match (&read.time, read.offset_minutes) {
            (None, _) => Reading::Date.bit() | Reading::Moment.bit(),
            (Some(_), Some(_)) => Reading::MomentInZone.bit(),
            (Some(_), None) => Reading::Moment.bit(),
        };
        return bits;
    }
    for (parts, date, moment) in [
        (Parts::Day, Reading::DayFirst, Reading::DayFirstMoment),
        (Parts::Month, Reading::MonthFirst, Reading::MonthFirstMoment),
    ] {
        if let Some(read) = dates::read(cell, parts) {
            bits |= match (&read.time, read.offset_minutes) {
                (None, _) => date.bit(),
                (Some(_), None) => moment.bit(),
                (Some(_), Some(_)) => 0,
            };
        }
    }
    bits
}

pub(crate) fn boolean(cell: &str) -> Option<bool> {
    if cell.eq_ignore_ascii_case("true") {
        Some(true)
    } else if cell.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Digits without a zero in front, which would be a code and no number.
pub(crate) fn integer(cell: &str) -> Option<i64> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let is_plain = !digits.is_empty()
        && digits.len() <= 19
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.len() == 1 || !digits.starts_with('0'))
        && !(cell.starts_with('-') && digits == "0");
    if is_plain { cell.parse().ok() } else { None }
}

/// `12`, `-0.5`, `.5`, `1.5e-3`; with no more digits than are held exactly.
pub(crate) fn decimal(cell: &str) -> Option<f64> {
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole_ok = digits(whole) && (whole.len() <= 1 || !whole.starts_with('0'));
    let fraction_ok = digits(fraction) && mantissa.contains('.') != fraction.is_empty();
    let exponent_ok = exponent.is_none_or(|exponent| {
        let bare = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !bare.is_empty() && bare.len() <= 3 && digits(bare)
    });
    if !whole_ok || !fraction_ok || !exponent_ok || whole.len() + fraction.len() == 0 {
        return None;
    }
    let value = cell.parse::<f64>().ok().filter(|value| value.is_finite())?;
    let significant = whole.trim_start_matches('0').len() + fraction.len();
    // More digits than are surely held exactly: good where they come back as they were.
    let is_exact = significant <= EXACT_DIGITS
        || (exponent.is_none() && value.to_string() == cell.trim_end_matches('0').trim_end_matches('.'));
    is_exact.then_some(value)
}

fn comma_decimal(cell: &str) -> Option<f64> {
    if cell.contains('.') || cell.contains(['e', 'E']) || cell.matches(',').count() != 1 {
        return if cell.contains([',', '.', 'e', 'E']) { None } else { decimal(cell) };
    }
    decimal(&cell.replace(',', "."))
}

/// Groups of three with `group` between them, and a fraction behind `point`.
fn thousands(cell: &str, group: u8, point: char) -> Option<f64> {
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = unsigned.split_once(point).unwrap_or((unsigned, ""));
    let mut groups = whole.split(char::from(group));
    let first = groups.next()?;
    let first_ok = (1..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_digit())
        && (first == "0" || !first.starts_with('0'));
    let rest_ok = groups.all(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()));
    if !first_ok || !rest_ok || (unsigned.contains(point) && fraction.is_empty()) {
        return None;
    }
    let sign = if cell.starts_with('-') { "-" } else { "" };
    let whole = whole.replace(char::from(group), "");
    let plain = if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    decimal(&plain)
}

fn day(cell: &str, parts: Parts) -> Option<Value> {
    dates::read(cell, parts).filter(|read| read.time.is_none()).map(|read| Value::Text(read.date()))
}

fn moment(cell: &str, parts: Parts, in_zone: bool) -> Option<Value> {
    let read = dates::read(cell, parts)?;
    (read.offset_minutes.is_some() == in_zone).then(|| Value::Text(read.moment()))
}

#[cfg(test)]
mod tests {
    use super::{Guess, Reading};
    use crate::Value;
    use proptest::prelude::*;

    fn of(cells: &[&str]) -> Option<Reading> {
        let mut guess = Guess::default();
        cells.iter().for_each(|cell| guess.look_at(cell, 1));
        guess.reading().map(|(reading, _)| reading)
    }

    #[test]
    fn the_whole_column_decides() {
        assert_eq!(of(&["1", "-20", "0"]), Some(Reading::Integer));
        assert_eq!(of(&["1", "2.5"]), Some(Reading::Decimal));
        assert_eq!(of(&["01", "02"]), None, "leading zeros are codes");
        assert_eq!(of(&["1", "2", "x"]), None);
        assert_eq!(of(&["1,5", "2,75"]), Some(Reading::CommaDecimal));
        assert_eq!(of(&["1,234", "5,678"]), None, "nobody can tell");
        assert_eq!(of(&["1,234", "5,678.9"]), Some(Reading::CommaThousands));
        assert_eq!(of(&["1,234", "5"]), None);
        assert_eq!(of(&["1.234.567", "5"]), Some(Reading::PointThousands));
        assert_eq!(of(&["TRUE", "false"]), Some(Reading::Boolean));
        assert_eq!(of(&["2012-01-31", "2012-02-29"]), Some(Reading::Date));
        assert_eq!(of(&["2012-01-31", "2012-02-29T10:00"]), Some(Reading::Moment));
        assert_eq!(of(&["03/04/2012", "05/06/2012"]), None, "nobody can tell");
        assert_eq!(of(&["03/04/2012", "25/06/2012"]), Some(Reading::DayFirst));
        assert_eq!(of(&["03/04/2012", "06/25/2012"]), Some(Reading::MonthFirst));
        assert_eq!(of(&["12345678901234567890"]), None, "too long to be held exactly");
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn one_word_may_stand_for_nothing() {
        let mut guess = Guess::default();
        ["1", "NA", "3"].iter().for_each(|cell| guess.look_at(cell, 1));
        assert_eq!(guess.reading(), Some((Reading::Integer, Some("NA"))));
        guess.look_at("null", 1);
        assert_eq!(guess.reading(), None);
        assert_eq!(of(&["NA", "NA"]), None);
    }

    proptest! {
        #[test]
        fn what_a_column_is_said_to_be_every_cell_can_be_read_as(cells in prop::collection::vec("[0-9.,/:T -]{1,12}|NA|true", 1..20)) {
            let mut guess = Guess::default();
            let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
            cells.iter().for_each(|cell| guess.look_at(cell, 1));
            if let Some((reading, missing)) = guess.reading() {
                for cell in cells.iter().filter(|cell| Some(**cell) != missing) {
                    prop_assert!(reading.read(cell).is_some(), "{cell} as {reading:?}");
                }
            }
        }

        #[test]
        fn no_digit_of_a_number_is_lost(number in -1_000_000_000_i64..1_000_000_000, cents in 0_u32..100) {
            let text = format!("{number}.{cents:02}");
            if let Some(Value::Real(read)) = Reading::Decimal.read(&text) {
                prop_assert_eq!(format!("{read:.2}"), text);
            }
        }
    }
}
