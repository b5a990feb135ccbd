//! What other rooms may know of conversations and promises, through the small views of the manifest.

use crate::{
    books::{Books, Known},
    model::{CONVERSATION, Conversation, PROMISE, Promise},
    store,
};
use civic::{Language, OrganisationId, Subject};
use database::{DbError, Tx};
use std::sync::Arc;
use web::{
    Town,
    manifest::{Brief, Offer},
};

/// Characters of a promise that are its title elsewhere.
const PROMISE_TITLE_LIMIT: usize = 120;

/// Public conversations, and what was promised in answer to them, in a line each.
pub fn briefs(town: &Town, _: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let (books, now) = (town.part::<Books>(), town.now());
    let brief = |subject: &Subject| {
        if subject.kind == PROMISE.0 {
            let (_, promise) = public_promise(books, &subject.id)?;
            let title = promise.words.in_language(language).chars().take(PROMISE_TITLE_LIMIT).collect();
            return Some(Brief { subject: subject.clone(), title, state: None, at: promise.at });
        }
        let known = books.get(&subject.id).filter(|_| subject.kind == CONVERSATION.0)?;
        let one: &Conversation = &known.conversation;
        let phase = one.phase(now);
        one.published_at?;
        Some(Brief {
            subject: subject.clone(),
            title: one.question.in_language(language).to_owned(),
            state: Some(town.words().of(language).say(&format!("conversation-phase-{}", phase.word())).to_owned()),
            at: one.updated_at,
        })
    };
    Ok(subjects.iter().filter_map(brief).collect())
}

/// A promise of a conversation that is public.
fn public_promise(books: &Books, id: &str) -> Option<(Arc<Known>, Promise)> {
    let (code, number) = Promise::of_subject(id)?;
    let known = books.get(code).filter(|known| known.conversation.published_at.is_some())?;
    let promise = known.promises.iter().find(|one| one.number == number)?.clone();
    Some((known, promise))
}

/// What a conversation, or one promise, offers to be taken on elsewhere: what was promised in answer, by whom and by when.
pub fn offers(town: &Town, _: &mut Tx<'_>, subject: &Subject) -> Result<Option<Vec<Offer>>, DbError> {
    let books = town.part::<Books>();
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let offer = |code: &str, promise: &Promise| Offer {
        subject: Promise::subject(code, promise.number),
        title: promise.words.in_language(language).chars().take(PROMISE_TITLE_LIMIT).collect(),
        summary: promise.words.in_language(language).to_owned(),
        cost: None,
        district: None,
        place: None,
        organisation: promise.organisation,
        due_on: promise.due_on.clone(),
    };
    if subject.kind == PROMISE.0 {
        let found = public_promise(books, &subject.id);
        return Ok(found.map(|(known, promise)| vec![offer(known.conversation.code.as_str(), &promise)]));
    }
    let known = books.get(&subject.id).filter(|_| subject.kind == CONVERSATION.0);
    let known = known.filter(|known| known.conversation.published_at.is_some());
    let all = |known: Arc<Known>| {
        let code = known.conversation.code.as_str();
        known.promises.iter().map(|promise| offer(code, promise)).collect()
    };
    Ok(known.map(all))
}

/// Who answers for a promise: whoever gave it.
pub fn answers_for(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<OrganisationId>, DbError> {
    let Some((code, number)) = Promise::of_subject(&subject.id).filter(|_| subject.kind == PROMISE.0) else {
        return Ok(None);
    };
    Ok(store::promises(tx, code)?.into_iter().find(|one| one.number == number).and_then(|one| one.organisation))
}
