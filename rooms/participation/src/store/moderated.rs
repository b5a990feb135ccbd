//! Where moderation puts words aside and back: the columns that every page, list and feed reads.

use super::broken;
use database::{DbError, Tx, params};

/// Puts a text in the place of a part of a proposal: its title, text or place, or an earlier version (`version:3:title`).
pub fn put_part(tx: &mut Tx<'_>, code: &str, part: &str, text: &str) -> Result<(), DbError> {
    let column = match part {
        "title" => "title",
        "text" => "body",
        "address" => "address",
        _ => return put_version(tx, code, part, text),
    };
    tx.execute(&format!("update proposals set {column} = $1 where code = $2"), &params![text, code]).map(|_| ())
}

fn put_version(tx: &mut Tx<'_>, code: &str, part: &str, text: &str) -> Result<(), DbError> {
    let unknown = || broken(format!("a proposal has no part “{part}”"));
    let (number, field) = part.strip_prefix("version:").and_then(|rest| rest.split_once(':')).ok_or_else(unknown)?;
    let number: i64 = number.parse().map_err(|_| unknown())?;
    let column = if field == "title" { "title" } else { "body" };
    let sql = format!("update proposal_versions set {column} = $1 where proposal = $2 and number = $3");
    tx.execute(&sql, &params![text, code, number]).map(|_| ())
}

/// Puts a text in the place of an argument.
pub fn put_argument(tx: &mut Tx<'_>, id: &str, text: &str) -> Result<(), DbError> {
    tx.execute("update proposal_arguments set body = $1 where id = $2", &params![text, id]).map(|_| ())
}

/// Puts a text in the place of a part of an amendment.
pub fn put_amendment_part(tx: &mut Tx<'_>, code: &str, part: &str, text: &str) -> Result<(), DbError> {
    let column = match part {
        "title" => "title",
        "text" => "body",
        "why" => "why",
        _ => return Err(broken(format!("an amendment has no part “{part}”"))),
    };
    tx.execute(&format!("update proposal_amendments set {column} = $1 where code = $2"), &params![text, code])
        .map(|_| ())
}
