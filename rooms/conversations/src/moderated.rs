//! How the moderators of the town meet statements: what breaks the rules of the house is theirs, what does not fit the question
//! the facilitators'.

use crate::{
    model::{CONVERSATION, STATEMENT, Statement},
    store,
};
use civic::{Actor, Subject};
use commons::moderation;
use database::{DbError, Tx};
use web::moderated::{Contents, Moderated, Part};

/// Statements, as moderation meets them.
pub const STATEMENTS: Moderated = Moderated { kind: STATEMENT.0, key: "subject-statement", read, put, is_author };

fn read(tx: &mut Tx<'_>, id: &str) -> Result<Option<Contents>, DbError> {
    let Some((code, number)) = Statement::of_subject(id) else { return Ok(None) };
    let Some(conversation) = store::by_code(tx, code)?.filter(|one| one.published_at.is_some()) else {
        return Ok(None);
    };
    let Some(statement) = store::of_number(tx, code, number)? else { return Ok(None) };
    let person = store::author_of(tx, code, number)?.and_then(|(person, _)| person);
    let words = &statement.words.original;
    let part = (!words.is_empty()).then(|| Part::text("words", "part-statement", words));
    Ok(Some(Contents {
        about: Subject::new(CONVERSATION, code),
        organisation: conversation.organisation,
        author: moderation::author(tx, person, "participant".to_owned())?,
        at: statement.at,
        parts: part.into_iter().collect(),
    }))
}

fn put(tx: &mut Tx<'_>, id: &str, _part: &str, text: &str) -> Result<(), DbError> {
    match Statement::of_subject(id) {
        Some((code, number)) => {
            store::put_words(tx, code, number, text)?;
            store::touch(tx, code)
        }
        None => Ok(()),
    }
}

fn is_author(tx: &mut Tx<'_>, id: &str, who: &Actor, _secret: Option<&str>) -> Result<bool, DbError> {
    let (Some((code, number)), Some(person)) = (Statement::of_subject(id), who.person) else { return Ok(false) };
    Ok(store::author_of(tx, code, number)?.is_some_and(|(author, _)| author == Some(person)))
}
