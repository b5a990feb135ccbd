//! Who is named with a proposal, and who was asked to join.

use super::{broken, parsed_if_any};
use crate::model::{Author, AuthorPart, Proposal};
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "handle, person_id, name, part";

/// Names somebody with a proposal; who is named already stays what they are, unless they decide from now on.
pub fn add_author(tx: &mut Tx<'_>, proposal: &str, author: &Author, now: Moment) -> Result<(), DbError> {
    let sql = "insert into proposal_authors (proposal, handle, person_id, name, part, at) values ($1, $2, $3, $4, $5, $6) \
               on conflict (proposal, handle) do update set part = excluded.part \
               where excluded.part = 'co' and proposal_authors.part <> 'lead'";
    let person = author.person.map(|person| person.text());
    tx.execute(
        sql,
        &params![proposal, &author.handle, person.as_deref(), &author.name, author.part.word(), now.micros()],
    )
    .map(|_| ())
}

/// Takes those out again who were named only because their proposal was merged into this one.
pub fn remove_merged_authors(tx: &mut Tx<'_>, proposal: &str, of: &str) -> Result<(), DbError> {
    let sql = "delete from proposal_authors where proposal = $1 and part = 'merged' \
               and handle in (select handle from proposal_authors where proposal = $2)";
    tx.execute(sql, &params![proposal, of]).map(|_| ())
}

/// Who is named with a proposal, in the order in which they came.
pub fn authors_of(tx: &mut Tx<'_>, proposal: &str) -> Result<Vec<Author>, DbError> {
    let sql = format!("select {COLUMNS} from proposal_authors where proposal = $1 order by at, handle limit 500");
    tx.query(&sql, &params![proposal])?.iter().map(author_of).collect()
}

/// Whether somebody decides about the words of a proposal: as its author, or in the group that puts it forward.
pub fn decides(tx: &mut Tx<'_>, proposal: &str, person: Option<PersonId>) -> Result<bool, DbError> {
    let Some(person) = person else { return Ok(false) };
    let sql = "select 1 from proposal_authors where proposal = $1 and person_id = $2 and part in ('lead', 'co') \
               union all select 1 from proposals p join proposal_group_members m on m.group_code = p.group_code \
               where p.code = $1 and m.person_id = $2";
    Ok(tx.query_opt(sql, &params![proposal, &person.text()])?.is_some())
}

/// The proposals somebody is named with, drafts too, newest first; then those of their groups.
pub fn named_with(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(Proposal, AuthorPart)>, DbError> {
    let sql = "select proposal, part from proposal_authors where person_id = $1 order by at desc, proposal limit 1000";
    let mut named = Vec::new();
    for row in tx.query(sql, &params![&person.text()])? {
        let part = row.get::<String>(1)?.parse().map_err(|()| broken("unknown part"))?;
        if let Some(proposal) = super::by_code(tx, &row.get::<String>(0)?)? {
            named.push((proposal, part));
        }
    }
    for proposal in super::groups::of_groups(tx, person)? {
        if named.iter().all(|(one, _)| one.code != proposal.code) {
            named.push((proposal, AuthorPart::Co));
        }
    }
    Ok(named)
}

/// How many drafts somebody leads in a process.
pub fn drafts_of(tx: &mut Tx<'_>, process: &str, person: PersonId) -> Result<i64, DbError> {
    let sql = "select count(*) from proposal_authors a join proposals p on p.code = a.proposal \
               where a.person_id = $1 and a.part = 'lead' and p.process = $2 and p.submitted_at is null";
    tx.query_one(sql, &params![&person.text(), process])?.get(0)
}

/// Keeps that somebody was asked to join.
pub fn add_invitation(
    tx: &mut Tx<'_>,
    proposal: &str,
    token_hash: &str,
    email: &str,
    now: Moment,
) -> Result<(), DbError> {
    tx.execute("delete from proposal_invitations where proposal = $1 and email = $2", &params![proposal, email])?;
    let sql = "insert into proposal_invitations (token_hash, proposal, email, at) values ($1, $2, $3, $4)";
    tx.execute(sql, &params![token_hash, proposal, email, now.micros()]).map(|_| ())
}

/// How many were asked and have not answered.
pub fn invitations_of(tx: &mut Tx<'_>, proposal: &str) -> Result<i64, DbError> {
    tx.query_one("select count(*) from proposal_invitations where proposal = $1", &params![proposal])?.get(0)
}

/// The code of the proposal that an invitation is for.
pub fn code_of_invitation(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<String>, DbError> {
    let row = tx.query_opt("select proposal from proposal_invitations where token_hash = $1", &params![token_hash])?;
    row.map(|row| row.get(0)).transpose()
}

/// An invitation is good once. Returns whether it was there.
pub fn forget_invitation(tx: &mut Tx<'_>, token_hash: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from proposal_invitations where token_hash = $1", &params![token_hash])? == 1)
}

/// Forgets invitations from before, at most `limit`; answers how many.
pub fn forget_old_invitations(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let mut gone = 0;
    for table in ["proposal_invitations", "proposal_group_invitations"] {
        let sql =
            format!("delete from {table} where token_hash in (select token_hash from {table} where at < $1 limit $2)");
        gone += tx.execute(&sql, &params![before.micros(), limit])?;
    }
    Ok(gone)
}

fn author_of(row: &Row) -> Result<Author, DbError> {
    Ok(Author {
        handle: row.get(0)?,
        person: parsed_if_any(row, 1)?,
        name: row.get(2)?,
        part: row.get::<String>(3)?.parse().map_err(|()| broken("unknown part"))?,
    })
}
