//! Days and moments, as the tables write them: `2026-11-27`, `2026-11-27T10:20:30Z`; cut off, and taken apart.

use super::{PURE, text};
use jiff::{
    ToSpan as _,
    civil::{Date, DateTime},
};
use rusqlite::{Connection, Error, Result, functions::Context};

/// A part of a moment.
type PartOf = fn(DateTime) -> i64;

pub(super) fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("date_trunc", 2, PURE, |context| {
        let Some(part) = text(context, 0) else { return Ok(None) };
        let Some(at) = moment(context, 1) else { return known(part).map(|()| None) };
        cut(part, at).map(Some)
    })?;
    // As Socrata has them, with the midnight that it writes.
    for (name, part) in [("date_trunc_y", "year"), ("date_trunc_ym", "month"), ("date_trunc_ymd", "day")] {
        connection.create_scalar_function(name, 1, PURE, move |context| {
            let cut = moment(context, 0).map(|at| cut(part, at)).transpose()?;
            Ok(cut.map(|day| format!("{day}T00:00:00.000")))
        })?;
    }
    let all: [(&str, PartOf); 7] = [
        ("date_extract_y", |at| i64::from(at.year())),
        ("date_extract_m", |at| i64::from(at.month())),
        ("date_extract_d", |at| i64::from(at.day())),
        ("date_extract_hh", |at| i64::from(at.hour())),
        ("date_extract_mm", |at| i64::from(at.minute())),
        ("date_extract_ss", |at| i64::from(at.second())),
        ("date_extract_dow", |at| i64::from(at.weekday().to_sunday_zero_offset())),
    ];
    for (name, part) in all {
        connection.create_scalar_function(name, 1, PURE, move |context| Ok(moment(context, 0).map(part)))?;
    }
    Ok(())
}

/// The day and time that stand in a text, whatever clocks they are of.
fn moment(context: &Context<'_>, at: usize) -> Option<DateTime> {
    let text = text(context, at)?;
    let date: Date = text.get(..10)?.parse().ok()?;
    let time = text.get(11..19).and_then(|time| time.parse().ok()).unwrap_or_default();
    Some(date.to_datetime(time))
}

const PARTS: [&str; 6] = ["year", "quarter", "month", "week", "day", "hour"];

fn known(part: &str) -> Result<()> {
    if PARTS.contains(&part) {
        return Ok(());
    }
    Err(Error::UserFunctionError(format!("date_trunc knows {}", PARTS.join(", ")).into()))
}

fn cut(part: &str, at: DateTime) -> Result<String> {
    known(part)?;
    let day = at.date();
    let first = match part {
        "year" => day.first_of_year(),
        "quarter" => day.with().month((day.month() - 1) / 3 * 3 + 1).day(1).build().unwrap_or(day),
        "month" => day.first_of_month(),
        "week" => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
        "hour" => return Ok(format!("{day}T{:02}:00:00", at.hour())),
        _ => day,
    };
    Ok(first.to_string())
}
