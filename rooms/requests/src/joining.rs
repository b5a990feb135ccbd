//! What other rooms may know of requests, through the small views of the manifest.

use crate::{
    model::REQUEST,
    store::{self, Filter, Order, Supporter},
    views::{Eyes, headline},
};
use civic::{Language, OrganisationId, PersonId, Subject};
use database::{Cursor, DbError, Tx};
use web::{
    Town,
    manifest::{AskedWork, Brief, Work},
};

/// Requests in a line each.
pub(crate) fn briefs(
    town: &Town,
    tx: &mut Tx<'_>,
    subjects: &[Subject],
    language: Language,
) -> Result<Vec<Brief>, DbError> {
    let codes: Vec<String> = own(subjects).map(|subject| subject.id.clone()).collect();
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let most = u32::try_from(codes.len()).unwrap_or(u32::MAX - 1);
    let filter = Filter { codes: Some(codes), ..Filter::default() };
    let found = store::page_of(tx, &filter, Order::Newest, None, most)?;
    let eyes = Eyes::new(town, language);
    let t = town.words().of(language);
    let brief = |request: &crate::model::ServiceRequest| Brief {
        subject: request.subject(),
        title: headline(&eyes.row(request)),
        state: Some(t.say(request.state.word().key()).to_owned()),
        at: request.updated_at,
    };
    Ok(found.items.iter().map(brief).collect())
}

/// What waits at the desk of requests for an officer: by its promised end, without one last.
pub(crate) fn work(town: &Town, tx: &mut Tx<'_>, asked: &AskedWork<'_>) -> Result<Vec<Work>, DbError> {
    let organisations = match crate::pages::own_organisations(asked.actor) {
        None => Vec::new(),
        // Nothing to answer for has no work, rather than everybody's.
        Some(own) if own.is_empty() => return Ok(Vec::new()),
        Some(own) => own,
    };
    let me = asked.actor.person;
    let filter = match (me, asked.only_mine) {
        (None, _) => return Ok(Vec::new()),
        (Some(_), true) => Filter { officer: me, open: Some(true), organisations, ..Filter::default() },
        (Some(_), false) => Filter { waits_for: me, organisations, ..Filter::default() },
    };
    let after = asked.after.as_ref().map(|(due, place)| Cursor::new(*due, place.as_str()));
    let found = store::page_of(tx, &filter, Order::Due, after.as_ref(), asked.limit)?;
    let eyes = Eyes::new(town, asked.language);
    let t = town.words().of(asked.language);
    let line = |request: &crate::model::ServiceRequest| Work {
        code: request.code.to_string(),
        title: headline(&eyes.row(request)),
        state: t.say(request.state.word().key()).to_owned(),
        due_at: request.due_at,
        since: request.opened_at,
        is_mine: matches!(&request.state, crate::model::State::Assigned { officer, .. } if Some(*officer) == me),
        href: format!("/desk/{}", request.code),
        place: request.id.text(),
    };
    Ok(found.items.iter().map(line).collect())
}

/// Whether a person reported one of these requests, or said “me too”.
pub(crate) fn asked(tx: &mut Tx<'_>, subjects: &[Subject], person: PersonId) -> Result<bool, DbError> {
    let me = Supporter { person: Some(person), ..Supporter::default() };
    for subject in own(subjects) {
        let Some(request) = store::by_code(tx, &subject.id)? else { continue };
        if request.reporter_id == Some(person) || store::is_supporter(tx, request.id, &me)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The agency that answers for a request.
pub(crate) fn answers_for(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<OrganisationId>, DbError> {
    if subject.kind != REQUEST.0 {
        return Ok(None);
    }
    Ok(store::by_code(tx, &subject.id)?.map(|request| request.organisation))
}

fn own(subjects: &[Subject]) -> impl Iterator<Item = &Subject> {
    subjects.iter().filter(|subject| subject.kind == REQUEST.0)
}
