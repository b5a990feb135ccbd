//! What anything can be about: the key by which comments, followers, files, links and entries hang.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The kind of a subject, a word each room owns, as `request`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct SubjectKind(pub &'static str);

/// One thing in the town, whichever room keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// The kind, as `request`.
    pub kind: String,
    /// What identifies it publicly within its kind: a short code or a slug, as `R-7K2M`.
    pub id: String,
}

impl Subject {
    /// Names the thing `id` of `kind`.
    pub fn new(kind: SubjectKind, id: impl Into<String>) -> Self {
        Self { kind: kind.0.to_owned(), id: id.into() }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}
