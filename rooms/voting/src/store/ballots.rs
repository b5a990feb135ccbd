//! Who voted, and what was voted. The two are never read together, and nothing in a row of one leads to a row of the other.

use crate::{
    ballot::Published,
    model::{Channel, Turnout},
};
use database::{Cursor, DbError, Page, Tx, params};

/// The mark of a voter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// By which way the ballot comes.
    pub channel: Channel,
    /// The pseudonym of the clerk who made it; empty for ballots online.
    pub clerk: String,
    /// Who asked that it be taken back, if anybody did.
    pub asked: Option<AskedBack>,
}

/// That a clerk asks for a mark to be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBack {
    /// The pseudonym of the clerk.
    pub by: String,
    /// Why.
    pub why: String,
}

/// Marks that a voter has voted; whether they had not. `clerk` is who marked them, empty for ballots online.
///
/// # Errors
/// Those of the database.
pub fn mark(tx: &mut Tx<'_>, vote: &str, voter: &str, channel: Channel, clerk: &str) -> Result<bool, DbError> {
    let sql = "insert into voting_marks (vote, voter, channel, clerk) values ($1, $2, $3, $4) \
               on conflict (vote, voter) do nothing";
    Ok(tx.execute(sql, &params![vote, voter, channel.word(), clerk])? == 1)
}

/// How a voter is marked to have voted, if they are.
///
/// # Errors
/// Those of the database.
pub fn mark_of(tx: &mut Tx<'_>, vote: &str, voter: &str) -> Result<Option<Mark>, DbError> {
    let sql = "select channel, clerk, back_by, back_why from voting_marks where vote = $1 and voter = $2";
    let Some(row) = tx.query_opt(sql, &params![vote, voter])? else { return Ok(None) };
    let channel = Channel::of_word(&row.get::<String>(0)?).ok_or_else(|| DbError::Other("a channel".to_owned()))?;
    let (by, why): (String, String) = (row.get(2)?, row.get(3)?);
    Ok(Some(Mark { channel, clerk: row.get(1)?, asked: Some(AskedBack { by, why }).filter(|one| !one.by.is_empty()) }))
}

/// Keeps that a clerk asks for a mark to be taken back.
///
/// # Errors
/// Those of the database.
pub fn ask_back(tx: &mut Tx<'_>, vote: &str, voter: &str, asked: &AskedBack) -> Result<(), DbError> {
    let sql = "update voting_marks set back_by = $3, back_why = $4 where vote = $1 and voter = $2";
    tx.execute(sql, &params![vote, voter, &asked.by, &asked.why]).map(|_| ())
}

/// The marks that one clerk asked to be taken back, without the voters, in the order of the clerks.
///
/// # Errors
/// Those of the database.
pub fn asked_back(tx: &mut Tx<'_>, vote: &str) -> Result<Vec<AskedBack>, DbError> {
    let sql = "select back_by, back_why from voting_marks where vote = $1 and back_by <> '' order by back_by, back_why";
    tx.query(sql, &params![vote])?.iter().map(|row| Ok(AskedBack { by: row.get(0)?, why: row.get(1)? })).collect()
}

/// Takes a mark back.
///
/// # Errors
/// Those of the database.
pub fn unmark(tx: &mut Tx<'_>, vote: &str, voter: &str) -> Result<(), DbError> {
    tx.execute("delete from voting_marks where vote = $1 and voter = $2", &params![vote, voter]).map(|_| ())
}

/// The lines that voted by this channel.
///
/// # Errors
/// Those of the database.
pub fn marked(tx: &mut Tx<'_>, vote: &str, channel: Channel) -> Result<Vec<String>, DbError> {
    let sql = "select voter from voting_marks where vote = $1 and channel = $2 order by voter";
    tx.query(sql, &params![vote, channel.word()])?.iter().map(|row| row.get(0)).collect()
}

