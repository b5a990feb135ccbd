//! People who put proposals forward together.

use civic::{Code, Moment, PersonId, Subject, SubjectKind};

/// The kind of a group as a subject; its id is its code, as `G-7K2M`.
pub const GROUP: SubjectKind = SubjectKind("proposal-group");
/// Characters a name may have.
pub const GROUP_NAME_LIMIT: usize = 80;
/// The fewest characters of a name.
pub const GROUP_NAME_LEAST: usize = 3;
/// People one group may have, those who were asked among them.
pub const MEMBERS_LIMIT: i64 = 50;
/// Groups one person may be in.
pub const GROUPS_LIMIT: usize = 20;

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What machines call it, as `G-7K2M`.
    pub code: Code,
    /// What it is called; empty where moderators hid it.
    pub name: String,
    /// Since when.
    pub made_at: Moment,
}

impl Group {
    /// The subject on which entries and moderation hang.
    pub fn subject(&self) -> Subject {
        Subject::new(GROUP, self.code.as_str())
    }

    /// Its name; its code where moderators hid the name.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { self.code.as_str() } else { &self.name }
    }
}

/// Somebody who confirmed that they belong to a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account. Private.
    pub person: PersonId,
    /// The pseudonym.
    pub handle: String,
    /// What they are called.
    pub name: String,
    /// Since when.
    pub at: Moment,
}

impl Member {
    /// The name, or the pseudonym where there is none.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { &self.handle } else { &self.name }
    }
}
