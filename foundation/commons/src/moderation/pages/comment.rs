//! One comment: for people the matter it stands under, for machines itself.

use crate::comments;
use axum::extract::State;
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Stop, Town, Visit, Wants,
    answer::{json, see_other},
    visit::Path,
};

/// A comment, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CommentView {
    /// Its id.
    pub id: String,
    /// What it is on, as `request/R-7K2M`.
    pub about: String,
    /// When (RFC 3339).
    pub at: String,
    /// What its author is called.
    pub by: String,
    /// The words; empty where they are hidden.
    pub text: String,
    /// Why they are hidden, in the reader's language.
    pub hidden: Option<String>,
}

/// GET /comments/{id}
pub async fn show(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let actor = visit.actor.clone();
    let found = town.db().read(move |tx| comments::one_seen_by(tx, &id, &actor)).await;
    let (about, seen) = found.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)?;
    if visit.wants == Wants::Html {
        return see_other(&format!("{}#comment-{}", super::page_of(&town, &about), seen.comment.id));
    }
    json(&CommentView {
        id: seen.comment.id.text(),
        about: about.to_string(),
        at: seen.comment.at.rfc3339(),
        by: seen.comment.author_name,
        text: seen.comment.text,
        hidden: seen.hidden.map(|notice| notice.sentence(&visit.t)),
    })
}
