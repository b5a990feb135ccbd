//! Exponential smoothing with a damped trend and a season of one week: ETS(A,Ad,A).

/// Days of the season.
pub(crate) const WEEK: usize = 7;
/// Weeks from which the first states are taken.
const FIRST_WEEKS: usize = 4;
/// Numbers that are fitted: four parameters, level, trend, and seven days of a week.
pub(crate) const FITTED: usize = 4 + 2 + WEEK;
/// Forecasts of the history itself, so many days ahead, from which their variance is taken.
const OWN_ERRORS_LEAST: usize = 56;
/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// How fast the states follow the errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Of the level, in (0, 1).
    pub alpha: f64,
    /// Of the trend, in [0, alpha).
    pub beta: f64,
    /// Of the days of the week, in [0, 1 - alpha).
    pub gamma: f64,
    /// By how much the trend is damped each day, in (0, 1).
    pub phi: f64,
}

/// What is expected of one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The middle.
    pub value: f64,
    /// The lower end of the 95% interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The states after a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State {
    pub level: f64,
    pub trend: f64,
    /// The effect of each of the next seven days, the next day first.
    pub season: [f64; WEEK],
}

/// What is left of following a series.
pub(crate) struct Followed {
    pub state: State,
    /// The sum of the squares of the errors one day ahead.
    pub squares: f64,
}

/// The states before the first day, from the first four weeks: the trend from the first week's mean to the last one's, each day of the
/// week as its mean distance from the mean of its week.
pub(crate) fn first_state(values: &[f64]) -> State {
    let mean = |week: usize| values[week * WEEK..(week + 1) * WEEK].iter().sum::<f64>() / WEEK as f64;
    let (first, last) = (mean(0), mean(FIRST_WEEKS - 1));
    let trend = (last - first) / ((FIRST_WEEKS - 1) * WEEK) as f64;
    let mut season = [0.0; WEEK];
    for (day, effect) in season.iter_mut().enumerate() {
        let distances: f64 = (0..FIRST_WEEKS).map(|week| values[week * WEEK + day] - mean(week)).sum();
        *effect = distances / FIRST_WEEKS as f64;
    }
    // The mean of a week stands in its middle, four days after the day before it.
    State { level: first - 4.0 * trend, trend, season }
}

/// Follows a series from its first day to its last.
pub(crate) fn follow(values: &[f64], by: Parameters) -> Followed {
    follow_with(values, by, |_, _| ())
}

/// The same; `look` sees the days that are left and the state before each day.
fn follow_with(values: &[f64], by: Parameters, mut look: impl FnMut(&[f64], &State)) -> Followed {
    let mut state = first_state(values);
    let mut squares = 0.0;
    for (day, value) in values.iter().enumerate() {
        look(&values[day..], &state);
        let carried = by.phi * state.trend;
        let error = value - (state.level + carried + state.season[0]);
        state.level = state.level + carried + by.alpha * error;
        state.trend = carried + by.beta * error;
        state.season[0] += by.gamma * error;
        state.season.rotate_left(1);
        squares += error * error;
    }
    Followed { state, squares }
}

/// The middle of the days ahead of a state.
fn middles(state: &State, phi: f64) -> impl Iterator<Item = f64> {
    let (mut damped, mut power, state) = (0.0, 1.0, *state);
    (0..).map(move |day: usize| {
        power *= phi;
        damped += power;
        state.level + damped * state.trend + state.season[day % WEEK]
    })
}

/// The days ahead.
pub(crate) fn ahead(values: &[f64], state: &State, by: Parameters, variance: f64, days: usize) -> Vec<Step> {
    let variances = variances(values, by, variance, days);
    middles(state, by.phi)
        .zip(variances)
        .map(|(value, variance)| {
            let half = NORMAL_97_5 * variance.sqrt();
            Step { value: value.max(0.0), low: (value - half).max(0.0), high: (value + half).max(0.0) }
        })
        .collect()
}

/// The variance of each day ahead: the mean square of what forecasts so many days ahead were wrong by in the history itself (Chatfield,
/// *Calculating interval forecasts*, 1993, section 4.3), once that history is at least eight weeks; before, the one that the model says.
/// It never falls from one day to the next.
fn variances(values: &[f64], by: Parameters, variance: f64, days: usize) -> Vec<f64> {
    let mut errors = vec![(0_usize, 0.0_f64); days];
    follow_with(values, by, |left, state| {
        for ((sum, value), middle) in errors.iter_mut().zip(left).zip(middles(state, by.phi)) {
            *sum = (sum.0 + 1, sum.1 + (value - middle) * (value - middle));
        }
    });
    let said = said_by_the_model(by, variance, days);
    let mut least = 0.0_f64;
    let of = |((count, squares), said): ((usize, f64), f64)| {
        let found = if count >= OWN_ERRORS_LEAST { squares / (count - FITTED) as f64 } else { said };
        least = least.max(found);
        least
    };
    errors.into_iter().zip(said).map(of).collect()
}

/// The variance of day h is `variance * (1 + c₁² + … + c²ₕ₋₁)`, where c is what an error of one does to the days after it
/// (Hyndman, Koehler, Ord, Snyder, *Forecasting with Exponential Smoothing*, 2008, table 6.2).
fn said_by_the_model(by: Parameters, variance: f64, days: usize) -> Vec<f64> {
    let (mut damped, mut power, mut spread) = (0.0, 1.0, 1.0);
    let of = |day: usize| {
        let said = variance * spread;
        power *= by.phi;
        damped += power;
        let season = if day.is_multiple_of(WEEK) { by.gamma } else { 0.0 };
        let carried = by.alpha + by.beta * damped + season;
        spread += carried * carried;
        said
    };
    (1..=days).map(of).collect()
}
