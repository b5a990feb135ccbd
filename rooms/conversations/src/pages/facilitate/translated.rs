//! In which language the facts were written, and by whom they were translated.

use crate::model::{Facts, Hand};
use civic::Language;
use web::{Town, Visit, parts::Choice};

/// The languages in which facts can have been written.
pub(super) fn originals(town: &Town, visit: &Visit, facts: Option<&Facts>) -> Vec<Choice> {
    let chosen = facts.map_or(visit.t.language(), |facts| facts.original);
    let choice = |language: &Language| Choice {
        value: language.tag().to_owned(),
        label: language.own_name().to_owned(),
        detail: String::new(),
        chosen: *language == chosen,
    };
    town.settings().languages.iter().map(choice).collect()
}

/// For each language: the field, its label, and by whom the facts were translated into it.
pub(super) fn hands(town: &Town, visit: &Visit, facts: Option<&Facts>) -> Vec<(String, String, Vec<Choice>)> {
    let t = &visit.t;
    let of = |language: &Language| {
        let chosen = facts.and_then(|facts| facts.translated.get(language)).copied();
        let choice = |hand: Option<Hand>| {
            let word = hand.map_or("", Hand::word);
            let key = if word.is_empty() { "unsaid" } else { word };
            Choice {
                value: word.to_owned(),
                label: t.say(&format!("facilitate-hand-{key}")).to_owned(),
                detail: String::new(),
                chosen: chosen == hand,
            }
        };
        let choices = std::iter::once(None).chain(Hand::ALL.iter().copied().map(Some)).map(choice);
        let label = t.with1("facilitate-hand", "language", language.own_name());
        (format!("hand-{}", language.tag()), label, choices.collect())
    };
    town.settings().languages.iter().map(of).collect()
}
