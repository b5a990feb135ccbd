//! The engine by known answers and by properties.
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use reporting::{Cell, DAY_SECONDS, Rate, ReportingError, estimate, rate};

fn cell(group: usize, stratum: usize, days: f64, repeats: u64) -> Cell {
    Cell { group, stratum, matters: days as u64, watched_seconds: days * DAY_SECONDS, repeats }
}

fn is_near(one: f64, other: f64, within: f64) -> bool {
    (one / other - 1.0).abs() < within
}

/// The exact interval of 20 events is 12.2165 to 30.8884 (chi-squared quantiles, scipy 1.17); Byar's is within a thousandth or two.
#[test]
fn twenty_repeats_in_a_hundred_days() {
    let found = rate(20, 100.0 * DAY_SECONDS);
    assert!((found.value - 0.2).abs() < 1e-12);
    assert!(is_near(found.low, 0.122_165, 0.003) && is_near(found.high, 0.308_884, 0.003), "{found:?}");
    let days = found.days_unreported();
    assert!((days.value - 5.0).abs() < 1e-9 && days.low < 5.0 && days.high > 5.0);
    let never = found.share_unreported(30.0);
    assert!(is_near(never.value, (-6.0_f64).exp(), 1e-9) && never.low < never.value && never.value < never.high);
}

/// Two districts with the same rates and another mix: adjusted, they are alike, though crudely one is reported at more than twice the rate.
#[test]
fn the_mix_is_not_mistaken_for_the_people() {
    let cells = [cell(0, 0, 900.0, 90), cell(0, 1, 100.0, 100), cell(1, 0, 100.0, 10), cell(1, 1, 900.0, 900)];
    let outcome = estimate(2, 2, &cells).unwrap();
    let [one, other] = [0, 1].map(|group| outcome.groups[group].rate.unwrap().value);
    assert!(other > 2.0 * one);
    for group in &outcome.groups {
        let adjusted = group.adjusted.unwrap();
        assert!((adjusted.value - 1.0).abs() < 1e-9 && adjusted.low < 1.0 && adjusted.high > 1.0, "{group:?}");
    }
    assert_eq!(outcome.scatter.to_bits(), 1.0_f64.to_bits(), "nothing scatters");
}

/// With one stratum the fit is in closed form: ratios of rates, and a variance of the contrast of 1/a + 1/b.
#[test]
fn one_stratum_is_worked_out_by_hand() {
    let outcome = estimate(2, 1, &[cell(0, 0, 100.0, 100), cell(1, 0, 100.0, 25)]).unwrap();
    let [one, other] = [0, 1].map(|group| outcome.groups[group].adjusted.unwrap());
    assert!(is_near(one.value / other.value, 4.0, 1e-9));
    // log ratio of the first to the weighted mean: ln 4 · 25/125, with standard error √(1/100 + 1/25) · 25/125.
    let half = 1.959_963_984_540_054 * (0.05_f64).sqrt() * 0.2;
    assert!(is_near(one.value, (4.0_f64.ln() * 0.2).exp(), 1e-9) && is_near(one.high / one.value, half.exp(), 1e-9));
}

#[test]
fn too_little_is_an_answer() {
    assert_eq!(estimate(2, 1, &[cell(0, 0, 100.0, 10), cell(1, 0, 100.0, 9)]), Err(ReportingError::TooFew(19)));
    assert_eq!(estimate(0, 0, &[]), Err(ReportingError::TooFew(0)));
    let outcome = estimate(3, 1, &[cell(0, 0, 100.0, 30), cell(1, 0, 100.0, 5), cell(2, 0, 10.0, 0)]).unwrap();
    assert!(outcome.groups[0].rate.is_some() && outcome.groups[0].adjusted.is_some());
    let few = &outcome.groups[1];
    assert_eq!((few.repeats, few.rate, few.adjusted), (5, None, None));
    assert_eq!(outcome.groups[2].adjusted, None);
}

#[test]
fn what_does_not_fit_is_refused() {
    assert_eq!(estimate(501, 1, &[]), Err(ReportingError::TooMany));
    assert_eq!(estimate(1, 1, &[cell(1, 0, 1.0, 1)]), Err(ReportingError::Cell(0)));
    assert_eq!(estimate(1, 1, &[cell(0, 0, 0.0, 1)]), Err(ReportingError::Cell(0)));
    assert_eq!(estimate(1, 1, &[cell(0, 0, f64::NAN, 1)]), Err(ReportingError::Cell(0)));
}

fn cells() -> impl Strategy<Value = Vec<Cell>> {
    prop::collection::vec((0_usize..5, 0_usize..4, 1_u32..5_000, 0_u64..200), 2..40).prop_map(|rows| {
        rows.into_iter().map(|(group, stratum, days, repeats)| cell(group, stratum, f64::from(days), repeats)).collect()
    })
}

proptest! {
    #[test]
    fn intervals_hold_their_middle(cells in cells()) {
        let Ok(outcome) = estimate(5, 4, &cells) else { return Ok(()) };
        for Rate { value, low, high } in outcome.groups.iter().flat_map(|group| [group.rate, group.adjusted]).flatten() {
            prop_assert!(0.0 <= low && low <= value && value <= high && high.is_finite(), "{} {} {}", low, value, high);
        }
        prop_assert!(outcome.scatter >= 1.0);
    }

    /// The order of cells, and a cell in two halves, change nothing but the last bits.
    #[test]
    fn order_does_not_matter(cells in cells()) {
        let mut turned = cells.clone();
        turned.reverse();
        let (one, other) = (estimate(5, 4, &cells), estimate(5, 4, &turned));
        let (Ok(one), Ok(other)) = (one, other) else { return Ok(()) };
        for (one, other) in one.groups.iter().zip(&other.groups) {
            let ratios = one.adjusted.zip(other.adjusted);
            prop_assert!(ratios.is_none_or(|(one, other)| (one.value / other.value - 1.0).abs() < 1e-6));
        }
    }
}
