//! What can be moderated: comments, which are ours, and what rooms declare.

use super::reasons::STARTER;
use crate::comments;
use civic::{Actor, Language, OrganisationId, PersonId, Subject};
use database::{DbError, Row, Tx, params};
use web::{
    Town,
    manifest::Catalogue,
    moderated::{Author, Contents, Moderated, Part},
};

/// Comments, as moderation meets them.
pub const MODERATED_COMMENTS: Moderated =
    Moderated { kind: comments::KIND.0, key: "subject-comment", read, put, is_author };

/// The one part of a comment.
const TEXT: &str = "text";

fn read(tx: &mut Tx<'_>, id: &str) -> Result<Option<Contents>, DbError> {
    let sql = "select subject_kind, subject_id, at, author, author_id, body from comments where id = $1";
    let Some(row) = tx.query_opt(sql, &params![id])? else { return Ok(None) };
    let text: String = row.get(5)?;
    let part = (!text.is_empty()).then(|| Part::text(TEXT, "part-comment", text));
    Ok(Some(Contents {
        about: Subject { kind: row.get(0)?, id: row.get(1)? },
        organisation: None,
        at: civic::Moment(row.get(2)?),
        author: author_of(tx, &row)?,
        parts: part.into_iter().collect(),
    }))
}

fn author_of(tx: &mut Tx<'_>, row: &Row) -> Result<Author, DbError> {
    let person: Option<PersonId> = row.get::<Option<String>>(4)?.and_then(|id| id.parse().ok());
    author(tx, person, row.get(3)?)
}

/// An author with an account, or with a pseudonym only.
///
/// # Errors
/// Those of the database.
pub fn author(tx: &mut Tx<'_>, person: Option<PersonId>, handle: String) -> Result<Author, DbError> {
    let account = person.map(|person| people::accounts::by_id(tx, person)).transpose()?.flatten();
    let email = account.as_ref().and_then(|account| account.email.as_ref()).map(ToString::to_string);
    let language = account.map_or_else(Language::default, |account| account.language);
    Ok(Author { person, handle, email, language })
}

fn put(tx: &mut Tx<'_>, id: &str, part: &str, text: &str) -> Result<(), DbError> {
    debug_assert_eq!(part, TEXT, "a comment has one part");
    tx.execute("update comments set body = $1 where id = $2", &params![text, id]).map(|_| ())
}

fn is_author(tx: &mut Tx<'_>, id: &str, who: &Actor, _secret: Option<&str>) -> Result<bool, DbError> {
    let Some(person) = who.person else { return Ok(false) };
    let sql = "select 1 from comments where id = $1 and author_id = $2";
    Ok(tx.query_opt(sql, &params![id, &person.text()])?.is_some())
}

/// How moderation meets a subject, and what is public of it; the organisation of what it stands under answers for it too.
/// `None` where no room says how, or there is no such subject.
///
/// # Errors
/// Those of the database.
pub(crate) fn contents(
    catalogue: &Catalogue,
    tx: &mut Tx<'_>,
    subject: &Subject,
) -> Result<Option<(Moderated, Contents)>, DbError> {
    let Some(moderated) = catalogue.moderated(&subject.kind) else { return Ok(None) };
    let Some(mut contents) = (moderated.read)(tx, &subject.id)? else { return Ok(None) };
    if contents.organisation.is_none() && contents.about != *subject {
        contents.organisation = organisation_of(catalogue, tx, &contents.about)?;
    }
    Ok(Some((moderated, contents)))
}

fn organisation_of(catalogue: &Catalogue, tx: &mut Tx<'_>, about: &Subject) -> Result<Option<OrganisationId>, DbError> {
    let Some(moderated) = catalogue.moderated(&about.kind) else { return Ok(None) };
    Ok((moderated.read)(tx, &about.id)?.and_then(|contents| contents.organisation))
}

/// What the codes of moderation are called, for the sentences of the record.
pub fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    // What the town worded itself stands in the entry.
    let known = STARTER.contains(&code) && field == "reason";
    known.then(|| town.words().of(language).say(&format!("moderation-reason-{code}")).to_owned())
}
