//! Drafts of machines.

use crate::model::{Draft, DraftContent, DraftState};
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "number, state, language, asked_at, asked_by, done_at, problem, machine, map_drawn_at, left_out, content, decided_at";
/// Drafts that are read at once.
const DRAFTS_LIMIT: u32 = 50;

/// Adds a draft that was asked for, under the next number; answers it. Whoever calls holds the conversation against change.
pub fn add_draft(tx: &mut Tx<'_>, conversation: &str, draft: &Draft) -> Result<i64, DbError> {
    let sql = "select coalesce(max(number), 0) + 1 from conversation_drafts where conversation = $1";
    let number: i64 = tx.query_one(sql, &params![conversation])?.get(0)?;
    let sql = format!(
        "insert into conversation_drafts (conversation, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, null, '', $7, '', 0, $8, null)"
    );
    tx.execute(
        &sql,
        &params![
            conversation,
            number,
            draft.state.word(),
            draft.language.tag(),
            draft.asked_at.micros(),
            &draft.asked_by,
            &draft.machine,
            &json(&draft.content)?
        ],
    )?;
    Ok(number)
}

/// Writes what became of a draft.
pub fn save_draft(tx: &mut Tx<'_>, conversation: &str, draft: &Draft) -> Result<(), DbError> {
    tx.execute(
        "update conversation_drafts set state = $3, done_at = $4, problem = $5, map_drawn_at = $6, left_out = $7, content = $8, \
         decided_at = $9 where conversation = $1 and number = $2",
        &params![
            conversation,
            draft.number,
            draft.state.word(),
            draft.done_at.map(Moment::micros),
            &draft.problem,
            &draft.map_drawn_at,
            draft.left_out,
            &json(&draft.content)?,
            draft.decided_at.map(Moment::micros)
        ],
    )
    .map(|_| ())
}

/// The newest drafts of a conversation.
pub fn drafts(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<Draft>, DbError> {
    let sql = format!(
        "select {COLUMNS} from conversation_drafts where conversation = $1 order by number desc limit {DRAFTS_LIMIT}"
    );
    tx.query(&sql, &params![conversation])?.iter().map(read).collect()
}

/// One draft, held against change.
pub fn draft_to_change(tx: &mut Tx<'_>, conversation: &str, number: i64) -> Result<Option<Draft>, DbError> {
    let lock = tx.dialect().for_update();
    let sql = format!("select {COLUMNS} from conversation_drafts where conversation = $1 and number = $2{lock}");
    tx.query_opt(&sql, &params![conversation, number])?.as_ref().map(read).transpose()
}

/// Takes away every sentence and name that rests on a statement: its words are gone, and these may repeat them.
pub fn forget_what_cites(tx: &mut Tx<'_>, conversation: &str, statement: i64) -> Result<(), DbError> {
    let sql = format!("select {COLUMNS} from conversation_drafts where conversation = $1 order by number");
    let all: Vec<Draft> = tx.query(&sql, &params![conversation])?.iter().map(read).collect::<Result<_, _>>()?;
    for mut draft in all {
        let left = draft.content.resting_on(|number| number != statement);
        if left != draft.content {
            draft.content = left;
            save_draft(tx, conversation, &draft)?;
        }
    }
    Ok(())
}

fn json(content: &DraftContent) -> Result<String, DbError> {
    serde_json::to_string(content).map_err(|error| DbError::Other(error.to_string()))
}

fn read(row: &Row) -> Result<Draft, DbError> {
    let unreadable = |what: &str| DbError::Other(format!("the {what} of a draft cannot be read"));
    let moment = |index| row.get::<Option<i64>>(index).map(|at| at.map(Moment));
    Ok(Draft {
        number: row.get(0)?,
        state: DraftState::of_word(&row.get::<String>(1)?).ok_or_else(|| unreadable("state"))?,
        language: row.get::<String>(2)?.parse().map_err(|_| unreadable("language"))?,
        asked_at: Moment(row.get(3)?),
        asked_by: row.get(4)?,
        done_at: moment(5)?,
        problem: row.get(6)?,
        machine: row.get(7)?,
        map_drawn_at: row.get(8)?,
        left_out: row.get(9)?,
        content: serde_json::from_str(&row.get::<String>(10)?).map_err(|_| unreadable("content"))?,
        decided_at: moment(11)?,
    })
}
