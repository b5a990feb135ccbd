//! The parts of a date and of a time of day.

use super::DateOrder;
use jiff::{
    civil::{Date, DateTime, Time},
    tz::Offset,
};

/// Characters the longest date has.
const LONGEST: usize = 60;
/// Two-digit years up to this one are of this century (POSIX `%y`).
const PIVOT: i16 = 68;

/// Months by how their names begin, in English, Spanish and Arabic.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "يناير"],
    &["feb", "فبراير"],
    &["mar", "مارس"],
    &["apr", "abr", "أبريل", "ابريل"],
    &["may", "مايو"],
    &["jun", "يونيو"],
    &["jul", "يوليو"],
    &["aug", "ago", "أغسطس", "اغسطس"],
    &["sep", "set", "سبتمبر"],
    &["oct", "أكتوبر", "اكتوبر"],
    &["nov", "نوفمبر"],
    &["dec", "dic", "ديسمبر"],
];

/// Reads a date, with or without a time of day and an offset.
pub(super) fn read(cell: &str, order: DateOrder) -> Option<(DateTime, Option<Offset>)> {
    if cell.len() > LONGEST {
        return None;
    }
    let western;
    let cell = if cell.is_ascii() {
        cell
    } else {
        western = cell.chars().map(western_digit).collect::<String>();
        &western
    };
    let mut scan = Scan(cell);
    let date = date(&mut scan, order)?;
    let (time, offset) = time(scan.0)?;
    Some((date.to_datetime(time), offset))
}

fn western_digit(c: char) -> char {
    match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        other => other,
    }
}

/// A cell, from the left.
struct Scan<'c>(&'c str);

/// A run of digits, or of letters.
enum Piece<'c> {
    Number(&'c str),
    Word(&'c str),
}

impl<'c> Scan<'c> {
    fn piece(&mut self) -> Option<Piece<'c>> {
        let is_digit = self.0.starts_with(|c: char| c.is_ascii_digit());
        let end = self.0.find(|c: char| if is_digit { !c.is_ascii_digit() } else { !c.is_alphabetic() });
        let (run, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        match run.is_empty() {
            true => None,
            false if is_digit => Some(Piece::Number(run)),
            false => Some(Piece::Word(run)),
        }
    }

    /// What divides the parts of a date.
    fn gap(&mut self) {
        self.0 = self.0.trim_start_matches(['/', '-', '.', ',', ' ']);
    }
}

fn date<'c>(scan: &mut Scan<'c>, order: DateOrder) -> Option<Date> {
    let mut first = scan.piece()?;
    if let Piece::Word(word) = first
        && month(word).is_none()
    {
        // The day of the week says nothing new.
        scan.gap();
        first = scan.piece()?;
    }
    if let Piece::Number(run) = first
        && matches!(run.len(), 8 | 14)
    {
        return (order == DateOrder::YearFirst).then(|| compact(run, scan)).flatten();
    }
    let mut next = || {
        scan.gap();
        let piece = scan.piece()?;
        // “27 de diciembre de 2017”
        match piece {
            Piece::Word("de" | "of") => {
                scan.gap();
                scan.piece()
            }
            other => Some(other),
        }
    };
    let (second, third) = (next()?, next()?);
    let (year, month_of_year, day) = match (order, first, second, third) {
        (DateOrder::YearFirst, Piece::Number(y), m, Piece::Number(d)) if y.len() == 4 => (y, m, d),
        (DateOrder::DayFirst | DateOrder::MonthFirst, Piece::Word(m), Piece::Number(d), Piece::Number(y))
        | (DateOrder::DayFirst | DateOrder::MonthFirst, Piece::Number(d), Piece::Word(m), Piece::Number(y)) => {
            (y, Piece::Word(m), d)
        }
        (DateOrder::DayFirst, Piece::Number(d), m @ Piece::Number(_), Piece::Number(y))
        | (DateOrder::MonthFirst, m @ Piece::Number(_), Piece::Number(d), Piece::Number(y)) => (y, m, d),
        _ => return None,
    };
    Date::new(year_of(year)?, month_number(&month_of_year)?, small(day)?).ok()
}

/// `20171227` or `20171227213622`; the time is left for [`time`].
fn compact<'c>(run: &'c str, scan: &mut Scan<'c>) -> Option<Date> {
    if run.len() == 14 {
        if !scan.0.is_empty() {
            return None;
        }
        scan.0 = &run[8..];
    }
    Date::new(run[..4].parse().ok()?, small(&run[4..6])?, small(&run[6..8])?).ok()
}

fn year_of(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 if year <= PIVOT => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn month_number(piece: &Piece<'_>) -> Option<i8> {
    match piece {
        Piece::Number(digits) => small(digits),
        Piece::Word(word) => month(word),
    }
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let found = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    i8::try_from(found + 1).ok()
}

fn small(digits: &str) -> Option<i8> {
    if digits.len() > 2 { None } else { digits.parse().ok() }
}

/// `21:36`, `9:36:22.5 PM +02:00`, or nothing, which is midnight.
fn time(text: &str) -> Option<(Time, Option<Offset>)> {
    let text = text.trim_start_matches([',', ' ']).trim();
    let text = text.strip_prefix(['T', 't']).unwrap_or(text);
    if text.is_empty() {
        return Some((Time::midnight(), None));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    if clock.len() == 6 && clock.bytes().all(|byte| byte.is_ascii_digit()) {
        let time = Time::new(small(&clock[..2])?, small(&clock[2..4])?, small(&clock[4..])?, 0).ok()?;
        return Some((time, offset(rest.trim())?));
    }
    let mut parts = clock.trim_end_matches('.').split(':');
    let hour = small(parts.next()?)?;
    let minute = small(parts.next()?)?;
    let (second, fraction) = parts.next().map_or(Some((0, 0)), seconds)?;
    if parts.next().is_some() {
        return None;
    }
    let (hour, rest) = half_of_day(hour, rest.trim_start())?;
    Some((Time::new(hour, minute, second, fraction).ok()?, offset(rest.trim())?))
}

fn seconds(text: &str) -> Option<(i8, i32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    Some((small(whole)?, digits.parse().ok()?))
}

fn half_of_day(hour: i8, rest: &str) -> Option<(i8, &str)> {
    let lower = rest.to_ascii_lowercase();
    for (mark, is_after_noon) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        if lower.starts_with(mark) {
            if !(1..=12).contains(&hour) {
                return None;
            }
            return Some((hour % 12 + if is_after_noon { 12 } else { 0 }, &rest[mark.len()..]));
        }
    }
    Some((hour, rest))
}

/// `Some(None)` where there is none.
fn offset(text: &str) -> Option<Option<Offset>> {
    match text {
        "" => return Some(None),
        "Z" | "z" | "UTC" | "GMT" => return Some(Some(Offset::UTC)),
        _ => {}
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok().map(Some)
}
