//! What we keep about a person: to take along, and to erase.

use crate::{accounts, looks, mandates, sessions, tokens};
use civic::{Moment, PersonId};
use database::{DbError, Tx, params};
use serde_json::{Map, Value, json};
use web::manifest::Privacy;

/// What this crate keeps about people.
pub const PRIVACY: Privacy = Privacy { export, erase };

/// Everything that all rooms keep about `person`, by the name of the room.
///
/// # Errors
/// Those of the database.
pub fn export_all(tx: &mut Tx<'_>, rooms: &[(&'static str, Privacy)], person: PersonId) -> Result<Value, DbError> {
    let mut all = Map::new();
    for (room, privacy) in rooms {
        all.insert((*room).to_owned(), (privacy.export)(tx, person)?);
    }
    Ok(Value::Object(all))
}

/// Erases `person` from all rooms. This crate comes last, because the others may
/// need the address of the person to find what they keep.
///
/// # Errors
/// Those of the database.
pub fn erase_all(
    tx: &mut Tx<'_>,
    rooms: &[(&'static str, Privacy)],
    person: PersonId,
    now: Moment,
) -> Result<(), DbError> {
    let (own, others): (Vec<_>, Vec<_>) = rooms.iter().partition(|(room, _)| *room == crate::ROOM);
    for (_, privacy) in others.into_iter().chain(own) {
        (privacy.erase)(tx, person)?;
    }
    let id = person.text();
    tx.execute("update people set erased_at = $2 where id = $1", &params![&id, now.micros()])?;
    tx.execute(
        "update mandates set ends_at = $2 where person_id = $1 and (ends_at is null or ends_at > $2)",
        &params![&id, now.micros()],
    )
    .map(|_| ())
}

/// Seen from here, nothing is over yet: an export shows ended mandates and past sessions too.
const BEGINNING: Moment = Moment(0);

fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let Some(account) = accounts::by_id(tx, person)? else { return Ok(Value::Null) };
    let sessions = sessions::of_person(tx, person, BEGINNING)?;
    let mandates = mandates::of_person(tx, person, BEGINNING)?;
    let tokens = tokens::of_person(tx, person)?;
    let email = account.email.as_ref().map(ToString::to_string);
    Ok(json!({
        "account": {
            "handle": account.handle,
            "name": account.name,
            "email": email,
            "language": account.language,
            "created_at": account.created_at.rfc3339(),
        },
        "sessions": sessions.iter().map(|one| json!({
            "created_at": one.created_at.rfc3339(),
            "expires_at": one.expires_at.rfc3339(),
            "last_seen": one.last_seen.rfc3339(),
        })).collect::<Vec<_>>(),
        "mandates": mandates.iter().map(|one| json!({
            "role": one.role,
            "organisation": one.organisation_code,
            "given_at": one.given_at.rfc3339(),
            "given_by": one.given_by,
        })).collect::<Vec<_>>(),
        "tokens": tokens.iter().map(|one| json!({
            "name": one.name,
            "role": one.role,
            "created_at": one.created_at.rfc3339(),
            "expires_at": one.expires_at.rfc3339(),
            "revoked_at": one.revoked_at.map(Moment::rfc3339),
        })).collect::<Vec<_>>(),
        "looked_up": looks::of_person(tx, person)?.iter().map(|one| json!({
            "at": one.at.rfc3339(),
            "by": one.by,
            "why": one.why.word(),
        })).collect::<Vec<_>>(),
        "mails": mails_to(tx, email.as_deref())?,
    }))
}

fn mails_to(tx: &mut Tx<'_>, email: Option<&str>) -> Result<Vec<Value>, DbError> {
    let Some(email) = email else { return Ok(Vec::new()) };
    let rows = tx.query(
        "select subject, made_at, sent_at from mails where recipient = $1 order by made_at, id limit 1000",
        &params![email],
    )?;
    rows.iter()
        .map(|row| {
            let (subject, made_at, sent_at): (String, i64, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let sent_at = sent_at.map(|at| Moment(at).rfc3339());
            Ok(json!({ "subject": subject, "made_at": Moment(made_at).rfc3339(), "sent_at": sent_at }))
        })
        .collect()
}

/// Leaves the pseudonym and the mandates, which are on the record; forgets all else.
fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let id = person.text();
    if let Some(email) = accounts::by_id(tx, person)?.and_then(|account| account.email) {
        tx.execute("delete from mails where recipient = $1", &params![email.as_str()])?;
        tx.execute("delete from sign_in_links where email = $1", &params![email.as_str()])?;
    }
    looks::erase(tx, person)?;
    tx.execute("delete from sessions where person_id = $1", &params![&id])?;
    tx.execute("delete from api_tokens where person_id = $1", &params![&id])?;
    tx.execute("update people set name = '', email = null, language = 'en' where id = $1", &params![&id]).map(|_| ())
}
