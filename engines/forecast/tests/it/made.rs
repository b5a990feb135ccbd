//! Towns made up for the tests: reports come by day, with fewer at weekends, and end after times like those of the demo's.

/// Numbers that look like chance and are the same each time (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// In (0, 1).
    pub fn share(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Normal, by Box and Muller.
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }

    /// Poisson, by counting (Knuth); means up to some hundreds.
    fn poisson(&mut self, mean: f64) -> usize {
        let (mut count, mut left) = (0, mean);
        loop {
            left += self.share().ln();
            if left < 0.0 {
                return count;
            }
            count += 1;
        }
    }
}

/// What kind of town.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    /// Reports of a working day.
    pub mean: f64,
    /// Median days to the end.
    pub days: f64,
    /// Spread of the logarithm of days; the demo's is about 1.6.
    pub spread: f64,
    /// How much the town's reports rise and fall from week to week, in logarithms.
    pub swing: f64,
}

/// The open reports at the end of each of `days` days, after a year in which the backlog has settled.
pub fn backlog(made: Made, days: usize, dice: &mut Dice) -> Vec<f64> {
    let before = 365;
    let mut change = vec![0_i64; before + days + 1];
    let mut level = 0.0;
    for day in 0..before + days {
        if day % 7 == 0 {
            level = 0.7 * level + made.swing * dice.normal();
        }
        let weekend = if day % 7 >= 5 { 0.4 } else { 1.0 };
        for _ in 0..dice.poisson(made.mean * weekend * f64::exp(level)) {
            change[day] += 1;
            // Nothing ends at weekends: what would have, ends on Monday.
            let mut end = day + (made.days * f64::exp(made.spread * dice.normal())).round() as usize;
            end += match end % 7 {
                5 => 2,
                6 => 1,
                _ => 0,
            };
            if end < change.len() {
                change[end] -= 1;
            }
        }
    }
    let open = change.iter().scan(0, |open, change| {
        *open += change;
        Some(*open as f64)
    });
    open.skip(before).take(days).collect()
}
