//! The counted reports of one day in short, so that a year of a million is read in one go.
//!
//! A block is a byte for its version and then, for each district and category: their codes (a length in 2 bytes, then UTF-8), the number of
//! reports in 4 bytes, and 16 bytes for each report. All numbers are little-endian; times are in whole seconds.
//!
//! The four numbers of a report: when in its day it was made; to its end, or, with the high bit, for one that is open, to when its promise was
//! broken; to its first answer; to the end that counts of its promise, with what became of it in the two high bits.

use super::Seen;
use civic::Moment;
use std::collections::BTreeMap;

/// Seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;
/// Microseconds of a day.
pub const DAY_MICROS: i64 = DAY_SECONDS * 1_000_000;
const VERSION: u8 = 2;
const REPORT_BYTES: usize = 16;
/// What stands for a time that is not there.
const NONE: u32 = u32::MAX;
/// Of a report that is open, in place of the time to its end.
const OPEN: u32 = 1 << 31;
/// What became of the promise of one that ended.
const MOVED: u32 = 1 << 30;
const LATE: u32 = 1 << 31;
/// The longest time that is told apart: of an end, and of a promise (34 years).
const LONGEST: u32 = OPEN - 2;
const PROMISE_LONGEST: u32 = MOVED - 2;

/// One report, as far as it counts; seconds are those since it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Seconds since 1970 at which it was made.
    pub opened_at: i64,
    /// Seconds to its end.
    pub took: Option<u32>,
    /// Seconds to its first answer.
    pub answered: Option<u32>,
    /// What became of its promise.
    pub promise: Promised,
}

/// What became of the promise of an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promised {
    /// There was none.
    Nothing,
    /// It ended in time: by an end that was promised so many seconds after it was made, and whether that was a later one than the first.
    Kept {
        /// Seconds.
        within: u32,
        /// Whether it was moved.
        moved: bool,
    },
    /// It was still open so many seconds after it was made, when its end had been promised.
    Broken {
        /// Seconds.
        within: u32,
        /// Of one that is open: within how many seconds its end is promised now, where it was moved to later.
        again: Option<u32>,
    },
    /// It is open, and its end is promised within so many seconds of when it was made.
    Within(u32),
}

impl Counted {
    /// As it is counted.
    pub fn of(seen: &Seen) -> Self {
        let since = |at: Moment| u32::try_from(at.seconds_since(seen.opened_at).max(0)).unwrap_or(LONGEST).min(LONGEST);
        let within = |at: Moment| since(at).min(PROMISE_LONGEST);
        let broken = seen
            .broken_at
            .or_else(|| seen.due_at.zip(seen.closed_at).filter(|(due, closed)| due < closed).map(|(due, _)| due));
        let promise = match (seen.closed_at, seen.due_at, broken) {
            (closed, due, Some(broken)) => {
                let again = due.filter(|due| closed.is_none() && *due > broken).map(within);
                Promised::Broken { within: within(broken), again }
            }
            (_, None, None) => Promised::Nothing,
            (None, Some(due), None) => Promised::Within(within(due)),
            (Some(closed), Some(due), None) => {
                Promised::Kept { within: within(due), moved: seen.first_due_at.is_some_and(|first| first < closed) }
            }
        };
        Self {
            opened_at: seen.opened_at.micros().div_euclid(1_000_000),
            took: seen.closed_at.map(since),
            answered: seen.answered_at.map(since),
            promise,
        }
    }

