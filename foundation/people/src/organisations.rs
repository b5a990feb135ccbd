//! Public bodies, departments and associations: whoever answers for something.

use crate::{
    EmailAddress,
    kept::{kept, kept_if_any},
};
use civic::{Act, Actor, Chance, LocalText, Moment, OrganisationId, Subject, SubjectKind};
use database::{DbError, Row, Tx, params};
use record::Entry;
use serde::Serialize;
use service_clock::{Calendar, CalendarError};
use web::{Visit, parts::Choice};

/// The kind of an organisation as a subject; its id is the code.
pub const KIND: SubjectKind = SubjectKind("organisation");
/// What the record says of a new one.
pub const ADDED: &str = "organisation.added";
/// Organisations a town may have.
pub const ORGANISATIONS_LIMIT: i64 = 1_000;
/// Characters a code may have.
pub const CODE_LIMIT: usize = 40;
/// Characters a name may have in each language.
pub const NAME_LIMIT: usize = 120;
/// The word that stands for no organisation in sayings and lists, so no organisation's code.
pub const WHOLE_TOWN: &str = "town";

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its public name in addresses, as `street-services`.
    pub code: String,
    /// What people call it.
    pub name: LocalText,
    /// Where mail to it goes. Not public.
    pub email: Option<EmailAddress>,
    /// When it works, where not as the town does.
    pub works: WorkingHours,
}

/// Lines of working hours and holidays that one organisation may have.
pub const HOURS_LIMIT: usize = 200;
/// What the record says of other working hours.
pub const HOURS_SET: &str = "organisation.hours-set";

/// When an organisation works, as people write it down (see `service_clock::Calendar::read`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WorkingHours {
    /// As `mon-fri 08:00-12:30`; none for the town's own.
    pub hours: Vec<String>,
    /// As `2026-12-25`, on top of the town's.
    pub holidays: Vec<String>,
}

impl WorkingHours {
    /// The calendar of the organisation in a town with this one.
    ///
    /// # Errors
    /// Those of the engine, for what cannot be read.
    pub fn calendar(&self, town: &Calendar) -> Result<Calendar, CalendarError> {
        town.changed(&self.hours, &self.holidays)
    }
}

/// An organisation to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrganisation {
    /// See [`is_code`].
    pub code: String,
    /// What people call it.
    pub name: LocalText,
    /// Where mail to it goes.
    pub email: Option<EmailAddress>,
}

/// What everybody may know of an organisation.
#[derive(Debug, Serialize)]
struct PublicView<'o> {
    code: &'o str,
    name: &'o LocalText,
}

/// Whether `text` can be a code: lower-case letters, digits and inner hyphens, 2 to [`CODE_LIMIT`].
pub fn is_code(text: &str) -> bool {
    civic::is_slug(text, CODE_LIMIT) && text != WHOLE_TOWN
}

/// In whose name somebody may do an act, to choose from: the town itself (an empty value) where they may for all of it, and
/// the agencies for which they may.
pub fn choices(visit: &Visit, act: &Act, agencies: &[Organisation], chosen: &str) -> Vec<Choice> {
    let choice = |value: String, label: String| Choice { chosen: value == chosen, value, label, detail: String::new() };
    let town_itself = visit.actor.may_for(act, None);
    let first = town_itself.then(|| choice(String::new(), visit.t.say("people-town-itself").to_owned()));
    let own = agencies.iter().filter(|one| visit.actor.may_for(act, Some(one.id)));
    let named = own.map(|one| choice(one.code.clone(), one.name.in_language(visit.t.language()).to_owned()));
    first.into_iter().chain(named).collect()
}

/// Adds an organisation; `None` when its code is taken. The act is on the record by [`entry`].
///
/// # Errors
/// Those of the database.
pub fn create(
    tx: &mut Tx<'_>,
    new: &NewOrganisation,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Option<Organisation>, DbError> {
    let id = OrganisationId::new(now, chance);
    let name = serde_json::to_string(&new.name).map_err(|error| DbError::Other(error.to_string()))?;
    let added = tx.execute(
        "insert into organisations (id, code, name, email) values ($1, $2, $3, $4) on conflict (code) do nothing",
        &params![&id.text(), &new.code, &name, new.email.as_ref().map(EmailAddress::as_str)],
    )?;
    let NewOrganisation { code, name, email } = new.clone();
    Ok((added == 1).then_some(Organisation { id, code, name, email, works: WorkingHours::default() }))
}

/// The line of the record for a new organisation.
///
/// # Errors
/// Never in practice: the view is JSON.
pub fn entry(added: &Organisation, by: &Actor, now: Moment, chance: &dyn Chance) -> Result<Entry, DbError> {
    let view = PublicView { code: &added.code, name: &added.name };
    Entry::about(Subject::new(KIND, added.code.clone()), ADDED, by, now, chance).publicly(&view)
}

/// Keeps when an organisation works. Returns whether there is one.
///
/// # Errors
/// Those of the database.
pub fn set_hours(tx: &mut Tx<'_>, code: &str, works: &WorkingHours) -> Result<bool, DbError> {
    let sql = "update organisations set hours = $1, holidays = $2 where code = $3";
    Ok(tx.execute(sql, &params![&works.hours.join("\n"), &works.holidays.join("\n"), code])? == 1)
}

/// All of them, by code.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Organisation>, DbError> {
    let rows = tx.query(&format!("{COLUMNS} order by code limit $1"), &params![ORGANISATIONS_LIMIT])?;
    rows.iter().map(read).collect()
}

/// The one with this code.
///
/// # Errors
/// Those of the database.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Organisation>, DbError> {
    tx.query_opt(&format!("{COLUMNS} where code = $1"), &params![code])?.as_ref().map(read).transpose()
}

/// The one with this id.
///
/// # Errors
/// Those of the database.
pub fn by_id(tx: &mut Tx<'_>, id: OrganisationId) -> Result<Option<Organisation>, DbError> {
    tx.query_opt(&format!("{COLUMNS} where id = $1"), &params![&id.text()])?.as_ref().map(read).transpose()
}

const COLUMNS: &str = "select id, code, name, email, hours, holidays from organisations";

fn read(row: &Row) -> Result<Organisation, DbError> {
    let name: String = row.get(2)?;
    let name =
        serde_json::from_str(&name).map_err(|error| DbError::Other(format!("a name cannot be read back: {error}")))?;
    let lines = |index| Ok::<_, DbError>(row.get::<String>(index)?.lines().map(str::to_owned).collect());
    let works = WorkingHours { hours: lines(4)?, holidays: lines(5)? };
    Ok(Organisation { id: kept(row, 0)?, code: row.get(1)?, name, email: kept_if_any(row, 3)?, works })
}
