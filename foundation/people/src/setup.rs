//! The first administrator: whoever can read the terminal of the machine, never "the first to register".

use crate::{mandates, secrets};
use civic::{CODE_ALPHABET, Chance, Moment};
use database::{Db, DbError, OffRecord, Tx, params};
use std::sync::Arc;

/// Who gives the first mandate, as the record writes it.
pub(crate) const GIVER: &str = "setup";
/// Characters of a code: 30^16 is more than 78 bits.
const CODE_LENGTH: usize = 16;

/// Makes the one-time code for the first administrator, as `7K2M-4PXQ-…`; `None` when somebody
/// is administrator already. Codes printed before are void.
///
/// # Errors
/// Those of the database.
pub fn make_code(tx: &mut Tx<'_>, now: Moment, chance: &dyn Chance) -> Result<Option<String>, DbError> {
    if mandates::is_there_an_administrator(tx, now)? {
        return Ok(None);
    }
    let code = draw(chance);
    tx.execute("delete from setup_codes", &params![])?;
    tx.execute(
        "insert into setup_codes (hash, made_at) values ($1, $2)",
        &params![&secrets::hash_of(&plain(&code)), now.micros()],
    )?;
    Ok(Some(code))
}

/// As [`make_code`], for the shell that prints the code at its first start.
///
/// # Errors
/// Those of the database.
pub async fn fresh_code(db: &Db, now: Moment, chance: Arc<dyn Chance>) -> Result<Option<String>, DbError> {
    db.write(move |tx| {
        let code = make_code(tx, now, &*chance)?;
        tx.commit(
            OffRecord("whom the terminal shows a code to is not known; the mandate it makes is on the record"),
            code,
        )
    })
    .await
}

/// Uses the code up; `false` when it is wrong, was used before, or somebody is administrator already.
///
/// # Errors
/// Those of the database.
pub(crate) fn use_up(tx: &mut Tx<'_>, code: &str, now: Moment) -> Result<bool, DbError> {
    if mandates::is_there_an_administrator(tx, now)? {
        return Ok(false);
    }
    let used = tx.execute(
        "update setup_codes set used_at = $2 where hash = $1 and used_at is null",
        &params![&secrets::hash_of(&plain(code)), now.micros()],
    )?;
    Ok(used == 1)
}

/// Rejection sampling, so that each character is equally likely.
fn draw(chance: &dyn Chance) -> String {
    const FAIR: u8 = 240;
    let mut code = String::new();
    let mut drawn = 0;
    while drawn < CODE_LENGTH {
        let mut byte = [0_u8; 1];
        chance.fill(&mut byte);
        if byte[0] < FAIR {
            if drawn > 0 && drawn % 4 == 0 {
                code.push('-');
            }
            code.push(char::from(CODE_ALPHABET[usize::from(byte[0]) % CODE_ALPHABET.len()]));
            drawn += 1;
        }
    }
    code
}

/// The code without what people add in typing: hyphens, blanks, small letters.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
