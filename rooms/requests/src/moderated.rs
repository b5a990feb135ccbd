//! How moderation meets this room: what reporters wrote of their request, and what residents said later.

use crate::{
    commands::hash_of,
    model::{REQUEST, STEP, ServiceRequest},
    store::{self, Spoken},
};
use civic::{Actor, PersonId, Subject};
use commons::moderation;
use database::{DbError, Tx};
use web::moderated::{Author, Contents, Moderated, Part, PartWords};

/// Requests, as moderation meets them.
pub(crate) const REQUESTS: Moderated = Moderated {
    kind: REQUEST.0,
    key: "subject-request",
    read: read_request,
    put: store::put_part,
    is_author: is_reporter,
};

/// What residents said later: each step by itself, as it has an author of its own.
pub(crate) const STEPS: Moderated = Moderated {
    kind: STEP.0,
    key: "part-said",
    read: read_step,
    put: |tx, id, _, text| store::put_words(tx, id, text),
    is_author: is_speaker,
};

/// The parts that are held back when a report looks like advertising; the place stays, because what is broken is still broken.
pub(crate) const HELD: &[&str] = &["description", "media", "answers"];

fn read_request(tx: &mut Tx<'_>, code: &str) -> Result<Option<Contents>, DbError> {
    let Some(request) = store::by_code(tx, code)? else { return Ok(None) };
    let mut parts = Vec::new();
    let texts = [
        ("description", "part-description", request.description.as_str()),
        ("address", "part-address", &request.address),
        ("media", "part-media", request.media_url.as_deref().unwrap_or_default()),
    ];
    for (name, key, text) in texts.into_iter().filter(|(.., text)| !text.is_empty()) {
        parts.push(Part::text(name, key, text));
    }
    if !request.attributes.is_empty() {
        let kept = serde_json::to_string(&request.attributes).map_err(|error| DbError::Other(error.to_string()))?;
        let words = PartWords::Kept { kept, shown: answers(&request) };
        parts.push(Part { name: "answers".to_owned(), key: "part-answers", words });
    }
    for file in commons::files::of(tx, &request.subject())? {
        let words = PartWords::Photo(file.id);
        parts.push(Part { name: format!("photo:{}", file.id), key: "part-photo", words });
    }
    Ok(Some(Contents {
        about: request.subject(),
        organisation: Some(request.organisation),
        author: author(tx, &request)?,
        at: request.opened_at,
        parts,
    }))
}

/// The answers to the category's questions, as they were given.
pub(crate) fn answers(request: &ServiceRequest) -> String {
    let given: Vec<String> = request.attributes.values().map(|answers| answers.join(", ")).collect();
    given.join(" · ")
}

/// The reporter, with the address they left.
fn author(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<Author, DbError> {
    let author = moderation::author(tx, request.reporter_id, request.reporter.clone())?;
    if author.email.is_some() {
        return Ok(author);
    }
    let (email, language) = store::reporter_address(tx, request.id)?;
    Ok(Author { email, language: language.parse().unwrap_or_default(), ..author })
}

fn is_reporter(tx: &mut Tx<'_>, code: &str, who: &Actor, secret: Option<&str>) -> Result<bool, DbError> {
    let Some(request) = store::by_code(tx, code)? else { return Ok(false) };
    is_of(tx, &request, who.person, secret)
}

fn is_of(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    person: Option<PersonId>,
    secret: Option<&str>,
) -> Result<bool, DbError> {
    if person.is_some() && person == request.reporter_id {
        return Ok(true);
    }
    match secret.filter(|secret| !secret.is_empty()) {
        Some(secret) => store::is_own_secret(tx, request.id, &hash_of(secret)),
        None => Ok(false),
    }
}

fn read_step(tx: &mut Tx<'_>, id: &str) -> Result<Option<Contents>, DbError> {
    let Some(Spoken { request, step, person }) = store::spoken(tx, id)? else { return Ok(None) };
    let author = if step.actor == request.reporter {
        author(tx, &request)?
    } else {
        moderation::author(tx, person, step.actor.clone())?
    };
    let part = (!step.body.is_empty()).then(|| Part::text("text", "part-said", step.body));
    let about = request.subject();
    Ok(Some(Contents {
        about,
        organisation: Some(request.organisation),
        author,
        at: step.at,
        parts: part.into_iter().collect(),
    }))
}

fn is_speaker(tx: &mut Tx<'_>, id: &str, who: &Actor, secret: Option<&str>) -> Result<bool, DbError> {
    let Some(Spoken { request, step, person }) = store::spoken(tx, id)? else { return Ok(false) };
    if step.actor == request.reporter {
        return is_of(tx, &request, who.person, secret);
    }
    Ok(who.person.is_some() && who.person == person)
}

/// The step as a subject.
pub(crate) fn step_subject(id: &str) -> Subject {
    Subject::new(STEP, id)
}
