//! What other rooms may know of meetings.

use crate::{model::MEETING, store};
use civic::{Language, Subject};
use database::{DbError, Tx};
use record::Sequenced;
use web::{Town, manifest::Brief};

/// Public meetings in a line each.
pub fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let (t, now) = (town.words().of(language), town.now());
    let mut found = Vec::new();
    for subject in subjects.iter().filter(|subject| subject.kind == MEETING.0) {
        let meeting = store::by_code(tx, &subject.id)?.filter(|one| one.published_at.is_some());
        found.extend(meeting.map(|one| Brief {
            subject: subject.clone(),
            title: one.plan.title.in_language(language).to_owned(),
            state: Some(t.say(one.standing(now).key()).to_owned()),
            at: one.updated_at,
        }));
    }
    Ok(found)
}

/// Puts meetings into the search, with what they decided.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.subject.kind == MEETING.0) {
        let Some(meeting) = store::by_code(tx, &entry.subject.id)?.filter(|one| one.published_at.is_some()) else {
            continue;
        };
        let languages = &town.settings().languages;
        let mut text = format!("{} {}", meeting.code, meeting.plan.place);
        for language in languages {
            let texts = [Some(&meeting.plan.title), Some(&meeting.plan.summary), meeting.plan.agenda.as_ref()];
            for words in texts.into_iter().flatten() {
                text.push(' ');
                text.push_str(words.in_language(*language));
            }
        }
        for decision in meeting.minutes.iter().flat_map(|(_, minutes)| &minutes.decisions) {
            text.push(' ');
            text.push_str(&decision.words);
        }
        let title = meeting.plan.title.in_language(languages.first().copied().unwrap_or_default()).to_owned();
        let document = commons::search::Document { subject: meeting.subject(), title, text, at: meeting.starts_at };
        commons::search::put(tx, &document)?;
    }
    Ok(())
}
