//! What belongs to the reporter alone.

use super::rows::{COLUMNS, request_of};
use crate::model::{Contact, ServiceRequest};
use civic::{PersonId, RequestId};
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
        "select 1 from request_reporters where request_id = $1 and secret_hash = $2",
        &params![&request.text(), secret_hash],
    )?;
    Ok(row.is_some())
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

/// The requests a person made, newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ServiceRequest>, DbError> {
    let sql = format!("select {COLUMNS} from requests where reporter_id = $1 order by opened_at desc, id desc");
    tx.query(&sql, &params![&person.text()])?.iter().map(request_of).collect()
}

/// Takes a person's words, photos, contact and account out of their requests, with what they could be found by and the
/// salts of their seals; that something was reported, and where, stays.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    for request in of_person(tx, person)? {
        let subject = request.subject();
        commons::search::remove(tx, &subject)?;
        commons::files::erase_of(tx, &subject)?;
        record::forget_salts_about(tx, &subject)?;
    }
    let person = person.text();
    tx.execute(
        "update request_reporters set email = null, name = null, phone = null, secret_hash = '' \
         where request_id in (select id from requests where reporter_id = $1)",
        &params![&person],
    )?;
    tx.execute(
        "update requests set description = '', attributes = '{}', media_url = null, reporter_id = null where reporter_id = $1",
        &params![&person],
    )
    .map(|_| ())
}
