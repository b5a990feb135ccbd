//! Who supports what. Private: the public sees how many.

use civic::{Moment, PersonId};
use database::{DbError, Tx, params};

/// Counts somebody once. Returns whether they are new.
pub fn add_support(tx: &mut Tx<'_>, proposal: &str, person: PersonId, now: Moment) -> Result<bool, DbError> {
    let sql = "insert into proposal_supports (proposal, person_id, at, merged_from) values ($1, $2, $3, '') on conflict do nothing";
    let new = tx.execute(sql, &params![proposal, &person.text(), now.micros()])? == 1;
    if new {
        recount(tx, proposal, 1)?;
    }
    Ok(new)
}

/// Takes somebody out of the count, also where they came by a merger: then at the merged proposal too. Returns whether they were
/// in it.
pub fn remove_support(tx: &mut Tx<'_>, proposal: &str, person: PersonId) -> Result<bool, DbError> {
    let sql = "delete from proposal_supports where proposal = $1 and person_id = $2 returning merged_from";
    let Some(gone) = tx.query_opt(sql, &params![proposal, &person.text()])? else { return Ok(false) };
    recount(tx, proposal, -1)?;
    let merged_from: String = gone.get(0)?;
    if !merged_from.is_empty() {
        remove_support(tx, &merged_from, person)?;
    }
    Ok(true)
}

fn recount(tx: &mut Tx<'_>, proposal: &str, by: i64) -> Result<(), DbError> {
    tx.execute("update proposals set supports = supports + $1 where code = $2", &params![by, proposal]).map(|_| ())
}

/// Takes one of the supports that somebody has in a process, or gives one back. Returns whether there was one left: one
/// statement asks and counts, so that two acts at once cannot both take the last.
pub fn give(tx: &mut Tx<'_>, process: &str, person: PersonId, by: i64, most: Option<u32>) -> Result<bool, DbError> {
    let most = most.map_or(i64::MAX, i64::from);
    let sql = "insert into process_supporters (process, person_id, given) values ($1, $2, $3) \
               on conflict (process, person_id) do update set given = process_supporters.given + excluded.given \
               where process_supporters.given + excluded.given <= $4";
    if by > most {
        return Ok(false);
    }
    Ok(tx.execute(sql, &params![process, &person.text(), by, most])? == 1)
}

/// Whether somebody is counted.
pub fn is_supporter(tx: &mut Tx<'_>, proposal: &str, person: Option<PersonId>) -> Result<bool, DbError> {
    let Some(person) = person else { return Ok(false) };
    let sql = "select 1 from proposal_supports where proposal = $1 and person_id = $2";
    Ok(tx.query_opt(sql, &params![proposal, &person.text()])?.is_some())
}

/// Counts who supports one proposal at another, into which it is merged, each once.
pub fn carry_supports(tx: &mut Tx<'_>, from: &str, into: &str) -> Result<(), DbError> {
    let sql = "insert into proposal_supports (proposal, person_id, at, merged_from) \
               select $2, person_id, at, $1 from proposal_supports where proposal = $1 on conflict do nothing";
    let new = tx.execute(sql, &params![from, into])?;
    recount(tx, into, i64::try_from(new).unwrap_or(i64::MAX))
}

/// The opposite.
pub fn return_supports(tx: &mut Tx<'_>, from: &str, into: &str) -> Result<(), DbError> {
    let sql = "delete from proposal_supports where proposal = $2 and merged_from = $1";
    let gone = tx.execute(sql, &params![from, into])?;
    recount(tx, into, -i64::try_from(gone).unwrap_or(i64::MAX))
}

/// The codes of what somebody supports.
pub fn supported_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<String>, DbError> {
    let sql = "select proposal from proposal_supports where person_id = $1 order by at, proposal";
    tx.query(sql, &params![&person.text()])?.iter().map(|row| row.get(0)).collect()
}
