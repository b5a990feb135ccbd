//! Mails to authors: what was decided about their words, why, and what they can do. Never the words themselves.

use super::{decide::Decided, model::Outcome};
use civic::{Language, Moment, Subject};
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use web::{Town, manifest::Catalogue, moderated::Author, words::Value};

/// Tells an author what was decided; who left no address reads it on the page.
///
/// # Errors
/// Those of the database.
pub(super) fn tell_author(
    tx: &mut Tx<'_>,
    town: &Town,
    author: &Author,
    subject: &Subject,
    about: &Subject,
    decided: &Decided,
    now: Moment,
) -> Result<(), DbError> {
    let key = match decided.outcome {
        Ok(Outcome::Dismissed) => return Ok(()),
        Ok(outcome) => outcome.word(),
        Err(appeal) => appeal.word(),
    };
    let Some(to) = author.email.as_deref().and_then(|email| email.parse::<EmailAddress>().ok()) else { return Ok(()) };
    let t = town.words().of(author.language);
    let what = name_of(town, about, author.language);
    let why = decided.reason.as_ref().map(|reason| reason.why(&t)).unwrap_or_default();
    let note = if decided.note.is_empty() { String::new() } else { format!("{}\n\n", decided.note) };
    let link = town.url(&format!("/moderation/of/{}/{}", subject.kind, subject.id));
    let sentence =
        t.with(&format!("mail-moderation-{key}"), &[("what", Value::from(what.as_str())), ("why", why.into())]);
    let values = [("sentence", sentence.into()), ("note", note.into()), ("link", link.into())];
    let body_text = t.with("mail-moderation-body", &values);
    let subject = t.with1("mail-moderation-subject", "what", what);
    mail::put(tx, &Mail { to, subject, body_text }, now, town.chance()).map(|_| ())
}

/// What a subject is called where one line must do: its kind and its public id.
pub(super) fn name_of(town: &Town, subject: &Subject, language: Language) -> String {
    let subjects = &town.part::<Catalogue>().subjects;
    let key = subjects.iter().find(|info| info.kind == subject.kind).map(|info| info.key);
    let kind = key.map(|key| town.words().of(language).say(key).to_owned()).unwrap_or_default();
    format!("{kind} {}", subject.id).trim().to_owned()
}
