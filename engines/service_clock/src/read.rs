//! Calendars as people write them down.

use crate::{Calendar, CalendarError, Hours, calendar::DAY_MINUTES};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeSet;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Calendar {
    /// Reads lines as `mon-fri 08:00-12:30` and dates as `2026-12-25`.
    ///
    /// # Errors
    /// [`CalendarError`], which names the text that cannot be read.
    pub fn read(
        hours: &[impl AsRef<str>],
        holidays: &[impl AsRef<str>],
        zone: TimeZone,
    ) -> Result<Self, CalendarError> {
        Self::new(week_of(hours)?, dates_of(holidays)?, zone)
    }

    /// The calendar of somebody who works at other hours, where any are given, and has more holidays.
    ///
    /// # Errors
    /// As [`Calendar::read`].
    pub fn changed(&self, hours: &[impl AsRef<str>], holidays: &[impl AsRef<str>]) -> Result<Self, CalendarError> {
        let week = if hours.is_empty() { self.week.clone() } else { week_of(hours)? };
        let holidays = self.holidays.union(&dates_of(holidays)?).copied().collect();
        Self::new(week, holidays, self.zone.clone())
    }
}

fn week_of(lines: &[impl AsRef<str>]) -> Result<[Vec<Hours>; 7], CalendarError> {
    let mut week: [Vec<Hours>; 7] = Default::default();
    for line in lines {
        let line = line.as_ref();
        let (days, span) = line_of(line).ok_or_else(|| CalendarError::Hours(line.to_owned()))?;
        days.into_iter().for_each(|day| week[day].push(span));
    }
    Ok(week)
}

fn dates_of(texts: &[impl AsRef<str>]) -> Result<BTreeSet<Date>, CalendarError> {
    let date = |text: &str| text.trim().parse::<Date>().map_err(|_| CalendarError::Date(text.to_owned()));
    texts.iter().map(|text| date(text.as_ref())).collect()
}

fn line_of(line: &str) -> Option<(Vec<usize>, Hours)> {
    let lower = line.trim().to_ascii_lowercase();
    let (days, span) = lower.split_once(' ')?;
    let (from, to) = span.trim().split_once('-')?;
    Some((days_of(days)?, Hours { from: minute(from)?, to: minute(to)? }))
}

/// `mon`, `mon-fri`, `mon,wed`, `sat-mon`.
fn days_of(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| DAYS.iter().position(|known| *known == name);
    let mut days = Vec::new();
    for part in text.split(',') {
        match part.split_once('-') {
            None => days.push(day(part)?),
            Some((first, last)) => {
                let (first, last) = (day(first)?, day(last)?);
                let count = (last + DAYS.len() - first) % DAYS.len();
                days.extend((0..=count).map(|step| (first + step) % DAYS.len()));
            }
        }
    }
    Some(days)
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let is_number = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let whole = hour * 60 + minute;
    (minute < 60 && whole <= DAY_MINUTES).then_some(whole)
}
