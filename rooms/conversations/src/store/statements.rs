//! Statements.

use crate::model::{Reason, Standing, Statement, StatementWords};
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "number, language, words, translations, state, reason, merged_into, meta, pinned, seeded, author, at, split_from, reason_words";

/// The number of the next statement. Whoever calls holds the conversation against change.
pub fn next_number(tx: &mut Tx<'_>, conversation: &str) -> Result<i64, DbError> {
    let sql = "select coalesce(max(number), -1) + 1 from conversation_statements where conversation = $1";
    tx.query_one(sql, &params![conversation])?.get(0)
}

/// Adds a statement, with the account of whoever wrote it.
pub fn add_statement(
    tx: &mut Tx<'_>,
    conversation: &str,
    one: &Statement,
    person: Option<PersonId>,
) -> Result<(), DbError> {
    let sql = format!(
        "insert into conversation_statements (conversation, {COLUMNS}, author_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let person = person.map(|person| person.text());
    let (reason, reason_words, merged) = standing_columns(&one.standing)?;
    tx.execute(
        &sql,
        &params![
            conversation,
            one.number,
            &one.words.language,
            &one.words.original,
            &translations(&one.words)?,
            one.standing.word(),
            reason,
            merged,
            one.meta,
            one.pinned,
            one.seeded,
            one.author,
            one.at.micros(),
            one.split_from,
            &reason_words,
            person.as_deref()
        ],
    )
    .map(|_| ())
}

/// Adds many: those that were taken over.
pub fn add_many(tx: &mut Tx<'_>, conversation: &str, many: &[Statement]) -> Result<(), DbError> {
    many.iter().try_for_each(|one| add_statement(tx, conversation, one, None))
}

/// Writes what facilitators changed.
pub fn save(tx: &mut Tx<'_>, conversation: &str, one: &Statement) -> Result<(), DbError> {
    let (reason, reason_words, merged) = standing_columns(&one.standing)?;
    tx.execute(
        "update conversation_statements set translations = $3, state = $4, reason = $5, merged_into = $6, meta = $7, pinned = $8, reason_words = $9, \
         language = $10 \
         where conversation = $1 and number = $2",
        &params![
            conversation,
            one.number,
            &translations(&one.words)?,
            one.standing.word(),
            reason,
            merged,
            one.meta,
            one.pinned,
            &reason_words,
            &one.words.language
        ],
    )
    .map(|_| ())
}

/// Puts other words in the place of a statement's: moderators hide them, and give them back.
pub fn put_words(tx: &mut Tx<'_>, conversation: &str, number: i64, words: &str) -> Result<(), DbError> {
    tx.execute(
        "update conversation_statements set words = $3 where conversation = $1 and number = $2",
        &params![conversation, number, words],
    )
    .map(|_| ())
}

/// All statements of a conversation, by number.
pub fn all(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<Statement>, DbError> {
    let sql = format!("select {COLUMNS} from conversation_statements where conversation = $1 order by number");
    tx.query(&sql, &params![conversation])?.iter().map(read).collect()
}

/// The statement of this number.
pub fn of_number(tx: &mut Tx<'_>, conversation: &str, number: i64) -> Result<Option<Statement>, DbError> {
    one(tx, conversation, number, "")
}

/// The same, held against change by others.
pub fn of_number_to_change(tx: &mut Tx<'_>, conversation: &str, number: i64) -> Result<Option<Statement>, DbError> {
    let lock = tx.dialect().for_update();
    one(tx, conversation, number, lock)
}

fn one(tx: &mut Tx<'_>, conversation: &str, number: i64, lock: &str) -> Result<Option<Statement>, DbError> {
    let sql = format!("select {COLUMNS} from conversation_statements where conversation = $1 and number = $2{lock}");
    tx.query_opt(&sql, &params![conversation, number])?.as_ref().map(read).transpose()
}

/// How many statements somebody wrote; what was split from one of them counts once.
pub fn by_author(tx: &mut Tx<'_>, conversation: &str, participant: i64) -> Result<i64, DbError> {
    let sql =
        "select count(*) from conversation_statements where conversation = $1 and author = $2 and split_from is null";
    tx.query_one(sql, &params![conversation, participant])?.get(0)
}

/// What somebody with an account wrote: conversation, number, words.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(String, i64, String)>, DbError> {
    let sql = "select conversation, number, words from conversation_statements where author_id = $1 order by at, conversation";
    let rows = tx.query(sql, &params![&person.text()])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// Takes away the words of somebody and what leads from a statement to them; the statement is asked no more.
pub fn erase_words_of(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let sql =
        "update conversation_statements set words = '', translations = '{}', author_id = null where author_id = $1";
    tx.execute(sql, &params![&person.text()]).map(|_| ())
}

/// Who wrote a statement: the account, and the number of the participant.
type Author = (Option<PersonId>, Option<i64>);

/// Who wrote a statement.
pub fn author_of(tx: &mut Tx<'_>, conversation: &str, number: i64) -> Result<Option<Author>, DbError> {
    let sql = "select author_id, author from conversation_statements where conversation = $1 and number = $2";
    tx.query_opt(sql, &params![conversation, number])?
        .map(|row| {
            let person: Option<String> = row.get(0)?;
            Ok((person.and_then(|id| id.parse().ok()), row.get(1)?))
        })
        .transpose()
}

/// The reason, its words and the statement that goes on.
fn standing_columns(standing: &Standing) -> Result<(&str, String, Option<i64>), DbError> {
    Ok(match standing {
        Standing::Out(reason) => (&reason.code, reason.kept_words()?, None),
        Standing::Merged(into) => ("", String::new(), Some(*into)),
        Standing::Waiting | Standing::Open | Standing::Split => ("", String::new(), None),
    })
}

fn translations(words: &StatementWords) -> Result<String, DbError> {
    serde_json::to_string(&words.translations).map_err(|error| DbError::Other(error.to_string()))
}

fn read(row: &Row) -> Result<Statement, DbError> {
    let unreadable = |what: &str| DbError::Other(format!("the {what} of a statement cannot be read"));
    let (state, reason): (String, String) = (row.get(4)?, row.get(5)?);
    let merged: Option<i64> = row.get(6)?;
    let standing = match state.as_str() {
        "waiting" => Standing::Waiting,
        "open" => Standing::Open,
        "out" => Standing::Out(Reason::kept(&reason, &row.get::<String>(13)?)?.ok_or_else(|| unreadable("reason"))?),
        "split" => Standing::Split,
        "merged" => Standing::Merged(merged.ok_or_else(|| unreadable("merge"))?),
        _ => return Err(unreadable("state")),
    };
    let translations: String = row.get(3)?;
    Ok(Statement {
        number: row.get(0)?,
        words: StatementWords {
            language: row.get(1)?,
            original: row.get(2)?,
            translations: serde_json::from_str(&translations).map_err(|_| unreadable("translations"))?,
        },
        standing,
        meta: row.get(7)?,
        pinned: row.get(8)?,
        seeded: row.get(9)?,
        author: row.get(10)?,
        at: Moment(row.get(11)?),
        split_from: row.get(12)?,
    })
}
