//! What a room declares that it does not keep for ever.

use civic::Moment;
use database::{DbError, Tx};

/// What happens to what is old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It is deleted.
    Erased,
    /// What leads to a person is taken out; the rest stays.
    Anonymised,
}

/// Ends what is older than a moment, at most so many rows at a time; answers how many, so that it is called again until it
/// answers fewer.
pub type EndOld = fn(&mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError>;

/// Something that a room does not keep for ever. Shown to everybody at /about/retention.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// Its name, as `requests.drafts`, by which the town's own number of days is kept; never change it.
    pub name: &'static str,
    /// The Fluent key of what it is, and from when the days count.
    pub key: &'static str,
    /// After how many days it ends, where the town sets nothing else.
    pub days: u32,
    /// The fewest and the most days a town may set; the same number twice cannot be changed.
    pub limits_days: (u32, u32),
    /// What happens to it.
    pub ending: Ending,
    /// Does it.
    pub run: EndOld,
}
