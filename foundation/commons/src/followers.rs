//! Following a subject by e-mail, with a confirmation, and a way out in every mail.

use crate::links;
use civic::{Chance, Language, Moment, Subject, secret};
use database::{DbError, Tx, params};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use record::Sequenced;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use web::{Town, manifest::Catalogue};

/// What somebody follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The subject.
    pub subject: Subject,
    /// Where news goes.
    pub email: String,
    /// Whether the address was confirmed.
    pub confirmed: bool,
}

/// What the database keeps of a link's secret.
fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// How many follow a subject, or another that says the same.
///
/// # Errors
/// Those of the database.
pub fn count(tx: &mut Tx<'_>, subject: &Subject) -> Result<i64, DbError> {
    if !links::duplicates_of(tx, subject)?.is_empty() {
        return Ok(i64::try_from(hearing(tx, subject)?.len()).unwrap_or(i64::MAX));
    }
    let sql = "select count(*) from followers where subject_kind = $1 and subject_id = $2 and confirmed_at is not null";
    tx.query_one(sql, &params![&subject.kind, &subject.id])?.get(0)
}

/// Who hears of a subject: each address once, with its language and with what it follows. Who follows a duplicate hears of
/// the matter that goes on, and stops hearing when the two are separated; nothing is copied.
fn hearing(tx: &mut Tx<'_>, subject: &Subject) -> Result<BTreeMap<String, (Language, Subject)>, DbError> {
    let sql = "select email, language from followers where subject_kind = $1 and subject_id = $2 and confirmed_at is not null";
    let mut hearing = BTreeMap::new();
    for followed in std::iter::once(subject.clone()).chain(links::duplicates_of(tx, subject)?) {
        for row in tx.query(sql, &params![&followed.kind, &followed.id])? {
            let language = row.get::<String>(1)?.parse().unwrap_or_default();
            hearing.entry(row.get(0)?).or_insert_with(|| (language, followed.clone()));
        }
    }
    Ok(hearing)
}

/// Asks to follow: writes the mail whose link confirms it. An address that follows already gets no second mail.
///
/// # Errors
/// Those of the database.
pub fn ask(
    tx: &mut Tx<'_>,
    town: &Town,
    subject: &Subject,
    email: &EmailAddress,
    language: Language,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let token = secret(chance);
    let fresh = tx.execute(
        "insert into followers (subject_kind, subject_id, email, language, token_hash, asked_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (subject_kind, subject_id, email) do update set token_hash = excluded.token_hash, asked_at = excluded.asked_at \
         where followers.confirmed_at is null",
        &params![&subject.kind, &subject.id, email.as_str(), language.tag(), &hash_of(&token), now.micros()],
    )?;
    if fresh == 0 {
        return Ok(());
    }
    let t = town.words().of(language);
    let link = town.url(&format!("/follow/{token}"));
    let subject_line = t.with1("commons-mail-confirm-subject", "what", &subject.id);
    let body_text = t.with2("commons-mail-confirm-body", "what", &subject.id, "link", &link);
    mail::put(tx, &Mail { to: email.clone(), subject: subject_line, body_text }, now, chance).map(|_| ())
}

/// What the link of a mail leads to.
///
/// # Errors
/// Those of the database.
pub fn by_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<Following>, DbError> {
    let sql = "select subject_kind, subject_id, email, confirmed_at from followers where token_hash = $1";
    let row = tx.query_opt(sql, &params![&hash_of(token)])?;
    row.map(|row| {
        let subject = Subject { kind: row.get(0)?, id: row.get(1)? };
        Ok(Following { subject, email: row.get(2)?, confirmed: row.get::<Option<i64>>(3)?.is_some() })
    })
    .transpose()
}

/// Confirms. Returns whether the link was good.
///
/// # Errors
/// Those of the database.
pub fn confirm(tx: &mut Tx<'_>, token: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "update followers set confirmed_at = $1 where token_hash = $2 and confirmed_at is null";
    tx.execute(sql, &params![now.micros(), &hash_of(token)])?;
    Ok(by_token(tx, token)?.is_some())
}

