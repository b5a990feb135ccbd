//! Officers say what they know and when they are away; work is shared out.

use super::{
    decide::{Member, Waiting, pick, share},
    store::{self, Absence, Named},
};
use crate::{
    acts, conflict, joint,
    model::{Application, Definition},
    store as rooms,
};
use civic::{Actor, Chance, EntryId, Moment, OrganisationId};
use database::{DbError, OffRecord, Tx};
use jiff::civil::Date;
use web::{Refusal, Stop, Town};

/// Applications that are shared out at once.
const SHARED_AT_ONCE: i64 = 500;
/// Days an absence may last.
const AWAY_DAYS_MOST: i32 = 366;
const PRIVATE: OffRecord = OffRecord("who works when, and on what, is between colleagues");

/// The day in the town, as it is written in absences.
pub(crate) fn today(town: &Town, now: Moment) -> String {
    now.in_zone(&town.settings().zone).date().to_string()
}

fn own(actor: &Actor, organisation: OrganisationId) -> Result<(), Stop> {
    if actor.may_for(&acts::HANDLE, Some(organisation)) { Ok(()) } else { Err(Stop::NotFound) }
}

fn member_of(tx: &mut Tx<'_>, town: &Town, organisation: OrganisationId, officer: &str) -> Result<Named, Stop> {
    let now = town.now();
    let found = store::members(tx, organisation, &today(town, now), now)?;
    let found = found.into_iter().find(|one| one.member.officer == officer);
    found.ok_or_else(|| Refusal::new("team-officer").at("officer").into())
}

