//! What waits at the desk. Each agency is asked alone, so that every answer is read off an index from its beginning.

use super::applications::{COLUMNS, read};
use crate::model::Application;
use civic::{Language, Moment, OrganisationId};
use database::{Conditions, Cursor, DbError, Page, Tx};

/// Who looks after an application.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LookedAfter {
    /// Whoever it is.
    #[default]
    ByAnybody,
    /// Nobody yet.
    ByNobody,
    /// Some officer.
    BySomebody,
    /// This officer, or whoever they cover for on this day, as 2026-12-24.
    By {
        /// The officer's pseudonym.
        officer: String,
        /// The day.
        today: String,
    },
}

/// In which order an inbox stands; among equals by reference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InboxOrder {
    /// What is due first.
    #[default]
    Due,
    /// What was filed first.
    Oldest,
    /// What was filed last.
    Newest,
}

impl InboxOrder {
    /// The column, how a row beyond a place compares, and the direction.
    fn sql(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Due => ("due_at", ">", "asc"),
            Self::Oldest => ("filed_at", ">", "asc"),
            Self::Newest => ("filed_at", "<", "desc"),
        }
    }

    /// The moment by which it stands.
    fn at(self, one: &Application) -> Moment {
        if self == Self::Due { one.due_at } else { one.filed_at }
    }
}

/// Which applications an inbox shows, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbox {
    /// Of these organisations; `None` for all.
    pub organisations: Option<Vec<OrganisationId>>,
    /// Open ones, or those that are decided and closed.
    pub is_open: bool,
    /// Only of this service.
    pub service: Option<String>,
    /// Only in this state: the word of [`crate::model::State::word`].
    pub state: Option<String>,
    /// Only of this district.
    pub district: Option<String>,
    /// Only written in this language.
    pub language: Option<Language>,
    /// Only what was due before this moment and does not wait for the applicant.
    pub overdue_at: Option<Moment>,
    /// Only whose reference has this in it: capital letters, digits and hyphens.
    pub reference: Option<String>,
    /// Who looks after it.
    pub officer: LookedAfter,
    /// In which order.
    pub order: InboxOrder,
}

impl Inbox {
    /// What holds whoever looks after it.
    fn narrow(&self, conditions: &mut Conditions) {
        conditions.holds(if self.is_open { "is_open = true" } else { "is_open = false" });
        conditions.equal("service", self.service.as_deref());
        conditions.equal("state", self.state.as_deref());
        conditions.equal("district", self.district.as_deref());
        conditions.equal("language", self.language.map(Language::tag));
        if let Some(now) = self.overdue_at {
            conditions.int_is("due_at", "<", Some(now.micros()));
            conditions.holds("is_open = true and state <> 'incomplete'");
        }
        if let Some(part) = &self.reference {
            let part = conditions.text(format!("%{part}%"));
            conditions.holds(format!("code like {part}"));
        }
    }
}

/// The agencies that answer for any service.
fn agencies(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    tx.query("select distinct organisation_id from services", &[])?.iter().map(|row| row.get(0)).collect()
}

/// The agencies that are asked for.
fn asked_for(tx: &mut Tx<'_>, organisations: Option<&[OrganisationId]>) -> Result<Vec<String>, DbError> {
    match organisations {
        Some(own) => Ok(own.iter().map(OrganisationId::text).collect()),
        None => agencies(tx),
    }
}

/// Rows under some conditions, in an order, beyond a place.
fn rows(
    tx: &mut Tx<'_>,
    mut conditions: Conditions,
    order: InboxOrder,
    after: Option<&Cursor>,
    limit: i64,
    found: &mut Vec<Application>,
) -> Result<(), DbError> {
    let (by, beyond, way) = order.sql();
    conditions.beyond(by, "code", beyond, after);
    let most = conditions.int(limit);
    let sql = format!(
        "select {COLUMNS} from applications {} order by {by} {way}, code {way} limit {most}",
        conditions.clause()
    );
    for row in tx.query(&sql, &conditions.params())? {
        found.push(read(&row)?);
    }
    Ok(())
}

fn in_order(mut found: Vec<Application>, order: InboxOrder) -> Vec<Application> {
    let key = |one: &Application| (order.at(one), one.code.as_str().to_owned());
    found.sort_by_cached_key(key);
    if order == InboxOrder::Newest {
        found.reverse();
    }
    found
}

