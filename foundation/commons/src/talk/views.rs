//! Comments for machines.

use crate::comments::SeenComment;
use civic::Subject;
use schemars::JsonSchema;
use serde::Serialize;
use web::Visit;

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
    /// Whether its author was erased; it is kept, empty, because others answered it.
    pub gone: bool,
}

/// A page of comments, threads one after the other, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CommentsView {
    /// The comments.
    pub comments: Vec<CommentView>,
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
        gone: seen.comment.gone,
    }
}
