//! People with an account.

use crate::{
    EmailAddress, handle,
    kept::{kept, kept_if_any},
};
use civic::{Chance, Language, Moment, PersonId};
use database::{DbError, Row, Tx, params};

/// Characters a name may have.
pub const NAME_LIMIT: usize = 80;

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub id: PersonId,
    /// The pseudonym the record knows them by.
    pub handle: String,
    /// How pages greet them; empty until they say it. Private.
    pub name: String,
    /// Where their mail goes; `None` once the account is erased. Private.
    pub email: Option<EmailAddress>,
    /// The language they read.
    pub language: Language,
    /// Since when there is the account.
    pub created_at: Moment,
}

impl Person {
    /// The name, or the pseudonym where there is none.
    pub fn greeting(&self) -> &str {
        if self.name.is_empty() { &self.handle } else { &self.name }
    }
}

/// What a new account begins with.
#[derive(Debug, Clone)]
pub struct NewPerson<'p> {
    /// The first part of the pseudonym: `resident`, but for the demo's personas.
    pub kind: &'p str,
    /// Where their mail goes.
    pub email: &'p EmailAddress,
    /// How pages greet them; may be empty.
    pub name: &'p str,
    /// The language they read.
    pub language: Language,
}

const COLUMNS: &str = "select id, handle, name, email, language, created_at from people";

/// The account `id`, erased or not.
///
/// # Errors
/// Those of the database.
pub fn by_id(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Person>, DbError> {
    one(tx.query_opt(&format!("{COLUMNS} where id = $1"), &params![&id.text()])?)
}

/// The account with exactly this address.
///
/// # Errors
/// Those of the database.
pub fn by_email(tx: &mut Tx<'_>, email: &EmailAddress) -> Result<Option<Person>, DbError> {
    one(tx.query_opt(&format!("{COLUMNS} where email = $1"), &params![email.as_str()])?)
}

/// The account with this address; a new one when there is none. Two acts at once
/// for one new address get the same account.
///
/// # Errors
/// Those of the database.
pub fn find_or_make(tx: &mut Tx<'_>, new: &NewPerson<'_>, now: Moment, chance: &dyn Chance) -> Result<Person, DbError> {
    if let Some(person) = by_email(tx, new.email)? {
        return Ok(person);
    }
    let id = PersonId::new(now, chance);
    let handle = handle::draw(tx, new.kind, chance)?;
    tx.execute(
        "insert into people (id, handle, name, email, language, created_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (email) do nothing",
        &params![&id.text(), &handle, new.name, new.email.as_str(), new.language.tag(), now.micros()],
    )?;
    by_email(tx, new.email)?.ok_or(DbError::NotFound)
}

/// Changes how pages greet `id`, and in which language.
///
/// # Errors
/// Those of the database.
pub fn rename(tx: &mut Tx<'_>, id: PersonId, name: &str, language: Language) -> Result<(), DbError> {
    tx.execute(
        "update people set name = $2, language = $3 where id = $1 and erased_at is null",
        &params![&id.text(), name, language.tag()],
    )
    .map(|_| ())
}

fn one(row: Option<Row>) -> Result<Option<Person>, DbError> {
    row.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Person, DbError> {
    Ok(Person {
        id: kept(row, 0)?,
        handle: row.get(1)?,
        name: row.get(2)?,
        email: kept_if_any(row, 3)?,
        language: kept(row, 4)?,
        created_at: Moment(row.get(5)?),
    })
}
