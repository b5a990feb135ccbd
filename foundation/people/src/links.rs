//! Links by which one signs in: mailed, used once, soon over.

use crate::{EmailAddress, accounts, kept::kept, secrets};
use civic::{Chance, Moment};
use database::{Db, DbError, OffRecord, Tx, params};
use std::sync::Arc;

/// Minutes in which a link works.
pub const LINK_MINUTES: i64 = 30;
/// Links that may be open for one address at a time, so that nobody's mailbox is flooded
/// from many machines at once. Further ones are not sent.
pub const OPEN_LINKS_LIMIT: i64 = 5;
/// Days after which spent links are forgotten.
const FORGET_AFTER_DAYS: i64 = 1;

/// A link that was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whose mailbox it was sent to.
    pub email: EmailAddress,
    /// The local path to go to, already checked.
    pub back: String,
}

/// Makes a link for `email` and answers its secret; `None` when too many are open.
///
/// # Errors
/// Those of the database.
pub fn make(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    back: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Option<String>, DbError> {
    tx.execute(
        "delete from sign_in_links where expires_at < $1",
        &params![now.plus_days(-FORGET_AFTER_DAYS).micros()],
    )?;
    let open = tx.query(
        "select token_hash from sign_in_links where email = $1 and expires_at > $2 and used_at is null limit $3",
        &params![email.as_str(), now.micros(), OPEN_LINKS_LIMIT],
    )?;
    if open.len() as i64 >= OPEN_LINKS_LIMIT {
        return Ok(None);
    }
    let secret = secrets::draw(chance);
    tx.execute(
        "insert into sign_in_links (token_hash, email, back, made_at, expires_at) values ($1, $2, $3, $4, $5)",
        &params![
            &secrets::hash_of(&secret),
            email.as_str(),
            back,
            now.micros(),
            now.plus_seconds(LINK_MINUTES * 60).micros()
        ],
    )?;
    Ok(Some(secret))
}

/// Makes a link for an account, for whoever sits at the machine; `None` where there is no such account, or too many are open.
///
/// # Errors
/// Those of the database.
pub async fn make_at_console(
    db: &Db,
    email: EmailAddress,
    now: Moment,
    chance: Arc<dyn Chance>,
) -> Result<Option<String>, DbError> {
    db.write(move |tx| {
        let secret = match accounts::by_email(tx, &email)? {
            Some(_) => make(tx, &email, "/me", now, &*chance)?,
            None => None,
        };
        tx.commit(OffRecord("who signs in, and when, is nobody else's business"), secret)
    })
    .await
}

/// The link with this secret, when it still works. Changes nothing: mail scanners follow links.
///
/// # Errors
/// Those of the database.
pub fn look_at(tx: &mut Tx<'_>, secret: &str, now: Moment) -> Result<Option<Link>, DbError> {
    let row = tx.query_opt(
        "select email, back from sign_in_links where token_hash = $1 and used_at is null and expires_at > $2",
        &params![&secrets::hash_of(secret), now.micros()],
    )?;
    row.map(|row| Ok(Link { email: kept(&row, 0)?, back: row.get(1)? })).transpose()
}

/// Uses the link up; `None` when it was used before, is over, or never was. Of two who use it
/// at once, one gets it.
///
/// # Errors
/// Those of the database.
pub fn use_up(tx: &mut Tx<'_>, secret: &str, now: Moment) -> Result<Option<Link>, DbError> {
    let row = tx.query_opt(
        "update sign_in_links set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2 \
         returning email, back",
        &params![&secrets::hash_of(secret), now.micros()],
    )?;
    row.map(|row| Ok(Link { email: kept(&row, 0)?, back: row.get(1)? })).transpose()
}
