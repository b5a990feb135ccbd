//! Groups, who is in them, and who was asked.

use super::{broken, parsed, proposals::COLUMNS, proposals::proposal_of};
use crate::model::{Group, Member, Proposal};
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};

/// Public proposals that the page of a group shows.
const PROPOSALS_SHOWN: i64 = 200;

/// Keeps a new group.
pub fn insert_group(tx: &mut Tx<'_>, group: &Group) -> Result<(), DbError> {
    let sql = "insert into proposal_groups (code, name, made_at) values ($1, $2, $3)";
    tx.execute(sql, &params![group.code.as_str(), &group.name, group.made_at.micros()]).map(|_| ())
}

/// The group of this code.
pub fn group(tx: &mut Tx<'_>, code: &str) -> Result<Option<Group>, DbError> {
    one(tx, code, "")
}

/// The same, held against change.
pub fn group_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Group>, DbError> {
    let lock = tx.dialect().for_update();
    one(tx, code, lock)
}

fn one(tx: &mut Tx<'_>, code: &str, lock: &str) -> Result<Option<Group>, DbError> {
    let sql = format!("select code, name, made_at from proposal_groups where code = $1{lock}");
    tx.query_opt(&sql, &params![code])?.as_ref().map(group_of).transpose()
}

/// The groups of somebody, by name.
pub fn groups_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Group>, DbError> {
    let sql = "select g.code, g.name, g.made_at from proposal_groups g join proposal_group_members m \
               on m.group_code = g.code where m.person_id = $1 order by g.name, g.code";
    tx.query(sql, &params![&person.text()])?.iter().map(group_of).collect()
}

/// Lets somebody in; whether they were not in yet.
pub fn add_member(tx: &mut Tx<'_>, group: &str, member: &Member) -> Result<bool, DbError> {
    let sql = "insert into proposal_group_members (group_code, person_id, handle, name, at) values ($1, $2, $3, $4, $5) \
               on conflict (group_code, person_id) do nothing";
    let person = member.person.text();
    let values = params![group, &person, &member.handle, &member.name, member.at.micros()];
    Ok(tx.execute(sql, &values)? == 1)
}

/// Lets somebody go; whether they were in.
pub fn remove_member(tx: &mut Tx<'_>, group: &str, person: PersonId) -> Result<bool, DbError> {
    let sql = "delete from proposal_group_members where group_code = $1 and person_id = $2";
    Ok(tx.execute(sql, &params![group, &person.text()])? == 1)
}

/// Who is in a group, in the order in which they came.
pub fn members_of(tx: &mut Tx<'_>, group: &str) -> Result<Vec<Member>, DbError> {
    let sql =
        "select person_id, handle, name, at from proposal_group_members where group_code = $1 order by at, handle";
    let member = |row: &Row| {
        Ok(Member { person: parsed(row, 0)?, handle: row.get(1)?, name: row.get(2)?, at: Moment(row.get(3)?) })
    };
    tx.query(sql, &params![group])?.iter().map(member).collect()
}

/// Whether somebody is in a group.
pub fn is_member(tx: &mut Tx<'_>, group: &str, person: Option<PersonId>) -> Result<bool, DbError> {
    let Some(person) = person else { return Ok(false) };
    let sql = "select 1 from proposal_group_members where group_code = $1 and person_id = $2";
    Ok(tx.query_opt(sql, &params![group, &person.text()])?.is_some())
}

/// Keeps that somebody was asked into a group.
pub fn add_group_invitation(
    tx: &mut Tx<'_>,
    group: &str,
    token_hash: &str,
    email: &str,
    now: Moment,
) -> Result<(), DbError> {
    tx.execute("delete from proposal_group_invitations where group_code = $1 and email = $2", &params![group, email])?;
    let sql = "insert into proposal_group_invitations (token_hash, group_code, email, at) values ($1, $2, $3, $4)";
    tx.execute(sql, &params![token_hash, group, email, now.micros()]).map(|_| ())
}

/// How many were asked and have not answered.
pub fn group_invitations(tx: &mut Tx<'_>, group: &str) -> Result<i64, DbError> {
    let sql = "select count(*) from proposal_group_invitations where group_code = $1";
    tx.query_one(sql, &params![group])?.get(0)
}

/// Whether an invitation is for this group.
pub fn is_asked(tx: &mut Tx<'_>, group: &str, token_hash: &str) -> Result<bool, DbError> {
    let sql = "select 1 from proposal_group_invitations where token_hash = $1 and group_code = $2";
    Ok(tx.query_opt(sql, &params![token_hash, group])?.is_some())
}

/// An invitation is good once. Returns whether it was there.
pub fn forget_group_invitation(tx: &mut Tx<'_>, token_hash: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from proposal_group_invitations where token_hash = $1", &params![token_hash])? == 1)
}

/// The public proposals of a group, newest first.
pub fn proposals_of_group(tx: &mut Tx<'_>, group: &str) -> Result<Vec<Proposal>, DbError> {
    let sql = format!(
        "select {COLUMNS} from proposals where group_code = $1 and submitted_at is not null \
         order by submitted_at desc, code desc limit $2"
    );
    tx.query(&sql, &params![group, PROPOSALS_SHOWN])?.iter().map(proposal_of).collect()
}

/// The drafts of the groups of somebody, and what those handed in.
pub(super) fn of_groups(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Proposal>, DbError> {
    let sql = format!(
        "select {COLUMNS} from proposals where group_code in \
         (select group_code from proposal_group_members where person_id = $1) order by updated_at desc, code limit 1000"
    );
    tx.query(&sql, &params![&person.text()])?.iter().map(proposal_of).collect()
}

/// Lets a group end that has no members and nothing public: its drafts are in nobody's name but their authors' then.
pub fn end_if_empty(tx: &mut Tx<'_>, group: &str) -> Result<(), DbError> {
    if !members_of(tx, group)?.is_empty() || !proposals_of_group(tx, group)?.is_empty() {
        return Ok(());
    }
    tx.execute("update proposals set group_code = null where group_code = $1", &params![group])?;
    tx.execute("delete from proposal_group_invitations where group_code = $1", &params![group])?;
    tx.execute("delete from proposal_groups where code = $1", &params![group]).map(|_| ())
}

/// Puts words back or away by moderation.
pub fn put_group_name(tx: &mut Tx<'_>, code: &str, name: &str) -> Result<(), DbError> {
    tx.execute("update proposal_groups set name = $1 where code = $2", &params![name, code]).map(|_| ())
}

fn group_of(row: &Row) -> Result<Group, DbError> {
    Ok(Group { code: row.get::<String>(0)?.parse().map_err(broken)?, name: row.get(1)?, made_at: Moment(row.get(2)?) })
}
