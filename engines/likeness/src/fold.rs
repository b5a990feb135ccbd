//! Words as they are compared: without case, accents and the small differences of spelling.

use unicode_normalization::UnicodeNormalization as _;

/// Letters of a word that count.
const WORD_LENGTH: usize = 32;

/// Folds a text: compatibility decomposition (Unicode NFKD), lower case, without combining marks (accents, Arabic vowel signs,
/// hamza above and below) and without the Arabic stretching stroke; letters that Arabic spelling interchanges become one
/// (as in Larkey, Ballesteros, Connell 2002), and digits of any script become 0 to 9.
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).filter(|c| !is_mark(*c)).map(plain).collect()
}

/// The words of a text that carry meaning, folded, with their spelling in the text, in order. A word is a run of letters or
/// digits; the commonest function words of English, Spanish and Arabic are left out, and of Arabic words the article and the
/// conjunction in front.
pub fn words_of(text: &str) -> Vec<(String, String)> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    parts
        .filter_map(|part| {
            let whole = fold(part);
            let folded: String = stem(&whole).chars().take(WORD_LENGTH).collect();
            let says_much =
                !STOP_WORDS.contains(&whole.as_str()) && (folded.chars().nth(1).is_some() || is_number(&folded));
            (says_much && !folded.is_empty()).then(|| (folded, part.to_owned()))
        })
        .collect()
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// Combining marks of Latin and Arabic script, and the Arabic stretching stroke.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}')
}

/// One letter for those that are written for each other.
fn plain(c: char) -> char {
    match c {
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        other => other,
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

/// Takes the article, with what may be written onto it, from the front of an Arabic word of which three letters remain.
fn stem(word: &str) -> &str {
    const FRONTS: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];
    let rest = FRONTS.iter().find_map(|front| word.strip_prefix(front));
    rest.filter(|rest| rest.chars().count() >= 3).unwrap_or(word)
}

/// Folded words that say nothing about the matter.
const STOP_WORDS: [&str; 96] = [
    "an", "the", "and", "or", "of", "to", "in", "on", "at", "is", "it", "its", "are", "was", "were", "be", "been",
    "by", "for", "from", "has", "have", "had", "not", "no", "with", "this", "that", "there", "here", "my", "our",
    "your", "we", "you", "they", "please", "since", "very", "el", "la", "los", "las", "un", "una", "unos", "unas",
    "de", "del", "al", "en", "es", "esta", "estan", "este", "esto", "por", "para", "con", "sin", "que", "se", "su",
    "mi", "muy", "hay", "ha", "han", "lo", "le", "si", "desde", "favor", "في", "من", "علي", "الي", "عن", "مع", "هذا",
    "هذه", "ذلك", "التي", "الذي", "هناك", "هو", "هي", "لا", "ما", "ان", "كان", "قد", "منذ", "او", "ثم", "جدا",
];

#[cfg(test)]
mod tests {
    use super::{fold, words_of};

    fn folded(text: &str) -> Vec<String> {
        words_of(text).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!(fold("FAROLA Ñandú Çelik"), "farola nandu celik");
        assert_eq!(fold("مُحَطَّـــة"), fold("محطه"));
        assert_eq!(fold("إنارة آخر ٱلشارع"), fold("اناره اخر الشارع"));
        assert_eq!(fold("مستشفى مسؤول ٤٢ ۴۲"), fold("مستشفي مسوول 42 42"));
        assert_eq!(fold("ﻣﺤﻄﺔ"), fold("محطة"), "presentation forms");
        assert_eq!(fold("ＬＡＭＰ ﬁre"), "lamp fire", "full width and ligatures");
        assert_eq!(fold("e\u{301}"), "e");
        assert_eq!(fold("İ"), "i", "lower case makes a mark of its own");
    }

    #[test]
    fn words_that_say_nothing_are_left_out() {
        assert_eq!(folded("The lamp on the corner is dark, please!"), ["lamp", "corner", "dark"]);
        assert_eq!(folded("La farola está apagada desde el lunes"), ["farola", "apagada", "lunes"]);
        assert_eq!(folded("المصباح في الشارع لا يعمل"), ["مصباح", "شارع", "يعمل"]);
        assert_eq!(folded("والشارع للشارع شارع"), ["شارع", "شارع", "شارع"]);
        assert_eq!(folded("a b 7 x9"), ["7", "x9"]);
        assert!(folded(" … \u{0640}\u{064B} ").is_empty());
    }
}
