//! Kept letters.

use civic::{LocalText, Moment, OrganisationId};

/// A kept letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterTemplate {
    /// Its id.
    pub id: String,
    /// The agency that writes it.
    pub organisation: OrganisationId,
    /// The code of the service it is for; `None` for all services of the agency.
    pub service: Option<String>,
    /// What the office calls it.
    pub name: String,
    /// Its text, with fields in braces.
    pub texts: LocalText,
    /// How often it was written.
    pub version: i64,
    /// When it was written last.
    pub changed_at: Moment,
    /// Since when nobody chooses it any more.
    pub retired_at: Option<Moment>,
}

/// What an officer writes of one.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The code of the agency; not looked at where one is changed.
    pub organisation: String,
    /// The code of the service it is for; empty for all services of the agency.
    pub service: String,
    /// Its name.
    pub name: String,
    /// Its text; `None` where nothing is written in any language.
    pub texts: Option<LocalText>,
}
