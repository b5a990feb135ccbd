//! Whether the record signs, as the work in the background last saw it: kept in memory, so that asking costs nothing.

use civic::Moment;
use std::sync::{Arc, Mutex, PoisonError};

/// Seconds for which entries may wait until that is told to whoever watches.
pub const LATE_SECONDS: i64 = 60;

/// Why nothing is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsigned {
    /// The record refuses: the database or the key is not the one that signed before.
    Refuses(String),
    /// For so many seconds the entries that wait could not get their places; the log says why.
    Waits(i64),
}

#[derive(Debug, Clone, Default)]
struct Seen {
    /// When all entries had their places last; `None` before the work has begun.
    well_at: Option<Moment>,
    /// Why the record refuses.
    refusal: Option<String>,
}

/// What the sequencer last came to; a part of the town. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Signing(Arc<Mutex<Seen>>);

impl Signing {
    /// The work begins; nothing is late yet.
    pub fn begun(&self, now: Moment) {
        self.change(|seen| *seen = Seen { well_at: Some(now), ..Seen::default() });
    }

    /// Every entry has its place and is signed, here or by another process of the town.
    pub fn well(&self, now: Moment) {
        self.begun(now);
    }

    /// It could not be done this time, and may be the next time.
    pub fn failed(&self) {
        self.change(|seen| seen.refusal = None);
    }

    /// The record refuses to sign until somebody puts it right.
    pub fn refused(&self, why: String) {
        self.change(|seen| seen.refusal = Some(why));
    }

    /// What is wrong now; `None` while all is well, and where nobody sequences.
    pub fn wrong(&self, now: Moment) -> Option<Unsigned> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let late = now.seconds_since(seen.well_at?);
        match &seen.refusal {
            Some(why) => Some(Unsigned::Refuses(why.clone())),
            None => (late > LATE_SECONDS).then_some(Unsigned::Waits(late)),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use super::{LATE_SECONDS, Signing, Unsigned};
    use civic::Moment;

    #[test]
    fn a_refusal_is_told_at_once_and_a_delay_after_a_minute() {
        let (signing, begun) = (Signing::default(), Moment(0));
        assert_eq!(signing.wrong(begun.plus_seconds(9_999)), None, "nobody sequences here");
        signing.begun(begun);
        signing.failed();
        assert_eq!(signing.wrong(begun.plus_seconds(LATE_SECONDS)), None);
        let late = begun.plus_seconds(LATE_SECONDS + 1);
        assert_eq!(signing.wrong(late), Some(Unsigned::Waits(61)));
        signing.well(late);
        assert_eq!(signing.wrong(late), None);
        signing.refused("another key".to_owned());
        assert_eq!(signing.wrong(late), Some(Unsigned::Refuses("another key".to_owned())));
        signing.well(late);
        assert_eq!(signing.wrong(late), None, "it agrees again");
    }
}