    fn write(&self, day: i64, block: &mut Vec<u8>) {
        let opened = u32::try_from(self.opened_at - day * DAY_SECONDS).unwrap_or_default();
        let (broken, promise) = match self.promise {
            Promised::Nothing => (NONE, NONE),
            Promised::Kept { within, moved } => (NONE, within | if moved { MOVED } else { 0 }),
            Promised::Broken { within, .. } if self.took.is_some() => (NONE, within | LATE),
            Promised::Broken { within, again } => (within | OPEN, again.unwrap_or(NONE)),
            Promised::Within(seconds) => (NONE, seconds),
        };
        for number in [opened, self.took.unwrap_or(broken), self.answered.unwrap_or(NONE), promise] {
            block.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(day: i64, bytes: &[u8]) -> Self {
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let some = |number: u32| (number != NONE).then_some(number);
        let end = number(4);
        let took = (end & OPEN == 0).then_some(end);
        let promise = match (took, some(number(12))) {
            (None, again) if end != NONE => Promised::Broken { within: end & !OPEN, again },
            (_, None) => Promised::Nothing,
            (None, Some(seconds)) => Promised::Within(seconds),
            (Some(_), Some(number)) if number & LATE != 0 => Promised::Broken { within: number & !LATE, again: None },
            (Some(_), Some(number)) => Promised::Kept { within: number & !MOVED, moved: number & MOVED != 0 },
        };
        Self { opened_at: day * DAY_SECONDS + i64::from(number(0)), took, answered: some(number(8)), promise }
    }
}

/// Reports by district (empty where they lie in none) and category.
pub type ByCell = BTreeMap<(String, String), Vec<Counted>>;

/// Writes the reports of a day.
pub fn write(day: i64, cells: &ByCell) -> Vec<u8> {
    let mut block = vec![VERSION];
    for ((district, category), reports) in cells {
        for code in [district, category] {
            // Codes are short; one that were not would not be found again, so its reports count as of no code.
            let code = u16::try_from(code.len()).map_or("", |_| code.as_str());
            block.extend_from_slice(&(code.len() as u16).to_le_bytes());
            block.extend_from_slice(code.as_bytes());
        }
        block.extend_from_slice(&(reports.len() as u32).to_le_bytes());
        reports.iter().for_each(|report| report.write(day, &mut block));
    }
    block
}

/// Reads them, district and category at a time. Returns whether the block could be read to its end; what cannot is built anew.
pub fn read(day: i64, block: &[u8], mut take: impl FnMut(&str, &str, &mut dyn Iterator<Item = Counted>)) -> bool {
    let Some((&VERSION, mut rest)) = block.split_first() else { return false };
    while !rest.is_empty() {
        let Some((district, category, reports, after)) = cell(rest) else { return false };
        take(district, category, &mut reports.chunks_exact(REPORT_BYTES).map(|bytes| Counted::read(day, bytes)));
        rest = after;
    }
    true
}

/// The codes and reports of one district and category, and what follows.
fn cell(bytes: &[u8]) -> Option<(&str, &str, &[u8], &[u8])> {
    let (district, bytes) = code(bytes)?;
    let (category, bytes) = code(bytes)?;
    let (count, bytes) = bytes.split_first_chunk::<4>()?;
    let length = (u32::from_le_bytes(*count) as usize).checked_mul(REPORT_BYTES)?;
    let (reports, bytes) = bytes.split_at_checked(length)?;
    Some((district, category, reports, bytes))
}

fn code(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, bytes) = bytes.split_first_chunk::<2>()?;
    let (code, bytes) = bytes.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    Some((std::str::from_utf8(code).ok()?, bytes))
}

#[cfg(test)]
mod tests {
    use super::{ByCell, Counted, DAY_SECONDS, LONGEST, PROMISE_LONGEST, Promised, read, write};
    use proptest::prelude::*;

    fn report() -> impl Strategy<Value = Counted> {
        let promise = prop_oneof![
            Just(Promised::Nothing),
            (0..=PROMISE_LONGEST, any::<bool>()).prop_map(|(within, moved)| Promised::Kept { within, moved }),
            (0..=PROMISE_LONGEST, prop::option::of(0..=PROMISE_LONGEST))
                .prop_map(|(within, again)| Promised::Broken { within, again }),
            (0..=PROMISE_LONGEST).prop_map(Promised::Within)
        ];
        (0..DAY_SECONDS, prop::option::of(0..=LONGEST), prop::option::of(0..=LONGEST), promise).prop_map(
            |(second, took, answered, promise)| {
                let promise = match (took, promise) {
                    (Some(_), Promised::Within(within) | Promised::Broken { within, .. }) => {
                        Promised::Broken { within, again: None }
                    }
                    (None, Promised::Kept { .. }) => Promised::Nothing,
                    (_, promise) => promise,
                };
                Counted { opened_at: 17_000 * DAY_SECONDS + second, took, answered, promise }
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(cells in prop::collection::btree_map(("[a-zé]{0,4}", "[a-z]{1,4}"), prop::collection::vec(report(), 1..5), 0..6)) {
            let block = write(17_000, &cells);
            let mut found = ByCell::new();
            let is_whole = read(17_000, &block, |district, category, reports| {
                found.insert((district.to_owned(), category.to_owned()), reports.collect());
            });
            prop_assert!(is_whole);
            prop_assert_eq!(found, cells);
        }

        #[test]
        fn nothing_that_is_read_brings_it_down(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            read(0, &bytes, |_, _, reports| assert!(reports.count() < 20));
        }
    }

    #[test]
    fn a_block_that_was_cut_says_so() {
        let report = Counted { opened_at: 5, took: None, answered: None, promise: Promised::Nothing };
        let block = write(0, &ByCell::from([(("a".to_owned(), "b".to_owned()), vec![report])]));
        assert!(!read(0, &block[..block.len() - 1], |_, _, _| ()) && !read(0, &[], |_, _, _| ()));
    }
}
