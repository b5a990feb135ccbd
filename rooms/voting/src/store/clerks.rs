//! Who may mark voters and enter ballots on paper, and what each did.

use civic::Moment;
use database::{DbError, Tx, params};

/// Names a clerk of a vote; whether they were not before.
///
/// # Errors
/// Those of the database.
pub fn name_clerk(tx: &mut Tx<'_>, vote: &str, clerk: &str, now: Moment) -> Result<bool, DbError> {
    let sql =
        "insert into voting_clerks (vote, clerk, named_at) values ($1, $2, $3) on conflict (vote, clerk) do nothing";
    Ok(tx.execute(sql, &params![vote, clerk, now.micros()])? == 1)
}

/// Takes a clerk off a vote; whether they were one.
///
/// # Errors
/// Those of the database.
pub fn end_clerk(tx: &mut Tx<'_>, vote: &str, clerk: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from voting_clerks where vote = $1 and clerk = $2", &params![vote, clerk])? == 1)
}

/// The clerks of a vote, by pseudonym.
///
/// # Errors
/// Those of the database.
pub fn clerks(tx: &mut Tx<'_>, vote: &str) -> Result<Vec<String>, DbError> {
    let sql = "select clerk from voting_clerks where vote = $1 order by clerk";
    tx.query(sql, &params![vote])?.iter().map(|row| row.get(0)).collect()
}

/// How many voters each clerk marked, by pseudonym.
///
/// # Errors
/// Those of the database.
pub fn marks_by_clerk(tx: &mut Tx<'_>, vote: &str) -> Result<Vec<(String, i64)>, DbError> {
    let sql = "select clerk, count(*) from voting_marks where vote = $1 and clerk <> '' group by clerk order by clerk";
    tx.query(sql, &params![vote])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
