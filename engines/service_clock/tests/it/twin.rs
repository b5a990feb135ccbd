//! A slow twin walks minute by minute and asks of each whether the office is open.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;
use service_clock::{Calendar, Length, Pause, Unit};

const ZONES: [&str; 4] = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata"];

fn minutes_later(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

/// Whether the clock runs in the minute that begins at `at`.
fn runs(calendar: &Calendar, zone: &TimeZone, at: Timestamp, pauses: &[Pause]) -> bool {
    let local = at.to_zoned(zone.clone());
    let minute = u16::try_from(local.hour()).unwrap() * 60 + u16::try_from(local.minute()).unwrap();
    let is_open = calendar.spans(local.date()).iter().any(|span| (span.from..span.to).contains(&minute));
    is_open && !pauses.iter().any(|pause| pause.from <= at && at < pause.to)
}

prop_compose! {
    /// Hours of a week on quarter hours, away from the hours in which clocks change.
    fn week()(spans in prop::collection::vec((0_usize..7, 20_u16..60, 1_u16..36), 1..6), whole in prop::option::of(0_usize..7)) -> Vec<String> {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let mut taken = [false; 7];
        let mut lines = Vec::new();
        if let Some(day) = whole {
            taken[day] = true;
            lines.push(format!("{} 00:00-24:00", names[day]));
        }
        for (day, from, length) in spans {
            if !std::mem::replace(&mut taken[day], true) {
                let (from, to) = (from * 15, (from + length).min(96) * 15);
                lines.push(format!("{} {:02}:{:02}-{:02}:{:02}", names[day], from / 60, from % 60, to / 60, to % 60));
            }
        }
        lines
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn hours_agree_with_the_twin(
        hours in week(),
        zone in prop::sample::select(&ZONES[..]),
        // Around both changes of the clocks in Europe and America in 2026.
        start in prop::sample::select(vec![1_772_600_000_i64, 1_774_400_000, 1_792_600_000, 1_793_300_000]),
        later in 0_i64..10_000,
        length in 0_u32..30,
        pauses in prop::collection::vec((0_i64..20_000, 1_i64..4_000), 0..3),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let calendar = Calendar::read(&hours, &["2026-03-30", "2026-10-26"], zone.clone()).unwrap();
        let start = minutes_later(Timestamp::from_second(start / 60 * 60).unwrap(), later);
        let pauses: Vec<Pause> = pauses
            .iter()
            .map(|(from, long)| Pause { from: minutes_later(start, *from), to: minutes_later(start, from + long) })
            .collect();
        let found = calendar.deadline(start, Length::Hours(length), &pauses).unwrap();
        let (mut left, mut at) = (i64::from(length) * 60, start);
        while left > 0 {
            if runs(&calendar, &zone, at, &pauses) {
                left -= 1;
            }
            at = minutes_later(at, 1);
        }
        // With nothing left to count, the engine stops where the office is open next.
        prop_assert!(length == 0 || found.at == at, "{} is not {at}", found.at);
        prop_assert_eq!(found.days.iter().map(|day| day.seconds).sum::<i64>(), i64::from(length) * 3_600);
        prop_assert_eq!(calendar.working_seconds(start, found.at, &pauses), i64::from(length) * 3_600);
    }

    #[test]
    fn moving_a_deadline_is_counting_anew_with_the_pauses(
        hours in week(),
        zone in prop::sample::select(&ZONES[..]),
        start in prop::sample::select(vec![1_772_600_000_i64, 1_774_400_000, 1_792_600_000, 1_793_300_000]),
        later in 0_i64..10_000,
        length in 1_u32..30,
        pauses in prop::collection::vec((1_i64..6_000, 1_i64..9_000), 0..4),
    ) {
        let calendar = Calendar::read(&hours, &["2026-03-30", "2026-10-26"], TimeZone::get(zone).unwrap()).unwrap();
        let start = minutes_later(Timestamp::from_second(start / 60 * 60).unwrap(), later);
        for (length, unit) in [(Length::Hours(length), Unit::Hours), (Length::Days(length), Unit::Days)] {
            let mut due = calendar.deadline(start, length, &[]).unwrap().at;
            let (mut at, mut counted) = (start, Vec::new());
            for (gap, long) in &pauses {
                let from = minutes_later(at, *gap);
                let pause = Pause { from, to: minutes_later(from, *long) };
                if pause.from >= due {
                    prop_assert_eq!(calendar.moved(start, due, pause, unit).unwrap(), due);
                    break;
                }
                due = calendar.moved(start, due, pause, unit).unwrap();
                counted.push(pause);
                at = pause.to;
            }
            prop_assert_eq!(due, calendar.deadline(start, length, &counted).unwrap().at, "{:?}", length);
        }
    }

    #[test]
    fn longer_is_never_sooner(hours in week(), start in 1_700_000_000_i64..1_900_000_000, length in 0_u32..200) {
        let calendar = Calendar::read(&hours, &[""; 0], TimeZone::UTC).unwrap();
        let start = Timestamp::from_second(start).unwrap();
        for length_of in [Length::Hours, Length::Days] {
            let [one, two] = [length, length + 1].map(|n| calendar.deadline(start, length_of(n), &[]).unwrap().at);
            prop_assert!(start <= one && one < two || length == 0 && one <= two);
        }
    }
}
