//! A share of so many, with its interval.

/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// A share with its 95% interval, all from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The share of `part` in `whole`, with Wilson's score interval (*Probable inference*, JASA 22, 1927), which stays sensible for few and for
/// none; `None` without a whole, or where the part is more.
pub fn share(part: u64, whole: u64) -> Option<Share> {
    if whole == 0 || part > whole {
        return None;
    }
    let (n, p, z) = (whole as f64, part as f64 / whole as f64, NORMAL_97_5);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Some(Share { value: p, low: (middle - half).max(0.0).min(p), high: (middle + half).min(1.0).max(p) })
}

/// Observations under which a median has no interval here.
const MEDIAN_LEAST: u64 = 20;

/// The places (from 0, in order of size) of the observations between which the true median of `n` lies with 95% certainty; `None` for fewer
/// than 20 (Campbell and Gardner, *Calculating confidence intervals for some non-parametric analyses*, BMJ 296, 1988).
pub fn median_places(n: u64) -> Option<(u64, u64)> {
    let (half, reach) = (n as f64 / 2.0, NORMAL_97_5 * (n as f64).sqrt() / 2.0);
    // Their ranks count from 1.
    (n >= MEDIAN_LEAST).then(|| ((half - reach).round() as u64 - 1, (half + reach).round() as u64))
}

#[cfg(test)]
mod tests {
    use super::{median_places, share};

    /// Known answers: Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    #[test]
    fn the_published_examples() {
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = share(part, whole).unwrap();
            assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{part} of {whole}: {found:?}");
        }
        assert_eq!((share(0, 0), share(3, 2)), (None, None));
        let all = share(7, 7).unwrap();
        assert!(all.value == 1.0 && all.high == 1.0 && all.low < 0.7);
    }

    /// Their rule: ranks n/2 ∓ 1.96 √n / 2, and one more for the upper.
    #[test]
    fn a_hundred_have_their_median_between_the_40th_and_the_61st() {
        assert_eq!(median_places(100), Some((39, 60)));
        assert_eq!(median_places(19), None);
        for n in 20..500 {
            let (low, high) = median_places(n).unwrap();
            assert!(low < n / 2 && n / 2 <= high && high < n, "{n}: {low} {high}");
        }
    }
}
