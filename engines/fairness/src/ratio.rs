//! Whether two versions were given out as they should have been.

/// Up to so many the chance is summed exactly; beyond, the normal distribution says the same to many places.
const EXACT_MOST: u64 = 20_000;
/// The chance under which a comparison is not to be trusted (Fabijan and others, *Diagnosing sample ratio mismatch in online controlled
/// experiments*, KDD 2019, use thresholds of this size): something sorts the cases, and sorts them by what is measured.
pub const MISMATCH: f64 = 0.001;

/// How likely it is that `part` of `whole`, or what is no likelier, are given out where each is with the chance `expected`: the two-sided exact
/// test of the binomial distribution. `None` without a whole, for a part that is more, or an expected share that is not between 0 and 1.
pub fn sample_ratio(part: u64, whole: u64, expected: f64) -> Option<f64> {
    if whole == 0 || part > whole || !(expected > 0.0 && expected < 1.0) {
        return None;
    }
    Some(if whole <= EXACT_MOST { exact(part, whole, expected) } else { normal(part, whole, expected) })
}

fn exact(part: u64, whole: u64, expected: f64) -> f64 {
    // The logarithm of each probability from the one before.
    let mut log = whole as f64 * (1.0 - expected).ln();
    let mut logs = vec![log];
    for k in 1..=whole {
        log += ((whole - k + 1) as f64 / k as f64).ln() + (expected / (1.0 - expected)).ln();
        logs.push(log);
    }
    // What is as likely but for rounding counts too.
    let most = logs[part as usize] + 1e-7;
    logs.into_iter().filter(|log| *log <= most).map(f64::exp).sum::<f64>().min(1.0)
}

fn normal(part: u64, whole: u64, expected: f64) -> f64 {
    let (n, k) = (whole as f64, part as f64);
    let away = ((k - n * expected).abs() - 0.5).max(0.0) / (n * expected * (1.0 - expected)).sqrt();
    2.0 * tail(away)
}

/// The upper tail of the standard normal distribution (Abramowitz and Stegun, 26.2.17; error under 7.5e-8).
fn tail(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let poly =
        t * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * poly
}

#[cfg(test)]
mod tests {
    use super::{exact, normal, sample_ratio};

    /// R: `binom.test(60, 100)$p.value`, `binom.test(1, 10)$p.value`, and 682 of 925 with 3/4 of Mendel's peas (Conover), as in its help page.
    #[test]
    fn known_answers() {
        for (part, whole, expected, wanted) in [
            (60, 100, 0.5, 0.056_89),
            (1, 10, 0.5, 0.021_48),
            (682, 925, 0.75, 0.3825),
            (5, 10, 0.5, 1.0),
            (0, 3, 0.5, 0.25),
        ] {
            let found = sample_ratio(part, whole, expected).unwrap();
            assert!((found - wanted).abs() < 1e-4, "{part} of {whole}: {found}");
        }
        assert_eq!((sample_ratio(0, 0, 0.5), sample_ratio(3, 2, 0.5), sample_ratio(1, 2, 1.0)), (None, None, None));
    }

    #[test]
    fn many_are_as_good_by_the_normal_distribution() {
        for part in [9_800_u64, 9_900, 10_000, 10_150, 10_250] {
            let (one, two) = (exact(part, 20_000, 0.5), normal(part, 20_000, 0.5));
            assert!((one - two).abs() < 2e-3, "{part}: {one} {two}");
        }
        assert!(sample_ratio(51_000, 100_000, 0.5).unwrap() < 1e-8);
    }
}