/// Stops following. Returns whether the link was good.
///
/// # Errors
/// Those of the database.
pub fn leave(tx: &mut Tx<'_>, token: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from followers where token_hash = $1", &params![&hash_of(token)])? == 1)
}

/// Follows the record and writes a mail to each follower of what an entry is about. Each mail has
/// a new way out, so that an old mail that was passed on cannot be used for ever.
///
/// # Errors
/// Those of the database.
pub fn tell_followers(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    let catalogue = town.part::<Catalogue>();
    // What moderators do is read in their log; who follows a matter is not told of it by mail.
    for entry in entries.iter().filter(|entry| !entry.saying.starts_with("moderation.")) {
        let (Some(key), Some(page)) =
            (catalogue.saying_key(&entry.saying), catalogue.page_of(&entry.subject.kind, &entry.subject.id))
        else {
            continue;
        };
        for (email, (language, followed)) in hearing(tx, &entry.subject)? {
            tell(town, tx, entry, &followed, &email, language, key, &page)?;
        }
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "one mail: what happened, to whom, where")]
fn tell(
    town: &Town,
    tx: &mut Tx<'_>,
    entry: &Sequenced,
    followed: &Subject,
    email: &str,
    language: Language,
    key: &str,
    page: &str,
) -> Result<(), DbError> {
    let Ok(to) = email.parse::<EmailAddress>() else { return Ok(()) };
    let t = town.words().of(language);
    let sentence = town.part::<Catalogue>().sentence(town, key, entry, language);
    let token = secret(town.chance());
    tx.execute(
        "update followers set token_hash = $1 where subject_kind = $2 and subject_id = $3 and email = $4",
        &params![&hash_of(&token), &followed.kind, &followed.id, email],
    )?;
    let out = town.url(&format!("/follow/{token}"));
    let values = [("sentence", sentence.as_str().into()), ("link", town.url(page).into()), ("out", out.into())];
    let body_text = t.with("commons-mail-news-body", &values);
    let subject = t.with2("commons-mail-news-subject", "what", &entry.subject.id, "sentence", &sentence);
    mail::put(tx, &Mail { to, subject, body_text }, town.now(), town.chance()).map(|_| ())
}

/// Forgets from before who asked to follow and never confirmed it, at most `limit`; answers how many.
///
/// # Errors
/// Those of the database.
pub(crate) fn forget_unconfirmed(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from followers where token_hash in \
               (select token_hash from followers where confirmed_at is null and asked_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

/// What an address follows.
///
/// # Errors
/// Those of the database.
pub fn of_email(tx: &mut Tx<'_>, email: &str) -> Result<Vec<Subject>, DbError> {
    let sql = "select subject_kind, subject_id from followers where email = $1 order by asked_at, subject_id";
    let rows = tx.query(sql, &params![email])?;
    rows.iter().map(|row| Ok(Subject { kind: row.get(0)?, id: row.get(1)? })).collect()
}

/// What an address follows or asked to follow, first asked first.
///
/// # Errors
/// Those of the database.
pub fn followed_by(tx: &mut Tx<'_>, email: &str) -> Result<Vec<Following>, DbError> {
    let sql =
        "select subject_kind, subject_id, confirmed_at from followers where email = $1 order by asked_at, subject_id";
    let read = |row: &database::Row| {
        let subject = Subject { kind: row.get(0)?, id: row.get(1)? };
        Ok(Following { subject, email: email.to_owned(), confirmed: row.get::<Option<i64>>(2)?.is_some() })
    };
    tx.query(sql, &params![email])?.iter().map(read).collect()
}

/// Stops an address from following a subject. Returns whether it did.
///
/// # Errors
/// Those of the database.
pub fn stop(tx: &mut Tx<'_>, subject: &Subject, email: &str) -> Result<bool, DbError> {
    let sql = "delete from followers where subject_kind = $1 and subject_id = $2 and email = $3";
    Ok(tx.execute(sql, &params![&subject.kind, &subject.id, email])? == 1)
}

/// Forgets everything an address follows.
///
/// # Errors
/// Those of the database.
pub fn erase_email(tx: &mut Tx<'_>, email: &str) -> Result<(), DbError> {
    tx.execute("delete from followers where email = $1", &params![email]).map(|_| ())
}
