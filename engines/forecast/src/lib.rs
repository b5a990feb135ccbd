//! Forecasts a daily series some weeks ahead, with intervals. See the README for the model and its limits.

mod model;
mod search;

pub use model::{Parameters, Step};

/// Days of history under which nothing is forecast: eight weeks.
pub const HISTORY_LEAST_DAYS: usize = 56;
/// Days of history that are read at once: three years.
pub const HISTORY_MOST_DAYS: usize = 1_096;
/// Days ahead that are forecast at once: four weeks.
pub const AHEAD_MOST_DAYS: usize = 28;
/// The greatest size a value may have, so that squares and sums stay exact enough.
pub const VALUE_MOST: f64 = 1e9;

/// What is expected, and how it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// One for each day ahead, the next day first.
    pub ahead: Vec<Step>,
    /// The parameters that fit the history best.
    pub parameters: Parameters,
    /// The standard deviation of the errors one day ahead, in the unit of the series.
    pub deviation: f64,
    /// Days of history it rests on.
    pub days: usize,
}

/// Why nothing is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForecastError {
    /// Less history than [`HISTORY_LEAST_DAYS`].
    #[error("a forecast needs {HISTORY_LEAST_DAYS} days of history, and there are {0}")]
    TooShort(usize),
    /// More history than [`HISTORY_MOST_DAYS`].
    #[error("at most {HISTORY_MOST_DAYS} days of history are read, and there are {0}")]
    TooLong(usize),
    /// No day ahead, or more than [`AHEAD_MOST_DAYS`].
    #[error("between 1 and {AHEAD_MOST_DAYS} days ahead can be forecast, not {0}")]
    Ahead(usize),
    /// A value that is not a number from 0 to [`VALUE_MOST`].
    #[error("the value of day {0} is not a number from 0 to a thousand million")]
    Value(usize),
}

/// Forecasts `ahead` days of a daily series of numbers that cannot be negative, the oldest first.
///
/// # Errors
/// [`ForecastError`].
pub fn forecast(values: &[f64], ahead: usize) -> Result<Outcome, ForecastError> {
    match values.len() {
        short if short < HISTORY_LEAST_DAYS => return Err(ForecastError::TooShort(short)),
        long if long > HISTORY_MOST_DAYS => return Err(ForecastError::TooLong(long)),
        _ => {}
    }
    if ahead == 0 || ahead > AHEAD_MOST_DAYS {
        return Err(ForecastError::Ahead(ahead));
    }
    if let Some(at) = values.iter().position(|value| !(0.0..=VALUE_MOST).contains(value)) {
        return Err(ForecastError::Value(at));
    }
    let parameters = search::best(values);
    let fitted = model::follow(values, parameters);
    let variance = fitted.squares / (values.len() - model::FITTED) as f64;
    let steps = model::ahead(values, &fitted.state, parameters, variance, ahead);
    Ok(Outcome { ahead: steps, parameters, deviation: variance.sqrt(), days: values.len() })
}
