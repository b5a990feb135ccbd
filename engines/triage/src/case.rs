//! What is known of a case.

/// Words of a text that count; later ones are left out.
pub const WORDS_LIMIT: usize = 200;
/// Facts of a case that count; later ones are left out.
pub const FACTS_LIMIT: usize = 8;
/// Letters of a gram.
const GRAM: usize = 4;

/// A case to be decided, or one that was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case<'c> {
    /// Its words, folded (without case and accents), in any order; one that comes twice counts once.
    pub words: Vec<&'c str>,
    /// What else is known, as names and values: `("district", "mill")`.
    pub facts: Vec<(&'c str, &'c str)>,
    /// Where it lies as long as nobody says otherwise.
    pub presumed: &'c str,
}

/// Four neighbouring letters of a word, in one number.
pub type Grams = Vec<u128>;

/// The grams of a word: all runs of four characters of the word with a blank before and behind it, each once, ascending; of a
/// shorter one the whole. Forms of a word share most of theirs, in any script (Cavnar and Trenkle 1994).
pub fn grams_of(word: &str) -> Grams {
    let letters: Vec<u128> =
        std::iter::once(' ').chain(word.chars()).chain([' ']).map(|c| u128::from(u32::from(c))).collect();
    // A character has at most 21 bits.
    let packed = |run: &[u128]| run.iter().fold(0, |all, letter| all << 21 | letter);
    let mut grams: Grams = match letters.len() {
        0..=GRAM => vec![packed(&letters)],
        _ => letters.windows(GRAM).map(packed).collect(),
    };
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The words that count, each once, in order of first appearance.
pub(crate) fn words_of<'c>(case: &Case<'c>) -> Vec<&'c str> {
    let mut words: Vec<&str> = Vec::new();
    for word in case.words.iter().take(WORDS_LIMIT) {
        if !words.contains(word) {
            words.push(word);
        }
    }
    words
}
