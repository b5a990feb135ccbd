//! Services by what people type. Pure.

use crate::model::Definition;
use civic::{Language, LocalText};

/// Words of a search that are read.
const WORDS_LIMIT: usize = 12;
/// Letters that two words begin with to be forms of one, and letters that may follow.
const STEM_LENGTH: usize = 5;
const ENDING_LENGTH: usize = 3;

/// How well a service fits what somebody typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// The sum over the words, where it fits as a whole: every word is found, or those that are found weigh much more; else 0.
    pub whole: u32,
    /// How many of the words are found.
    pub words: u32,
    /// The sum over the words that are found. Titles count most.
    pub sum: u32,
}

/// How well it fits; `events` are the words of its life events in any language.
pub fn fit(definition: &Definition, events: &[String], q: &str) -> Fit {
    let texts = [
        (8, Some(&definition.title)),
        (2, Some(&definition.summary)),
        (1, definition.who.as_ref()),
        (1, definition.need.as_ref()),
    ];
    let own = |text: &LocalText| Language::ALL.map(|language| text.in_language(language).to_owned());
    let texts = texts
        .into_iter()
        .flat_map(|(weight, text)| text.map(own).into_iter().flatten().map(move |text| (weight, text)));
    let known = texts
        .chain([(5, definition.keywords.clone())])
        .chain(definition.events.iter().map(|event| (3, event.word().to_owned())))
        .chain(events.iter().map(|words| (3, words.clone())));
    let known: Vec<(u32, String)> =
        known.flat_map(|(weight, text)| words_of(&text).into_iter().map(move |word| (weight, word))).collect();
    let (mut fit, mut missed) = (Fit::default(), 0);
    for word in words_of(q).iter().take(WORDS_LIMIT) {
        let best = known.iter().map(|(weight, part)| weight * likeness_of(word, part)).max().unwrap_or(0);
        fit.sum += best;
        fit.words += u32::from(best > 0);
        missed += u32::from(best == 0);
    }
    fit.whole = if missed > 0 && fit.sum < 4 * missed * 2 { 0 } else { fit.sum };
    fit
}

/// Words that carry meaning; all of them where none does.
fn words_of(text: &str) -> Vec<String> {
    let words: Vec<String> = likeness::words_of(text).into_iter().map(|(folded, _)| folded).collect();
    if !words.is_empty() {
        return words;
    }
    let folded = likeness::fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1).map(str::to_owned).collect()
}

/// 4 for the same word, 2 for its beginning, 1 for another form of it, else 0.
fn likeness_of(word: &str, part: &str) -> u32 {
    let (typed, known) = (word.chars().count(), part.chars().count());
    let shared = word.chars().zip(part.chars()).take_while(|(one, other)| one == other).count();
    if word == part {
        4
    } else if shared == typed || (shared == known && known > 3) || (shared == known && known == 3 && !part.is_ascii()) {
        2
    } else if shared >= STEM_LENGTH && typed.max(known) - shared <= ENDING_LENGTH {
        1
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::likeness_of;

    #[test]
    fn forms_of_a_word_are_near() {
        for (word, part, near) in [
            ("permit", "permit", 4),
            ("park", "parking", 2),
            ("عملي", "عمل", 2),
            ("married", "marriage", 1),
            ("car", "carpet", 2),
            ("carpet", "car", 0),
            ("housing", "hospital", 0),
        ] {
            assert_eq!(likeness_of(word, part), near, "{word} {part}");
        }
    }
}
