//! The phases of a process as a calendar: iCalendar (RFC 5545).

use civic::Moment;
use std::fmt::Write as _;

/// Octets a line may have before it is folded (RFC 5545 section 3.1).
const LINE_OCTETS: usize = 75;

/// One event.
pub struct Event {
    /// What identifies it for ever.
    pub id: String,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// What it is called.
    pub summary: String,
    /// Where to read more.
    pub url: String,
    /// When it was last written down.
    pub changed_at: Moment,
    /// Counts changes.
    pub sequence: i64,
}

/// The calendar of these events.
pub fn write(name: &str, events: &[Event]) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&mut text, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Polity//participation//EN");
    line("X-WR-CALNAME", &escaped(name));
    for event in events {
        line("BEGIN", "VEVENT");
        line("UID", &event.id);
        line("DTSTAMP", &utc(event.changed_at));
        line("SEQUENCE", &event.sequence.to_string());
        line("DTSTART", &utc(event.from));
        line("DTEND", &utc(event.until));
        line("SUMMARY", &escaped(&event.summary));
        line("URL", &event.url);
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    text
}

/// Form 2 of a date with time (section 3.3.5): in UTC.
fn utc(at: Moment) -> String {
    at.in_zone(&jiff::tz::TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text value (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded between characters.
fn fold(text: &mut String, line: &str) {
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > LINE_OCTETS {
            text.push_str("\r\n ");
            octets = 1;
        }
        octets += character.len_utf8();
        let _ = write!(text, "{character}");
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{Event, write};
    use civic::Moment;
    use proptest::prelude::*;

    fn event(summary: &str) -> Event {
        Event {
            id: "budget-0@town.test".to_owned(),
            from: Moment(0),
            until: Moment(86_400_000_000),
            summary: summary.to_owned(),
            url: "http://town.test/processes/budget".to_owned(),
            changed_at: Moment(0),
            sequence: 1,
        }
    }

    #[test]
    fn words_cannot_add_lines_of_their_own() {
        let text = write("Budget; 2027", &[event("Vote, all\r\nEND:VEVENT")]);
        assert!(text.contains("SUMMARY:Vote\\, all\\nEND:VEVENT\r\n"), "{text}");
        assert!(text.contains("X-WR-CALNAME:Budget\\; 2027\r\n"));
        assert!(text.contains("DTSTART:19700101T000000Z\r\nDTEND:19700102T000000Z\r\n"));
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_the_standard_allows(summary in "\\PC{0,300}") {
            for line in write(&summary, &[event(&summary)]).split("\r\n") {
                prop_assert!(line.len() <= 75, "{line}");
            }
        }
    }
}
