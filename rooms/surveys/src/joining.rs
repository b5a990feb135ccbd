//! What other rooms may know of surveys.

use crate::{
    model::{SURVEY, Survey},
    store,
};
use civic::{Language, Subject};
use database::{DbError, Tx};
use record::Sequenced;
use web::{Refusal, Town, manifest::Brief};

/// Public surveys in a line each.
pub fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let (t, now) = (town.words().of(language), town.now());
    let mut found = Vec::new();
    for subject in subjects.iter().filter(|subject| subject.kind == SURVEY.0) {
        let survey = store::by_code(tx, &subject.id)?.filter(|one| one.published_at.is_some());
        found.extend(survey.map(|one| Brief {
            subject: subject.clone(),
            title: one.definition.title.in_language(language).to_owned(),
            state: Some(t.say(one.standing(now).key()).to_owned()),
            at: one.updated_at,
        }));
    }
    Ok(found)
}

/// Nobody comments on a survey: who has something to say answers it.
pub fn quiet(_: &Town, _: &mut Tx<'_>, subject: &Subject) -> Result<Option<Refusal>, DbError> {
    Ok((subject.kind == SURVEY.0).then(|| Refusal::conflict("survey-no-comments")))
}

/// Puts surveys into the search when they become public.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.saying == "survey.published") {
        let Some(survey) = store::by_code(tx, &entry.subject.id)? else { continue };
        put(town, tx, &survey)?;
    }
    Ok(())
}

fn put(town: &Town, tx: &mut Tx<'_>, survey: &Survey) -> Result<(), DbError> {
    let languages = &town.settings().languages;
    let mut text = survey.code.clone();
    for language in languages {
        for words in [&survey.definition.title, &survey.definition.summary] {
            text.push(' ');
            text.push_str(words.in_language(*language));
        }
    }
    let own = languages.first().copied().unwrap_or_default();
    let title = survey.definition.title.in_language(own).to_owned();
    let at = survey.published_at.unwrap_or(survey.made_at);
    commons::search::put(tx, &commons::search::Document { subject: survey.subject(), title, text, at })
}
