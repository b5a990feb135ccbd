//! How comments are described for programs.

use super::views::{CommentView, CommentsView};
use web::{
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

pub(super) fn list_doc() -> Doc {
    Doc::new("comments", "The comments on a subject, thread by thread; of each thread the first 20 answers")
        .query("kind", "The kind of the subject, as `request`.", text_schema())
        .query("id", "Its reference, as R-7K2M.", text_schema())
        .query("sort", "oldest, newest or answered: the order of the threads.", text_schema())
        .query("side", "for, against or neutral: only threads whose first comment takes this side.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("to", "The id of a comment whose form for an answer the page opens.", text_schema())
        .query("limit", "Threads of a page.", serde_json::json!({"type": "integer", "minimum": 1, "maximum": 1000}))
        .answers(200, "application/json", "A page of comments.", schema_of::<CommentsView>())
}

pub(super) fn send_doc() -> Doc {
    let text = |description: &str| serde_json::json!({"type": "string", "description": description});
    let body = serde_json::json!({
        "type": "object",
        "required": ["kind", "id", "text"],
        "properties": {
            "kind": text("The kind of the subject, as `request`."),
            "id": text("Its reference, as R-7K2M."),
            "text": text("At most 3,000 characters, plain."),
            "answers": text("The id of the comment that is answered."),
            "side": text("for, against or neutral, on a subject with sides; nothing where it takes none."),
        },
    });
    Doc::new("comments", "Comment on a subject, or answer a comment; needs an account")
        .body("application/json", body)
        .answers(201, "application/json", "The comment.", schema_of::<CommentView>())
}

pub(super) fn show_doc() -> Doc {
    Doc::new("comments", "One comment, or why its words are hidden").path("id", "Its id.", text_schema()).answers(
        200,
        "application/json",
        "The comment.",
        schema_of::<CommentView>(),
    )
}

pub(super) fn thread_doc() -> Doc {
    Doc::new("comments", "The thread of a comment, from its first comment on")
        .path("id", "The id of any comment of it.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("to", "The id of this comment again, for the part of a long thread in which it stands.", text_schema())
        .answers(200, "application/json", "At most 200 comments as they are read.", schema_of::<CommentsView>())
}
