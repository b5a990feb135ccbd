//! The simulation is held to what is known.
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::{Strategy as _, prop, proptest};
use queueing::{Day, Office, QueueingError, compare, mean_wait, simulate};

fn office(arrivals: f64, clerks: u32, per_clerk_day: f64, days: usize, backlog: u32) -> Office {
    Office { days: vec![Day { arrivals, clerks }; days], backlog, per_clerk_day }
}

/// Where nothing changes, people wait as Erlang says: his time in the line and one matter's own time.
#[test]
fn a_steady_office_is_that_of_erlang() {
    for (arrivals, clerks, per_clerk_day) in [(8.0, 3, 4.0), (3.0, 1, 4.0), (18.0, 5, 4.0)] {
        let outcome = simulate(&office(arrivals, clerks, per_clerk_day, 366, 0), 120, 11).unwrap();
        let waits: Vec<f64> = outcome.runs().iter().map(|run| run.wait_days.unwrap()).collect();
        let mean = waits.iter().sum::<f64>() / waits.len() as f64;
        let spread = waits.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (waits.len() - 1) as f64;
        let known = mean_wait(arrivals, per_clerk_day, clerks).unwrap() + 1.0 / per_clerk_day;
        // Four standard errors, and two hundredths for the empty office of the first days.
        let allowed = 4.0 * (spread / waits.len() as f64).sqrt() + 0.02 * known;
        assert!((mean - known).abs() < allowed, "{arrivals} {clerks}: {mean}, known {known}, allowed {allowed}");
        let finished = outcome.runs().iter().map(|run| run.finished).sum::<u64>() as f64 / 120.0;
        assert!((finished / 366.0 - arrivals).abs() < 0.15 * arrivals.sqrt(), "{finished}");
    }
}

/// Nobody comes: so many clerks do away with a backlog as fast as they can, and then there is nothing.
#[test]
fn a_backlog_without_arrivals_melts() {
    let outcome = simulate(&office(0.0, 2, 5.0, 30, 100), 200, 3).unwrap();
    let after = |day: usize| outcome.backlog(day).unwrap();
    // Ten a day: half is left after five days, give or take the chance of fifty exponential times.
    assert!((after(4).middle - 50.0).abs() < 3.0 && after(4).low < after(4).high, "{:?}", after(4));
    assert_eq!(after(29).high, 0.0);
    assert!(outcome.runs().iter().all(|run| run.finished == 100));
    assert_eq!(outcome.backlog(30), None);
}

/// On days without clerks the line only grows, and the weekend comes back each week.
#[test]
fn a_weekend_adds_what_arrives() {
    let week = [4, 4, 4, 4, 4, 0, 0].map(|clerks| Day { arrivals: 6.0, clerks });
    let days: Vec<Day> = std::iter::repeat_n(week, 8).flatten().collect();
    let outcome = simulate(&Office { days, backlog: 0, per_clerk_day: 4.0 }, 200, 5).unwrap();
    let at = |day: usize| outcome.backlog(day).unwrap().middle;
    for week in 1..8 {
        let (friday, sunday) = (at(week * 7 + 4), at(week * 7 + 6));
        assert!((sunday - friday - 12.0).abs() < 4.0, "week {week}: {friday} {sunday}");
    }
}

/// The same chance for both: a plan that is the same changes nothing at all, and one more clerk never makes a line longer.
#[test]
fn plans_are_compared_under_the_same_chance() {
    let before = simulate(&office(9.0, 2, 4.0, 60, 20), 100, 1).unwrap();
    let again = simulate(&office(9.0, 2, 4.0, 60, 20), 100, 1).unwrap();
    assert_eq!(before, again, "same seed, same bytes");
    let change = compare(&before, &again).unwrap();
    assert_eq!((change.backlog.value, change.backlog.low, change.backlog.high), (0.0, 0.0, 0.0));
    let more = simulate(&office(9.0, 3, 4.0, 60, 20), 100, 1).unwrap();
    for (one, two) in before.runs().iter().zip(more.runs()) {
        assert!(one.backlog.iter().zip(&two.backlog).all(|(one, two)| two <= one));
    }
    let change = compare(&before, &more).unwrap();
    // One a day more than is done, over sixty days, on top of the twenty; three clerks are done with it.
    assert!(change.backlog.high < -50.0 && change.wait_days.unwrap().high < 0.0, "{change:?}");
    assert!(change.backlog.low < change.backlog.value && change.backlog.value < change.backlog.high);
    let other = simulate(&office(9.0, 2, 4.0, 60, 20), 100, 2).unwrap();
    assert_ne!(before, other, "another seed");
    assert_eq!(compare(&before, &simulate(&office(9.0, 2, 4.0, 61, 20), 100, 1).unwrap()), None);
}

#[test]
fn what_cannot_be_is_refused_before_it_runs() {
    let refused = |office: Office, runs| simulate(&office, runs, 1).unwrap_err();
    assert_eq!(refused(office(1.0, 1, 1.0, 0, 0), 1), QueueingError::Days);
    assert_eq!(refused(office(1.0, 1, 1.0, 367, 0), 1), QueueingError::Days);
    assert_eq!(refused(office(1.0, 1, 1.0, 1, 0), 0), QueueingError::Runs);
    assert_eq!(refused(office(f64::NAN, 1, 1.0, 1, 0), 1), QueueingError::Rate);
    assert_eq!(refused(office(-1.0, 1, 1.0, 1, 0), 1), QueueingError::Rate);
    assert_eq!(refused(office(1.0, 1, 0.0, 1, 0), 1), QueueingError::Rate);
    assert_eq!(refused(office(1.0, 1_001, 1.0, 1, 0), 1), QueueingError::Clerks);
    assert_eq!(refused(office(1e9, 1, 1.0, 1, 0), 1), QueueingError::Matters);
    assert_eq!(refused(office(1.0, 1, 1.0, 1, 4_000_000), 2), QueueingError::Matters);
}

proptest! {
    /// Nothing is lost: what came and is not finished is in the line, whatever the plan, and without clerks nothing is finished.
    #[test]
    fn nothing_is_lost(plan in prop::collection::vec((0_u32..12, 0_u32..4), 1..20), backlog in 0_u32..30, seed in (0_u64..1_000).prop_map(|seed| seed)) {
        let day = |(arrivals, clerks): &(u32, u32)| Day { arrivals: f64::from(*arrivals), clerks: *clerks };
        let days: Vec<Day> = plan.iter().map(day).collect();
        let nobody: Vec<Day> = days.iter().map(|day| Day { clerks: 0, ..*day }).collect();
        let of = |days: Vec<Day>| simulate(&Office { days, backlog, per_clerk_day: 2.0 }, 3, seed).unwrap();
        let (worked, idle) = (of(days), of(nobody));
        for (one, two) in worked.runs().iter().zip(idle.runs()) {
            assert_eq!(u64::from(*one.backlog.last().unwrap()) + one.finished, u64::from(*two.backlog.last().unwrap()));
            assert_eq!((two.finished, two.wait_days), (0, None));
        }
    }
}
