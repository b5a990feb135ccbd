//! People form a group, ask others in, come in by the mailed link, and leave. A group is its members' own until a proposal of
//! it is public; from then on who comes and goes is on the record.

use super::{CODE_LENGTH, hash_of, person_of};
use crate::{
    decide::line_within,
    model::{GROUP_NAME_LEAST, GROUP_NAME_LIMIT, GROUPS_LIMIT, Group, MEMBERS_LIMIT, Member, Proposal},
    store,
};
use civic::{Actor, Chance, Code, Moment, PersonId, secret};
use database::{DbError, Done, OffRecord, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Why most of it is not on the record.
const OWN: OffRecord = OffRecord("a group is its members' own until a proposal of it is public");

/// A group with what its page shows.
#[derive(Debug, Clone)]
pub struct SeenGroup {
    /// The group.
    pub group: Group,
    /// Who is in it.
    pub members: Vec<Member>,
    /// Its public proposals.
    pub proposals: Vec<Proposal>,
    /// Whether the reader is in it.
    pub is_member: bool,
}

/// Forms a group, with oneself in it.
///
/// # Errors
/// `group-name`, `groups-many`; refusals of the words.
pub async fn form_group(town: &Town, actor: Actor, name: &str) -> Result<Group, Stop> {
    let name = line_within(name, "name", GROUP_NAME_LIMIT)?;
    if name.chars().count() < GROUP_NAME_LEAST {
        return Err(Refusal::new("group-name").at("name").with("least", GROUP_NAME_LEAST).into());
    }
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            must_have_room(tx, person)?;
            let now = own.now();
            let group = Group { code: free_code(tx, own.chance())?, name, made_at: now };
            store::insert_group(tx, &group)?;
            store::add_member(tx, group.code.as_str(), &member(&actor, person, now))?;
            tx.commit(OWN, group).map_err(Stop::from)
        })
        .await
}

fn must_have_room(tx: &mut Tx<'_>, person: PersonId) -> Result<(), Stop> {
    if store::groups_of(tx, person)?.len() < GROUPS_LIMIT {
        return Ok(());
    }
    Err(Refusal::conflict("groups-many").with("most", GROUPS_LIMIT).into())
}

fn member(actor: &Actor, person: PersonId, now: Moment) -> Member {
    Member { person, handle: actor.handle.clone(), name: actor.name.clone(), at: now }
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'G', CODE_LENGTH, chance, |tx, code| store::group(tx, code).map(|found| found.is_some()))
}

/// A group as somebody sees it: its members always, everybody else once a proposal of it is public.
///
/// # Errors
/// `NotFound`; those of the database.
pub fn seen_group(tx: &mut Tx<'_>, code: &str, actor: &Actor) -> Result<SeenGroup, Stop> {
    let group = store::group(tx, code)?.ok_or(Stop::NotFound)?;
    let proposals = store::proposals_of_group(tx, code)?;
    let is_member = store::is_member(tx, code, actor.person)?;
    if proposals.is_empty() && !is_member {
        return Err(Stop::NotFound);
    }
    Ok(SeenGroup { members: store::members_of(tx, code)?, group, proposals, is_member })
}

/// Asks somebody by mail to come into a group one is in.
///
/// # Errors
/// `NotFound`, `NotAllowed` for who is not in it; `group-full`.
pub async fn ask_into_group(town: &Town, actor: Actor, code: String, email: EmailAddress) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let group = store::group_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            if !seen_group(tx, &code, &actor)?.is_member {
                return Err(Stop::NotAllowed);
            }
            let asked = store::group_invitations(tx, &code)?;
            must_fit(tx, &code, asked)?;
            let (now, token) = (own.now(), secret(own.chance()));
            store::add_group_invitation(tx, &code, &hash_of(&token), email.as_str(), now)?;
            let t = own.words().of(actor.language);
            let values = [
                ("name", actor.name.as_str().into()),
                ("group", group.shown().into()),
                ("link", own.url(&format!("/groups/{code}/join?key={token}")).into()),
            ];
            let body_text = t.with("mail-group-body", &values);
            let subject = t.with1("mail-group-subject", "group", group.shown());
            mail::put(tx, &Mail { to: email, subject, body_text }, now, own.chance())?;
            tx.commit(OffRecord("who is asked into a group is private until they come"), ()).map_err(Stop::from)
        })
        .await
}

/// Whether one more fits beside those who are in and so many who were asked.
fn must_fit(tx: &mut Tx<'_>, code: &str, asked: i64) -> Result<(), Stop> {
    let there = i64::try_from(store::members_of(tx, code)?.len()).unwrap_or(i64::MAX);
    if there.saturating_add(asked) < MEMBERS_LIMIT {
        return Ok(());
    }
    Err(Refusal::conflict("group-full").at("email").with("most", MEMBERS_LIMIT).into())
}

/// The group that a key of a mail is for.
///
/// # Errors
/// Those of the database.
pub fn asked_into(tx: &mut Tx<'_>, code: &str, key: &str) -> Result<Option<Group>, DbError> {
    if store::is_asked(tx, code, &hash_of(key))? { store::group(tx, code) } else { Ok(None) }
}

/// Comes into a group by the key of a mail; it is good once.
///
/// # Errors
/// `NotFound` for a key that is not good; `group-full`, `groups-many`.
pub async fn join_group(town: &Town, actor: Actor, code: String, key: String) -> Result<Group, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let group = store::group_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            let hash = hash_of(&key);
            if !store::is_asked(tx, &code, &hash)? {
                return Err(Stop::NotFound);
            }
            must_fit(tx, &code, 0)?;
            must_have_room(tx, person)?;
            store::forget_group_invitation(tx, &hash)?;
            let now = own.now();
            if store::add_member(tx, &code, &member(&actor, person, now))? {
                return said(&own, tx, &actor, group, "proposal-group.joined");
            }
            tx.commit(OWN, group).map_err(Stop::from)
        })
        .await
}

/// Leaves a group. Whoever began a proposal stays its author; a group without anybody and without anything public ends.
///
/// # Errors
/// `NotFound` for who is not in it.
pub async fn leave_group(town: &Town, actor: Actor, code: String) -> Result<Group, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let group = store::group_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            if !store::remove_member(tx, &code, person)? {
                return Err(Stop::NotFound);
            }
            store::end_if_empty(tx, &code)?;
            said(&own, tx, &actor, group, "proposal-group.left")
        })
        .await
}

/// Commits a change of a group, on the record where it is public.
fn said(town: &Town, tx: &mut Tx<'_>, actor: &Actor, group: Group, saying: &'static str) -> Result<Done<Group>, Stop> {
    let public = store::proposals_of_group(tx, group.code.as_str())?;
    if public.is_empty() {
        return tx.commit(OWN, group).map_err(Stop::from);
    }
    let members = store::members_of(tx, group.code.as_str())?.len();
    let entry = Entry::about(group.subject(), saying, actor, town.now(), town.chance());
    tx.commit(entry.publicly(&json!({ "group": group.code, "members": members }))?, group).map_err(Stop::from)
}
