//! SQL of joint applicants.

use super::{CoApplicant, Consent};
use crate::store::{broken, hash_of, json, of_json};
use civic::Moment;
use database::{DbError, Row, Tx, params};
use forms::Answers;
use people::EmailAddress;

const COLUMNS: &str = "id, name, email, state, added_at, answered_at, answered_by, answers, expires_at";

fn read(row: &Row) -> Result<CoApplicant, DbError> {
    let (email, state): (Option<String>, String) = (row.get(2)?, row.get(3)?);
    let at = Moment(row.get::<Option<i64>>(5)?.unwrap_or_default());
    let answers: String = row.get(7)?;
    Ok(CoApplicant {
        id: row.get(0)?,
        name: row.get(1)?,
        email: email.map(|text| text.parse::<EmailAddress>().map_err(broken)).transpose()?,
        consent: match state.as_str() {
            "asked" => Consent::Asked,
            "confirmed" => Consent::Confirmed { at, by: row.get(6)? },
            "declined" => Consent::Declined { at },
            other => return Err(broken(format!("the state {other}"))),
        },
        added_at: Moment(row.get(4)?),
        expires_at: row.get::<Option<i64>>(8)?.map(Moment),
        answers: if answers.is_empty() { Answers::default() } else { of_json(&answers)? },
    })
}

/// Who applies together with the first applicant of a draft (by the hash of its secret) or an application (by its code), in the order
/// in which they were named.
pub fn of_owner(tx: &mut Tx<'_>, owner: &str) -> Result<Vec<CoApplicant>, DbError> {
    let sql = format!("select {COLUMNS} from co_applicants where owner = $1 order by added_at, id");
    tx.query(&sql, &params![owner])?.iter().map(read).collect()
}

/// Who of an application has this key.
pub fn by_key(tx: &mut Tx<'_>, code: &str, key: &str) -> Result<Option<CoApplicant>, DbError> {
    if key.is_empty() {
        return Ok(None);
    }
    let sql = format!("select {COLUMNS} from co_applicants where owner = $1 and secret_hash = $2");
    tx.query_opt(&sql, &params![code, &hash_of(key)])?.as_ref().map(read).transpose()
}

/// Whether this is the hash of the key of somebody who has confirmed that they apply too.
pub fn is_confirmed_hash(tx: &mut Tx<'_>, code: &str, hash: &str) -> Result<bool, DbError> {
    let sql = "select 1 from co_applicants where owner = $1 and secret_hash = $2 and state = 'confirmed'";
    Ok(tx.query_opt(sql, &params![code, hash])?.is_some())
}

/// The addresses of those who have confirmed.
pub fn to_write_to(tx: &mut Tx<'_>, code: &str) -> Result<Vec<EmailAddress>, DbError> {
    let all = of_owner(tx, code)?;
    Ok(all.into_iter().filter(|one| one.consent.is_confirmed()).filter_map(|one| one.email).collect())
}

/// Keeps one more.
pub(super) fn add(tx: &mut Tx<'_>, owner: &str, one: &CoApplicant) -> Result<(), DbError> {
    let email = one.email.as_ref().map(EmailAddress::as_str);
    tx.execute(
        "insert into co_applicants (id, owner, name, email, secret_hash, state, added_at, answered_at, answered_by) \
         values ($1, $2, $3, $4, '', $5, $6, null, '')",
        &params![&one.id, owner, &one.name, email, one.consent.word(), one.added_at.micros()],
    )
    .map(|_| ())
}

/// Takes one away. Returns whether it was there.
pub(super) fn drop_one(tx: &mut Tx<'_>, owner: &str, id: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from co_applicants where owner = $1 and id = $2", &params![owner, id])? == 1)
}

/// Gives one of a draft to the application that it became, with the key of their link and its end. The same for one of an application: from
/// then on only the new key opens it.
pub(super) fn invite(
    tx: &mut Tx<'_>,
    id: &str,
    code: &str,
    secret: &str,
    expires_at: Option<Moment>,
) -> Result<(), DbError> {
    let sql = "update co_applicants set owner = $1, secret_hash = $2, expires_at = $3 where id = $4";
    tx.execute(sql, &params![code, &hash_of(secret), expires_at.map(Moment::micros), id]).map(|_| ())
}

/// Keeps what somebody said, with what they answered for themselves.
pub(super) fn set_consent(tx: &mut Tx<'_>, id: &str, consent: &Consent, answers: &Answers) -> Result<(), DbError> {
    let kept = if answers.0.is_empty() { String::new() } else { json(answers)? };
    let (at, by) = match consent {
        Consent::Asked => (None, ""),
        Consent::Confirmed { at, by } => (Some(at.micros()), by.as_str()),
        Consent::Declined { at } => (Some(at.micros()), ""),
    };
    let sql = "update co_applicants set state = $1, answered_at = $2, answered_by = $3, answers = $4 where id = $5";
    tx.execute(sql, &params![consent.word(), at, by, &kept, id]).map(|_| ())
}

/// Takes all of a draft or an application away.
pub fn erase(tx: &mut Tx<'_>, owner: &str) -> Result<(), DbError> {
    tx.execute("delete from co_applicants where owner = $1", &params![owner]).map(|_| ())
}
