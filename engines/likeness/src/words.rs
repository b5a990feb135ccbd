//! How much two texts say the same.

use crate::fold::words_of;
use std::collections::BTreeMap;

/// Characters of a text that are compared.
pub const TEXT_LIMIT: usize = 400;
/// Words that are named as shared.
pub const SHARED_WORDS_LIMIT: usize = 5;
/// From this on two words count as forms of one, as `lamp` and `lamps`.
const SAME_WORD: f64 = 0.6;

/// Three neighbouring letters of a word with a space before and behind it, in one number.
type Trigram = u64;

/// A text, ready to be compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    words: Vec<Word>,
    /// Ascending, each once.
    trigrams: Vec<Trigram>,
}

#[derive(Debug, Clone)]
struct Word {
    spelling: String,
    trigrams: Vec<Trigram>,
}

impl Text {
    pub(crate) fn of(text: &str) -> Self {
        let end = text.char_indices().nth(TEXT_LIMIT).map_or(text.len(), |(at, _)| at);
        let words: Vec<Word> = words_of(&text[..end])
            .into_iter()
            .map(|(folded, spelling)| Word { spelling, trigrams: trigrams_of(&folded) })
            .collect();
        let mut trigrams: Vec<Trigram> = words.iter().flat_map(|word| word.trigrams.iter().copied()).collect();
        trigrams.sort_unstable();
        trigrams.dedup();
        Self { words, trigrams }
    }

    /// The words of this text that the other has too, in some form, as they are spelt here.
    pub(crate) fn shared_with(&self, other: &Self) -> Vec<String> {
        let mut shared: Vec<String> = Vec::new();
        for word in &self.words {
            let same = |theirs: &Word| dice(&word.trigrams, &theirs.trigrams, |_| 1.0) >= SAME_WORD;
            if shared.len() < SHARED_WORDS_LIMIT && !shared.contains(&word.spelling) && other.words.iter().any(same) {
                shared.push(word.spelling.clone());
            }
        }
        shared
    }
}

fn trigrams_of(word: &str) -> Vec<Trigram> {
    let letters: Vec<u64> =
        std::iter::once(' ').chain(word.chars()).chain([' ']).map(|c| u64::from(u32::from(c))).collect();
    // A character has at most 21 bits.
    let mut found: Vec<Trigram> = letters.windows(3).map(|three| three[0] << 42 | three[1] << 21 | three[2]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// How rare each trigram is among some texts.
pub(crate) struct Rarity {
    texts: f64,
    in_texts: BTreeMap<Trigram, u32>,
}

impl Rarity {
    pub(crate) fn among<'t>(texts: impl Iterator<Item = &'t Text>) -> Self {
        let mut rarity = Self { texts: 0.0, in_texts: BTreeMap::new() };
        for text in texts.filter(|text| !text.trigrams.is_empty()) {
            rarity.texts += 1.0;
            text.trigrams.iter().for_each(|trigram| *rarity.in_texts.entry(*trigram).or_default() += 1);
        }
        rarity
    }

    /// From 0 (nothing in common, or nothing said) to 1 (the same words): Dice's coefficient over trigrams, each weighing
    /// `ln(1 + texts / texts with it)`.
    pub(crate) fn likeness(&self, one: &Text, other: &Text) -> f64 {
        dice(&one.trigrams, &other.trigrams, |trigram| {
            let with_it = self.in_texts.get(&trigram).copied().unwrap_or(1);
            (1.0 + self.texts / f64::from(with_it)).ln()
        })
    }
}

/// Twice the weight of what is in both, of the weight of both. Both ascending, each once.
fn dice(one: &[Trigram], other: &[Trigram], weight: impl Fn(Trigram) -> f64) -> f64 {
    let all: f64 = one.iter().chain(other).map(|trigram| weight(*trigram)).sum();
    let both: f64 =
        one.iter().filter(|trigram| other.binary_search(trigram).is_ok()).map(|trigram| weight(*trigram)).sum();
    if all > 0.0 { 2.0 * both / all } else { 0.0 }
}
