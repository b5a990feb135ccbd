//! Days of an office, lived many times.

use crate::{
    chance::Chance,
    outcome::{Outcome, Run},
};
use std::collections::VecDeque;

/// Days that are lived.
pub const DAYS_LIMIT: usize = 366;
/// Clerks who work on a day.
pub const CLERKS_LIMIT: u32 = 1_000;
/// Times that the days are lived.
pub const RUNS_LIMIT: u32 = 1_000;
/// Matters that wait at the beginning or are expected, over all runs.
pub const MATTERS_LIMIT: f64 = 5_000_000.0;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// How many matters arrive on average.
    pub arrivals: f64,
    /// How many clerks work.
    pub clerks: u32,
}

/// An office with what waits there.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Its days, in order.
    pub days: Vec<Day>,
    /// What waits at the beginning.
    pub backlog: u32,
    /// How many matters a clerk finishes in a day of work on average.
    pub per_clerk_day: f64,
}

/// Why nothing can be simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QueueingError {
    /// No days, or more than the limit.
    #[error("between one and {DAYS_LIMIT} days can be simulated")]
    Days,
    /// No runs, or more than the limit.
    #[error("between one and {RUNS_LIMIT} runs can be made")]
    Runs,
    /// A rate that is not a number, negative, or a clerk who finishes nothing.
    #[error("a rate is not a positive number")]
    Rate,
    /// More clerks than the limit.
    #[error("at most {CLERKS_LIMIT} clerks can work on a day")]
    Clerks,
    /// More matters than the limit.
    #[error("more matters than can be simulated; make fewer runs")]
    Matters,
}

/// Lives the days of an office so many times.
///
/// # Errors
/// [`QueueingError`].
pub fn simulate(office: &Office, runs: u32, seed: u64) -> Result<Outcome, QueueingError> {
    check(office, runs)?;
    Ok(Outcome::of((0..runs).map(|run| live(office, seed, u64::from(run))).collect()))
}

fn check(office: &Office, runs: u32) -> Result<(), QueueingError> {
    let is_rate = |rate: f64| rate.is_finite() && rate >= 0.0;
    if office.days.is_empty() || office.days.len() > DAYS_LIMIT {
        return Err(QueueingError::Days);
    }
    if runs == 0 || runs > RUNS_LIMIT {
        return Err(QueueingError::Runs);
    }
    if !is_rate(office.per_clerk_day)
        || office.per_clerk_day <= 0.0
        || !office.days.iter().all(|day| is_rate(day.arrivals))
    {
        return Err(QueueingError::Rate);
    }
    if office.days.iter().any(|day| day.clerks > CLERKS_LIMIT) {
        return Err(QueueingError::Clerks);
    }
    let expected = f64::from(office.backlog) + office.days.iter().map(|day| day.arrivals).sum::<f64>();
    if expected * f64::from(runs) > MATTERS_LIMIT { Err(QueueingError::Matters) } else { Ok(()) }
}

/// A matter: when it came, and how many days of a clerk's work are left.
#[derive(Debug, Clone, Copy)]
struct Matter {
    came: f64,
    left: f64,
}

/// The line: the first of it, as many as there are clerks, are being worked on.
struct Line {
    matters: VecDeque<Matter>,
    work: Chance,
    per_clerk_day: f64,
    finished: u64,
    took: f64,
}

impl Line {
    fn add(&mut self, came: f64) {
        // Drawn in the order of coming, so that another plan meets the same matter.
        let left = self.work.exponential() / self.per_clerk_day;
        self.matters.push_back(Matter { came, left });
    }

    /// Lets the clerks work until a moment.
    fn work_until(&mut self, mut now: f64, until: f64, clerks: u32) {
        loop {
            let busy = self.matters.len().min(clerks as usize);
            let next = self.matters.iter().take(busy).map(|one| one.left).fold(f64::INFINITY, f64::min);
            let step = next.min(until - now);
            self.matters.iter_mut().take(busy).for_each(|one| one.left -= step);
            now += step;
            if next > step || busy == 0 {
                return;
            }
            let done = (0..busy).find(|at| self.matters[*at].left <= 0.0);
            if let Some(matter) = done.and_then(|at| self.matters.remove(at)) {
                self.finished += 1;
                self.took += now - matter.came;
            }
        }
    }
}

/// Lives the days once.
fn live(office: &Office, seed: u64, run: u64) -> Run {
    let mut arrivals = Chance::of(seed, run, 0);
    let mut line = Line {
        matters: VecDeque::new(),
        work: Chance::of(seed, run, 1),
        per_clerk_day: office.per_clerk_day,
        finished: 0,
        took: 0.0,
    };
    (0..office.backlog).for_each(|_| line.add(0.0));
    let mut backlog = Vec::with_capacity(office.days.len());
    // How much of an average arrival is still to pass: arrivals go on from day to day as one stream.
    let mut to_come = arrivals.exponential();
    for (number, day) in office.days.iter().enumerate() {
        let (mut now, end) = (number as f64, (number + 1) as f64);
        while day.arrivals * (end - now) > to_come {
            let at = now + to_come / day.arrivals;
            line.work_until(now, at, day.clerks);
            line.add(at);
            (now, to_come) = (at, arrivals.exponential());
        }
        to_come -= day.arrivals * (end - now);
        line.work_until(now, end, day.clerks);
        backlog.push(u32::try_from(line.matters.len()).unwrap_or(u32::MAX));
    }
    let wait_days = (line.finished > 0).then(|| line.took / line.finished as f64);
    Run { backlog, finished: line.finished, wait_days }
}
