//! What other rooms may know of datasets, and the search of the town.

use crate::{
    books::Books,
    model::DATASET,
    notes::{self, NoteKind},
    stories,
};
use civic::{Language, Subject};
use database::{DbError, Tx};
use record::Sequenced;
use web::{Town, manifest::Brief};

/// Datasets in a line each, as far as they are public.
pub fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let (shelves, t) = (town.part::<Books>().now(), town.words().of(language));
    let brief = |subject: &Subject| {
        let dataset = &shelves.find(&subject.id).filter(|one| one.dataset.is_public())?.dataset;
        Some(Brief {
            subject: subject.clone(),
            title: dataset.meta.title.in_language(language).to_owned(),
            state: Some(t.say(dataset.state.key()).to_owned()),
            at: dataset.updated_at,
        })
    };
    let datasets = subjects.iter().filter(|subject| subject.kind == DATASET.0).filter_map(brief);
    Ok(datasets.chain(notes::briefs(town, tx, subjects, language)?).collect())
}

/// Puts stories into the search of the town when they are published or changed, and takes them out when they are withdrawn.
pub fn follow_stories_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.subject.kind == stories::STORY.0) {
        stories::put_into_search(town, tx, &entry.subject)?;
    }
    Ok(())
}

/// Puts datasets into the search of the town when they are published or changed, and takes them out when they are withdrawn.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| NoteKind::of_subject(&entry.subject.kind).is_some()) {
        notes::put_into_search(tx, &entry.subject)?;
    }
    for entry in entries.iter().filter(|entry| entry.subject.kind == DATASET.0) {
        let found = crate::store::to_change(tx, &entry.subject.id)?;
        let Some(dataset) = found.filter(crate::model::Dataset::is_public) else {
            commons::search::remove(tx, &entry.subject)?;
            continue;
        };
        let mut text = format!("{} {}", dataset.name, dataset.meta.tags.join(" "));
        for language in &town.settings().languages {
            for words in [Some(&dataset.meta.title), dataset.meta.notes.as_ref()].into_iter().flatten() {
                text.push(' ');
                text.push_str(words.in_language(*language));
            }
        }
        let own = town.settings().languages.first().copied().unwrap_or_default();
        let title = dataset.meta.title.in_language(own).to_owned();
        commons::search::put(
            tx,
            &commons::search::Document { subject: dataset.subject(), title, text, at: dataset.made_at },
        )?;
    }
    Ok(())
}
