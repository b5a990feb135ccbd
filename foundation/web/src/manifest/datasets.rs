//! What a room publishes of its own activity, for the open-data portal. Public things only, nothing that leads to a person.

use crate::Town;
use database::{DbError, Tx};

/// Hands the rows of a dataset on, each as texts in the order of its columns; an empty text is nothing.
pub type RowsOf = fn(&Town, &mut Tx<'_>, &mut dyn FnMut(Vec<String>)) -> Result<(), DbError>;

/// A dataset that the town makes of a room's rows, every day anew.
#[derive(Debug, Clone, Copy)]
pub struct OwnDataset {
    /// Its name in addresses; never change it.
    pub name: &'static str,
    /// The Fluent key of its title.
    pub title: &'static str,
    /// The Fluent key of what is in it, and what it cannot tell.
    pub notes: &'static str,
    /// Words to find it by.
    pub tags: &'static [&'static str],
    /// Codes of the EU's data themes.
    pub themes: &'static [&'static str],
    /// Each column, and the Fluent key of what it means.
    pub columns: &'static [(&'static str, &'static str)],
    /// Its rows.
    pub rows: RowsOf,
}
