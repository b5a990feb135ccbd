//! How often what came lay within what was said: rolling-origin back-tests.

use crate::made::{Dice, Made, backlog};
use forecast::forecast;

/// The share of days that lay within their interval, over origins two weeks apart; by week ahead.
fn held(made: Made, towns: u64, history: usize) -> [f64; 4] {
    let (mut within, mut all) = ([0_u32; 4], 0_u32);
    for town in 0..towns {
        let series = backlog(made, history + 28 + 10 * 14, &mut Dice(town * 7_919 + 1));
        for origin in (history..=series.len() - 28).step_by(14) {
            let outcome = forecast(&series[origin - history..origin], 28).unwrap();
            for (day, step) in outcome.ahead.iter().enumerate() {
                within[day / 7] += u32::from((step.low..=step.high).contains(&series[origin + day]));
            }
            all += 7;
        }
    }
    within.map(|count| f64::from(count) / f64::from(all))
}

/// Said: 95%. What came of it, in each of four weeks ahead, is printed by `cargo test -- --nocapture`. With half a year of history it must be
/// between 90 and 98%; with eight weeks, where the model's own variance is all there is, intervals may be too wide, but not too narrow.
#[test]
fn intervals_hold_about_as_often_as_they_say() {
    let steady = Made { mean: 60.0, days: 5.0, spread: 1.2, swing: 0.0 };
    let cases: [(_, _, usize); 5] = [
        ("steady", steady, 182),
        ("like the demo", Made { mean: 150.0, days: 3.0, spread: 1.6, ..steady }, 182),
        ("small", Made { mean: 4.0, ..steady }, 182),
        ("swinging", Made { swing: 0.15, ..steady }, 182),
        ("short history", steady, 56),
    ];
    let found = cases.map(|(name, made, history)| (name, history, held(made, 12, history)));
    for (name, history, found) in found {
        eprintln!("{name}, {history} days: within the 95% interval by week ahead {found:.3?}");
    }
    for (name, history, found) in found {
        let most = if history > 100 { 0.98 } else { 1.0 };
        assert!(found.iter().all(|share| (0.90..=most).contains(share)), "{name}: {found:?}");
    }
}
