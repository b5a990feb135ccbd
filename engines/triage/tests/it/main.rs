//! Known answers, laws, and a naive twin.
#![allow(clippy::unwrap_used, missing_docs)]

mod known;
mod laws;
mod twin;

use triage::Case;

/// A case of words, filed as a lamp in the district Mill.
pub fn filed<'c>(text: &'c str, presumed: &'c str) -> Case<'c> {
    Case { words: text.split(' ').collect(), facts: vec![("district", "mill"), ("filed", presumed)], presumed }
}
