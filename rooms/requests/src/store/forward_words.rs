//! What residents said after a report was sent on, to be told to the agency that has it.

use super::rows::broken;
use crate::elsewhere::{ForwardKey, LaterWords, ToldState};
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "id, request_id, organisation_id, saying, comment_id, said_at, state, trouble";

/// Puts words in to be told, each once.
///
/// Returns whether they are new.
pub fn put_later_words(tx: &mut Tx<'_>, words: &LaterWords) -> Result<bool, DbError> {
    let sql = "insert into request_forward_words (id, request_id, organisation_id, saying, comment_id, said_at, state, trouble) \
               values ($1, $2, $3, $4, $5, $6, $7, '') on conflict (id) do nothing";
    let (request, organisation) = (words.key.request.text(), words.key.organisation.text());
    let values = params![
        &words.id,
        &request,
        &organisation,
        &words.saying,
        words.comment.as_deref(),
        words.said_at.micros(),
        words.state.word()
    ];
    Ok(tx.execute(sql, &values)? == 1)
}

/// The words that are to be told next: those said first.
pub fn next_later_words(tx: &mut Tx<'_>, key: ForwardKey) -> Result<Option<LaterWords>, DbError> {
    let sql = format!(
        "select {COLUMNS} from request_forward_words where request_id = $1 and organisation_id = $2 and state = 'waiting' \
         order by said_at, id limit 1"
    );
    tx.query_opt(&sql, &params![&key.request.text(), &key.organisation.text()])?.as_ref().map(words_of).transpose()
}

/// Keeps what became of words.
pub fn save_later_words(tx: &mut Tx<'_>, id: &str, state: ToldState, trouble: &str) -> Result<(), DbError> {
    let sql = "update request_forward_words set state = $2, trouble = $3 where id = $1";
    tx.execute(sql, &params![id, state.word(), trouble]).map(|_| ())
}

/// All words of a request for an agency, those said first before the others, at most `limit`.
pub fn later_words(tx: &mut Tx<'_>, key: ForwardKey, limit: u32) -> Result<Vec<LaterWords>, DbError> {
    let sql = format!(
        "select {COLUMNS} from request_forward_words where request_id = $1 and organisation_id = $2 \
         order by said_at, id limit $3"
    );
    let (request, organisation) = (key.request.text(), key.organisation.text());
    tx.query(&sql, &params![&request, &organisation, i64::from(limit)])?.iter().map(words_of).collect()
}

fn words_of(row: &Row) -> Result<LaterWords, DbError> {
    Ok(LaterWords {
        id: row.get(0)?,
        key: ForwardKey {
            request: row.get::<String>(1)?.parse().map_err(broken)?,
            organisation: row.get::<String>(2)?.parse().map_err(broken)?,
        },
        saying: row.get(3)?,
        comment: row.get(4)?,
        said_at: Moment(row.get(5)?),
        state: ToldState::of(&row.get::<String>(6)?).ok_or_else(|| broken("unknown state of words"))?,
        trouble: row.get(7)?,
    })
}
