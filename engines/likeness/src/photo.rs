//! Photos told alike by their light and dark.

/// Grey values that a hash is made from: 8 rows of 9, the whole picture made that small.
pub const PHOTO_SAMPLES: usize = 72;
/// Between the darkest and the lightest of a picture that shows anything; under it the hash would be noise.
const CONTRAST_LEAST: u8 = 16;

/// The difference hash (dHash; Krawetz, *Kind of Like That*, 2013): 64 bits, each saying whether a spot is lighter than the one
/// to its right. `None` for a picture that is all one grey.
pub fn photo_hash(grey: &[u8; PHOTO_SAMPLES]) -> Option<u64> {
    let (darkest, lightest) = grey.iter().fold((u8::MAX, 0), |(low, high), g| (low.min(*g), high.max(*g)));
    if lightest - darkest < CONTRAST_LEAST {
        return None;
    }
    let bits = grey.chunks(9).flat_map(|row| row.windows(2).map(|pair| u64::from(pair[0] > pair[1])));
    Some(bits.fold(0, |hash, bit| hash << 1 | bit))
}

/// In how many of 64 bits two hashes differ.
pub fn photo_distance(one: u64, other: u64) -> u32 {
    (one ^ other).count_ones()
}
