//! Reports: the draft, and editions that are only ever added.

use crate::model::{Edition, EditionState, ReportContent, ReportDraft};
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "edition, state, restored, reason, content, figures, at";
/// Editions that are read at once.
const EDITIONS_LIMIT: u32 = 200;

/// The draft, where somebody kept one.
pub fn report_draft(tx: &mut Tx<'_>, conversation: &str) -> Result<Option<ReportDraft>, DbError> {
    let sql = "select version, content, at from conversation_report_drafts where conversation = $1";
    tx.query_opt(sql, &params![conversation])?
        .map(|row| {
            Ok(ReportDraft {
                version: row.get(0)?,
                content: content_of(&row.get::<String>(1)?)?,
                at: Moment(row.get(2)?),
            })
        })
        .transpose()
}

/// Keeps the draft. Whoever calls holds the conversation against change.
pub fn keep_report_draft(tx: &mut Tx<'_>, conversation: &str, draft: &ReportDraft, actor: &str) -> Result<(), DbError> {
    let sql = "insert into conversation_report_drafts (conversation, version, content, at, actor) values ($1, $2, $3, $4, $5) \
               on conflict (conversation) do update set version = excluded.version, content = excluded.content, at = excluded.at, \
               actor = excluded.actor";
    let content = json(&draft.content)?;
    tx.execute(sql, &params![conversation, draft.version, &content, draft.at.micros(), actor]).map(|_| ())
}

/// Adds an edition. Whoever calls holds the conversation against change.
pub fn add_edition(tx: &mut Tx<'_>, conversation: &str, one: &Edition) -> Result<(), DbError> {
    let sql = format!(
        "insert into conversation_report_editions (conversation, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let content = json(&one.content)?;
    let values = params![
        conversation,
        one.number,
        one.state.word(),
        one.restored,
        &one.reason,
        &content,
        &one.figures,
        one.at.micros()
    ];
    tx.execute(&sql, &values).map(|_| ())
}

/// The newest edition.
pub fn newest_edition(tx: &mut Tx<'_>, conversation: &str) -> Result<Option<Edition>, DbError> {
    let sql = format!(
        "select {COLUMNS} from conversation_report_editions where conversation = $1 order by edition desc limit 1"
    );
    tx.query_opt(&sql, &params![conversation])?.as_ref().map(read).transpose()
}

/// The edition of this number.
pub fn edition(tx: &mut Tx<'_>, conversation: &str, number: i64) -> Result<Option<Edition>, DbError> {
    let sql = format!("select {COLUMNS} from conversation_report_editions where conversation = $1 and edition = $2");
    tx.query_opt(&sql, &params![conversation, number])?.as_ref().map(read).transpose()
}

/// The editions, the newest first.
pub fn report_editions(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<Edition>, DbError> {
    let sql = format!(
        "select {COLUMNS} from conversation_report_editions where conversation = $1 order by edition desc limit {EDITIONS_LIMIT}"
    );
    tx.query(&sql, &params![conversation])?.iter().map(read).collect()
}

fn json(content: &ReportContent) -> Result<String, DbError> {
    serde_json::to_string(content).map_err(|error| DbError::Other(error.to_string()))
}

fn content_of(text: &str) -> Result<ReportContent, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Other(format!("a report cannot be read: {error}")))
}

fn read(row: &Row) -> Result<Edition, DbError> {
    let state: String = row.get(1)?;
    Ok(Edition {
        number: row.get(0)?,
        state: EditionState::of_word(&state)
            .ok_or_else(|| DbError::Other("the state of an edition cannot be read".to_owned()))?,
        restored: row.get(2)?,
        reason: row.get(3)?,
        content: content_of(&row.get::<String>(4)?)?,
        figures: row.get(5)?,
        at: Moment(row.get(6)?),
    })
}
