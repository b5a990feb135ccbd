//! Votes in the town's search.

use crate::{
    hidden,
    model::{OPTION, State, VOTE},
    store,
};
use civic::Language;
use database::{DbError, Tx};
use record::Sequenced;
use web::Town;

/// Keeps votes findable by their words, and by none that moderators hid of what their options grew from.
///
/// # Errors
/// Those of the database.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    let changes_words = |entry: &&Sequenced| {
        matches!(entry.saying.as_str(), "vote.published" | "vote.changed" | "vote.imported" | "vote.withdrawn")
    };
    for entry in entries.iter().filter(changes_words).filter(|entry| entry.subject.kind == VOTE.0) {
        put_into_search(town, tx, &entry.subject.id)?;
    }
    let is_moderation = |entry: &&Sequenced| {
        let sayings = ["moderation.hidden", "moderation.restored", "moderation.released", "moderation.overturned"];
        sayings.contains(&entry.saying.as_str())
    };
    for entry in entries.iter().filter(is_moderation) {
        for link in commons::links::of(tx, &entry.subject)? {
            if link.from.kind == OPTION.0 {
                put_into_search(town, tx, link.from.id.split_once('.').map_or("", |(vote, _)| vote))?;
            }
        }
    }
    Ok(())
}

fn put_into_search(town: &Town, tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    let Some(vote) = store::by_code(tx, code)?.filter(|vote| vote.state != State::Draft) else { return Ok(()) };
    let vote = hidden::cover(town, tx, vote)?;
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let definition = &vote.definition;
    let all = definition.options.iter().map(|option| &option.title).chain(&definition.text);
    let words = all.flat_map(|text| Language::ALL.into_iter().filter_map(|language| text.exactly(language)));
    let text = format!("{} {}", vote.code, words.collect::<Vec<_>>().join(" "));
    let title = definition.title.in_language(language).to_owned();
    commons::search::put(tx, &commons::search::Document { subject: vote.subject(), title, text, at: vote.created_at })
}
