//! All SQL of teams.

use super::decide::Member;
use civic::{Moment, OrganisationId, PersonId, Role};
use database::{DbError, Row, Tx, params};
use people::{
    EmailAddress,
    accounts::{self, Person},
    mandates,
};
use std::collections::BTreeMap;

/// Absences of one agency that are read.
const ABSENCES_LIMIT: i64 = 500;

/// An officer is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Its id.
    pub id: String,
    /// The officer's pseudonym.
    pub officer: String,
    /// The first day, as 2026-12-24.
    pub from_day: String,
    /// The last day.
    pub to_day: String,
    /// Who covers; empty for the whole agency.
    pub cover: String,
}

/// An officer with the name colleagues know them by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The account.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// The address of the account; `None` once it is erased.
    pub email: Option<EmailAddress>,
    /// What they do.
    pub member: Member,
}

/// Whether new applications of an agency are shared out by themselves.
pub fn shares(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<bool, DbError> {
    let sql = "select shares from desk_teams where organisation_id = $1";
    tx.query_opt(sql, &params![&organisation.text()])?.map_or(Ok(false), |row| row.get(0))
}

/// Says whether they are.
pub fn set_shares(tx: &mut Tx<'_>, organisation: OrganisationId, shares: bool) -> Result<(), DbError> {
    let sql = "insert into desk_teams (organisation_id, shares) values ($1, $2) \
               on conflict (organisation_id) do update set shares = excluded.shares";
    tx.execute(sql, &params![&organisation.text(), shares]).map(|_| ())
}

/// Holds the team of an agency against others who share out, until the transaction ends.
pub fn hold(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<(), DbError> {
    let sql = format!("select shares from desk_teams where organisation_id = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![&organisation.text()]).map(|_| ())
}

/// The officers of an agency with what they do and know, by pseudonym.
pub fn members(tx: &mut Tx<'_>, organisation: OrganisationId, today: &str, now: Moment) -> Result<Vec<Named>, DbError> {
    let id = organisation.text();
    let counted = tx.query(
        "select officer, count(*) from applications where organisation_id = $1 and is_open = true and officer <> '' \
         and state <> 'incomplete' group by officer",
        &params![&id],
    )?;
    let loads: BTreeMap<String, i64> =
        counted.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_, DbError>>()?;
    let mut knows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sql = "select officer, service from officer_skills where organisation_id = $1 order by officer, service";
    for row in tx.query(sql, &params![&id])? {
        knows.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let away: Vec<Absence> = absences(tx, organisation, today)?;
    let mut found = Vec::new();
    for (account, name) in officers(tx, organisation, now)? {
        let Person { id: person, handle, email, .. } = account;
        let is_away = away.iter().any(|one| one.officer == handle && one.from_day.as_str() <= today);
        let member = Member {
            load: loads.get(&handle).copied().unwrap_or_default(),
            knows: knows.get(&handle).cloned().unwrap_or_default(),
            is_away,
            officer: handle,
        };
        found.push(Named { person, name, email, member });
    }
    found.sort_by(|one, other| one.member.officer.cmp(&other.member.officer));
    Ok(found)
}

/// The officers of an agency: account, and the name colleagues know them by.
fn officers(tx: &mut Tx<'_>, organisation: OrganisationId, now: Moment) -> Result<Vec<(Person, String)>, DbError> {
    let mut found = Vec::new();
    for (person, name) in mandates::holders(tx, Role::Officer, organisation, now)? {
        let found_person = accounts::by_id(tx, person)?;
        found.extend(found_person.map(|one| (one, name)));
    }
    Ok(found)
}

/// Absences that are not over on a day, first the next.
pub fn absences(tx: &mut Tx<'_>, organisation: OrganisationId, today: &str) -> Result<Vec<Absence>, DbError> {
    let sql = "select id, officer, from_day, to_day, cover from officer_absences where organisation_id = $1 and to_day >= $2 \
               order by from_day, id limit $3";
    tx.query(sql, &params![&organisation.text(), today, ABSENCES_LIMIT])?.iter().map(read_absence).collect()
}

fn read_absence(row: &Row) -> Result<Absence, DbError> {
    Ok(Absence {
        id: row.get(0)?,
        officer: row.get(1)?,
        from_day: row.get(2)?,
        to_day: row.get(3)?,
        cover: row.get(4)?,
    })
}

/// Every absence of a person with the id of the agency, first the earliest.
pub fn absences_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(String, Absence)>, DbError> {
    let sql = "select id, officer, from_day, to_day, cover, organisation_id from officer_absences where person_id = $1 \
               order by from_day, id";
    let line = |row: &Row| Ok((row.get(5)?, read_absence(row)?));
    tx.query(sql, &params![&person.text()])?.iter().map(line).collect()
}

/// The services that a person is said to know, with the id of the agency and their pseudonym there.
pub fn skills_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(String, String, String)>, DbError> {
    let sql = "select organisation_id, officer, service from officer_skills where person_id = $1 order by organisation_id, service";
    let line = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    tx.query(sql, &params![&person.text()])?.iter().map(line).collect()
}

/// Keeps an absence.
pub fn add_absence(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    person: PersonId,
    new: &Absence,
) -> Result<(), DbError> {
    tx.execute(
        "insert into officer_absences (id, organisation_id, person_id, officer, from_day, to_day, cover) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![&new.id, &organisation.text(), &person.text(), &new.officer, &new.from_day, &new.to_day, &new.cover],
    )
    .map(|_| ())
}

/// Takes an absence away. Returns whether it was there.
pub fn drop_absence(tx: &mut Tx<'_>, organisation: OrganisationId, id: &str) -> Result<bool, DbError> {
    let sql = "delete from officer_absences where organisation_id = $1 and id = $2";
    Ok(tx.execute(sql, &params![&organisation.text(), id])? == 1)
}

/// Says which services an officer knows; none for all.
pub fn set_skills(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    (person, officer): (PersonId, &str),
    services: &[String],
) -> Result<(), DbError> {
    let id = organisation.text();
    tx.execute("delete from officer_skills where organisation_id = $1 and officer = $2", &params![&id, officer])?;
    for service in services {
        tx.execute(
            "insert into officer_skills (organisation_id, person_id, officer, service) values ($1, $2, $3, $4) on conflict do nothing",
            &params![&id, &person.text(), officer, service],
        )?;
    }
    Ok(())
}

/// Codes of applications of an agency that nobody looks after, what is due first.
pub fn nobodys(tx: &mut Tx<'_>, organisation: OrganisationId, limit: i64) -> Result<Vec<String>, DbError> {
    let sql = "select code from applications where organisation_id = $1 and is_open = true and officer = '' \
               and state in ('received', 'under-review') order by due_at, code limit $2";
    let rows = tx.query(sql, &params![&organisation.text(), limit])?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The officers whose work reaches somebody today besides their own: those they cover for, and those of the agency who are away and
/// whom nobody covers.
pub fn reached(tx: &mut Tx<'_>, organisation: &str, officer: &str, today: &str) -> Result<Vec<String>, DbError> {
    let sql = "select distinct officer from officer_absences where organisation_id = $1 and to_day >= $2 and from_day <= $2 \
               and officer <> $3 and (cover = $3 or cover = '') order by officer limit 200";
    tx.query(sql, &params![organisation, today, officer])?.iter().map(|row| row.get(0)).collect()
}

/// Takes away what is kept about an officer.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    for table in ["officer_skills", "officer_absences"] {
        tx.execute(&format!("delete from {table} where person_id = $1"), &params![&person.text()])?;
    }
    Ok(())
}
