//! The counted reports of one day in short, so that a year of a million is read in one go.
//!
//! A block is a byte for its version and then, for each district and category: their codes (a length in 2 bytes, then UTF-8), the number of
//! reports in 4 bytes, and 16 bytes for each report. All numbers are little-endian; times are in whole seconds.

use super::Seen;
use civic::Moment;
use std::collections::BTreeMap;

/// Seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;
/// Microseconds of a day.
pub const DAY_MICROS: i64 = DAY_SECONDS * 1_000_000;
const VERSION: u8 = 1;
const REPORT_BYTES: usize = 16;
/// What stands for a time that is not there.
const NONE: u32 = u32::MAX;
/// Of an ended report: whether it had a promise, and kept it.
const ON_TIME: u32 = 1;
const LATE: u32 = 2;

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
    /// It ended in time.
    OnTime,
    /// It ended too late.
    Late,
    /// It is open, and its end is promised within so many seconds of when it was made.
    Within(u32),
}

impl Counted {
    /// As it is counted.
    pub fn of(seen: &Seen) -> Self {
        let since =
            |at: Moment| u32::try_from(at.seconds_since(seen.opened_at).max(0)).unwrap_or(NONE - 1).min(NONE - 1);
        let promise = match (seen.closed_at, seen.due_at) {
            (_, None) => Promised::Nothing,
            (None, Some(due)) => Promised::Within(since(due)),
            (Some(closed), Some(due)) if closed <= due => Promised::OnTime,
            _ => Promised::Late,
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
        let promise = match self.promise {
            Promised::Nothing => NONE,
            Promised::OnTime => ON_TIME,
            Promised::Late => LATE,
            Promised::Within(seconds) => seconds,
        };
        for number in [opened, self.took.unwrap_or(NONE), self.answered.unwrap_or(NONE), promise] {
            block.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(day: i64, bytes: &[u8]) -> Self {
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let some = |number: u32| (number != NONE).then_some(number);
        let took = some(number(4));
        let promise = match (took, number(12)) {
            (_, NONE) => Promised::Nothing,
            (Some(_), ON_TIME) => Promised::OnTime,
            (Some(_), _) => Promised::Late,
            (None, seconds) => Promised::Within(seconds),
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
    use super::{ByCell, Counted, DAY_SECONDS, Promised, read, write};
    use proptest::prelude::*;

    fn report() -> impl Strategy<Value = Counted> {
        let promise = prop_oneof![
            Just(Promised::Nothing),
            Just(Promised::OnTime),
            Just(Promised::Late),
            (0..u32::MAX - 1).prop_map(Promised::Within)
        ];
        (0..DAY_SECONDS, prop::option::of(0..u32::MAX - 1), prop::option::of(0..u32::MAX - 1), promise).prop_map(
            |(second, took, answered, promise)| {
                let promise = match (took, promise) {
                    (Some(_), Promised::Within(_)) => Promised::Late,
                    (None, Promised::OnTime | Promised::Late) => Promised::Nothing,
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
