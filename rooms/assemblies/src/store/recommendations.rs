//! What an assembly recommends, and the answers.

use super::{broken, json};
use crate::model::Recommendation;
use civic::{LocalText, Moment};
use database::{DbError, Row, Tx, params};

/// Adds a recommendation under the next number; answers it.
pub fn add_recommendation(
    tx: &mut Tx<'_>,
    assembly: &str,
    title: &LocalText,
    words: &LocalText,
    now: Moment,
) -> Result<i64, DbError> {
    let next = "select coalesce(max(number), 0) + 1 from assembly_recommendations where assembly = $1";
    let number: i64 = tx.query_one(next, &params![assembly])?.get(0)?;
    tx.execute(
        "insert into assembly_recommendations (assembly, number, title, words, at) values ($1, $2, $3, $4, $5)",
        &params![assembly, number, &json(title)?, &json(words)?, now.micros()],
    )?;
    Ok(number)
}

/// Keeps the answer to a recommendation, in the place of an earlier one. Returns whether there is such a recommendation.
pub fn keep_answer(
    tx: &mut Tx<'_>,
    assembly: &str,
    number: i64,
    answer: &LocalText,
    now: Moment,
) -> Result<bool, DbError> {
    let sql = "update assembly_recommendations set answer = $1, answered_at = $2 where assembly = $3 and number = $4";
    Ok(tx.execute(sql, &params![&json(answer)?, now.micros(), assembly, number])? == 1)
}

/// All recommendations, in their order.
pub fn recommendations(tx: &mut Tx<'_>, assembly: &str) -> Result<Vec<Recommendation>, DbError> {
    let sql = "select number, title, words, at, answer, answered_at from assembly_recommendations where assembly = $1 \
               order by number";
    tx.query(sql, &params![assembly])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Recommendation, DbError> {
    let text = |text: String| serde_json::from_str::<LocalText>(&text).map_err(broken);
    let answer = row.get::<Option<String>>(4)?.map(text).transpose()?;
    Ok(Recommendation {
        number: row.get(0)?,
        title: text(row.get(1)?)?,
        words: text(row.get(2)?)?,
        at: Moment(row.get(3)?),
        answer: row.get::<Option<i64>>(5)?.map(Moment).zip(answer),
    })
}
