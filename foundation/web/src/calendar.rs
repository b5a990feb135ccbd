//! Dates for people's calendars: iCalendar (RFC 5545).

use crate::{Answer, Stop, answer::text};
use axum::{http::header, response::Response};
use civic::Moment;
use jiff::{civil::Date, tz::TimeZone};

/// The media type, with the form in which programs subscribe to it (RFC 5545 section 8.1).
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";
/// Bytes of a line before it is folded (section 3.1).
const LINE_BYTES: usize = 75;

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A whole day of the town.
    Day(Date),
    /// From a moment to another.
    Span(Moment, Moment),
    /// Days or weeks within which something may be done: they take none of the reader's time (section 3.8.2.7).
    Period(Moment, Moment),
}

/// Something in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What identifies it for ever, without the town's name, as `commitment-K-7K2M`.
    pub uid: String,
    /// When it is.
    pub when: When,
    /// What it is.
    pub summary: String,
    /// More about it, plain text; may be empty.
    pub description: String,
    /// The full address of its page.
    pub url: String,
    /// When it last changed.
    pub changed_at: Moment,
}

/// A calendar as an answer. `host` ends the identifiers, so that they are the town's own.
pub fn answer(name: &str, host: &str, events: &[Event]) -> Response {
    text(MEDIA_TYPE, write(name, host, events))
}

/// The same as a file `file`.ics.
///
/// # Errors
/// A fault when the name cannot stand in a header.
pub fn file(file: &str, name: &str, host: &str, events: &[Event]) -> Answer {
    let mut answer = answer(name, host, events);
    let disposition = format!("inline; filename=\"{file}.ics\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, disposition.parse().map_err(Stop::fault)?);
    Ok(answer)
}

/// The calendar as text.
pub fn write(name: &str, host: &str, events: &[Event]) -> String {
    let mut out = String::with_capacity(256 + events.len() * 400);
    for (property, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Polity//Polity//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        line(&mut out, &format!("{property}:{value}"));
    }
    // The name in the two ways in which programs look for it (RFC 7986 section 5.1, and before it).
    line(&mut out, &format!("NAME:{}", escape(name)));
    line(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    events.iter().for_each(|event| put(&mut out, host, event));
    line(&mut out, "END:VCALENDAR");
    out
}

fn put(out: &mut String, host: &str, event: &Event) {
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}@{}", escape(&event.uid), escape(host)));
    line(out, &format!("DTSTAMP:{}", utc(event.changed_at)));
    line(out, &format!("LAST-MODIFIED:{}", utc(event.changed_at)));
    match event.when {
        When::Day(day) => {
            line(out, &format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d")));
            line(out, "TRANSP:TRANSPARENT");
        }
        When::Span(start, end) => between(out, start, end),
        When::Period(start, end) => {
            between(out, start, end);
            line(out, "TRANSP:TRANSPARENT");
        }
    }
    line(out, &format!("SUMMARY:{}", escape(&event.summary)));
    if !event.description.is_empty() {
        line(out, &format!("DESCRIPTION:{}", escape(&event.description)));
    }
    line(out, &format!("URL:{}", event.url.replace(|c: char| c.is_control(), "")));
    line(out, "END:VEVENT");
}

fn between(out: &mut String, start: Moment, end: Moment) {
    line(out, &format!("DTSTART:{}", utc(start)));
    line(out, &format!("DTEND:{}", utc(end)));
}

fn utc(moment: Moment) -> String {
    moment.in_zone(&TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text value (section 3.3.11); control characters are left out.
fn escape(value: &str) -> String {
    let mut safe = String::with_capacity(value.len() + 8);
    for character in value.chars() {
        match character {
            '\\' => safe.push_str("\\\\"),
            ';' => safe.push_str("\\;"),
            ',' => safe.push_str("\\,"),
            '\n' => safe.push_str("\\n"),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// One line, folded so that none has more than [`LINE_BYTES`] and no character is cut.
fn line(out: &mut String, content: &str) {
    let mut left = LINE_BYTES;
    for character in content.chars() {
        if character.len_utf8() > left {
            out.push_str("\r\n ");
            left = LINE_BYTES - 1;
        }
        out.push(character);
        left -= character.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{Event, When, write};
    use civic::Moment;
    use jiff::civil::date;

    fn event(summary: &str) -> Event {
        Event {
            uid: "commitment-K-7K2M".to_owned(),
            when: When::Day(date(2026, 3, 1)),
            summary: summary.to_owned(),
            description: String::new(),
            url: "http://town.test/commitments/K-7K2M".to_owned(),
            changed_at: Moment(0),
        }
    }

    #[test]
    fn a_day_is_a_day() {
        let text = write("Promises", "town.test", &[event("Plant trees, 40; \\ by March\nall")]);
        for line in [
            "DTSTART;VALUE=DATE:20260301\r\n",
            "DTSTAMP:19700101T000000Z\r\n",
            "UID:commitment-K-7K2M@town.test\r\n",
            "SUMMARY:Plant trees\\, 40\\; \\\\ by March\\nall\r\n",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }

    #[test]
    fn no_line_is_too_long_and_none_can_be_added() {
        let evil = format!("{}\r\nATTACH:http://evil.test", "ض€".repeat(90));
        let text = write(&evil, "town.test", &[event(&evil)]);
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(!text.contains("\nATTACH"), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}\\nATTACH:http://evil.test\r\n", "ض€".repeat(90))));
    }

    #[test]
    fn a_span_has_both_ends() {
        let when = When::Span(Moment(0), Moment(3_600_000_000));
        let text = write("x", "town.test", &[Event { when, ..event("Meeting") }]);
        assert!(text.contains("DTSTART:19700101T000000Z\r\nDTEND:19700101T010000Z\r\nSUMMARY"));
        let when = When::Period(Moment(0), Moment(3_600_000_000));
        let text = write("x", "town.test", &[Event { when, ..event("Vote") }]);
        assert!(text.contains("DTEND:19700101T010000Z\r\nTRANSP:TRANSPARENT\r\n"));
    }
}
