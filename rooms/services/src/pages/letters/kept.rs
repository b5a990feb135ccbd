//! Kept letters where somebody is written to.

use crate::{commands::BulkLetter, letter_templates::LetterTemplate};
use civic::Language;
use web::parts::Choice;

/// Kept letters to choose from.
pub fn kept_choices(offered: &[LetterTemplate], chosen: &str) -> Vec<Choice> {
    let choice = |one: &LetterTemplate| Choice {
        value: one.id.clone(),
        label: one.name.clone(),
        detail: String::new(),
        chosen: one.id == chosen,
    };
    offered.iter().map(choice).collect()
}

/// The words of a kept letter, for those who are written to, in the languages in which they applied: the language of all of them where they
/// have one, else that of the town, and beside it what those get who read another text. Each gets the text that a program's letter would have.
pub(super) fn filled_with(
    letter: BulkLetter,
    used: &LetterTemplate,
    read: &[Language],
    of_town: Option<Language>,
) -> BulkLetter {
    let first = read.first().copied().unwrap_or_default();
    let is_one = read.iter().all(|language| *language == first);
    let main = if is_one { first } else { of_town.unwrap_or_default() };
    let template = used.texts.in_language(main).to_owned();
    let others = Language::ALL.into_iter().filter(|language| *language != main && read.contains(language));
    let others = others.map(|language| (language, used.texts.in_language(language).to_owned()));
    BulkLetter { others: others.filter(|(_, text)| *text != template).collect(), template, ..letter }
}

#[cfg(test)]
mod tests {
    use super::filled_with;
    use crate::{commands::BulkLetter, letter_templates::LetterTemplate};
    use civic::{Language, LocalText, Moment, OrganisationId, SeededChance};
    use std::collections::BTreeMap;

    fn used(texts: &[(Language, &str)]) -> LetterTemplate {
        let texts: BTreeMap<Language, String> =
            texts.iter().map(|(language, text)| (*language, (*text).to_owned())).collect();
        LetterTemplate {
            id: "one".to_owned(),
            organisation: OrganisationId::new(Moment(0), &SeededChance::new(1)),
            service: None,
            name: "Shut".to_owned(),
            texts: LocalText::try_from(texts).unwrap(),
            version: 1,
            changed_at: Moment(0),
            retired_at: None,
        }
    }

    /// What each who reads one of these languages gets, with the first language of the town.
    fn got(texts: &[(Language, &str)], read: &[Language], of_town: Language) -> Vec<String> {
        let letter = filled_with(BulkLetter::default(), &used(texts), read, Some(of_town));
        read.iter().map(|language| letter.others.get(language).unwrap_or(&letter.template).clone()).collect()
    }

    #[test]
    fn each_reads_what_a_program_would_send_them() {
        use Language::{Ar, En, Es};
        let (two, no_english) = ([(En, "en"), (Es, "es")], [(Es, "es"), (Ar, "ar")]);
        for texts in [two, no_english] {
            for read in [&[Es][..], &[Ar], &[En, Ar], &[Es, Ar], &[En, Es, Ar]] {
                for of_town in Language::ALL {
                    let each: Vec<_> = read.iter().map(|one| used(&texts).texts.in_language(*one).to_owned()).collect();
                    assert_eq!(got(&texts, read, of_town), each, "{read:?} in a town that speaks {of_town:?}");
                }
            }
        }
        assert_eq!(got(&two, &[Es, Ar], Es), ["es", "en"], "English stands in for Arabic, as elsewhere");
    }

    #[test]
    fn one_text_is_one_field() {
        use Language::{Ar, En, Es};
        let letter = filled_with(BulkLetter::default(), &used(&[(En, "en")]), &[En, Es, Ar], Some(Es));
        assert_eq!((letter.template.as_str(), letter.others.len()), ("en", 0));
    }
}
