//! The comments of one person: to be handed out, and to be erased.

use super::{
    Comment, KIND,
    seen::{COLUMN_COUNT, COLUMNS, comment_of},
};
use crate::moderation;
use civic::{PersonId, Subject};
use database::{DbError, Tx, params};

/// The comments of a person, with what they are about.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(Subject, Comment)>, DbError> {
    let sql = format!("select {COLUMNS}, subject_kind, subject_id from comments where author_id = $1 order by at, id");
    let rows = tx.query(&sql, &params![&person.text()])?;
    let about = |row: &database::Row| {
        Ok::<_, DbError>(Subject { kind: row.get(COLUMN_COUNT)?, id: row.get(COLUMN_COUNT + 1)? })
    };
    rows.iter().map(|row| Ok((about(row)?, comment_of(row)?))).collect()
}

/// Takes a person's comments away, with the salts of their seals. Where others answered, an empty place stays, which says nothing
/// of who was there.
///
/// # Errors
/// Those of the database.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let person = person.text();
    for row in tx.query("select entry_id, id from comments where author_id = $1", &params![&person])? {
        record::forget_salt(tx, &row.get::<String>(0)?)?;
        moderation::privacy::erase_words_about(tx, &Subject::new(KIND, row.get::<String>(1)?))?;
    }
    tx.execute(
        "update comments set author = '', author_id = null, author_name = '', body = '', side = '', gone = true where author_id = $1 \
         and exists (select 1 from comments answer where answer.parent_id = comments.id)",
        &params![&person],
    )?;
    tx.execute("delete from comments where author_id = $1", &params![&person]).map(|_| ())
}
