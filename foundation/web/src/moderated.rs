//! How moderation meets the subjects of a room: what can be hidden of one, who wrote it, and how the room shows other words
//! in its place. Moderation itself knows no room; a room that declares this gets reports, queue, appeals and log for nothing.

use civic::{Actor, FileId, Language, Moment, OrganisationId, PersonId, Subject};
use database::{DbError, Tx};

/// The subjects of one kind, as moderation meets them.
#[derive(Clone, Copy)]
pub struct Moderated {
    /// The kind, as `comment`.
    pub kind: &'static str,
    /// The Fluent key of its name.
    pub key: &'static str,
    /// What residents wrote of the subject with this id, as it is public now; `None` when there is no such subject.
    pub read: fn(&mut Tx<'_>, id: &str) -> Result<Option<Contents>, DbError>,
    /// Puts a text in the place of a part: empty, or with a passage blackened, or as it was. Every door of the room reads from
    /// where this writes, so that none can forget what is hidden.
    pub put: fn(&mut Tx<'_>, id: &str, part: &str, text: &str) -> Result<(), DbError>,
    /// Whether somebody is the author: by their account, or by the secret of a private link.
    pub is_author: fn(&mut Tx<'_>, id: &str, who: &Actor, secret: Option<&str>) -> Result<bool, DbError>,
}

/// What residents wrote of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// The matter on whose page it stands: itself, or what a comment is on.
    pub about: Subject,
    /// The organisation that answers for it, where one does: its own moderators may look after it.
    pub organisation: Option<OrganisationId>,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: Moment,
    /// What can be hidden by itself; parts that are empty are left out.
    pub parts: Vec<Part>,
}

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The account, when there is one.
    pub person: Option<PersonId>,
    /// The pseudonym.
    pub handle: String,
    /// Where mail for them goes. Private.
    pub email: Option<String>,
    /// The language they read.
    pub language: Language,
}

/// A part that can be hidden by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What identifies it within the subject, as `description`.
    pub name: String,
    /// The Fluent key of what it is called.
    pub key: &'static str,
    /// What it holds.
    pub words: PartWords,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartWords {
    /// A text, in which a passage can be blackened.
    Text(String),
    /// Words kept in a form of the room's own.
    Kept {
        /// As the room keeps them, to be given back.
        kept: String,
        /// As people read them.
        shown: String,
    },
    /// A file of commons.
    Photo(FileId),
}

impl Part {
    /// A text.
    pub fn text(name: impl Into<String>, key: &'static str, text: impl Into<String>) -> Self {
        Self { name: name.into(), key, words: PartWords::Text(text.into()) }
    }

    /// What people read of it; empty for a photo.
    pub fn shown(&self) -> &str {
        match &self.words {
            PartWords::Text(text) => text,
            PartWords::Kept { shown, .. } => shown,
            PartWords::Photo(_) => "",
        }
    }
}
