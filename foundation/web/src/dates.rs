//! Dates, times and numbers as people write them.

use civic::{Language, Moment};
use jiff::{Zoned, tz::TimeZone};

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const MONTHS_AR: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

/// The day, as `23 November 2026`.
pub fn date(moment: Moment, zone: &TimeZone, language: Language) -> String {
    day_of(&moment.in_zone(zone), language)
}

/// The day and time, as `23 November 2026, 10:15`.
pub fn date_time(moment: Moment, zone: &TimeZone, language: Language) -> String {
    let zoned = moment.in_zone(zone);
    let comma = if language == Language::Ar { "،" } else { "," };
    format!("{}{comma} {:02}:{:02}", day_of(&zoned, language), zoned.hour(), zoned.minute())
}

/// The day and time as a field of HTML has them, as `2026-11-23T10:15`.
pub fn of_field(moment: Moment, zone: &TimeZone) -> String {
    moment.in_zone(zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// RFC 2822, as feeds want it.
pub fn rfc2822(moment: Moment) -> String {
    moment.in_zone(&TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

fn day_of(zoned: &Zoned, language: Language) -> String {
    let month = usize::try_from(zoned.month() - 1).unwrap_or(0);
    let (day, year) = (zoned.day(), zoned.year());
    match language {
        Language::En => format!("{day} {} {year}", MONTHS_EN[month]),
        Language::Es => format!("{day} de {} de {year}", MONTHS_ES[month]),
        Language::Ar => format!("{day} {} {year}", MONTHS_AR[month]),
    }
}

/// A number with so many places after the point: `3.1`, in Spanish `3,1`.
pub fn decimal(value: f64, places: usize, language: Language) -> String {
    let text = format!("{value:.places$}");
    if language == Language::Es { text.replace('.', ",") } else { text }
}

/// A whole number with its thousands apart: `12,345`, in Spanish `12.345`.
pub fn number(value: i64, language: Language) -> String {
    let separator = if language == Language::Es { '.' } else { ',' };
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}
