//! The town's own words for reasons.

use super::broken;
use crate::moderation::reasons::{Reason, ReasonWords, Template};
use database::{DbError, Row, Tx, params};

/// The key of the lock under which reasons are changed.
const REASONS: i64 = 0x6d6f_6452_6561_736f;

/// The rows of reasons that the town wrote or changed.
pub fn templates(tx: &mut Tx<'_>) -> Result<Vec<Template>, DbError> {
    let sql = "select code, words, position, active, version from moderation_reasons order by position, code";
    tx.query(sql, &[])?.iter().map(template_of).collect()
}

/// Lets nobody else change reasons until the transaction ends.
pub fn hold_templates(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let lock = tx.dialect().lock_sql(REASONS);
    tx.query_opt(&lock, &[]).map(|_| ())
}

/// Keeps a reason.
pub fn put_template(tx: &mut Tx<'_>, template: &Template) -> Result<(), DbError> {
    let sql = "insert into moderation_reasons (code, words, position, active, version) values ($1, $2, $3, $4, $5) \
               on conflict (code) do update set words = excluded.words, position = excluded.position, \
               active = excluded.active, version = excluded.version";
    let words = words_text(Some(&template.reason))?;
    let values = params![&template.reason.code, &words, template.position, template.active, template.version];
    tx.execute(sql, &values).map(|_| ())
}

/// The words of a reason as they are kept beside its code; empty where it has none of its own.
pub fn words_text(reason: Option<&Reason>) -> Result<String, DbError> {
    match reason.and_then(|reason| reason.words.as_ref()) {
        Some(words) => serde_json::to_string(words).map_err(broken),
        None => Ok(String::new()),
    }
}

/// A reason from its code and its words; `None` where there is no code.
pub fn reason_of(code: &str, words: &str) -> Result<Option<Reason>, DbError> {
    if code.is_empty() {
        return Ok(None);
    }
    let words = if words.is_empty() { None } else { Some(words_of(words)?) };
    Ok(Some(Reason { code: code.to_owned(), words }))
}

fn words_of(text: &str) -> Result<ReasonWords, DbError> {
    serde_json::from_str(text).map_err(broken)
}

fn template_of(row: &Row) -> Result<Template, DbError> {
    let words = Some(words_of(&row.get::<String>(1)?)?);
    let reason = Reason { code: row.get(0)?, words };
    Ok(Template { reason, position: row.get(2)?, active: row.get(3)?, version: row.get(4)? })
}