/// Says whether new applications of an agency are shared out by themselves.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach.
pub async fn set_team(town: &Town, actor: Actor, organisation: OrganisationId, shares: bool) -> Result<(), Stop> {
    own(&actor, organisation)?;
    town.db()
        .write(move |tx| {
            store::set_shares(tx, organisation, shares)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Says which services an officer knows; none for all. Codes that are no services of the agency are left out.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `team-officer` for who is no officer of the agency.
pub async fn set_skills(
    town: &Town,
    actor: Actor,
    organisation: OrganisationId,
    officer: String,
    services: Vec<String>,
) -> Result<(), Stop> {
    own(&actor, organisation)?;
    let town_too = town.clone();
    town.db()
        .write(move |tx| {
            let named = member_of(tx, &town_too, organisation, &officer)?;
            let known = rooms::services_all(tx)?;
            let is_own = |code: &String| known.iter().any(|one| one.code == *code && one.organisation == organisation);
            let services: Vec<String> = services.into_iter().filter(is_own).collect();
            store::set_skills(tx, organisation, (named.person, &officer), &services)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// An absence to keep.
#[derive(Debug, Clone)]
pub struct NewAbsence {
    /// Who is away.
    pub officer: String,
    /// The first day, as 2026-12-24.
    pub from_day: String,
    /// The last day.
    pub to_day: String,
    /// Who covers; empty for the whole agency.
    pub cover: String,
}

/// Keeps that an officer is away.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `team-officer`, `team-days`, `team-cover`.
pub async fn add_absence(town: &Town, actor: Actor, organisation: OrganisationId, new: NewAbsence) -> Result<(), Stop> {
    own(&actor, organisation)?;
    let wrong = || Stop::from(Refusal::new("team-days").at("from").with("most", i64::from(AWAY_DAYS_MOST)));
    let day = |text: &str| text.parse::<Date>().map_err(|_| wrong());
    let (from, to) = (day(&new.from_day)?, day(&new.to_day)?);
    let days = from.until(to).map_err(|_| wrong())?.get_days();
    if to < from || days >= AWAY_DAYS_MOST {
        return Err(wrong());
    }
    let (own_town, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let named = member_of(tx, &own_town, organisation, &new.officer)?;
            if !new.cover.is_empty() {
                let is_other = new.cover != new.officer && member_of(tx, &own_town, organisation, &new.cover).is_ok();
                if !is_other {
                    return Err(Refusal::new("team-cover").at("cover").into());
                }
            }
            let absence = Absence {
                id: EntryId::new(now, &*chance).text(),
                officer: new.officer,
                from_day: from.to_string(),
                to_day: to.to_string(),
                cover: new.cover,
            };
            store::add_absence(tx, organisation, named.person, &absence)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Takes an absence away: they are back, or stayed.
///
/// # Errors
/// `NotFound`.
pub async fn drop_absence(town: &Town, actor: Actor, organisation: OrganisationId, id: String) -> Result<(), Stop> {
    own(&actor, organisation)?;
    town.db()
        .write(move |tx| {
            if !store::drop_absence(tx, organisation, &id)? {
                return Err(Stop::NotFound);
            }
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Who takes a new application, where the agency shares out by itself; `None` where nobody can, or it does not.
pub fn for_new(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
) -> Result<Option<String>, DbError> {
    if !store::shares(tx, one.organisation)? {
        return Ok(None);
    }
    // Two that come at once see one another's load.
    store::hold(tx, one.organisation)?;
    let named = store::members(tx, one.organisation, &today(town, town.now()), town.now())?;
    let waiting = waiting(tx, one, definition.four_eyes, &named)?;
    Ok(pick(&plain(named), &waiting).map(|member| member.officer.clone()))
}

/// An application to be shared out, with who of the agency may not decide it.
fn waiting(tx: &mut Tx<'_>, one: &Application, four_eyes: bool, named: &[Named]) -> Result<Waiting, DbError> {
    let joint = joint::of_owner(tx, one.code.as_str())?;
    let is_barred = |member: &&Named| {
        let officer = conflict::Officer { person: member.person, email: member.email.as_ref() };
        conflict::applies(one, &joint, &officer) || (four_eyes && one.clerk == member.member.officer)
    };
    let barred = named.iter().filter(is_barred).map(|member| member.member.officer.clone()).collect();
    Ok(Waiting { code: one.code.to_string(), service: one.service.clone(), barred })
}

fn plain(named: Vec<Named>) -> Vec<Member> {
    named.into_iter().map(|one| one.member).collect()
}

/// Shares out what nobody looks after. Answers how many were given to somebody.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach.
pub async fn share_out(town: &Town, actor: Actor, organisation: OrganisationId) -> Result<usize, Stop> {
    own(&actor, organisation)?;
    let (own_town, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            store::hold(tx, organisation)?;
            let named = store::members(tx, organisation, &today(&own_town, now), now)?;
            let mut all = Vec::new();
            for code in store::nobodys(tx, organisation, SHARED_AT_ONCE)? {
                let Some(one) = rooms::by_code(tx, &code)? else { continue };
                let asked = rooms::version_kept(tx, &one.service, one.number)?;
                all.push(waiting(tx, &one, asked.is_some_and(|asked| asked.four_eyes), &named)?);
            }
            let shared = share(&mut plain(named), &all);
            let mut count = 0;
            for (code, officer) in shared {
                let Some(mut one) = rooms::by_code_to_change(tx, &code)? else { continue };
                if one.officer.is_empty() && one.state.is_open() {
                    assign(tx, &mut one, &officer, now, &*chance)?;
                    count += 1;
                }
            }
            tx.commit(PRIVATE, count).map_err(Stop::from)
        })
        .await
}

/// Gives an application to an officer, and notes it in its thread.
pub(crate) fn assign(
    tx: &mut Tx<'_>,
    one: &mut Application,
    officer: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    officer.clone_into(&mut one.officer);
    one.version += 1;
    rooms::update(tx, one)?;
    let step = crate::model::Step {
        id: EntryId::new(now, chance).text(),
        at: now,
        what: "assigned".to_owned(),
        actor: officer.to_owned(),
        body: String::new(),
        is_internal: true,
    };
    rooms::add_step(tx, &one.code, &step)
}
