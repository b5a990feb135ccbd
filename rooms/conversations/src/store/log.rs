//! The public log of what facilitators did.

use crate::model::{LogLine, Reason};
use civic::Moment;
use database::{DbError, Tx, params};

/// Lines a page shows.
const LINES_LIMIT: u32 = 1_000;

/// Adds a line.
pub fn add_line(tx: &mut Tx<'_>, conversation: &str, line: &LogLine) -> Result<(), DbError> {
    let words = line.reason.as_ref().map(Reason::kept_words).transpose()?.unwrap_or_default();
    tx.execute(
        "insert into conversation_acts (id, conversation, at, act, statement, reason, detail, role, reason_words) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            &line.id,
            conversation,
            line.at.micros(),
            &line.act,
            line.statement,
            line.reason.as_ref().map_or("", |reason| reason.code.as_str()),
            &line.detail,
            &line.role,
            &words
        ],
    )
    .map(|_| ())
}

/// The newest lines.
pub fn lines(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<LogLine>, DbError> {
    let sql = "select id, at, act, statement, reason, detail, role, reason_words from conversation_acts where conversation = $1 \
               order by at desc, id desc limit $2";
    tx.query(sql, &params![conversation, LINES_LIMIT])?
        .iter()
        .map(|row| {
            Ok(LogLine {
                id: row.get(0)?,
                at: Moment(row.get(1)?),
                act: row.get(2)?,
                statement: row.get(3)?,
                reason: Reason::kept(&row.get::<String>(4)?, &row.get::<String>(7)?)?,
                detail: row.get(5)?,
                role: row.get(6)?,
            })
        })
        .collect()
}
