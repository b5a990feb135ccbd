//! Which of some short texts say about the same as a new one, by their words alone.

use crate::{
    LikenessError,
    score::CANDIDATES_LIMIT,
    words::{Rarity, Text},
};

/// From this likeness on a text is worth showing.
pub const TEXT_SHOWN: f64 = 0.3;

/// A text that may say the same, with why.
#[derive(Debug, Clone, PartialEq)]
pub struct TextMatch {
    /// Its place among the candidates.
    pub index: usize,
    /// From 0 (nothing in common) to 1 (the same words); no probability.
    pub likeness: f64,
    /// Words both have in some form, as the new text spells them.
    pub shared_words: Vec<String>,
}

/// The texts that say about the same as `new`, the likeliest first, ties in their order. Only those of at least [`TEXT_SHOWN`].
/// Weighs the letters that two texts share by how rare they are among all of them.
///
/// # Errors
/// [`LikenessError::TooMany`] for more than [`CANDIDATES_LIMIT`].
pub fn alike_texts(new: &str, candidates: &[&str]) -> Result<Vec<TextMatch>, LikenessError> {
    if candidates.len() > CANDIDATES_LIMIT {
        return Err(LikenessError::TooMany);
    }
    let text = Text::of(new);
    let texts: Vec<Text> = candidates.iter().map(|one| Text::of(one)).collect();
    let rarity = Rarity::among(std::iter::once(&text).chain(&texts));
    let mut matches: Vec<TextMatch> = texts
        .iter()
        .enumerate()
        .map(|(index, theirs)| (index, rarity.likeness(&text, theirs), theirs))
        .filter(|(_, likeness, _)| *likeness >= TEXT_SHOWN)
        .map(|(index, likeness, theirs)| TextMatch { index, likeness, shared_words: text.shared_with(theirs) })
        .collect();
    matches.sort_by(|one, other| other.likeness.total_cmp(&one.likeness));
    Ok(matches)
}

#[cfg(test)]
mod tests {
    use super::alike_texts;
    use crate::CANDIDATES_LIMIT;

    #[test]
    fn the_likeliest_comes_first_and_others_stay_out() {
        let said = [
            "Buses should run later in the evening",
            "The market square needs more trees",
            "Evening buses should run until midnight",
        ];
        let found = alike_texts("Buses should run later every evening", &said).unwrap();
        assert_eq!(found.iter().map(|one| one.index).collect::<Vec<_>>(), [0, 2]);
        assert!(found[0].likeness > found[1].likeness && found[0].shared_words.contains(&"Buses".to_owned()));
        assert!(alike_texts("Dogs", &said).unwrap().is_empty());
        assert!((alike_texts("Más árboles", &["mas ARBOLES"]).unwrap()[0].likeness - 1.0).abs() < 1e-12);
        assert!(alike_texts("x", &vec!["y"; CANDIDATES_LIMIT + 1]).is_err());
    }
}
