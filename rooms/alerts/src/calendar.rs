//! Calendars as RFC 5545 writes them. Pure.

use civic::{Moment, Place};
use jiff::{civil::Date, tz::TimeZone};
use std::fmt::Write as _;

/// Octets of a line, without its end (section 3.1).
const LINE_OCTETS: usize = 75;

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From a moment to another.
    Between(Moment, Moment),
    /// A whole day.
    Day(Date),
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What identifies it for ever, in the whole world.
    pub uid: String,
    /// When.
    pub when: When,
    /// When its words last changed.
    pub changed_at: Moment,
    /// Counts changes, so that a calendar takes the newest.
    pub sequence: i64,
    /// What it is, in a line.
    pub summary: String,
    /// What more there is to say; may be empty.
    pub description: String,
    /// Where, in words; may be empty.
    pub location: String,
    /// Where.
    pub place: Option<Place>,
    /// Its page.
    pub url: String,
    /// Whether it was called off.
    pub is_cancelled: bool,
}

/// A calendar with this name, as `text/calendar`.
pub fn write(name: &str, events: &[Event]) -> String {
    let mut text = String::new();
    for (property, value) in
        [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Polity//Alerts//EN"), ("METHOD", "PUBLISH")]
    {
        line(&mut text, property, value);
    }
    line(&mut text, "NAME", &escape(name));
    line(&mut text, "X-WR-CALNAME", &escape(name));
    for one in events {
        event(&mut text, one);
    }
    line(&mut text, "END", "VCALENDAR");
    text
}

fn event(text: &mut String, event: &Event) {
    line(text, "BEGIN", "VEVENT");
    line(text, "UID", &escape(&event.uid));
    line(text, "DTSTAMP", &utc(event.changed_at));
    line(text, "LAST-MODIFIED", &utc(event.changed_at));
    line(text, "SEQUENCE", &event.sequence.to_string());
    match event.when {
        When::Between(from, until) => {
            line(text, "DTSTART", &utc(from));
            line(text, "DTEND", &utc(until));
        }
        When::Day(day) => {
            line(text, "DTSTART;VALUE=DATE", &day.strftime("%Y%m%d").to_string());
            line(text, "TRANSP", "TRANSPARENT");
        }
    }
    line(text, "SUMMARY", &escape(&event.summary));
    for (property, value) in [("DESCRIPTION", &event.description), ("LOCATION", &event.location)] {
        if !value.is_empty() {
            line(text, property, &escape(value));
        }
    }
    if let Some(place) = event.place {
        line(text, "GEO", &format!("{:.6};{:.6}", place.lat(), place.long()));
    }
    line(text, "URL", &event.url.replace(['\r', '\n'], ""));
    line(text, "STATUS", if event.is_cancelled { "CANCELLED" } else { "CONFIRMED" });
    line(text, "END", "VEVENT");
}

/// Section 3.3.5, form 2.
fn utc(moment: Moment) -> String {
    moment.in_zone(&TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Section 3.3.11; what no text may hold is left out.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => {
                safe.push('\\');
                safe.push(character);
            }
            '\n' | '\r' => safe.push_str("\\n"),
            '\t' => safe.push(' '),
            other if other.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

/// A line, folded between characters where it is longer than 75 octets.
fn line(text: &mut String, property: &str, value: &str) {
    let mut width = 0;
    // Writing to a String cannot fail.
    let mut whole = String::new();
    let _ = write!(whole, "{property}:{value}");
    for character in whole.chars() {
        if width + character.len_utf8() > LINE_OCTETS {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(character);
        width += character.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(summary: &str) -> Event {
        Event {
            uid: "W-7K2M@town.test".to_owned(),
            when: When::Between(Moment(1_790_000_000_000_000), Moment(1_790_003_600_000_000)),
            changed_at: Moment(1_790_000_000_000_000),
            sequence: 2,
            summary: summary.to_owned(),
            description: "First line\r\nsecond; with, signs\\".to_owned(),
            location: String::new(),
            place: Place::from_degrees(34.05, -118.25).ok(),
            url: "http://town.test/works/W-7K2M".to_owned(),
            is_cancelled: true,
        }
    }

    #[test]
    fn an_event_is_written_as_the_standard_says() {
        let text = write("Works", &[event("New pipes")]);
        for wanted in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "UID:W-7K2M@town.test\r\n",
            "DTSTART:20260921T141320Z\r\nDTEND:20260921T151320Z\r\n",
            "DESCRIPTION:First line\\nsecond\\; with\\, signs\\\\\r\n",
            "GEO:34.050000;-118.250000\r\n",
            "SEQUENCE:2\r\n",
            "STATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        ] {
            assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
        }
        let day = Event { when: When::Day(Date::constant(2026, 11, 26)), ..event("A day") };
        assert!(write("", &[day]).contains("DTSTART;VALUE=DATE:20261126\r\n"));
    }

    proptest! {
        /// Whatever is written, no line is too long, none breaks a character, and unfolding gives the words back.
        #[test]
        fn lines_fold_and_unfold(words in "\\PC{0,300}") {
            let text = write("", &[event(&words)]);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE_OCTETS && !line.contains(['\r', '\n'])));
            let unfolded = text.replace("\r\n ", "");
            let summary = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap_or_default();
            prop_assert_eq!(summary, escape(&words));
        }
    }
}
