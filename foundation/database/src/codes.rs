//! Codes that nobody has yet.

use crate::{DbError, Tx};
use civic::{Chance, Code};

/// Draws before giving up; each is one character longer, so the third is already as good as certain.
const DRAWS: usize = 6;

/// A code for the kind `letter` that is not in use: of `shortest` characters after the hyphen (4 to 10), and one more for each
/// that `is_taken`.
///
/// # Errors
/// Those of `is_taken`; when six codes in a row are taken.
pub fn free_code(
    tx: &mut Tx<'_>,
    letter: char,
    shortest: usize,
    chance: &dyn Chance,
    mut is_taken: impl FnMut(&mut Tx<'_>, &str) -> Result<bool, DbError>,
) -> Result<Code, DbError> {
    for longer in 0..DRAWS {
        let code = Code::draw(letter, shortest + longer, chance);
        if !is_taken(tx, code.as_str())? {
            return Ok(code);
        }
    }
    Err(DbError::Other(format!("no free code {letter}-… was drawn in {DRAWS} tries")))
}
