/// SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014): the same draws from the
/// same seed on every machine. Good for restarts and resamples; not for secrets.
#[derive(Debug, Clone)]
pub(crate) struct Draws(u64);

impl Draws {
    /// Draws for one purpose and one turn of it, independent of those for others.
    pub(crate) fn new(seed: u64, purpose: u64, turn: u64) -> Self {
        let mut draws = Self(seed);
        for part in [purpose, turn] {
            draws.0 = draws.next() ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        draws
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// In [0, 1), with 53 bits.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Below `bound`; the bias of 2⁻⁶⁴ × `bound` is far below what these draws are for.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Nearly normal with mean 0 and variance 1: the sum of twelve uniform draws less six (Irwin–Hall). Only additions, so
    /// that every machine gets the same bits.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// The first `count` of a fair shuffle of `0..from` (Fisher–Yates), in the order drawn.
    pub(crate) fn some_of(&mut self, from: usize, count: usize) -> Vec<u32> {
        let mut all: Vec<u32> = (0..from as u32).collect();
        let count = count.min(from);
        for at in 0..count {
            let other = at + self.below(from - at);
            all.swap(at, other);
        }
        all.truncate(count);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence() {
        // The first outputs of SplitMix64 from state 1234567, as in the reference code's test.
        let mut draws = Draws(1_234_567);
        assert_eq!(draws.next(), 6_457_827_717_110_365_317);
        assert_eq!(draws.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_are_fair_enough() {
        let mut draws = Draws::new(1, 2, 3);
        let normal: Vec<f64> = (0..20_000).map(|_| draws.normal()).collect();
        let mean = normal.iter().sum::<f64>() / 20_000.0;
        let variance = normal.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
        let mut drawn = draws.some_of(10, 10);
        drawn.sort_unstable();
        assert_eq!(drawn, (0..10).collect::<Vec<u32>>());
    }
}
