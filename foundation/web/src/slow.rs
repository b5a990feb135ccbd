//! What took long, since the program was started: counted in memory, for the administrator's page.

use civic::Moment;
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// Milliseconds from which an answer is slow.
pub const SLOW_ANSWER_MS: i64 = 250;
/// Milliseconds from which a job is slow.
pub const SLOW_JOB_MS: i64 = 5_000;

/// What is measured: an answer of a route, or a job of a kind. There are as many as the program has of both, so what is
/// kept is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// An answer, by method and path with its `{parameters}`, never by the address that was asked.
    Answer(&'static str, &'static str),
    /// A job, by its kind.
    Job(&'static str),
}

/// How often something was slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slowness {
    /// How often.
    pub times: u64,
    /// The longest, in milliseconds.
    pub worst_ms: i64,
    /// When it was slow last.
    pub last_at: Moment,
}

/// What was slow.
#[derive(Debug, Default)]
pub struct Slow(Mutex<BTreeMap<What, Slowness>>);

impl Slow {
    /// Notes that something was begun and ended then; forgotten at once where it was fast.
    pub fn note(&self, what: What, begun: Moment, ended: Moment) {
        let took_ms = (ended.micros() - begun.micros()) / 1_000;
        let limit_ms = match what {
            What::Answer(..) => SLOW_ANSWER_MS,
            What::Job(_) => SLOW_JOB_MS,
        };
        if took_ms < limit_ms {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let slowness = kept.entry(what).or_insert(Slowness { times: 0, worst_ms: 0, last_at: ended });
        slowness.times += 1;
        slowness.worst_ms = slowness.worst_ms.max(took_ms);
        slowness.last_at = ended;
    }

    /// What was slow, the longest first, at most `limit`.
    pub fn worst(&self, limit: usize) -> Vec<(What, Slowness)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = kept.iter().map(|(what, slowness)| (*what, *slowness)).collect();
        all.sort_by_key(|(what, slowness)| (-slowness.worst_ms, *what));
        all.truncate(limit);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{Slow, What};
    use civic::Moment;

    #[test]
    fn only_what_is_slow_is_kept_and_the_worst_comes_first() {
        let slow = Slow::default();
        let ends = |ms: i64| Moment(ms * 1_000);
        slow.note(What::Answer("GET", "/"), Moment(0), ends(249));
        assert!(slow.worst(9).is_empty());
        slow.note(What::Answer("GET", "/"), Moment(0), ends(250));
        slow.note(What::Answer("GET", "/"), Moment(0), ends(900));
        slow.note(What::Job("mail.send"), Moment(0), ends(4_999));
        slow.note(What::Job("mail.send"), Moment(0), ends(6_000));
        let worst = slow.worst(9);
        assert_eq!(worst.iter().map(|(_, one)| (one.times, one.worst_ms)).collect::<Vec<_>>(), [(1, 6_000), (2, 900)]);
        assert_eq!(slow.worst(1).len(), 1);
    }
}
