//! Comments as a reader sees them.

use super::{COMMENTS_SHOWN, Comment, KIND, SeenComment, Side};
use crate::moderation;
use civic::{Actor, CommentId, Moment, Subject};
use database::{DbError, Row, Tx, params};

/// What is read of a comment, in the order of [`comment_of`].
pub(super) const COLUMNS: &str = "id, at, author, author_name, body, author_id, parent_id, root_id, depth, gone, side";
/// How many those are.
pub(super) const COLUMN_COUNT: usize = 11;

/// The comments on a subject as a reader sees them: threads by the age of their first comment, each as it is read, answers
/// under what they answer. In place of hidden words the reason; what is held back only for its author.
///
/// # Errors
/// Those of the database.
pub fn seen_by(tx: &mut Tx<'_>, subject: &Subject, reader: &Actor) -> Result<Vec<SeenComment>, DbError> {
    let columns = prefixed("c");
    let sql = format!(
        "select {columns} from comments c join comments f on f.id = c.root_id \
         where c.subject_kind = $1 and c.subject_id = $2 order by f.at, f.id, c.path limit $3"
    );
    let rows = tx.query(&sql, &params![&subject.kind, &subject.id, COMMENTS_SHOWN])?;
    let comments: Vec<Comment> = rows.iter().map(comment_of).collect::<Result<_, _>>()?;
    seen(tx, comments, reader)
}

/// The columns of a table with this name.
pub(super) fn prefixed(name: &str) -> String {
    COLUMNS.split(", ").map(|column| format!("{name}.{column}")).collect::<Vec<_>>().join(", ")
}

/// How many comments on a subject everybody reads.
///
/// # Errors
/// Those of the database.
pub fn count(tx: &mut Tx<'_>, subject: &Subject) -> Result<i64, DbError> {
    let sql = "select count(*) from comments where subject_kind = $1 and subject_id = $2 and body <> ''";
    tx.query_one(sql, &params![&subject.kind, &subject.id])?.get(0)
}

/// One comment as a reader sees it, and what it is on.
///
/// # Errors
/// Those of the database.
pub fn one_seen_by(tx: &mut Tx<'_>, id: &str, reader: &Actor) -> Result<Option<(Subject, SeenComment)>, DbError> {
    let sql = format!("select {COLUMNS}, subject_kind, subject_id from comments where id = $1");
    let Some(row) = tx.query_opt(&sql, &params![id])? else { return Ok(None) };
    let subject = Subject { kind: row.get(COLUMN_COUNT)?, id: row.get(COLUMN_COUNT + 1)? };
    let comment = comment_of(&row)?;
    Ok(seen(tx, vec![comment], reader)?.pop().map(|seen| (subject, seen)))
}

/// These comments as a reader sees them.
pub(super) fn seen(tx: &mut Tx<'_>, comments: Vec<Comment>, reader: &Actor) -> Result<Vec<SeenComment>, DbError> {
    let ids: Vec<String> = comments.iter().map(|comment| comment.id.text()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut notices = moderation::notices_of_each(tx, KIND.0, &ids)?;
    let mut seen = Vec::new();
    for mut comment in comments {
        let hidden = notices.remove(&comment.id.text()).and_then(|mut notices| notices.pop());
        let own = reader.person.is_some() && reader.person == comment.author_id;
        match &hidden {
            Some(notice) if notice.held && !own => continue,
            Some(_) if own => {
                let words = moderation::own_words(tx, &Subject::new(KIND, comment.id.text()))?;
                comment.text = words.into_iter().map(|(_, text)| text).next().unwrap_or_default();
            }
            _ => {}
        }
        seen.push(SeenComment { comment, hidden, own });
    }
    Ok(seen)
}

pub(super) fn comment_of(row: &Row) -> Result<Comment, DbError> {
    let id = |text: String| -> Result<CommentId, DbError> {
        text.parse().map_err(|error| DbError::Other(format!("a comment cannot be read: {error}")))
    };
    Ok(Comment {
        id: id(row.get(0)?)?,
        at: Moment(row.get(1)?),
        author: row.get(2)?,
        author_name: row.get(3)?,
        text: row.get(4)?,
        author_id: row.get::<Option<String>>(5)?.and_then(|id| id.parse().ok()),
        parent: row.get::<Option<String>>(6)?.map(id).transpose()?,
        root: id(row.get(7)?)?,
        depth: row.get(8)?,
        gone: row.get(9)?,
        side: Side::of_word(&row.get::<String>(10)?),
    })
}
