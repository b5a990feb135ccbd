//! What many runs came to.

/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// One run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// What was not finished at the end of each day.
    pub backlog: Vec<u32>,
    /// How many were finished.
    pub finished: u64,
    /// How many days these took on average from coming to the end; `None` where none was finished.
    pub wait_days: Option<f64>,
}

/// The middle of the runs, and the ends between which nine of ten lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// One of twenty runs is below.
    pub low: f64,
    /// Half of the runs are below.
    pub middle: f64,
    /// One of twenty runs is above.
    pub high: f64,
}

/// A mean with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// All runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    runs: Vec<Run>,
}

impl Outcome {
    pub(crate) fn of(runs: Vec<Run>) -> Self {
        Self { runs }
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The line at the end of a day, from 0; `None` beyond the last.
    pub fn backlog(&self, day: usize) -> Option<Band> {
        band(self.runs.iter().map(|run| run.backlog.get(day).map(|length| f64::from(*length))).collect::<Option<_>>()?)
    }

    /// The days that what was finished took, run by run; `None` where in one nothing was.
    pub fn wait_days(&self) -> Option<Band> {
        band(self.runs.iter().map(|run| run.wait_days).collect::<Option<_>>()?)
    }
}

/// By the nearest rank.
fn band(mut values: Vec<f64>) -> Option<Band> {
    values.sort_unstable_by(f64::total_cmp);
    let at = |hundredths: usize| values.get((values.len() * hundredths).div_ceil(100).saturating_sub(1)).copied();
    Some(Band { low: at(5)?, middle: at(50)?, high: at(95)? })
}

/// What another plan changes: the means of the differences, run by run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The line at the end of the last day, less that of the first plan.
    pub backlog: Mean,
    /// The days that finished matters took, less those of the first plan; `None` where in a run nothing was finished.
    pub wait_days: Option<Mean>,
}

/// Compares two plans that were simulated with the same seed, days and runs; `None` where they have not as many runs or days, or only one run.
pub fn compare(before: &Outcome, after: &Outcome) -> Option<Change> {
    let days = |outcome: &Outcome| outcome.runs.first().map_or(0, |run| run.backlog.len());
    if before.runs.len() != after.runs.len() || before.runs.len() < 2 || days(before) != days(after) {
        return None;
    }
    let pairs = || before.runs.iter().zip(&after.runs);
    let last = |run: &Run| run.backlog.last().map(|length| f64::from(*length));
    let lines: Option<Vec<f64>> = pairs().map(|(one, two)| Some(last(two)? - last(one)?)).collect();
    let waits: Option<Vec<f64>> = pairs().map(|(one, two)| Some(two.wait_days? - one.wait_days?)).collect();
    Some(Change { backlog: mean(&lines?), wait_days: waits.as_deref().map(mean) })
}

fn mean(values: &[f64]) -> Mean {
    let n = values.len() as f64;
    let value = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|one| (one - value).powi(2)).sum::<f64>() / (n - 1.0);
    let half = NORMAL_97_5 * (variance / n).sqrt();
    Mean { value, low: value - half, high: value + half }
}
