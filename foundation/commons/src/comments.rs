//! What residents say about a subject.

use civic::{Actor, Chance, CommentId, Moment, PersonId, Subject, SubjectKind};
use database::{DbError, Row, Tx, params};
use record::Entry;
use serde_json::json;
use web::Refusal;

/// Characters a comment may have.
pub const COMMENT_LIMIT: usize = 3_000;
/// Comments one subject shows.
pub const COMMENTS_SHOWN: u32 = 500;
/// What the record says of a comment.
pub const ADDED: &str = "comment.added";
/// The kind of a comment as a subject.
pub const KIND: SubjectKind = SubjectKind("comment");

/// A public comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// When it was written.
    pub at: Moment,
    /// The pseudonym of its author.
    pub author: String,
    /// What its author is called.
    pub author_name: String,
    /// The words.
    pub text: String,
}

/// Reads the words of a comment.
///
/// # Errors
/// A refusal when there are none, or too many.
pub fn read_words(text: &str) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n");
    if text.is_empty() {
        return Err(Refusal::new("comment-empty").at("text"));
    }
    if text.chars().count() > COMMENT_LIMIT {
        return Err(Refusal::new("comment-too-long").at("text").with("most", COMMENT_LIMIT));
    }
    Ok(text)
}

/// Adds a comment; the returned entry is what the record keeps of it: that it was made, and a
/// seal of its words.
///
/// # Errors
/// Those of the database.
pub fn add(
    tx: &mut Tx<'_>,
    subject: &Subject,
    author: &Actor,
    text: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let id = CommentId::new(now, chance);
    let entry = Entry::about(subject.clone(), ADDED, author, now, chance)
        .publicly(&json!({"comment": id}))?
        .privately(&json!({"text": text}), chance)?;
    tx.execute(
        "insert into comments (id, subject_kind, subject_id, at, author, author_id, author_name, body, entry_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            &id.text(),
            &subject.kind,
            &subject.id,
            now.micros(),
            &author.handle,
            author.person.map(|person| person.text()).as_deref(),
            &author.name,
            text,
            &entry.id().text()
        ],
    )?;
    Ok(entry)
}

/// The public comments on a subject, oldest first.
///
/// # Errors
/// Those of the database.
pub fn public_on(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Comment>, DbError> {
    let rows = tx.query(
        "select id, at, author, author_name, body from comments where subject_kind = $1 and subject_id = $2 order by at, id limit $3",
        &params![&subject.kind, &subject.id, COMMENTS_SHOWN],
    )?;
    rows.iter().map(comment_of).collect()
}

/// The comments of a person, with what they are about.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(Subject, Comment)>, DbError> {
    let sql = "select id, at, author, author_name, body, subject_kind, subject_id from comments where author_id = $1 order by at, id";
    let rows = tx.query(sql, &params![&person.text()])?;
    rows.iter().map(|row| Ok((Subject { kind: row.get(5)?, id: row.get(6)? }, comment_of(row)?))).collect()
}

/// Takes a person's comments away, with the salts of their seals.
///
/// # Errors
/// Those of the database.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let person = person.text();
    for row in tx.query("select entry_id from comments where author_id = $1", &params![&person])? {
        record::forget_salt(tx, &row.get::<String>(0)?)?;
    }
    tx.execute("delete from comments where author_id = $1", &params![&person]).map(|_| ())
}

fn comment_of(row: &Row) -> Result<Comment, DbError> {
    let id =
        row.get::<String>(0)?.parse().map_err(|error| DbError::Other(format!("a comment cannot be read: {error}")))?;
    Ok(Comment { id, at: Moment(row.get(1)?), author: row.get(2)?, author_name: row.get(3)?, text: row.get(4)? })
}
