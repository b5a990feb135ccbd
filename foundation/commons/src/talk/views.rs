//! Comments for machines.

use crate::comments::{Discussion, SeenComment, Sides};
use axum::http::{HeaderValue, header::LINK};
use civic::Subject;
use database::Cursor;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Answer, Stop, Town, Visit, table::csv_answer};

/// A comment, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CommentView {
    /// Its id.
    pub id: String,
    /// What it is on, as `request/R-7K2M`.
    pub about: String,
    /// When (RFC 3339).
    pub at: String,
    /// What its author is called; empty where they were erased.
    pub by: String,
    /// The words; empty where they are hidden or erased.
    pub text: String,
    /// Why they are hidden, in the reader's language.
    pub hidden: Option<String>,
    /// The id of the comment it answers.
    pub answers: Option<String>,
    /// The id of the first comment of its thread.
    pub thread: String,
    /// How deep it stands in its thread, 0 to 4.
    pub depth: i64,
    /// The side it takes: for, against or neutral, where it does.
    pub side: Option<String>,
    /// Whether its author was erased; it is kept, empty, because others answered it.
    pub gone: bool,
}

/// A page of comments, threads one after the other, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CommentsView {
    /// The comments.
    pub comments: Vec<CommentView>,
    /// How many comments on the subject take each side, where it has sides.
    pub sides: Option<Sides>,
    /// Where the next page begins.
    pub next: Option<String>,
}

pub(crate) fn view(visit: &Visit, about: &Subject, seen: SeenComment) -> CommentView {
    CommentView {
        id: seen.comment.id.text(),
        about: about.to_string(),
        at: seen.comment.at.rfc3339(),
        by: seen.comment.author_name,
        text: seen.comment.text,
        hidden: seen.hidden.map(|notice| notice.sentence(&visit.t)),
        answers: seen.comment.parent.map(|id| id.text()),
        thread: seen.comment.root.text(),
        depth: seen.comment.depth,
        side: seen.comment.side.map(|side| side.word().to_owned()),
        gone: seen.comment.gone,
    }
}

/// A page of a discussion, for machines.
pub(crate) fn page_view(visit: &Visit, about: &Subject, found: Discussion, sides: Option<Sides>) -> CommentsView {
    let next = found.next.as_ref().map(Cursor::encode);
    CommentsView { comments: found.comments.into_iter().map(|seen| view(visit, about, seen)).collect(), sides, next }
}

/// A page of a discussion as a table; where the next begins stands in its head (RFC 8288). `address` is that of the list.
pub(crate) fn csv(town: &Town, visit: &Visit, about: &Subject, found: Discussion, address: &str) -> Answer {
    let next = found.next.as_ref().map(Cursor::encode);
    let header = ["id", "about", "at", "by", "side", "text", "hidden", "answers", "thread", "depth"];
    let rows = found.comments.into_iter().map(|seen| view(visit, about, seen)).map(|one| {
        [
            one.id,
            one.about,
            one.at,
            one.by,
            one.side.unwrap_or_default(),
            one.text,
            one.hidden.unwrap_or_default(),
            one.answers.unwrap_or_default(),
            one.thread,
            one.depth.to_string(),
        ]
    });
    let mut answer = csv_answer(&header, rows)?;
    if let Some(next) = next {
        let link = format!("<{}&after={next}>; rel=\"next\"", town.url(address));
        answer.headers_mut().insert(LINK, HeaderValue::from_str(&link).map_err(Stop::fault)?);
    }
    Ok(answer)
}
