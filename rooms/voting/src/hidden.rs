//! What moderators hid of the matter that an option grew from is hidden of the option too.
//!
//! The words of an option are a copy, made when the vote was set up, and pinned by its definition. They are covered whenever
//! they are read for others, so that they come back by themselves when moderators give them back.

use crate::{
    model::{Definition, OPTION, Vote},
    store,
};
use civic::{Language, LocalText, Subject};
use commons::moderation;
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::Town;

/// How far back an option of an option of an earlier vote is followed.
const STEPS_LIMIT: usize = 5;
/// The parts of a matter from which an option has its words.
const PARTS: [&str; 2] = ["title", "text"];

/// Covers the words of a vote's options that are hidden where they come from.
///
/// # Errors
/// Those of the database.
pub fn cover(town: &Town, tx: &mut Tx<'_>, mut vote: Vote) -> Result<Vote, DbError> {
    cover_options(town, tx, &mut vote.definition)?;
    Ok(vote)
}

/// The same for a definition; what decides the result (ids, costs, districts) stays as it is.
///
/// # Errors
/// Those of the database.
pub fn cover_options(town: &Town, tx: &mut Tx<'_>, definition: &mut Definition) -> Result<(), DbError> {
    let mut origins: BTreeMap<usize, Subject> = BTreeMap::new();
    let mut by_kind: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut earlier = Earlier::default();
    let mut load = |code: &str| store::by_code(tx, code);
    for place in 0..definition.options.len() {
        let Some(origin) = earlier.origin(definition.options[place].from.clone(), &mut load)? else { continue };
        by_kind.entry(origin.kind.clone()).or_default().push(origin.id.clone());
        origins.insert(place, origin);
    }
    let mut hidden = std::collections::BTreeSet::new();
    for (kind, ids) in &by_kind {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let found = moderation::notices_of_each(tx, kind, &ids)?;
        hidden.extend(found.into_keys().map(|id| (kind.clone(), id)));
    }
    for (place, origin) in origins {
        if !hidden.contains(&(origin.kind.clone(), origin.id.clone())) {
            continue;
        }
        let [title, text] = PARTS.map(|part| moderation::is_hidden(tx, &origin, part));
        let option = &mut definition.options[place];
        if title? {
            option.title = words(town);
        }
        if text? && option.text.is_some() {
            option.text = Some(words(town));
        }
    }
    Ok(())
}

/// Earlier votes whose options were taken on, by code; each is read once, however many of its options were.
#[derive(Default)]
struct Earlier(BTreeMap<String, Option<Vote>>);

impl Earlier {
    /// The matter that words come from: past the options of earlier votes that were taken on.
    fn origin(
        &mut self,
        from: Option<Subject>,
        load: &mut dyn FnMut(&str) -> Result<Option<Vote>, DbError>,
    ) -> Result<Option<Subject>, DbError> {
        let mut from = from;
        for _ in 0..STEPS_LIMIT {
            match from {
                Some(subject) if subject.kind == OPTION.0 => {
                    let Some((code, id)) = subject.id.split_once('.') else { return Ok(None) };
                    if !self.0.contains_key(code) {
                        self.0.insert(code.to_owned(), load(code)?);
                    }
                    from = self.0.get(code).and_then(Option::as_ref).and_then(|vote| {
                        let at = vote.definition.find(id)?;
                        vote.definition.options[at].from.clone()
                    });
                }
                other => return Ok(other),
            }
        }
        Ok(None)
    }
}

/// What stands in place of what is hidden, in every language.
fn words(town: &Town) -> LocalText {
    let say = |language: Language| town.words().of(language).say("option-hidden").to_owned();
    let first = LocalText::plain(say(Language::En));
    town.settings().languages.iter().fold(first, |text, language| text.with(*language, say(*language)))
}

#[cfg(test)]
mod tests {
    use super::{Earlier, OPTION};
    use civic::Subject;

    #[test]
    fn an_earlier_vote_is_read_once_for_all_its_options() {
        let (mut earlier, mut read) = (Earlier::default(), 0);
        for id in ["V-1.001", "V-1.002", "V-2.001", "V-1.003"] {
            let from = Some(Subject { kind: OPTION.0.to_owned(), id: id.to_owned() });
            let mut load = |_: &str| {
                read += 1;
                Ok(None)
            };
            assert_eq!(earlier.origin(from, &mut load).unwrap(), None);
        }
        assert_eq!(read, 2);
    }
}
