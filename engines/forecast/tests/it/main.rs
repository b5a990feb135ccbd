//! The engine by known answers, by properties, and by how often its intervals hold.
#![allow(clippy::unwrap_used, missing_docs)]

mod coverage;
mod made;

use forecast::{AHEAD_MOST_DAYS, ForecastError, HISTORY_LEAST_DAYS, forecast};
use proptest::prelude::*;

/// A week that repeats and rises by one each day is forecast exactly: nothing is left to chance.
#[test]
fn a_series_without_chance_is_forecast_exactly() {
    let week = [0.0, 3.0, 3.0, 2.0, 1.0, -4.0, -5.0];
    let flat: Vec<f64> = (0..84).map(|day| 100.0 + week[day % 7]).collect();
    let outcome = forecast(&flat, 14).unwrap();
    for (day, step) in outcome.ahead.iter().enumerate() {
        assert!((step.value - (100.0 + week[day % 7])).abs() < 1e-9, "day {day}: {step:?}");
        assert!(step.high - step.low < 1e-6, "nothing is uncertain: {step:?}");
    }
    assert!(outcome.deviation < 1e-9);
}

#[test]
fn a_rising_series_goes_on_rising_ever_slower() {
    let rising: Vec<f64> = (0..112).map(f64::from).collect();
    let steps = forecast(&rising, 28).unwrap().ahead;
    let rises: Vec<f64> = steps.windows(2).map(|pair| pair[1].value - pair[0].value).collect();
    assert!(steps[0].value > 111.0 && steps[0].value < 112.5, "{:?}", steps[0]);
    assert!(rises.iter().all(|rise| *rise > 0.0) && rises[26] < rises[0], "the trend is damped: {rises:?}");
    assert!(steps.windows(2).all(|pair| pair[1].high - pair[1].low >= pair[0].high - pair[0].low), "ever less certain");
}

#[test]
fn what_cannot_be_forecast_is_refused_in_a_sentence() {
    let year = vec![5.0; 365];
    assert_eq!(forecast(&year[..HISTORY_LEAST_DAYS - 1], 7), Err(ForecastError::TooShort(55)));
    assert!(ForecastError::TooShort(5).to_string().contains("56 days of history, and there are 5"));
    assert!(forecast(&year[..HISTORY_LEAST_DAYS], 7).is_ok());
    assert_eq!(forecast(&vec![5.0; 1_097], 7), Err(ForecastError::TooLong(1_097)));
    assert_eq!(forecast(&year, 0), Err(ForecastError::Ahead(0)));
    assert_eq!(forecast(&year, AHEAD_MOST_DAYS + 1), Err(ForecastError::Ahead(29)));
    for wrong in [f64::NAN, f64::INFINITY, -1.0, 1e10] {
        let mut values = year.clone();
        values[3] = wrong;
        assert_eq!(forecast(&values, 7), Err(ForecastError::Value(3)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn intervals_hold_their_middle_and_nothing_is_negative(values in prop::collection::vec(0_u32..5_000, 56..200)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let outcome = forecast(&values, 28).unwrap();
        for step in &outcome.ahead {
            prop_assert!(0.0 <= step.low && step.low <= step.value && step.value <= step.high && step.high.is_finite());
        }
        prop_assert_eq!(&outcome, &forecast(&values, 28).unwrap(), "the same again");
    }

    /// Ten times as many reports are forecast as ten times as many.
    #[test]
    fn the_unit_does_not_matter(values in prop::collection::vec(0_u32..500, 70..100)) {
        let values: Vec<f64> = values.into_iter().map(|value| f64::from(value) + 1_000.0).collect();
        let eight: Vec<f64> = values.iter().map(|value| value * 8.0).collect();
        for (one, other) in forecast(&values, 7).unwrap().ahead.iter().zip(forecast(&eight, 7).unwrap().ahead) {
            prop_assert!((one.high * 8.0 - other.high).abs() < 1e-6);
        }
    }
}
