//! Compares groups, adjusted for the mix of strata, with intervals. See the README for model and limits.

mod compare;
mod solve;

pub use compare::{Cell, Estimate, FairnessError, GROUPS_LIMIT, Group, Outcome, STRATA_LIMIT, compare};
