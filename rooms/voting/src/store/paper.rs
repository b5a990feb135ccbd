use crate::model::Channel;
use database::{DbError, Row, Tx, params};

/// A ballot on paper as one clerk read it, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The number stamped on it in the order in which it was taken out of the urn.
    pub sheet: String,
    /// The pseudonym of the clerk.
    pub clerk: String,
    /// By which way it came.
    pub channel: Channel,
    /// What it says, sealed by the key of the box; `None` in rows from before sheets were sealed.
    pub sealed: Option<Vec<u8>>,
    /// What it says in the clear, in rows from before sheets were sealed; else empty.
    pub choices: String,
    /// Why it is struck out, if it is.
    pub why: String,
}

/// Keeps what a clerk read; the same clerk's second reading replaces the first.
///
/// # Errors
/// Those of the database.
pub fn keep_sheet(tx: &mut Tx<'_>, vote: &str, sheet: &Sheet) -> Result<(), DbError> {
    tx.execute(
        "insert into voting_sheets (vote, sheet, clerk, channel, choices, sealed, why) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (vote, sheet, clerk) do update set channel = excluded.channel, \
         choices = excluded.choices, sealed = excluded.sealed, why = excluded.why",
        &params![
            vote,
            &sheet.sheet,
            &sheet.clerk,
            sheet.channel.word(),
            &sheet.choices,
            sheet.sealed.as_deref(),
            &sheet.why
        ],
    )
    .map(|_| ())
}

/// Everything that clerks read, by sheet.
///
/// # Errors
/// Those of the database.
pub fn sheets(tx: &mut Tx<'_>, vote: &str) -> Result<Vec<Sheet>, DbError> {
    let sql =
        "select sheet, clerk, channel, choices, sealed, why from voting_sheets where vote = $1 order by sheet, clerk";
    tx.query(sql, &params![vote])?.iter().map(sheet_of).collect()
}

/// What clerks read on one sheet.
///
/// # Errors
/// Those of the database.
pub fn sheets_of(tx: &mut Tx<'_>, vote: &str, sheet: &str) -> Result<Vec<Sheet>, DbError> {
    let sql = "select sheet, clerk, channel, choices, sealed, why from voting_sheets where vote = $1 and sheet = $2 \
               order by clerk";
    tx.query(sql, &params![vote, sheet])?.iter().map(sheet_of).collect()
}

fn sheet_of(row: &Row) -> Result<Sheet, DbError> {
    let channel = Channel::of_word(&row.get::<String>(2)?);
    Ok(Sheet {
        sheet: row.get(0)?,
        clerk: row.get(1)?,
        channel: channel.ok_or_else(|| DbError::Other("a channel".to_owned()))?,
        choices: row.get(3)?,
        sealed: row.get(4)?,
        why: row.get(5)?,
    })
}

/// Forgets what one clerk read on one sheet.
///
/// # Errors
/// Those of the database.
pub fn drop_reading(tx: &mut Tx<'_>, vote: &str, sheet: &str, clerk: &str) -> Result<(), DbError> {
    let sql = "delete from voting_sheets where vote = $1 and sheet = $2 and clerk = $3";
    tx.execute(sql, &params![vote, sheet, clerk]).map(|_| ())
}

/// Forgets what clerks read.
///
/// # Errors
/// Those of the database.
pub fn drop_sheets(tx: &mut Tx<'_>, vote: &str) -> Result<(), DbError> {
    tx.execute("delete from voting_sheets where vote = $1", &params![vote]).map(|_| ())
}
