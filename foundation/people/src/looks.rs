//! Finding the account of an address: an access, with its reason, which the person whose account it is reads.

use crate::{EmailAddress, accounts, commands::KIND, mandates, mandates::GivenMandate};
use civic::{Actor, Moment, PersonId, Subject, words};
use database::{DbError, OffRecord, Tx, params};
use record::Entry;
use serde_json::json;
use web::{Answer, Stop, Town};

/// What the record says of it.
pub(crate) const LOOKED_UP: &str = "person.looked_up";
/// Looks that a person is shown, newest first.
const SHOWN: u32 = 50;

words! {
    /// Why an account is looked up.
    Why {
        /// The person asked for help.
        Asked = "asked",
        /// To know whose mandate one gives or ends.
        Mandate = "mandate",
        /// Somebody complained of what is done with the account.
        Complaint = "complaint",
        /// A law asks for it.
        Law = "law",
    }
}

/// A look at somebody's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Moment,
    /// The pseudonym of who looked.
    pub by: String,
    /// Why.
    pub why: Why,
}

/// An account that was found.
#[derive(Debug, Clone)]
pub(crate) struct FoundAccount {
    /// The pseudonym.
    pub handle: String,
    /// Since when there is the account.
    pub created_at: Moment,
    /// The mandates in force.
    pub mandates: Vec<GivenMandate>,
}

/// Finds the account with exactly this address. That somebody looked and why is on the public record; whose account it was is sealed
/// there, and kept for the person themselves. Where there is no such account, nothing is kept.
///
/// # Errors
/// Those of the database.
pub(crate) async fn look_up(town: &Town, actor: &Actor, email: EmailAddress, why: Why) -> Answer<Option<FoundAccount>> {
    let (now, chance, actor) = (town.now(), town.chance_handle(), actor.clone());
    let found = town.db().write(move |tx| {
        let Some(person) = accounts::by_email(tx, &email)? else {
            return Ok(tx.commit(OffRecord("nobody has this address"), None)?);
        };
        let mandates = mandates::of_person(tx, person.id, now)?;
        let entry = Entry::about(Subject::new(KIND, actor.handle.clone()), LOOKED_UP, &actor, now, &*chance);
        let entry = entry.publicly(&json!({"why": why.word()}))?.privately(&json!({"of": person.handle}), &*chance)?;
        let sql = "insert into account_looks (id, person_id, at, actor, why) values ($1, $2, $3, $4, $5)";
        let id = entry.id().text();
        tx.execute(sql, &params![&id, &person.id.text(), now.micros(), &actor.handle, why.word()])?;
        let found = FoundAccount { handle: person.handle, created_at: person.created_at, mandates };
        Ok::<_, Stop>(tx.commit(entry, Some(found))?)
    });
    found.await
}

/// Who looked up a person's account, newest first, at most 50.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Look>, DbError> {
    let sql = "select at, actor, why from account_looks where person_id = $1 order by at desc, id desc limit $2";
    let read = |row: &database::Row| {
        let why = row.get::<String>(2)?.parse().unwrap_or(Why::Law);
        Ok(Look { at: Moment(row.get(0)?), by: row.get(1)?, why })
    };
    tx.query(sql, &params![&person.text(), SHOWN])?.iter().map(read).collect()
}

/// Forgets who looked, and makes it impossible to prove whose account the entries of the record were about.
///
/// # Errors
/// Those of the database.
pub(crate) fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    for row in tx.query("select id from account_looks where person_id = $1", &params![&person.text()])? {
        record::forget_salt(tx, &row.get::<String>(0)?)?;
    }
    tx.execute("delete from account_looks where person_id = $1", &params![&person.text()]).map(|_| ())
}
