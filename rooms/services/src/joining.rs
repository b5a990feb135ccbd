//! What other rooms may know of services and decided applications.

use crate::{model::SERVICE, store};
use civic::{Language, Subject};
use commons::search::{self, Document};
use database::{DbError, Tx};
use record::Sequenced;
use web::{Town, manifest::Brief};

/// Published services in a line each. Applications are in nobody's thread.
pub fn briefs(_: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let mut briefs = Vec::new();
    for subject in subjects.iter().filter(|subject| subject.kind == SERVICE.0) {
        let Some(one) = store::service(tx, &subject.id)? else { continue };
        let (Some(definition), Some(at)) = (&one.published, one.published_at) else { continue };
        let title = definition.title.in_language(language).to_owned();
        briefs.push(Brief { subject: subject.clone(), title, state: None, at });
    }
    Ok(briefs)
}

/// Puts services into the search when they are published.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.saying == "service.published") {
        let Some(one) = store::service(tx, &entry.subject.id)? else { continue };
        let (Some(definition), Some(at)) = (&one.published, one.published_at) else { continue };
        let mut text = definition.keywords.clone();
        for language in Language::ALL {
            for words in [&definition.title, &definition.summary] {
                text.push(' ');
                text.push_str(words.in_language(language));
            }
        }
        let own = town.settings().languages.first().copied().unwrap_or_default();
        let title = definition.title.in_language(own).to_owned();
        search::put(tx, &Document { subject: entry.subject.clone(), title, text, at })?;
    }
    Ok(())
}

/// What a code of an entry is called.
pub fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    if field != "outcome" {
        return None;
    }
    let outcome = crate::model::Outcome::of_word(code)?;
    Some(town.words().of(language).say(&format!("sv-outcome-{}", outcome.word())).to_owned())
}

/// The page of an application, where there is something to see.
pub fn page_of_application(code: &str) -> String {
    format!("/applications/{code}")
}
