//! Chance from a seed: the same seed, the same chance, on every machine.

/// Draws by `SplitMix64` (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014).
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Chance {
    /// One stream of many: what is drawn from one says nothing of another.
    pub fn of(seed: u64, run: u64, stream: u64) -> Self {
        let mut root = Self(seed);
        let first = root.next();
        let mut run = Self(first ^ run.wrapping_mul(STEP));
        let second = run.next();
        Self(second ^ stream.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// An exponentially distributed number with the mean 1.
    pub fn exponential(&mut self) -> f64 {
        // 53 bits, shifted by a half so that it is never 0 or 1.
        let uniform = ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        -uniform.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    /// The first outputs for the seed 1234567, as the reference implementation in C prints them.
    #[test]
    fn it_is_the_generator_of_the_paper() {
        let mut chance = Chance(1_234_567);
        let found = [chance.next(), chance.next(), chance.next()];
        assert_eq!(found, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn draws_have_the_mean_and_the_spread_of_their_law() {
        let mut chance = Chance::of(7, 0, 0);
        let draws: Vec<f64> = (0..200_000).map(|_| chance.exponential()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!((mean - 1.0).abs() < 0.01 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
        assert_ne!(Chance::of(7, 0, 1).next(), Chance::of(7, 1, 0).next());
    }
}
