//! When a difference between groups is large and lasting enough to raise an alarm.

use crate::Estimate;

/// By how much, at the least, the interval must lie beyond 1: a tenth longer than the average for the same mix.
pub const GAP_MARGIN: f64 = 0.10;
/// Periods in a row that must show it, and must not show it any more.
pub const GAP_PERIODS: usize = 2;

/// What becomes of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// It opens: the last periods all show it.
    Opens,
    /// It closes: the last periods all do not show it.
    Closes,
    /// Nothing changes.
    Stays,
}

/// Whether an estimate shows a gap: with all but 2.5% certainty the group waits longer than the average by more than the margin.
pub fn shows_gap(estimate: &Estimate) -> bool {
    estimate.low > 1.0 + GAP_MARGIN
}

/// Decides by the estimates of the last periods, the latest last. A period without an estimate says nothing: as long as it is among the last
/// ones, nothing changes. Two periods each way keep an alarm from flickering.
pub fn watch_gap(is_open: bool, periods: &[Option<Estimate>]) -> Gap {
    let shown: Vec<Option<bool>> = periods.iter().map(|one| one.as_ref().map(shows_gap)).collect();
    watch(is_open, &shown)
}

/// The same for any sign of a gap: whether each of the last periods shows it, the latest last.
pub fn watch(is_open: bool, periods: &[Option<bool>]) -> Gap {
    let Some(last) = periods.len().checked_sub(GAP_PERIODS).map(|from| &periods[from..]) else { return Gap::Stays };
    let all = |wanted: bool| last.iter().all(|one| *one == Some(wanted));
    match is_open {
        false if all(true) => Gap::Opens,
        true if all(false) => Gap::Closes,
        _ => Gap::Stays,
    }
}

#[cfg(test)]
mod tests {
    use super::{Gap, watch_gap};
    use crate::Estimate;

    fn from(low: f64) -> Option<Estimate> {
        Some(Estimate { ratio: low + 0.1, low, high: low + 0.2 })
    }

    #[test]
    fn two_periods_open_it_and_two_close_it() {
        let (wide, narrow) = (from(1.11), from(1.05));
        assert_eq!(watch_gap(false, &[wide, wide]), Gap::Opens);
        assert_eq!(watch_gap(false, &[narrow, wide]), Gap::Stays, "once may be chance");
        assert_eq!(watch_gap(false, &[wide, narrow]), Gap::Stays);
        assert_eq!(watch_gap(true, &[wide, wide]), Gap::Stays, "it is open already");
        assert_eq!(watch_gap(true, &[wide, narrow]), Gap::Stays);
        assert_eq!(watch_gap(true, &[narrow, narrow]), Gap::Closes);
        assert_eq!(watch_gap(false, &[from(1.10), from(1.10)]), Gap::Stays, "the margin itself is not beyond it");
    }

    #[test]
    fn what_is_not_known_changes_nothing() {
        assert_eq!(watch_gap(false, &[from(2.0)]), Gap::Stays);
        assert_eq!(watch_gap(true, &[None, from(0.9)]), Gap::Stays);
        assert_eq!(watch_gap(false, &[from(2.0), None]), Gap::Stays);
        assert_eq!(watch_gap(false, &[None, from(2.0), from(2.0)]), Gap::Opens, "only the last two count");
    }
}
