//! What belongs to the reporter alone.

use super::rows::{COLUMNS, request_of};
use crate::model::{Contact, ServiceRequest};
use civic::{Moment, PersonId, RequestId};
use database::{DbError, Tx, params};

/// Keeps how to reach the reporter, and the hash of the secret of their private link.
pub fn save_reporter(
    tx: &mut Tx<'_>,
    request: RequestId,
    secret_hash: &str,
    contact: &Contact,
    language: &str,
) -> Result<(), DbError> {
    tx.execute(
        "insert into request_reporters (request_id, secret_hash, email, name, phone, language) values ($1, $2, $3, $4, $5, $6)",
        &params![
            &request.text(),
            secret_hash,
            contact.email.as_deref(),
            contact.name.as_deref(),
            contact.phone.as_deref(),
            language
        ],
    )
    .map(|_| ())
}

/// Whether this is the hash of the request's private link.
pub fn is_own_secret(tx: &mut Tx<'_>, request: RequestId, secret_hash: &str) -> Result<bool, DbError> {
    let row = tx.query_opt(
        "select 1 from request_reporters where request_id = $1 and (secret_hash = $2 or reply_hash = $2)",
        &params![&request.text(), secret_hash],
    )?;
    Ok(row.is_some())
}

/// Keeps the hash of a second private link; an older second one is good no more.
pub fn save_reply_key(tx: &mut Tx<'_>, request: RequestId, hash: &str) -> Result<(), DbError> {
    let sql = "update request_reporters set reply_hash = $1 where request_id = $2";
    tx.execute(sql, &params![hash, &request.text()]).map(|_| ())
}

/// The reporter's address, where they left one, and the tag of their language.
pub fn reporter_address(tx: &mut Tx<'_>, request: RequestId) -> Result<(Option<String>, String), DbError> {
    let row =
        tx.query_opt("select email, language from request_reporters where request_id = $1", &params![&request.text()])?;
    row.map_or_else(|| Ok((None, String::new())), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How to reach the reporter. For the desk only.
pub fn contact_of(tx: &mut Tx<'_>, request: RequestId) -> Result<Contact, DbError> {
    let row = tx.query_opt(
        "select email, name, phone from request_reporters where request_id = $1",
        &params![&request.text()],
    )?;
    row.map_or_else(
        || Ok(Contact::default()),
        |row| Ok(Contact { email: row.get(0)?, name: row.get(1)?, phone: row.get(2)? }),
    )
}

/// Takes contact data out of requests that ended before, at most `limit`; answers how many.
pub fn forget_old_contact(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "update request_reporters set email = null, name = null, phone = null where request_id in \
               (select o.request_id from request_reporters o join requests r on r.id = o.request_id \
               where (o.email is not null or o.name is not null or o.phone is not null) and r.closed_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

/// The requests a person made, newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ServiceRequest>, DbError> {
    let sql = format!("select {COLUMNS} from requests where reporter_id = $1 order by opened_at desc, id desc");
    tx.query(&sql, &params![&person.text()])?.iter().map(request_of).collect()
}

/// How many requests an account made since a moment.
pub fn count_made(tx: &mut Tx<'_>, person: PersonId, since: Moment) -> Result<i64, DbError> {
    let sql = "select count(*) from requests where reporter_id = $1 and opened_at > $2";
    tx.query_one(sql, &params![&person.text(), since.micros()])?.get(0)
}

/// When an account made the request that is this many back, the newest being the first.
pub fn made_back(tx: &mut Tx<'_>, person: PersonId, back: i64) -> Result<Option<Moment>, DbError> {
    let sql = "select opened_at from requests where reporter_id = $1 order by opened_at desc limit 1 offset $2";
    tx.query_opt(sql, &params![&person.text(), back - 1])?.map(|row| row.get(0).map(Moment)).transpose()
}

/// Takes a person's words, photos, contact and account out of their requests, with what they could be found by and the
/// salts of their seals; that something was reported, and the pin or district, stays. The place in words goes too, but
/// where it is all an agency has to find an open matter by, it stays and the receipt says so.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    for request in of_person(tx, person)? {
        let subject = request.subject();
        commons::search::remove(tx, &subject)?;
        commons::files::erase_of(tx, &subject)?;
        super::erase_moderated(tx, &request)?;
        record::forget_salts_about(tx, &subject)?;
        if request.state.is_open() && request.place.is_none() && !request.address.is_empty() {
            tx.note(people::receipt::STAYS, "erased-stays-address".to_owned());
        }
    }
    let account = people::accounts::by_id(tx, person)?;
    if let Some(account) = &account {
        super::erase_words_of(tx, &account.handle)?;
    }
    super::erase_views(tx, person)?;
    super::erase_not_fixed(tx, person)?;
    let email = account.and_then(|person| person.email);
    let email = email.map(|email| crate::commands::hash_of(email.as_str()));
    super::erase_supporter(tx, person, email.as_deref())?;
    let person = person.text();
    tx.execute(
        "update request_history set body = '' where agency = '' and request_id in (select id from requests where reporter_id = $1)",
        &params![&person],
    )?;
    tx.execute(
        "update request_reporters set email = null, name = null, phone = null, secret_hash = '', reply_hash = null \
         where request_id in (select id from requests where reporter_id = $1)",
        &params![&person],
    )?;
    tx.execute(
        "update requests set description = '', attributes = '{}', media_url = null, reporter_id = null, \
         address = case when closed_at is null and lat_micro is null then address else '' end where reporter_id = $1",
        &params![&person],
    )
    .map(|_| ())
}
