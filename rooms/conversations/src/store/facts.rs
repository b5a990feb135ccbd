//! Editions of the facts.

use crate::model::{Facts, text_of};
use civic::{Language, Moment};
use database::{DbError, Row, Tx, params};

/// Adds an edition.
pub fn add_facts(tx: &mut Tx<'_>, conversation: &str, facts: &Facts, actor: &str) -> Result<(), DbError> {
    let json = |value: Result<String, serde_json::Error>| value.map_err(|error| DbError::Other(error.to_string()));
    let (words, sources) = (json(serde_json::to_string(&facts.words))?, json(serde_json::to_string(&facts.sources))?);
    let translated = json(serde_json::to_string(&facts.translated))?;
    let values = params![
        conversation,
        facts.version,
        &words,
        &sources,
        facts.at.micros(),
        actor,
        facts.original.tag(),
        &translated
    ];
    let sql = "insert into conversation_facts (conversation, version, words, sources, at, actor, original, translated) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.execute(sql, &values).map(|_| ())
}

/// The edition in force.
pub fn newest_facts(tx: &mut Tx<'_>, conversation: &str) -> Result<Option<Facts>, DbError> {
    let sql = "select version, words, sources, at, original, translated from conversation_facts \
               where conversation = $1 order by version desc limit 1";
    tx.query_opt(sql, &params![conversation])?.as_ref().map(read).transpose()
}

/// Every edition, the newest first.
pub fn editions(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<Facts>, DbError> {
    let sql = "select version, words, sources, at, original, translated from conversation_facts \
               where conversation = $1 order by version desc limit 200";
    tx.query(sql, &params![conversation])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Facts, DbError> {
    let unreadable = |error: serde_json::Error| DbError::Other(error.to_string());
    let words = text_of(&row.get::<String>(1)?)?;
    // Editions from before this was asked: the first language that is there.
    let first = Language::ALL.into_iter().find(|language| words.exactly(*language).is_some());
    Ok(Facts {
        version: row.get(0)?,
        original: row.get::<String>(4)?.parse().ok().or(first).unwrap_or_default(),
        words,
        sources: serde_json::from_str(&row.get::<String>(2)?).map_err(unreadable)?,
        at: Moment(row.get(3)?),
        translated: serde_json::from_str(&row.get::<String>(5)?).map_err(unreadable)?,
    })
}