/// How many have voted, by channel.
///
/// # Errors
/// Those of the database.
pub fn turnout(tx: &mut Tx<'_>, vote: &str) -> Result<Turnout, DbError> {
    let rows =
        tx.query("select channel, count(*) from voting_marks where vote = $1 group by channel", &params![vote])?;
    let mut turnout = Turnout::new();
    for row in &rows {
        let channel = Channel::of_word(&row.get::<String>(0)?).ok_or_else(|| DbError::Other("a channel".to_owned()))?;
        turnout.insert(channel, row.get(1)?);
    }
    Ok(turnout)
}

/// Forgets who voted.
///
/// # Errors
/// Those of the database.
pub fn unmark_all(tx: &mut Tx<'_>, vote: &str) -> Result<(), DbError> {
    tx.execute("delete from voting_marks where vote = $1", &params![vote]).map(|_| ())
}

/// Puts a sealed ballot into the box, under a drawn name.
///
/// # Errors
/// Those of the database.
pub fn put_into_box(tx: &mut Tx<'_>, vote: &str, id: &str, sealed: &[u8]) -> Result<(), DbError> {
    tx.execute("insert into voting_box (vote, id, sealed) values ($1, $2, $3)", &params![vote, id, sealed]).map(|_| ())
}

/// The sealed ballots of a box.
///
/// # Errors
/// Those of the database.
pub fn in_box(tx: &mut Tx<'_>, vote: &str) -> Result<Vec<Vec<u8>>, DbError> {
    let mut sealed = Vec::new();
    tx.each("select sealed from voting_box where vote = $1 order by id", &params![vote], |row| {
        sealed.push(row.get(0)?);
        Ok(())
    })?;
    Ok(sealed)
}

/// Empties the box.
///
/// # Errors
/// Those of the database.
pub fn drop_box(tx: &mut Tx<'_>, vote: &str) -> Result<(), DbError> {
    tx.execute("delete from voting_box where vote = $1", &params![vote]).map(|_| ())
}

/// Keeps the ballots that are published, which must come in the order of their receipts: drawn, so no order of anything.
///
/// # Errors
/// Those of the database.
pub fn keep_ballots(tx: &mut Tx<'_>, vote: &str, ballots: &[Published]) -> Result<(), DbError> {
    for ballot in ballots {
        tx.execute(
            "insert into voting_ballots (vote, receipt, choices) values ($1, $2, $3)",
            &params![vote, &ballot.receipt, &ballot.choices],
        )?;
    }
    Ok(())
}

/// The published ballot of a receipt.
///
/// # Errors
/// Those of the database.
pub fn ballot(tx: &mut Tx<'_>, vote: &str, receipt: &str) -> Result<Option<Published>, DbError> {
    let sql = "select receipt, choices from voting_ballots where vote = $1 and receipt = $2";
    tx.query_opt(sql, &params![vote, receipt])?
        .map(|row| Ok(Published { receipt: row.get(0)?, choices: row.get(1)? }))
        .transpose()
}

/// Hands on what each published ballot says.
///
/// # Errors
/// Those of the database.
pub fn each_ballot(tx: &mut Tx<'_>, vote: &str, take: &mut dyn FnMut(&str)) -> Result<(), DbError> {
    tx.each("select choices from voting_ballots where vote = $1", &params![vote], |row| {
        take(&row.get::<String>(0)?);
        Ok(())
    })
}

/// A page of published ballots, by receipt.
///
/// # Errors
/// Those of the database.
pub fn ballots_after(
    tx: &mut Tx<'_>,
    vote: &str,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Published>, DbError> {
    let after = after.map_or("", Cursor::id);
    let sql = "select receipt, choices from voting_ballots where vote = $1 and receipt > $2 order by receipt limit $3";
    let rows = tx.query(sql, &params![vote, after, limit + 1])?;
    let read = |row: &database::Row| Ok(Published { receipt: row.get(0)?, choices: row.get(1)? });
    let found = rows.iter().map(read).collect::<Result<Vec<_>, DbError>>()?;
    Ok(Page::cut(found, limit, |ballot| Cursor::new(0, ballot.receipt.as_str())))
}
