//! Comments that were written on another platform.

use super::{KIND, Parent, Side, Words, insert};
use crate::traces;
use civic::{Actor, Chance, CommentId, Language, Moment, Subject};
use database::{DbError, Tx, params};

/// The handle of authors who have no account here, and only a name.
const HANDLE: &str = "import";

/// A comment as it was elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere<'w> {
    /// Its words.
    pub text: &'w str,
    /// What its author is called there.
    pub author: &'w str,
    /// When it was written.
    pub at: Moment,
    /// The side it takes.
    pub side: Option<Side>,
    /// The comment it answers.
    pub answers: Option<&'w Parent>,
}

/// Keeps a comment that was written elsewhere; its author is named and has no account. The caller records it, see [`seal`].
///
/// # Errors
/// Those of the database.
pub fn take_over(
    tx: &mut Tx<'_>,
    subject: &Subject,
    written: &Elsewhere<'_>,
    chance: &dyn Chance,
) -> Result<CommentId, DbError> {
    let id = CommentId::new(written.at, chance);
    let author = Actor {
        person: None,
        name: written.author.to_owned(),
        handle: HANDLE.to_owned(),
        mandates: Vec::new(),
        language: Language::default(),
    };
    let words = Words { text: written.text, side: written.side, answers: written.answers };
    insert(tx, id, subject, &words, &author, written.at)?;
    Ok(id)
}

/// Keeps which entry of the record seals the words of a comment.
///
/// # Errors
/// Those of the database.
pub fn seal(tx: &mut Tx<'_>, id: CommentId, entry: &str) -> Result<(), DbError> {
    tx.execute("update comments set entry_id = $1 where id = $2", &params![entry, &id.text()]).map(|_| ())
}

/// A comment to hang an answer on, as it is stored; `None` where it is gone.
///
/// # Errors
/// Those of the database.
pub fn stored(tx: &mut Tx<'_>, id: &str) -> Result<Option<Parent>, DbError> {
    let found = tx.query_opt("select root_id, path from comments where id = $1 and not gone", &params![id])?;
    found.map(|row| Ok(Parent { id: id.to_owned(), root: row.get(0)?, path: row.get(1)? })).transpose()
}

/// Takes a comment away, with the salt of its seal, unless somebody answered it or moderators had to do with it. Returns whether
/// it is gone.
///
/// # Errors
/// Those of the database.
pub fn take_away(tx: &mut Tx<'_>, id: &str) -> Result<bool, DbError> {
    let answered = tx.query_opt("select 1 from comments where parent_id = $1 limit 1", &params![id])?.is_some();
    if answered || traces::any_about(tx, &Subject::new(KIND, id))? {
        return Ok(false);
    }
    for row in tx.query("delete from comments where id = $1 returning entry_id", &params![id])? {
        record::forget_salt(tx, &row.get::<String>(0)?)?;
    }
    Ok(true)
}
