use crate::model::{Origin, State, Turnout, Vote};
use civic::Moment;
use database::{Cursor, DbError, Page, Row, Tx, params};

const COLUMNS: &str = "code, state, state_at, state_text, definition, origin, key_print, paper_done, turnout, created_at, version, paper_counts";

/// Keeps a new vote.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, vote: &Vote) -> Result<(), DbError> {
    let definition = json_of(&vote.definition)?;
    tx.execute(
        "insert into voting_votes (code, state, state_at, state_text, opens_at, closes_at, definition, origin, key_print, \
         paper_done, turnout, created_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &params![
            vote.code.as_str(),
            vote.state.word(),
            vote.state_at.micros(),
            vote.state.text(),
            vote.definition.opens_at.micros(),
            vote.definition.closes_at.micros(),
            &definition,
            vote.origin.word(),
            &vote.key_print,
            vote.paper_done,
            &json_of(&vote.turnout)?,
            vote.created_at.micros(),
            vote.version
        ],
    )
    .map(|_| ())
}

/// Keeps what changed of a vote, which counts one change more.
///
/// # Errors
/// [`DbError::NotFound`] when somebody else changed it since it was read; those of the database.
pub fn update(tx: &mut Tx<'_>, vote: &mut Vote) -> Result<(), DbError> {
    let changed = tx.execute(
        "update voting_votes set state = $3, state_at = $4, state_text = $5, opens_at = $6, closes_at = $7, definition = $8, \
         paper_done = $9, turnout = $10, paper_counts = $11, version = $2 + 1 where code = $1 and version = $2",
        &params![
            vote.code.as_str(),
            vote.version,
            vote.state.word(),
            vote.state_at.micros(),
            vote.state.text(),
            vote.definition.opens_at.micros(),
            vote.definition.closes_at.micros(),
            &json_of(&vote.definition)?,
            vote.paper_done,
            &json_of(&vote.turnout)?,
            &json_of(&vote.paper_counts)?
        ],
    )?;
    vote.version += 1;
    if changed == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Removes a vote with its ballots and its result.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    for sql in [
        "delete from voting_ballots where vote = $1",
        "delete from voting_results where vote = $1",
        "delete from voting_votes where code = $1",
    ] {
        tx.execute(sql, &params![code])?;
    }
    Ok(())
}

/// Whether a code is in use.
///
/// # Errors
/// Those of the database.
pub fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from voting_votes where code = $1", &params![code])?.is_some())
}

/// The vote of this code.
///
/// # Errors
/// Those of the database.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Vote>, DbError> {
    one(tx, code, "")
}

/// The same, kept from being changed by others until the transaction ends.
///
/// # Errors
/// Those of the database.
pub fn by_code_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Vote>, DbError> {
    let lock = tx.dialect().for_update();
    one(tx, code, lock)
}

/// The same, where many may look at once and whoever closes it waits for them.
///
/// # Errors
/// Those of the database.
pub fn vote_to_cast(tx: &mut Tx<'_>, code: &str) -> Result<Option<Vote>, DbError> {
    let lock = tx.dialect().for_share();
    one(tx, code, lock)
}

fn one(tx: &mut Tx<'_>, code: &str, lock: &str) -> Result<Option<Vote>, DbError> {
    let sql = format!("select {COLUMNS} from voting_votes where code = $1{lock}");
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// Votes whose time has come: published ones after their close, and closed ones that are not counted.
///
/// # Errors
/// Those of the database.
pub fn due(tx: &mut Tx<'_>, now: Moment, limit: u32) -> Result<Vec<Vote>, DbError> {
    let sql = format!(
        "select {COLUMNS} from voting_votes where state in ('published', 'closed') and closes_at <= $1 \
         order by closes_at, code limit $2"
    );
    tx.query(&sql, &params![now.micros(), limit])?.iter().map(read).collect()
}

/// A page of votes, those that close last first; drafts only for their makers.
///
/// # Errors
/// Those of the database.
pub fn page_of(tx: &mut Tx<'_>, with_drafts: bool, after: Option<&Cursor>, limit: u32) -> Result<Page<Vote>, DbError> {
    let (at, id) = after.map_or((i64::MAX, "~"), |cursor| (cursor.at(), cursor.id()));
    let drafts = if with_drafts { "" } else { " and state <> 'draft'" };
    let sql = format!(
        "select {COLUMNS} from voting_votes where (closes_at, code) < ($1, $2){drafts} order by closes_at desc, code desc limit $3"
    );
    let found = tx.query(&sql, &params![at, id, limit + 1])?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, limit, |vote| Cursor::new(vote.definition.closes_at.micros(), vote.code.as_str())))
}

/// Every vote but drafts, in the order in which they closed or will close.
///
/// # Errors
/// Those of the database.
pub fn public(tx: &mut Tx<'_>) -> Result<Vec<Vote>, DbError> {
    let sql = format!("select {COLUMNS} from voting_votes where state <> 'draft' order by closes_at, code");
    tx.query(&sql, &[])?.iter().map(read).collect()
}

/// The pages of public votes, oldest first.
///
/// # Errors
/// Those of the database.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let sql = "select code, state_at from voting_votes where state <> 'draft' order by created_at, code limit 10000 offset $1";
    let rows = tx.query(sql, &params![i64::from(page) * 10_000])?;
    rows.iter().map(|row| Ok((format!("/votes/{}", row.get::<String>(0)?), Moment(row.get(1)?)))).collect()
}

fn read(row: &Row) -> Result<Vote, DbError> {
    let broken = |what: &str| DbError::Other(format!("a vote's {what} cannot be read"));
    let (state, text): (String, String) = (row.get(1)?, row.get(3)?);
    let turnout: Turnout = serde_json::from_str(&row.get::<String>(8)?).map_err(|_| broken("turnout"))?;
    Ok(Vote {
        code: row.get::<String>(0)?.parse().map_err(|_| broken("code"))?,
        state: State::of(&state, text).ok_or_else(|| broken("state"))?,
        state_at: Moment(row.get(2)?),
        definition: serde_json::from_str(&row.get::<String>(4)?).map_err(|_| broken("definition"))?,
        origin: Origin::of_word(&row.get::<String>(5)?).ok_or_else(|| broken("origin"))?,
        key_print: row.get(6)?,
        paper_done: row.get(7)?,
        turnout,
        created_at: Moment(row.get(9)?),
        version: row.get(10)?,
        paper_counts: serde_json::from_str(&row.get::<String>(11)?).map_err(|_| broken("counts of paper"))?,
    })
}

pub(super) fn json_of(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Other(format!("a vote must be JSON: {error}")))
}
