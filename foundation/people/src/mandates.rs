//! Who may do what for whom: given and ended in public.

use crate::{
    kept::{kept, kept_if_any},
    organisations::{Organisation, WHOLE_TOWN},
};
use civic::{Actor, Chance, Mandate, MandateId, Moment, OrganisationId, PersonId, Role, Scope, Subject, SubjectKind};
use database::{DbError, Row, Tx, params};
use record::Entry;
use serde::Serialize;

/// The kind of a mandate as a subject; its id is the mandate's.
pub const KIND: SubjectKind = SubjectKind("mandate");
/// What the record says when one is given.
pub const GIVEN: &str = "mandate.given";
/// What the record says when one is ended.
pub const ENDED: &str = "mandate.ended";
/// Mandates one person may hold at a time.
pub const MANDATES_LIMIT: i64 = 40;
/// Mandates the public list shows.
pub const LIST_LIMIT: i64 = 5_000;

/// The roles that are given by mandate; everybody with an account is a resident.
pub const GIVEN_ROLES: [Role; 7] =
    [Role::Officer, Role::Steward, Role::Moderator, Role::Analyst, Role::Auditor, Role::Administrator, Role::Open311];

/// A mandate that was given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenMandate {
    /// Its id.
    pub id: MandateId,
    /// The pseudonym of its holder.
    pub handle: String,
    /// What they are.
    pub role: Role,
    /// For whom, unless for the whole town.
    pub organisation: Option<OrganisationId>,
    /// The code of that organisation.
    pub organisation_code: Option<String>,
    /// The pseudonym of who gave it, or `setup`.
    pub given_by: String,
    /// Since when.
    pub given_at: Moment,
}

/// What the record shows of a mandate.
#[derive(Debug, Serialize)]
struct PublicView<'m> {
    handle: &'m str,
    role: Role,
    /// The code of the organisation, or [`WHOLE_TOWN`].
    scope: &'m str,
}

/// Gives `person` a role, for `organisation` or the whole town; `None` when they hold it already
/// or hold [`MANDATES_LIMIT`] mandates.
///
/// # Errors
/// Those of the database.
pub fn give(
    tx: &mut Tx<'_>,
    person: (PersonId, &str),
    role: Role,
    organisation: Option<&Organisation>,
    by: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Option<GivenMandate>, DbError> {
    let (person, handle) = person;
    let scope = organisation.map_or(Scope::Town, |organisation| Scope::Organisation(organisation.id));
    let held = held_by(tx, person, now)?;
    if held.contains(&Mandate { role, scope }) || held.len() >= usize::try_from(MANDATES_LIMIT).unwrap_or(usize::MAX) {
        return Ok(None);
    }
    let id = MandateId::new(now, chance);
    tx.execute(
        "insert into mandates (id, person_id, role, organisation_id, given_by, given_at) values ($1, $2, $3, $4, $5, $6)",
        &params![&id.text(), &person.text(), role.word(), organisation.map(|one| one.id.text()).as_deref(), &by.handle, now.micros()],
    )?;
    Ok(Some(GivenMandate {
        id,
        handle: handle.to_owned(),
        role,
        organisation: organisation.map(|one| one.id),
        organisation_code: organisation.map(|one| one.code.clone()),
        given_by: by.handle.clone(),
        given_at: now,
    }))
}

/// What came of ending a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It is ended.
    Ended(GivenMandate),
    /// There is none with this id, or it has ended before.
    NoSuchMandate,
    /// Without it nobody could look after the town.
    LastAdministrator,
}

/// Ends the mandate `id` at `now`.
///
/// # Errors
/// Those of the database.
pub fn end(tx: &mut Tx<'_>, id: MandateId, now: Moment) -> Result<Ending, DbError> {
    let administrators = lock_administrators(tx, now)?;
    let row = tx.query_opt(&format!("{COLUMNS} and m.id = $2"), &params![now.micros(), &id.text()])?;
    let Some(mandate) = row.as_ref().map(read).transpose()? else { return Ok(Ending::NoSuchMandate) };
    if mandate.role == Role::Administrator && administrators <= 1 {
        return Ok(Ending::LastAdministrator);
    }
    tx.execute("update mandates set ends_at = $2 where id = $1", &params![&id.text(), now.micros()])?;
    Ok(Ending::Ended(mandate))
}

/// Counts the administrators, and makes other acts that would end one wait for this one
/// (on PostgreSQL the update locks the rows; SQLite has one writer anyway).
///
/// # Errors
/// Those of the database.
pub(crate) fn lock_administrators(tx: &mut Tx<'_>, now: Moment) -> Result<u64, DbError> {
    tx.execute(
        "update mandates set role = role where role = 'administrator' and (ends_at is null or ends_at > $1)",
        &params![now.micros()],
    )
}

