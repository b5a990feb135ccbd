//! Who supports what. Private: the public sees how many.

use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};

/// What became of a support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It is new; whether it counts is settled by [`settle_supports`].
    New,
    /// It was there already; its grade is this one now.
    Before,
}

/// Notes somebody's support once, with its grade. It counts when [`settle_supports`] says so.
pub fn add_support(
    tx: &mut Tx<'_>,
    proposal: &str,
    person: PersonId,
    grade: i64,
    now: Moment,
) -> Result<Given, DbError> {
    let sql = "insert into proposal_supports (proposal, person_id, at, merged_from, grade, counted) \
               values ($1, $2, $3, '', $4, false) on conflict do nothing";
    if tx.execute(sql, &params![proposal, &person.text(), now.micros(), grade])? == 1 {
        return Ok(Given::New);
    }
    let sql = "select grade, counted from proposal_supports where proposal = $1 and person_id = $2";
    let row = tx.query_one(sql, &params![proposal, &person.text()])?;
    let (before, counted): (i64, bool) = (row.get(0)?, row.get(1)?);
    if before != grade {
        let sql = "update proposal_supports set grade = $1 where proposal = $2 and person_id = $3";
        tx.execute(sql, &params![grade, proposal, &person.text()])?;
        if counted {
            recount(tx, proposal, 0, grade - before)?;
        }
    }
    Ok(Given::Before)
}

/// Takes somebody out of the count, also where they came by a merger: then at the merged proposal too. Returns whether they were
/// in it.
pub fn remove_support(tx: &mut Tx<'_>, proposal: &str, person: PersonId) -> Result<bool, DbError> {
    let sql =
        "delete from proposal_supports where proposal = $1 and person_id = $2 returning merged_from, grade, counted";
    let Some(gone) = tx.query_opt(sql, &params![proposal, &person.text()])? else { return Ok(false) };
    let (merged_from, grade, counted): (String, i64, bool) = (gone.get(0)?, gone.get(1)?, gone.get(2)?);
    if counted {
        recount(tx, proposal, -1, -grade)?;
    }
    if !merged_from.is_empty() {
        remove_support(tx, &merged_from, person)?;
    }
    Ok(true)
}

fn recount(tx: &mut Tx<'_>, proposal: &str, people: i64, points: i64) -> Result<(), DbError> {
    let sql = "update proposals set supports = supports + $1, points = points + $2 where code = $3";
    tx.execute(sql, &params![people, points, proposal]).map(|_| ())
}

/// Counts all supports of somebody in a process, or none of them: as they gave enough, or not. Answers the proposals whose
/// counts changed, always in the order of their codes.
pub fn settle_supports(tx: &mut Tx<'_>, process: &str, person: PersonId, counts: bool) -> Result<Vec<String>, DbError> {
    let sql = "select s.proposal, s.grade from proposal_supports s join proposals p on p.code = s.proposal \
               where p.process = $1 and s.person_id = $2 and s.counted <> $3 order by s.proposal";
    let mut changed = Vec::new();
    for row in tx.query(sql, &params![process, &person.text(), counts])? {
        let (proposal, grade): (String, i64) = (row.get(0)?, row.get(1)?);
        let sql = "update proposal_supports set counted = $1 where proposal = $2 and person_id = $3";
        tx.execute(sql, &params![counts, &proposal, &person.text()])?;
        let sign = if counts { 1 } else { -1 };
        recount(tx, &proposal, sign, sign * grade)?;
        changed.push(proposal);
    }
    Ok(changed)
}

/// How many supports somebody gave in a process.
pub fn given(tx: &mut Tx<'_>, process: &str, person: PersonId) -> Result<i64, DbError> {
    let sql = "select given from process_supporters where process = $1 and person_id = $2";
    Ok(tx.query_opt(sql, &params![process, &person.text()])?.map(|row| row.get(0)).transpose()?.unwrap_or(0))
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

/// The grade of somebody's support; `None` without one.
pub fn grade_of(tx: &mut Tx<'_>, proposal: &str, person: Option<PersonId>) -> Result<Option<i64>, DbError> {
    let Some(person) = person else { return Ok(None) };
    let sql = "select grade from proposal_supports where proposal = $1 and person_id = $2";
    tx.query_opt(sql, &params![proposal, &person.text()])?.map(|row| row.get(0)).transpose()
}

/// Whether somebody supports it.
pub fn is_supporter(tx: &mut Tx<'_>, proposal: &str, person: Option<PersonId>) -> Result<bool, DbError> {
    Ok(grade_of(tx, proposal, person)?.is_some())
}

/// Counts who supports one proposal at another, into which it is merged, each once.
pub fn carry_supports(tx: &mut Tx<'_>, from: &str, into: &str) -> Result<(), DbError> {
    let sql = "insert into proposal_supports (proposal, person_id, at, merged_from, grade, counted) \
               select $2, person_id, at, $1, grade, counted from proposal_supports where proposal = $1 on conflict do nothing";
    tx.execute(sql, &params![from, into])?;
    let (people, points) = carried(tx, from, into)?;
    recount(tx, into, people, points)
}

/// The opposite.
pub fn return_supports(tx: &mut Tx<'_>, from: &str, into: &str) -> Result<(), DbError> {
    let (people, points) = carried(tx, from, into)?;
    let sql = "delete from proposal_supports where proposal = $2 and merged_from = $1";
    tx.execute(sql, &params![from, into])?;
    recount(tx, into, -people, -points)
}

/// How many counted supports of one proposal came from another, and the sum of their grades.
fn carried(tx: &mut Tx<'_>, from: &str, into: &str) -> Result<(i64, i64), DbError> {
    let sql = "select grade from proposal_supports where proposal = $2 and merged_from = $1 and counted";
    let grades: Vec<i64> =
        tx.query(sql, &params![from, into])?.iter().map(|row: &Row| row.get(0)).collect::<Result<_, _>>()?;
    Ok((i64::try_from(grades.len()).unwrap_or(i64::MAX), grades.iter().sum()))
}

/// The codes of what somebody supports.
pub fn supported_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<String>, DbError> {
    let sql = "select proposal from proposal_supports where person_id = $1 order by at, proposal";
    tx.query(sql, &params![&person.text()])?.iter().map(|row| row.get(0)).collect()
}
