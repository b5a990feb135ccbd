//! Other forms of a word, under which a text may have it: what is stored are the words as they stand, so that a question is what is widened.

use std::collections::BTreeSet;

/// Letters that remain of an Arabic word without its article.
const ARABIC_LENGTH: usize = 3;
/// Letters that remain of another word without its ending.
const BARE_LENGTH: usize = 3;
/// Letters that a word must have for its last vowel to be that of the other gender.
const GENDER_LENGTH: usize = 5;
/// The article, with what may be written onto it.
const FRONTS: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];

/// The forms of a folded word (of [`super::words_of`]), itself among them, in their order: of an Arabic word those with and without the
/// article (ال, and what is written onto it), of a word in Latin letters the singular and plural in English and Spanish, and the other
/// gender in Spanish.
pub fn forms_of(word: &str) -> Vec<String> {
    let mut forms = BTreeSet::from([word.to_owned()]);
    if word.chars().all(is_arabic) {
        with_article(word, &mut forms);
    } else if word.chars().all(|c| c.is_ascii_lowercase()) {
        for bare in singulars(word) {
            for one in genders(&bare) {
                forms.extend(plurals(&one));
                forms.insert(one);
            }
        }
    }
    forms.into_iter().collect()
}

/// The same for a word that may be a beginning: without the forms that begin with another one.
pub fn beginnings_of(word: &str) -> Vec<String> {
    let mut beginnings: Vec<String> = Vec::new();
    // In their order, what begins with another one comes behind it.
    for form in forms_of(word) {
        if beginnings.last().is_none_or(|last| !form.starts_with(last.as_str())) {
            beginnings.push(form);
        }
    }
    beginnings
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0621}'..='\u{064A}' | '\u{0671}'..='\u{06D3}')
}

fn with_article(word: &str, forms: &mut BTreeSet<String>) {
    let bares = FRONTS.iter().filter_map(|front| word.strip_prefix(front));
    let mut bares: Vec<&str> = bares.filter(|bare| bare.chars().count() >= ARABIC_LENGTH).collect();
    bares.push(word);
    for bare in bares.into_iter().filter(|bare| bare.chars().count() >= ARABIC_LENGTH) {
        forms.insert(bare.to_owned());
        forms.extend(FRONTS.map(|front| format!("{front}{bare}")));
    }
}

/// What a word may be the plural of, itself among them.
fn singulars(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    let no_plural = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if word.len() <= BARE_LENGTH || no_plural {
        return all;
    }
    let endings: [(&str, &str); 3] = [("ies", "y"), ("ces", "z"), ("s", "")];
    let bare = |(plural, single): (&str, &str)| Some(format!("{}{single}", word.strip_suffix(plural)?));
    let of_es = word.strip_suffix("es").filter(|bare| takes_es(bare) && bare.len() >= BARE_LENGTH);
    all.extend(of_es.map(str::to_owned));
    all.extend(endings.into_iter().filter_map(bare).filter(|bare| bare.len() >= BARE_LENGTH));
    all
}

/// Whether the plural of a word may end in -es: not behind these vowels.
fn takes_es(word: &str) -> bool {
    !word.ends_with(['a', 'e', 'i', 'u'])
}

/// A word in both genders, where it may have two.
fn genders(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if word.len() >= GENDER_LENGTH {
        let other = |(own, other): (char, char)| Some(format!("{}{other}", word.strip_suffix(own)?));
        all.extend([('o', 'a'), ('a', 'o')].into_iter().filter_map(other));
    }
    all
}

/// What a word may be in the plural.
fn plurals(word: &str) -> Vec<String> {
    if word.len() < BARE_LENGTH {
        return Vec::new();
    }
    let mut all = vec![format!("{word}s")];
    all.extend(takes_es(word).then(|| format!("{word}es")));
    let changed = |(single, plural): (char, &str)| Some(format!("{}{plural}", word.strip_suffix(single)?));
    all.extend([('y', "ies"), ('z', "ces")].into_iter().filter_map(changed));
    all
}

#[cfg(test)]
mod tests {
    use super::{beginnings_of, forms_of};

    #[test]
    fn forms_lead_to_each_other() {
        for (typed, stands) in [
            ("المدارس", "مدارس"),
            ("مدارس", "المدارس"),
            ("مدارس", "والمدارس"),
            ("بالمدارس", "للمدارس"),
            ("لمبه", "اللمبه"),
            ("schools", "school"),
            ("school", "schools"),
            ("bus", "buses"),
            ("buses", "bus"),
            ("libraries", "library"),
            ("library", "libraries"),
            ("arboles", "arbol"),
            ("arbol", "arboles"),
            ("luz", "luces"),
            ("luces", "luz"),
            ("publicas", "publico"),
            ("publico", "publicas"),
        ] {
            assert!(forms_of(typed).iter().any(|form| form == stands), "{typed} {stands}");
            let is_begun = beginnings_of(typed).iter().any(|form| stands.starts_with(form.as_str()));
            assert!(is_begun, "{typed} {stands}");
        }
    }

    #[test]
    fn what_is_no_other_form_stays_alone() {
        for (typed, not) in
            [("الم", "م"), ("glass", "glas"), ("status", "statu"), ("as", "a"), ("بال", "ال"), ("treees", "tree")]
        {
            assert!(!forms_of(typed).iter().any(|form| form == not), "{typed} {not}");
        }
        assert_eq!(forms_of("r7k2m"), ["r7k2m"]);
        assert_eq!(forms_of("2026"), ["2026"]);
        assert_eq!(beginnings_of("lamps"), ["lamp"], "what begins so is found with it");
    }
}
