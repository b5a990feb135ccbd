//! What the town promised in answer.

use crate::model::{Promise, text_of};
use civic::Moment;
use database::{DbError, Tx, params};

/// Adds a promise under the next number; answers it.
pub fn add_promise(tx: &mut Tx<'_>, conversation: &str, promise: &Promise) -> Result<i64, DbError> {
    let json = |value: Result<String, serde_json::Error>| value.map_err(|error| DbError::Other(error.to_string()));
    let sql = "select coalesce(max(number), 0) + 1 from conversation_promises where conversation = $1";
    let number: i64 = tx.query_one(sql, &params![conversation])?.get(0)?;
    let organisation = promise.organisation.map(|id| id.text());
    tx.execute(
        "insert into conversation_promises (conversation, number, words, by_whom, due_on, statements, at, organisation_id) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            conversation,
            number,
            &json(serde_json::to_string(&promise.words))?,
            &promise.by_whom,
            promise.due_on.as_deref(),
            &json(serde_json::to_string(&promise.statements))?,
            promise.at.micros(),
            organisation.as_deref()
        ],
    )?;
    Ok(number)
}

/// All promises, in their order.
pub fn promises(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<Promise>, DbError> {
    let sql = "select number, words, by_whom, due_on, statements, at, organisation_id from conversation_promises where conversation = $1 order by number";
    tx.query(sql, &params![conversation])?
        .iter()
        .map(|row| {
            let statements: String = row.get(4)?;
            let organisation: Option<String> = row.get(6)?;
            let unreadable = |_| DbError::Other("the organisation of a promise cannot be read".to_owned());
            Ok(Promise {
                number: row.get(0)?,
                words: text_of(&row.get::<String>(1)?)?,
                organisation: organisation.map(|id| id.parse().map_err(unreadable)).transpose()?,
                by_whom: row.get(2)?,
                due_on: row.get(3)?,
                statements: serde_json::from_str(&statements).map_err(|error| DbError::Other(error.to_string()))?,
                at: Moment(row.get(5)?),
            })
        })
        .collect()
}
