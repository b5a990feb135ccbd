//! Estimates how long matters stay unreported, from how often reported ones are reported again. See the README for the model and its limits.

mod estimate;
mod fit;

pub use estimate::{Cell, GROUPS_LIMIT, Group, Outcome, Rate, ReportingError, STRATA_LIMIT, estimate, rate};

/// Seconds of a day, in which rates are given.
pub const DAY_SECONDS: f64 = 86_400.0;
/// Seconds after the first report for which a matter is watched at most: 100 days, as in the paper.
pub const WATCHED_MOST_SECONDS: u64 = 100 * 86_400;
/// Repeats under which nothing is estimated.
pub const REPEATS_LEAST: u64 = 20;
