use civic::Moment;
use database::{DbError, Tx, params};

/// A line to put on the roll.
#[derive(Debug, Clone, Copy)]
pub struct NewLine<'l> {
    /// The name by which its voter is found.
    pub voter: &'l str,
    /// The name of the line, by which it is marked to have voted: one for all names of a voter.
    pub line: &'l str,
    /// What it says, sealed; empty for nothing.
    pub facts: &'l str,
    /// Which facts it has.
    pub has: &'l str,
}

/// A line of the roll, as a voter is found on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRoll {
    /// Its name.
    pub line: String,
    /// What it says, sealed.
    pub facts: String,
}

/// Puts a voter on the roll; whether they were not on it yet.
///
/// # Errors
/// Those of the database.
pub fn add_to_roll(tx: &mut Tx<'_>, vote: &str, new: NewLine<'_>) -> Result<bool, DbError> {
    let sql = "insert into voting_roll (vote, voter, line, facts, has) values ($1, $2, $3, $4, $5) \
               on conflict (vote, voter) do nothing";
    Ok(tx.execute(sql, &params![vote, new.voter, new.line, new.facts, new.has])? == 1)
}

/// The line on which a voter is found.
///
/// # Errors
/// Those of the database.
pub fn roll_line(tx: &mut Tx<'_>, vote: &str, voter: &str) -> Result<Option<OnRoll>, DbError> {
    let sql = "select line, facts from voting_roll where vote = $1 and voter = $2";
    let row = tx.query_opt(sql, &params![vote, voter])?;
    row.map(|row| Ok(OnRoll { line: row.get(0)?, facts: row.get(1)? })).transpose()
}

/// What the line of this name says, sealed.
///
/// # Errors
/// Those of the database.
pub fn facts_of(tx: &mut Tx<'_>, vote: &str, line: &str) -> Result<Option<String>, DbError> {
    let sql = "select facts from voting_roll where vote = $1 and line = $2 order by voter limit 1";
    tx.query_opt(sql, &params![vote, line])?.map(|row| row.get(0)).transpose()
}

/// How many are on the roll.
///
/// # Errors
/// Those of the database.
pub fn count_roll(tx: &mut Tx<'_>, vote: &str) -> Result<i64, DbError> {
    tx.query_one("select count(distinct line) from voting_roll where vote = $1", &params![vote])?.get(0)
}

/// How many lines of the roll do not say what this letter stands for.
///
/// # Errors
/// Those of the database.
pub fn roll_lacks(tx: &mut Tx<'_>, vote: &str, letter: char) -> Result<i64, DbError> {
    let sql = "select count(distinct line) from voting_roll where vote = $1 and has not like $2";
    tx.query_one(sql, &params![vote, &format!("%{letter}%")])?.get(0)
}

/// Forgets the roll.
///
/// # Errors
/// Those of the database.
pub fn drop_roll(tx: &mut Tx<'_>, vote: &str) -> Result<(), DbError> {
    tx.execute("delete from voting_roll where vote = $1", &params![vote]).map(|_| ())
}

/// Forgets the rolls of drafts that were begun, and of votes that were closed and are not counted, before `before`, at most
/// `limit` rows; how many went.
///
/// # Errors
/// Those of the database.
pub fn forget_rolls(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from voting_roll where (vote, voter) in (select r.vote, r.voter from voting_roll r \
               join voting_votes v on v.code = r.vote \
               where (v.state = 'draft' and v.created_at < $1) or (v.state = 'closed' and v.state_at < $1) limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}
