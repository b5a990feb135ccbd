//! A letter as it was written.

use civic::{Language, Moment};

/// A letter as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLetter {
    /// The id of its step.
    pub step: String,
    /// The reference of the application.
    pub code: String,
    /// When it was written.
    pub at: Moment,
    /// In which language.
    pub language: Language,
    /// What about.
    pub subject: String,
    /// Its text, without what only mails say.
    pub body: String,
    /// Whether it must go by post, because somebody who applies has no e-mail address.
    pub by_post: bool,
    /// When it was posted, and by whom (the officer's pseudonym).
    pub posted: Option<(Moment, String)>,
}
