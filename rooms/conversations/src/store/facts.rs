//! Editions of the facts.

use crate::model::{Facts, text_of};
use civic::Moment;
use database::{DbError, Row, Tx, params};

/// Adds an edition.
pub fn add_facts(tx: &mut Tx<'_>, conversation: &str, facts: &Facts, actor: &str) -> Result<(), DbError> {
    let json = |value: Result<String, serde_json::Error>| value.map_err(|error| DbError::Other(error.to_string()));
    let (words, sources) = (json(serde_json::to_string(&facts.words))?, json(serde_json::to_string(&facts.sources))?);
    tx.execute(
        "insert into conversation_facts (conversation, version, words, sources, at, actor) values ($1, $2, $3, $4, $5, $6)",
        &params![conversation, facts.version, &words, &sources, facts.at.micros(), actor],
    )
    .map(|_| ())
}

/// The edition in force.
pub fn newest_facts(tx: &mut Tx<'_>, conversation: &str) -> Result<Option<Facts>, DbError> {
    let sql = "select version, words, sources, at from conversation_facts where conversation = $1 order by version desc limit 1";
    tx.query_opt(sql, &params![conversation])?.as_ref().map(read).transpose()
}

/// Every edition, the newest first.
pub fn editions(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<Facts>, DbError> {
    let sql = "select version, words, sources, at from conversation_facts where conversation = $1 order by version desc limit 200";
    tx.query(sql, &params![conversation])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Facts, DbError> {
    let sources: String = row.get(2)?;
    Ok(Facts {
        version: row.get(0)?,
        words: text_of(&row.get::<String>(1)?)?,
        sources: serde_json::from_str(&sources).map_err(|error| DbError::Other(error.to_string()))?,
        at: Moment(row.get(3)?),
    })
}
