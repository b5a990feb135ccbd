//! Compares groups, adjusted for the mix of strata, with intervals. See the README for model and limits.

mod compare;
mod gap;
mod rate;
mod ratio;
mod share;
mod solve;
mod usual;
mod waits;

pub use compare::{Cell, Estimate, FairnessError, GROUPS_LIMIT, Group, Outcome, STRATA_LIMIT, compare};
pub use gap::{GAP_MARGIN, GAP_PERIODS, Gap, shows_gap, watch, watch_gap};
pub use rate::{Difference, Pair, RATE_LEAST, difference};
pub use ratio::{MISMATCH, sample_ratio};
pub use share::{Share, median_places, share};
pub use usual::{Ended, USUAL_LEAST, against_usual};
pub use waits::{SortedWaits, WAIT_LIMIT_SECONDS, Waits, Within};
