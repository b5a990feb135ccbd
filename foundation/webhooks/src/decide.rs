//! What follows from an attempt. Pure.

use crate::model::{MESSAGE_ATTEMPTS_LIMIT, STOP_AFTER_DAYS};
use civic::Moment;

/// The pause after the first failure; it doubles each time.
const FIRST_PAUSE_SECONDS: i64 = 5;
/// The longest pause.
const LONGEST_PAUSE_SECONDS: i64 = 3_600;

/// What was known before an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Failures of the endpoint in a row.
    pub failures: i64,
    /// Since when it fails.
    pub failing_since: Option<Moment>,
    /// Attempts of this message.
    pub attempts: i64,
}

/// What an attempt came to: the status of the answer, or that there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It answered.
    Answered(u16),
    /// It did not.
    Silent,
}

/// What happens now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It was taken: the next one goes.
    Delivered,
    /// It was refused as often as we try: the next one goes.
    Refused,
    /// It waits until then, and all behind it.
    Wait(Moment),
    /// The endpoint stops.
    Stop,
}

/// What follows from this attempt. A receiver that is there and refuses this message (4xx) is told from one that is
/// down or busy: only the first can make us pass over a message.
pub fn after(outcome: Outcome, before: Before, now: Moment) -> Next {
    let refuses =
        matches!(outcome, Outcome::Answered(400..=499)) && !matches!(outcome, Outcome::Answered(408 | 425 | 429));
    let fails_for_days = before.failing_since.is_some_and(|since| now >= since.plus_days(STOP_AFTER_DAYS));
    match outcome {
        Outcome::Answered(200..=299) => return Next::Delivered,
        Outcome::Answered(410) => return Next::Stop,
        _ if refuses && before.attempts + 1 >= MESSAGE_ATTEMPTS_LIMIT => return Next::Refused,
        _ if !refuses && fails_for_days => return Next::Stop,
        _ => {}
    }
    let doublings = u32::try_from(before.failures.clamp(0, 20)).unwrap_or(0);
    Next::Wait(now.plus_seconds((FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS)))
}

#[cfg(test)]
mod tests {
    use super::{Before, Next, Outcome, after};
    use civic::Moment;

    const NOW: Moment = Moment(1_000_000_000_000_000);
    const FRESH: Before = Before { failures: 0, failing_since: None, attempts: 0 };

    #[test]
    fn what_is_taken_is_done() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(after(Outcome::Answered(status), FRESH, NOW), Next::Delivered);
        }
        for status in [100, 199, 300, 301, 404, 500, 599] {
            assert_ne!(after(Outcome::Answered(status), FRESH, NOW), Next::Delivered, "{status}");
        }
    }

    #[test]
    fn pauses_grow_to_an_hour() {
        let pause = |failures| match after(Outcome::Silent, Before { failures, ..FRESH }, NOW) {
            Next::Wait(until) => until.seconds_since(NOW),
            other => panic!("{other:?}"),
        };
        assert_eq!([0, 1, 2, 9, 10, 50].map(pause), [5, 10, 20, 2_560, 3_600, 3_600]);
    }

    #[test]
    fn a_receiver_that_is_down_holds_the_queue_and_stops_after_three_days() {
        let down = |since| Before { failures: 40, failing_since: Some(since), attempts: 40 };
        for outcome in [Outcome::Silent, Outcome::Answered(503), Outcome::Answered(302), Outcome::Answered(429)] {
            assert!(matches!(after(outcome, down(NOW.plus_days(-2)), NOW), Next::Wait(_)), "{outcome:?}");
            assert_eq!(after(outcome, down(NOW.plus_days(-3)), NOW), Next::Stop, "{outcome:?}");
        }
        assert_eq!(after(Outcome::Answered(410), FRESH, NOW), Next::Stop);
    }

    #[test]
    fn a_message_that_is_refused_is_passed_over_in_the_end() {
        let tried = |attempts| Before { attempts, ..FRESH };
        assert!(matches!(after(Outcome::Answered(400), tried(6), NOW), Next::Wait(_)));
        assert_eq!(after(Outcome::Answered(400), tried(7), NOW), Next::Refused);
    }
}