/// Whether anybody is administrator.
///
/// # Errors
/// Those of the database.
pub fn is_there_an_administrator(tx: &mut Tx<'_>, now: Moment) -> Result<bool, DbError> {
    let row = tx.query_opt(
        "select id from mandates where role = 'administrator' and (ends_at is null or ends_at > $1) limit 1",
        &params![now.micros()],
    )?;
    Ok(row.is_some())
}

/// What a person is mandated to do at `now`, besides being a resident.
///
/// # Errors
/// Those of the database.
pub fn held_by(tx: &mut Tx<'_>, person: PersonId, now: Moment) -> Result<Vec<Mandate>, DbError> {
    let rows = tx.query(
        "select role, organisation_id from mandates where person_id = $1 and (ends_at is null or ends_at > $2) \
         order by given_at, id limit $3",
        &params![&person.text(), now.micros(), MANDATES_LIMIT],
    )?;
    rows.iter().map(|row| Ok(mandate(kept(row, 0)?, kept_if_any(row, 1)?))).collect()
}

/// The mandates of one person, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, now: Moment) -> Result<Vec<GivenMandate>, DbError> {
    let sql = format!("{COLUMNS} and m.person_id = $2 order by m.given_at, m.id limit $3");
    let rows = tx.query(&sql, &params![now.micros(), &person.text(), MANDATES_LIMIT])?;
    rows.iter().map(read).collect()
}

/// All mandates in force at `now`, by role, oldest first.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<GivenMandate>, DbError> {
    let sql = format!("{COLUMNS} order by m.role, m.given_at, m.id limit $2");
    let rows = tx.query(&sql, &params![now.micros(), LIST_LIMIT])?;
    rows.iter().map(read).collect()
}

/// The line of the record for `mandate`, with [`GIVEN`] or [`ENDED`].
///
/// # Errors
/// Never in practice: the view is JSON.
pub fn entry(
    mandate: &GivenMandate,
    saying: &'static str,
    by: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let scope = mandate.organisation_code.as_deref().unwrap_or(WHOLE_TOWN);
    let view = PublicView { handle: &mandate.handle, role: mandate.role, scope };
    Entry::about(Subject::new(KIND, mandate.id.text()), saying, by, now, chance).publicly(&view)
}

/// The mandate as an actor holds it.
pub(crate) fn mandate(role: Role, organisation: Option<OrganisationId>) -> Mandate {
    Mandate { role, scope: organisation.map_or(Scope::Town, Scope::Organisation) }
}

const COLUMNS: &str = "select m.id, p.handle, m.role, m.organisation_id, o.code, m.given_by, m.given_at \
     from mandates m join people p on p.id = m.person_id left join organisations o on o.id = m.organisation_id \
     where (m.ends_at is null or m.ends_at > $1)";

fn read(row: &Row) -> Result<GivenMandate, DbError> {
    Ok(GivenMandate {
        id: kept(row, 0)?,
        handle: row.get(1)?,
        role: kept(row, 2)?,
        organisation: kept_if_any(row, 3)?,
        organisation_code: row.get(4)?,
        given_by: row.get(5)?,
        given_at: Moment(row.get(6)?),
    })
}

/// The organisation a mandate is for, if it is not for the whole town.
pub(crate) fn organisation_of(mandate: Mandate) -> Option<OrganisationId> {
    match mandate.scope {
        Scope::Town => None,
        Scope::Organisation(organisation) => Some(organisation),
    }
}

/// Who holds `role` for `organisation`, with the names colleagues know them by; in order of name.
///
/// # Errors
/// Those of the database.
pub fn holders(
    tx: &mut Tx<'_>,
    role: Role,
    organisation: OrganisationId,
    now: Moment,
) -> Result<Vec<(PersonId, String)>, DbError> {
    let rows = tx.query(
        "select distinct p.id, p.name, p.handle from mandates m join people p on p.id = m.person_id \
         where m.role = $1 and m.organisation_id = $2 and (m.ends_at is null or m.ends_at > $3) and p.erased_at is null \
         order by p.name, p.handle limit $4",
        &params![role.word(), &organisation.text(), now.micros(), LIST_LIMIT],
    )?;
    let named = |row: &Row| {
        let (name, handle): (String, String) = (row.get(1)?, row.get(2)?);
        Ok((kept(row, 0)?, if name.is_empty() { handle } else { name }))
    };
    rows.iter().map(named).collect()
}

/// Who holds `role` for the whole town.
///
/// # Errors
/// Those of the database.
pub fn holders_in_town(tx: &mut Tx<'_>, role: Role, now: Moment) -> Result<Vec<PersonId>, DbError> {
    let rows = tx.query(
        "select distinct p.id from mandates m join people p on p.id = m.person_id where m.role = $1 and m.organisation_id is null \
         and (m.ends_at is null or m.ends_at > $2) and p.erased_at is null order by p.id limit $3",
        &params![role.word(), now.micros(), LIST_LIMIT],
    )?;
    rows.iter().map(|row| kept(row, 0)).collect()
}
