use crate::{at, berlin};
use jiff::tz::TimeZone;
use service_clock::{Calendar, CalendarError, ClockError, Length, Pause};

const OFFICE: &[&str] = &["mon-fri 08:00-12:00", "mon-thu 13:00-17:00"];

#[test]
fn hours_run_only_while_the_office_is_open() {
    let office = berlin(OFFICE, &["2026-12-25"]);
    let due = |start: &str, hours| office.deadline(at(start), Length::Hours(hours), &[]).unwrap().at;
    assert_eq!(due("2026-11-24T11:30", 1), at("2026-11-24T13:30"), "over lunch");
    assert_eq!(due("2026-11-27T11:00", 2), at("2026-11-30T09:00"), "over a weekend");
    assert_eq!(due("2026-12-24T16:00", 2), at("2026-12-28T09:00"), "over Christmas");
    assert_eq!(due("2026-11-28T03:00", 4), at("2026-11-30T12:00"), "from a Saturday, to the very close");
    assert_eq!(due("2026-11-24T09:15:30", 0), at("2026-11-24T09:15:30"));
}

#[test]
fn days_end_at_the_close_of_the_last() {
    let office = berlin(OFFICE, &["2026-12-25"]);
    let due = |start: &str, days| office.deadline(at(start), Length::Days(days), &[]).unwrap().at;
    assert_eq!(due("2026-11-23T09:00", 1), at("2026-11-24T17:00"));
    assert_eq!(due("2026-11-24T23:59", 3), at("2026-11-27T12:00"), "a Friday closes at noon");
    assert_eq!(due("2026-11-28T09:00", 1), at("2026-11-30T17:00"), "from a Saturday");
    assert_eq!(due("2026-12-24T09:00", 1), at("2026-12-28T17:00"), "a holiday does not count");
    assert_eq!(
        (due("2026-11-24T09:00", 0), due("2026-11-27T13:00", 0)),
        (at("2026-11-24T17:00"), at("2026-11-30T17:00"))
    );
}

#[test]
fn a_part_of_the_town_works_at_other_hours_and_has_more_holidays() {
    let town = berlin(OFFICE, &["2026-12-25"]);
    let due =
        |calendar: &Calendar, start: &str, days| calendar.deadline(at(start), Length::Days(days), &[]).unwrap().at;
    let gardens = town.changed(&["mon-sun 07:00-15:00"], &["2026-11-26"]).unwrap();
    assert_eq!(due(&gardens, "2026-11-25T09:00", 2), at("2026-11-28T15:00"), "a day off, then a Saturday");
    assert_eq!(due(&gardens, "2026-12-24T09:00", 1), at("2026-12-26T15:00"), "the town's holiday holds too");
    let closed = town.changed(&[""; 0], &["2026-11-26"]).unwrap();
    assert_eq!(due(&closed, "2026-11-25T09:00", 1), at("2026-11-27T12:00"), "the town's hours without its own");
    assert_eq!(town.changed(&[""; 0], &[""; 0]).unwrap(), town);
    assert_eq!(town.changed(&["noon"], &[""; 0]), Err(CalendarError::Hours("noon".to_owned())));
}

#[test]
fn the_explanation_adds_up() {
    let office = berlin(OFFICE, &[]);
    let deadline = office.deadline(at("2026-11-26T15:00"), Length::Hours(10), &[]).unwrap();
    let counted: Vec<_> = deadline.days.iter().map(|day| (day.date.to_string(), day.seconds / 3_600)).collect();
    assert_eq!(counted, [("2026-11-26".into(), 2), ("2026-11-27".into(), 4), ("2026-11-30".into(), 4)]);
    assert_eq!(office.working_seconds(at("2026-11-26T15:00"), deadline.at, &[]), 36_000);
}

#[test]
fn the_clock_stands_still_while_somebody_waits() {
    let office = berlin(OFFICE, &[]);
    let pause = |from, to| Pause { from: at(from), to: at(to) };
    let waits = [pause("2026-11-24T10:00", "2026-11-25T09:00")];
    let due = |length| office.deadline(at("2026-11-24T09:00"), length, &waits).unwrap().at;
    assert_eq!(due(Length::Hours(2)), at("2026-11-25T10:00"));
    // The close of the 25th was no longer in the pause, so that day counts.
    assert_eq!(due(Length::Days(1)), at("2026-11-25T17:00"));
    let longer = [pause("2026-11-25T10:00", "2026-11-26T09:00"), pause("2026-11-26T09:00", "2026-11-26T20:00")];
    assert_eq!(office.deadline(at("2026-11-24T09:00"), Length::Days(1), &longer).unwrap().at, at("2026-11-27T12:00"));
}

#[test]
fn nights_when_the_clocks_change() {
    let always = berlin(&["mon-sun 00:00-24:00"], &[]);
    let due = |start: &str, hours| always.deadline(at(start), Length::Hours(hours), &[]).unwrap().at;
    assert_eq!(due("2026-03-28T12:00", 24), at("2026-03-29T13:00"), "that day has 23 hours");
    assert_eq!(due("2026-10-24T12:00", 24), at("2026-10-25T11:00"), "that day has 25 hours");
    let night = berlin(&["sun 02:30-04:00"], &[]);
    let deadline = night.deadline(at("2026-03-29T00:00"), Length::Hours(1), &[]).unwrap();
    assert_eq!(deadline.at, at("2026-03-29T04:00"), "it opens at the change, at 03:00");
}

#[test]
fn what_is_no_calendar_is_refused_in_a_sentence() {
    let refused = |hours: &[&str], holidays: &[&str]| Calendar::read(hours, holidays, TimeZone::UTC).unwrap_err();
    let wrong = [
        "",
        "mon",
        "mon 8-17",
        "mon 08:00",
        "noday 08:00-09:00",
        "mon 25:00-26:00",
        "mon 08:60-09:00",
        "mon -1:00-02:00",
    ];
    for line in wrong {
        assert_eq!(refused(&[line], &[]), CalendarError::Hours(line.to_owned()));
    }
    assert_eq!(refused(&["mon 09:00-09:00"], &[]), CalendarError::EmptySpan { from: 540, to: 540 });
    assert_eq!(refused(&["mon-fri 08:00-12:00", "wed 11:00-13:00"], &[]), CalendarError::Overlap);
    assert_eq!(refused(&[], &[]), CalendarError::NeverOpen);
    assert_eq!(refused(&["mon 08:00-09:00"], &["25.12.2026"]), CalendarError::Date("25.12.2026".to_owned()));
    assert_eq!(refused(&["mon 00:00-00:01"; 1], &["2026-02-30"]), CalendarError::Date("2026-02-30".to_owned()));
    let spans: Vec<String> = (10..19).map(|hour| format!("mon {hour}:00-{hour}:30")).collect();
    assert_eq!(Calendar::read(&spans, &[""; 0], TimeZone::UTC).unwrap_err(), CalendarError::TooMany);
    let weekends = Calendar::read(&["sat-sun 10:00-11:00"], &[""; 0], TimeZone::UTC).unwrap();
    assert!(
        weekends.is_working_day("2026-11-29".parse().unwrap())
            && !weekends.is_working_day("2026-11-27".parse().unwrap())
    );
    let now = at("2026-11-24T09:00");
    assert_eq!(weekends.deadline(now, Length::Hours(5_001), &[]).unwrap_err(), ClockError::TooLong);
    assert_eq!(weekends.deadline(now, Length::Days(5_000), &[]).unwrap_err(), ClockError::TooFar);
}
