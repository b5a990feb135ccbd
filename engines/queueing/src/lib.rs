#![doc = include_str!("../README.md")]

mod chance;
mod erlang;
mod outcome;
mod simulate;

pub use erlang::{erlang_b, erlang_c, mean_wait};
pub use outcome::{Band, Change, Mean, Outcome, Run, compare};
pub use simulate::{CLERKS_LIMIT, DAYS_LIMIT, Day, MATTERS_LIMIT, Office, QueueingError, RUNS_LIMIT, simulate};
