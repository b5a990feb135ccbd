//! Shares compared for the same mix.

/// Observations of the group, and of the others, under which nothing is said.
pub const RATE_LEAST: u64 = 30;
/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// One stratum: how many of the group, and how many of all others, have what is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pair {
    /// Of the group.
    pub part: u64,
    /// The group.
    pub n: u64,
    /// Of the others.
    pub other_part: u64,
    /// The others.
    pub other_n: u64,
}

/// The share of a group less that of the others for the same mix, with its 95% interval; all from −1 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The difference: 0.05 means five in a hundred more.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Observations of the group that were compared.
    pub n: u64,
}

/// The common difference of two shares over strata by Mantel and Haenszel, with the variance of Greenland and Robins (*Estimation of a
/// common effect parameter from sparse follow-up data*, Biometrics 41, 1985, which stays right where strata are many and small).
///
/// `None` where fewer than [`RATE_LEAST`] of the group or of the others lie in strata that hold both, where nothing varies, or where a
/// part is more than its whole.
pub fn difference(strata: &[Pair]) -> Option<Difference> {
    if strata.iter().any(|one| one.part > one.n || one.other_part > one.other_n) {
        return None;
    }
    let shared = || strata.iter().filter(|one| one.n > 0 && one.other_n > 0);
    let n = shared().map(|one| one.n).sum::<u64>();
    if n < RATE_LEAST || shared().map(|one| one.other_n).sum::<u64>() < RATE_LEAST {
        return None;
    }
    let (mut above, mut weights, mut spread) = (0.0, 0.0, 0.0);
    for one in shared() {
        let (a, n) = (one.part as f64, one.n as f64);
        let (b, m) = (one.other_part as f64, one.other_n as f64);
        let total = n + m;
        above += (a * m - b * n) / total;
        weights += n * m / total;
        spread += (a * (n - a) * m.powi(3) + b * (m - b) * n.powi(3)) / (n * m * total.powi(2));
    }
    let (value, half) = (above / weights, NORMAL_97_5 * spread.sqrt() / weights);
    (spread > 0.0).then(|| Difference { value, low: (value - half).max(-1.0), high: (value + half).min(1.0), n })
}

#[cfg(test)]
mod tests {
    use super::{Pair, difference};

    fn pair(part: u64, n: u64, other_part: u64, other_n: u64) -> Pair {
        Pair { part, n, other_part, other_n }
    }

    /// Kidney stones (Charig and others, BMJ 292, 1986): open surgery succeeds more often for small stones and for large ones, and less
    /// often over all, because it got the large ones. The numbers were worked out by the formula in Python.
    #[test]
    fn the_mix_is_held_equal() {
        let strata = [pair(81, 87, 234, 270), pair(192, 263, 55, 80)];
        let found = difference(&strata).unwrap();
        assert!((found.value - 0.053_835_57).abs() < 1e-8, "{found:?}");
        assert!((found.low - -0.011_519_03).abs() < 1e-8 && (found.high - 0.119_190_17).abs() < 1e-8, "{found:?}");
        let crude = difference(&[pair(273, 350, 289, 350)]).unwrap();
        assert!(crude.value < 0.0 && found.value > 0.0 && found.n == 350);
    }

    /// One stratum is the plain difference of two shares with its usual (Wald) interval: 0.6 − 0.5 ± 1.96 √(0.24/50 + 0.25/100).
    #[test]
    fn one_stratum_is_the_plain_difference() {
        let found = difference(&[pair(30, 50, 50, 100)]).unwrap();
        let half = 1.959_963_984_540_054 * (0.24_f64 / 50.0 + 0.25 / 100.0).sqrt();
        assert!((found.value - 0.1).abs() < 1e-12 && (found.high - (0.1 + half)).abs() < 1e-12, "{found:?}");
        let turned = difference(&[pair(50, 100, 30, 50)]).unwrap();
        assert!((turned.value + found.value).abs() < 1e-12 && (turned.low + found.high).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_said_of_few_or_of_what_cannot_be() {
        assert_eq!(difference(&[]), None);
        assert_eq!(difference(&[pair(20, 29, 50, 100)]), None, "a small group");
        assert_eq!(difference(&[pair(20, 40, 10, 20)]), None, "few others");
        assert_eq!(difference(&[pair(20, 40, 0, 0), pair(0, 0, 50, 100)]), None, "no stratum holds both");
        assert_eq!(difference(&[pair(50, 40, 50, 100)]), None, "more than all");
        assert_eq!(difference(&[pair(40, 40, 100, 100)]), None, "nothing varies");
    }
}
