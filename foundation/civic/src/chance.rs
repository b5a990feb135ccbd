//! Randomness as an argument.

use std::sync::Mutex;

/// A source of random bytes. The shell gives the operating system's; tests and
/// the demo give a seeded one, so that a town can be made twice the same.
pub trait Chance: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// A secret of 32 random bytes as 64 lower-case hexadecimal digits.
pub fn secret(chance: &dyn Chance) -> String {
    use std::fmt::Write as _;
    let mut bytes = [0_u8; 32];
    chance.fill(&mut bytes);
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Repeatable randomness (SplitMix64, Steele et al. 2014). Never for secrets of a real town.
pub struct SeededChance(Mutex<u64>);

impl SeededChance {
    /// Starts the sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut word = *state;
            word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            word ^= word >> 31;
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
    }
}