/// An officer, and those whose work reaches them on a day.
fn of_officer(tx: &mut Tx<'_>, organisation: &str, officer: &str, today: &str) -> Result<Vec<String>, DbError> {
    let mut all = crate::team::reached(tx, organisation, officer, today)?;
    all.push(officer.to_owned());
    Ok(all)
}

/// A page of an inbox.
pub fn inbox(tx: &mut Tx<'_>, asked: &Inbox, after: Option<&Cursor>, limit: u32) -> Result<Page<Application>, DbError> {
    let mut found = Vec::new();
    for organisation in asked_for(tx, asked.organisations.as_deref())? {
        // One question for each officer: so each is read off the index.
        let officers = match &asked.officer {
            LookedAfter::ByAnybody | LookedAfter::BySomebody => vec![None],
            LookedAfter::ByNobody => vec![Some(String::new())],
            LookedAfter::By { officer, today } => {
                of_officer(tx, &organisation, officer, today)?.into_iter().map(Some).collect()
            }
        };
        for officer in officers {
            let mut conditions = Conditions::default();
            conditions.equal("organisation_id", Some(&organisation));
            asked.narrow(&mut conditions);
            conditions.equal("officer", officer);
            if asked.officer == LookedAfter::BySomebody {
                conditions.holds("officer <> ''");
            }
            rows(tx, conditions, asked.order, after, i64::from(limit) + 1, &mut found)?;
        }
    }
    let place = |one: &Application| Cursor::new(asked.order.at(one).micros(), one.code.as_str());
    Ok(Page::cut(in_order(found, asked.order), limit, place))
}

/// Whose work is asked for.
#[derive(Debug, Clone)]
pub struct Waiting<'a> {
    /// Of these organisations; `None` for all.
    pub organisations: Option<&'a [OrganisationId]>,
    /// The officer's pseudonym.
    pub officer: &'a str,
    /// The day, as 2026-12-24: who is away on it is covered.
    pub today: &'a str,
    /// Their account and its address, so that nothing of their own is named to them; `None` for programs of the town.
    pub own: Option<(String, String)>,
    /// Only what they look after; else also what nobody does, and what needs a second pair of eyes that can be theirs.
    pub only_mine: bool,
}

/// Leaves out what the officer applies for themselves: they may not decide it.
fn not_own(conditions: &mut Conditions, asked: &Waiting<'_>) {
    let Some((person, email)) = &asked.own else { return };
    let person = conditions.text(person.as_str());
    conditions.holds(format!("(person_id is null or person_id <> {person})"));
    let email = conditions.text(email.as_str());
    conditions.holds(format!("(email is null or email <> {email})"));
    conditions.holds(format!(
        "not exists (select 1 from co_applicants c where c.owner = applications.code and c.email = {email} and c.state <> 'declined')"
    ));
}

/// What waits for an officer, what is due first: not what waits for the applicant, nor what this officer may not decide.
pub fn waiting(
    tx: &mut Tx<'_>,
    asked: &Waiting<'_>,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Vec<Application>, DbError> {
    let mut found = Vec::new();
    for organisation in asked_for(tx, asked.organisations)? {
        let mut officers = of_officer(tx, &organisation, asked.officer, asked.today)?;
        if !asked.only_mine {
            officers.push(String::new());
        }
        for officer in officers {
            let mut conditions = Conditions::default();
            conditions.equal("organisation_id", Some(&organisation));
            conditions.holds("is_open = true");
            conditions.equal("officer", Some(officer));
            conditions.holds("state in ('received', 'under-review')");
            not_own(&mut conditions, asked);
            rows(tx, conditions, InboxOrder::Due, after, i64::from(limit), &mut found)?;
        }
        if asked.only_mine {
            continue;
        }
        for (state, by) in [("state = 'proposed'", "proposed_by"), ("state = 'in-appeal'", "decided_by")] {
            let mut conditions = Conditions::default();
            conditions.equal("organisation_id", Some(&organisation));
            // In the words of the index of both: without them SQLite reads all that the agency ever had.
            conditions.holds("state in ('proposed', 'in-appeal')");
            conditions.holds(state);
            let own = conditions.text(format!("% {} %", asked.officer));
            conditions.holds(format!("' ' || {by} || ' ' not like {own}"));
            not_own(&mut conditions, asked);
            rows(tx, conditions, InboxOrder::Due, after, i64::from(limit), &mut found)?;
        }
    }
    let mut found = in_order(found, InboxOrder::Due);
    found.truncate(limit as usize);
    Ok(found)
}
