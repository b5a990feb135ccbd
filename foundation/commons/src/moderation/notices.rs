//! What the pages of rooms say in place of what is hidden.

use super::{model::Withheld, reasons::Reason, store};
use civic::{FileId, Moment, Subject};
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::Sayings;

/// In place of a part that is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The Fluent key of what is hidden.
    pub key: String,
    /// Why; `None` while the spam score holds it back, or the desk has it.
    pub reason: Option<Reason>,
    /// Whether all of the part is hidden, not a passage.
    pub whole: bool,
    /// Whether it was held back before anybody could read it.
    pub held: bool,
    /// Whether it is with the desk of its agency: it waits where it is `held`, and is left out where it is not.
    pub desk: bool,
    /// Since when.
    pub at: Moment,
}

impl Notice {
    fn of(one: &Withheld) -> Self {
        let Withheld { whole, held, desk, at, .. } = *one;
        Self { key: one.key.clone(), reason: one.reason.clone(), whole, held, desk, at }
    }

    /// The public sentence: what is hidden, and why.
    pub fn sentence(&self, t: &Sayings) -> String {
        let part = t.say(&self.key).to_owned();
        match &self.reason {
            None if self.desk && self.held => t.with1("notice-desk", "part", part),
            None if self.desk => t.with1("notice-desk-left-out", "part", part),
            None => t.with1("notice-held", "part", part),
            Some(reason) => {
                let key = if self.whole { "notice-hidden" } else { "notice-passage" };
                t.with2(key, "part", part, "why", reason.why(t))
            }
        }
    }

    /// The reason alone, for a line of a thread.
    pub fn why(&self, t: &Sayings) -> String {
        match &self.reason {
            None if self.desk => t.say("notice-desk-short").to_owned(),
            None => t.say("notice-held-short").to_owned(),
            Some(reason) => reason.name(t),
        }
    }
}

/// What is hidden of a subject, oldest first.
///
/// # Errors
/// Those of the database.
pub fn notices(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Notice>, DbError> {
    Ok(store::of_subject(tx, subject)?.iter().map(Notice::of).collect())
}

/// The same for many subjects of one kind, by id; those of which nothing is hidden are left out.
///
/// # Errors
/// Those of the database.
pub fn notices_of_each(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<BTreeMap<String, Vec<Notice>>, DbError> {
    let hidden = store::of_each(tx, kind, ids)?;
    Ok(hidden.into_iter().map(|(id, parts)| (id, parts.iter().map(Notice::of).collect())).collect())
}

/// Whether this part of a subject is hidden: then nobody changes it until it is given back.
///
/// # Errors
/// Those of the database.
pub fn is_hidden(tx: &mut Tx<'_>, subject: &Subject, part: &str) -> Result<bool, DbError> {
    Ok(store::of_subject(tx, subject)?.iter().any(|one| one.part == part))
}

/// The hidden words, for their author: the Fluent key of each part and what it said; photos have their own address.
///
/// # Errors
/// Those of the database.
pub fn own_words(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<(String, String)>, DbError> {
    let hidden = store::of_subject(tx, subject)?;
    Ok(hidden.into_iter().filter(|one| !one.photo).map(|one| (one.key, one.shown)).collect())
}

/// The ids of a kind of which something is hidden: for erasing by who wrote it.
///
/// # Errors
/// Those of the database.
pub fn hidden_ids(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    store::hidden_ids(tx, kind)
}

/// The subject of a photo that is hidden.
///
/// # Errors
/// Those of the database.
pub fn notice_of_photo(tx: &mut Tx<'_>, file: FileId) -> Result<Option<Subject>, DbError> {
    store::hidden_photo(tx, file)
}
