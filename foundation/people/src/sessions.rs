//! Signed-in browsers.

use crate::secrets;
use civic::{Chance, Moment, PersonId};
use database::{DbError, Row, Tx, params};

/// Days after which a browser must sign in again.
pub const SESSION_DAYS: i64 = 30;
/// Browsers one person may be signed in with; signing in with one more ends the oldest.
pub const SESSIONS_LIMIT: i64 = 20;

/// A signed-in browser, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which one; not the secret.
    pub token_hash: String,
    /// When it signed in.
    pub created_at: Moment,
    /// When it must sign in again.
    pub expires_at: Moment,
    /// The day it was last here (midnight UTC): enough to recognise, too little to follow anyone.
    pub last_seen: Moment,
}

/// Signs a browser in and answers the secret for its cookie. The secret is always fresh, so
/// one that was planted in the browser before is worth nothing afterwards (session fixation).
///
/// # Errors
/// Those of the database.
pub fn begin(tx: &mut Tx<'_>, person: PersonId, now: Moment, chance: &dyn Chance) -> Result<String, DbError> {
    let secret = secrets::draw(chance);
    tx.execute("delete from sessions where expires_at <= $1", &params![now.micros()])?;
    tx.execute(
        "delete from sessions where token_hash in (select token_hash from sessions where person_id = $1 \
         order by created_at desc, token_hash limit 1000 offset $2)",
        &params![&person.text(), SESSIONS_LIMIT - 1],
    )?;
    tx.execute(
        "insert into sessions (token_hash, person_id, created_at, expires_at, last_seen) values ($1, $2, $3, $4, $5)",
        &params![
            &secrets::hash_of(&secret),
            &person.text(),
            now.micros(),
            now.plus_days(SESSION_DAYS).micros(),
            day_of(now).micros()
        ],
    )?;
    Ok(secret)
}

/// Ends the session with this secret, if there is one.
///
/// # Errors
/// Those of the database.
pub fn end(tx: &mut Tx<'_>, secret: &str) -> Result<(), DbError> {
    tx.execute("delete from sessions where token_hash = $1", &params![&secrets::hash_of(secret)]).map(|_| ())
}

/// Ends every session of `person` but the one with this secret.
///
/// # Errors
/// Those of the database.
pub fn end_others(tx: &mut Tx<'_>, person: PersonId, secret: &str) -> Result<(), DbError> {
    tx.execute(
        "delete from sessions where person_id = $1 and token_hash <> $2",
        &params![&person.text(), &secrets::hash_of(secret)],
    )
    .map(|_| ())
}

/// The sessions of `person`, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, now: Moment) -> Result<Vec<Session>, DbError> {
    let rows = tx.query(
        "select token_hash, created_at, expires_at, last_seen from sessions where person_id = $1 and expires_at > $2 \
         order by created_at desc, token_hash limit $3",
        &params![&person.text(), now.micros(), SESSIONS_LIMIT],
    )?;
    rows.iter().map(read).collect()
}

/// Notes that a session was here today.
///
/// # Errors
/// Those of the database.
pub(crate) fn note_seen(tx: &mut Tx<'_>, secret: &str, now: Moment) -> Result<(), DbError> {
    let today = day_of(now).micros();
    tx.execute(
        "update sessions set last_seen = $2 where token_hash = $1 and last_seen < $2",
        &params![&secrets::hash_of(secret), today],
    )
    .map(|_| ())
}

/// Midnight (UTC) of the day of `now`.
pub(crate) fn day_of(now: Moment) -> Moment {
    const DAY_MICROS: i64 = 86_400 * 1_000_000;
    Moment(now.micros().div_euclid(DAY_MICROS).saturating_mul(DAY_MICROS))
}

fn read(row: &Row) -> Result<Session, DbError> {
    Ok(Session {
        token_hash: row.get(0)?,
        created_at: Moment(row.get(1)?),
        expires_at: Moment(row.get(2)?),
        last_seen: Moment(row.get(3)?),
    })
}
