//! Pseudonyms by which the public record knows people.

use civic::{Chance, Code};
use database::{DbError, Tx, params};

/// Characters drawn first; each time one is taken, the next has one more.
const SHORTEST: usize = 6;
/// Draws before giving up, which 30^6 handles make unthinkable.
const DRAWS: usize = 5;

/// Draws a pseudonym that nobody has had, as `resident-4f7k2q`. It is never given twice,
/// not even after its person is erased.
///
/// # Errors
/// Those of the database.
pub(crate) fn draw(tx: &mut Tx<'_>, kind: &str, chance: &dyn Chance) -> Result<String, DbError> {
    for length in SHORTEST..SHORTEST + DRAWS {
        let code = Code::draw('X', length, chance);
        let handle = format!("{kind}-{}", code.as_str()[2..].to_ascii_lowercase());
        let taken = tx.query_opt(
            "select 1 from people where handle = $1 union all select 1 from api_tokens where handle = $1 limit 1",
            &params![&handle],
        )?;
        if taken.is_none() {
            return Ok(handle);
        }
    }
    Err(DbError::Other(format!("no free pseudonym after {DRAWS} draws")))
}
