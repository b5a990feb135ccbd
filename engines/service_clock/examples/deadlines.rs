//! Reads lines `START LENGTH`, as `2026-11-24T15:30:00Z 5d` or `… 12h`, and prints when each is due.
//! Usage: cargo run -p service_clock --example deadlines -- ZONE HOURS[;HOURS…] [HOLIDAY,…] < lines

use jiff::{Timestamp, tz::TimeZone};
use service_clock::{Calendar, Length};
use std::io::{BufRead as _, Write as _};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (zone, hours) = arguments.next().zip(arguments.next()).ok_or("give a time zone and working hours")?;
    let holidays = arguments.next().unwrap_or_default();
    let hours: Vec<_> = hours.split(';').collect();
    let holidays: Vec<_> = holidays.split(',').filter(|day| !day.is_empty()).collect();
    let zone = TimeZone::get(&zone)?;
    let calendar = Calendar::read(&hours, &holidays, zone.clone())?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (start, length) = line.split_once(' ').ok_or("a line is START LENGTH")?;
        let number = length[..length.len() - 1].parse()?;
        let length = if length.ends_with('d') { Length::Days(number) } else { Length::Hours(number) };
        let deadline = calendar.deadline(start.parse::<Timestamp>()?, length, &[])?;
        writeln!(out, "{}", deadline.at.to_zoned(zone.clone()))?;
    }
    Ok(())
}
