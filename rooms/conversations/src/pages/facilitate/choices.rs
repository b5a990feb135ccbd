//! What can be chosen in the forms of the desk.

use super::read::WHOLE_TOWN;
use crate::model::Conversation;
use civic::Language;
use people::organisations::Organisation;
use web::{Town, Visit, parts::Choice};

/// Words with the sentences `key-word`.
pub(super) fn choices<'w>(visit: &Visit, key: &str, words: impl Iterator<Item = &'w str>, chosen: &str) -> Vec<Choice> {
    words
        .map(|word| Choice {
            value: word.to_owned(),
            label: visit.t.say(&format!("{key}-{word}")).to_owned(),
            detail: String::new(),
            chosen: word == chosen,
        })
        .collect()
}

/// The languages of the town.
pub(in crate::pages) fn language_choices(town: &Town, visit: &Visit) -> Vec<Choice> {
    let choice = |language: &Language| Choice {
        value: language.tag().to_owned(),
        label: language.own_name().to_owned(),
        detail: String::new(),
        chosen: *language == visit.t.language(),
    };
    town.settings().languages.iter().map(choice).collect()
}

/// The organisations this reader may lead for; none of them stands for the whole town.
pub(super) fn organisation_choices(visit: &Visit, all: &[Organisation], one: Option<&Conversation>) -> Vec<Choice> {
    let may = |organisation| visit.actor.may_for(&crate::acts::FACILITATE, organisation);
    let chosen = one.and_then(|one| one.organisation);
    let town = may(None).then(|| Choice {
        value: String::new(),
        label: visit.t.say("facilitate-organisation-none").to_owned(),
        detail: String::new(),
        chosen: chosen.is_none(),
    });
    let of = |organisation: &Organisation| Choice {
        value: organisation.code.clone(),
        label: organisation.name.in_language(visit.t.language()).to_owned(),
        detail: String::new(),
        chosen: chosen == Some(organisation.id),
    };
    town.into_iter().chain(all.iter().filter(|one| may(Some(one.id))).map(of)).collect()
}

/// Who can promise something in answer: those this reader may lead for, and whoever answers for the conversation.
pub(super) fn promisers(visit: &Visit, all: &[Organisation], one: Option<&Conversation>) -> Vec<Choice> {
    let mut choices = organisation_choices(visit, all, one);
    if let Some(town) = choices.iter_mut().find(|choice| choice.value.is_empty()) {
        town.value = WHOLE_TOWN.to_owned();
    }
    choices
}
