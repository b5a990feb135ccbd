//! What a person leaves, and what is not kept for ever.

use super::{authors_of, named_with, supported_by};
use crate::model::{AMENDMENT, ARGUMENT, AuthorPart, PROPOSAL, Proposal};
use civic::{Moment, PersonId, Subject};
use database::{DbError, Tx, params};
use serde_json::{Value, json};

/// Everything this room keeps about a person.
pub fn export_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let mut proposals = Vec::new();
    for (proposal, part) in named_with(tx, person)? {
        let hidden = commons::moderation::own_words(tx, &proposal.subject())?;
        proposals.push(json!({
            "code": proposal.code.as_str(), "process": proposal.process, "part": part.word(), "state": proposal.state.word(),
            "title": proposal.title, "text": proposal.text, "address": proposal.address, "made_at": proposal.made_at.rfc3339(),
            "hidden_by_moderation": hidden,
        }));
    }
    let id = person.text();
    let rows = tx.query(
        "select proposal, side, body, at from proposal_arguments where author_id = $1 order by at",
        &params![&id],
    )?;
    let mut arguments = Vec::new();
    for row in rows {
        arguments.push(json!({"proposal": row.get::<String>(0)?, "side": row.get::<String>(1)?,
            "text": row.get::<String>(2)?, "at": Moment(row.get(3)?).rfc3339()}));
    }
    let sql = "select code, proposal, title, body, why, at from proposal_amendments where author_id = $1 order by at";
    let mut amendments = Vec::new();
    for row in tx.query(sql, &params![&id])? {
        amendments.push(
            json!({"code": row.get::<String>(0)?, "proposal": row.get::<String>(1)?, "title": row.get::<String>(2)?,
            "text": row.get::<String>(3)?, "why": row.get::<String>(4)?, "at": Moment(row.get(5)?).rfc3339()}),
        );
    }
    let groups: Vec<Value> = super::groups_of(tx, person)?
        .into_iter()
        .map(|group| json!({"code": group.code.as_str(), "name": group.name}))
        .collect();
    let supports = supported_by(tx, person)?;
    Ok(json!({"proposals": proposals, "arguments": arguments, "amendments": amendments, "supports": supports,
        "groups": groups}))
}

/// Takes a person out. Drafts that are theirs alone go. The words of what they handed in alone go too, unless the town has
/// answered, others joined, or it was merged: then the words stay as the town's matter, without a name, and the receipt says so.
/// Their supports leave no name, and the counts stay.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    for (proposal, part) in named_with(tx, person)? {
        if part.decides() {
            erase_from(tx, &proposal, person)?;
        }
    }
    let id = person.text();
    for group in super::groups_of(tx, person)? {
        super::remove_member(tx, group.code.as_str(), person)?;
        super::end_if_empty(tx, group.code.as_str())?;
    }
    let sql = "update proposal_authors set person_id = null, name = '' where person_id = $1";
    tx.execute(sql, &params![&id])?;
    erase_arguments(tx, &id)?;
    erase_amendments(tx, &id)?;
    // Counted as nobody from now on: the count stays, the name goes.
    tx.execute("delete from proposal_supports where person_id = $1", &params![&id])?;
    tx.execute("delete from process_supporters where person_id = $1", &params![&id])?;
    let email = people::accounts::by_id(tx, person)?.and_then(|person| person.email);
    if let Some(email) = email {
        tx.execute("delete from proposal_invitations where email = $1", &params![email.as_str()])?;
        tx.execute("delete from proposal_group_invitations where email = $1", &params![email.as_str()])?;
    }
    Ok(())
}

fn erase_from(tx: &mut Tx<'_>, proposal: &Proposal, person: PersonId) -> Result<(), DbError> {
    let authors = authors_of(tx, proposal.code.as_str())?;
    let code = proposal.code.as_str();
    let of_group = match &proposal.group {
        Some(group) => super::members_of(tx, &group.code)?.iter().any(|member| member.person != person),
        None => false,
    };
    let others =
        of_group || authors.iter().any(|one| one.part.decides() && one.person.is_some() && one.person != Some(person));
    if proposal.submitted_at.is_none() {
        return if others { Ok(()) } else { delete_draft(tx, code) };
    }
    let merged = authors.iter().any(|one| one.part == AuthorPart::Merged);
    if others || merged || proposal.state.is_answered() {
        tx.note(people::receipt::STAYS, "erased-stays-proposal".to_owned());
        return Ok(());
    }
    let subject = proposal.subject();
    commons::search::remove(tx, &subject)?;
    commons::files::erase_of(tx, &subject)?;
    commons::moderation::privacy::erase_words_about(tx, &subject)?;
    record::forget_salts_about(tx, &subject)?;
    tx.execute("update proposal_versions set title = '', body = '' where proposal = $1", &params![code])?;
    tx.execute("update proposals set title = '', body = '', address = '' where code = $1", &params![code]).map(|_| ())
}

pub fn delete_draft(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    commons::files::erase_of(tx, &Subject::new(PROPOSAL, code))?;
    for table in ["proposal_authors", "proposal_invitations"] {
        tx.execute(&format!("delete from {table} where proposal = $1"), &params![code])?;
    }
    tx.execute("delete from proposals where code = $1 and submitted_at is null", &params![code]).map(|_| ())
}

fn erase_arguments(tx: &mut Tx<'_>, person: &str) -> Result<(), DbError> {
    for row in tx.query("select entry_id, id from proposal_arguments where author_id = $1", &params![person])? {
        record::forget_salt(tx, &row.get::<String>(0)?)?;
        let subject = Subject::new(ARGUMENT, row.get::<String>(1)?);
        commons::moderation::privacy::erase_words_about(tx, &subject)?;
    }
    tx.execute("delete from proposal_arguments where author_id = $1", &params![person]).map(|_| ())
}

fn erase_amendments(tx: &mut Tx<'_>, person: &str) -> Result<(), DbError> {
    for row in tx.query("select entry_id, code from proposal_amendments where author_id = $1", &params![person])? {
        record::forget_salt(tx, &row.get::<String>(0)?)?;
        let subject = Subject::new(AMENDMENT, row.get::<String>(1)?);
        commons::moderation::privacy::erase_words_about(tx, &subject)?;
    }
    let sql = "update proposal_amendments set title = '', body = '', why = '', author_id = null, author_name = '' where author_id = $1";
    tx.execute(sql, &params![person]).map(|_| ())
}

/// Throws drafts away that nobody changed since, at most `limit`; answers how many.
pub fn forget_old_drafts(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select code from proposals where submitted_at is null and updated_at < $1 order by updated_at limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        delete_draft(tx, &row.get::<String>(0)?)?;
    }
    Ok(rows.len() as u64)
}

/// Forgets who supported what in processes that ended before, at most `limit` rows; the counts stay. Answers how many.
pub fn forget_old_supports(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select s.proposal, s.person_id from proposal_supports s join proposals p on p.code = s.proposal \
               join processes r on r.code = p.process where r.closes_at < $1 order by s.proposal, s.person_id limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let values = (row.get::<String>(0)?, row.get::<String>(1)?);
        tx.execute(
            "delete from proposal_supports where proposal = $1 and person_id = $2",
            &params![&values.0, &values.1],
        )?;
    }
    if rows.len() < limit as usize {
        let sql = "delete from process_supporters where process in (select code from processes where closes_at < $1)";
        tx.execute(sql, &params![before.micros()])?;
    }
    Ok(rows.len() as u64)
}
