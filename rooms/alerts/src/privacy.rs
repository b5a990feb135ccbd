//! What the room keeps about a person: the areas their address hears of.

use crate::store;
use civic::PersonId;
use database::{DbError, Tx};
use serde_json::{Value, json};

fn email_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<String>, DbError> {
    let found = people::accounts::by_id(tx, person)?.and_then(|person| person.email);
    Ok(found.map(|email| email.as_str().to_owned()))
}

/// Everything about a person.
///
/// # Errors
/// Those of the database.
pub fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let Some(email) = email_of(tx, person)? else { return Ok(json!({"areas": []})) };
    let areas: Vec<Value> = store::of_email(tx, &email)?
        .iter()
        .map(|one| json!({"area": one.area.to_string(), "pace": one.pace, "confirmed": one.confirmed_at.is_some()}))
        .collect();
    Ok(json!({ "areas": areas }))
}

/// Forgets it.
///
/// # Errors
/// Those of the database.
pub fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    match email_of(tx, person)? {
        Some(email) => store::forget_email(tx, &email),
        None => Ok(()),
    }
}
