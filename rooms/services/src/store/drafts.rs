//! Applications that are being written.

use super::{broken, json, of_json};
use crate::{model::Channel, prefill::Taken};
use civic::{Language, Moment, PersonId};
use database::{DbError, Row, Tx, params};
use forms::Answers;

/// An application that is being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The hash of the secret in its address.
    pub hash: String,
    /// The code of the service.
    pub service: String,
    /// The version whose form is filled in.
    pub number: i64,
    /// What was answered so far.
    pub answers: Answers,
    /// The language in which it is written.
    pub language: Language,
    /// How it comes.
    pub channel: Channel,
    /// The pseudonym of the clerk who enters it; empty for none.
    pub clerk: String,
    /// The account, where somebody is signed in.
    pub person: Option<PersonId>,
    /// When it was begun.
    pub begun_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// Pages that were saved.
    pub pages: i64,
    /// Answers that were taken from what the town held already.
    pub prefilled: Vec<Taken>,
    /// The pilot and the version that drew it; empty outside of pilots.
    pub pilot: String,
    /// The application whose open questions it answers again; empty for one that will be filed.
    pub reopens: String,
}

const COLUMNS: &str = "secret_hash, code, number, answers, language, channel, clerk, person_id, begun_at, updated_at, pages, prefilled, pilot, reopens";

fn read(row: &Row) -> Result<Draft, DbError> {
    Ok(Draft {
        hash: row.get(0)?,
        service: row.get(1)?,
        number: row.get(2)?,
        answers: of_json(&row.get::<String>(3)?)?,
        language: row.get::<String>(4)?.parse().map_err(broken)?,
        channel: Channel::of_word(&row.get::<String>(5)?).ok_or_else(|| broken("a channel"))?,
        clerk: row.get(6)?,
        person: row.get::<Option<String>>(7)?.map(|id| id.parse().map_err(broken)).transpose()?,
        begun_at: Moment(row.get(8)?),
        updated_at: Moment(row.get(9)?),
        pages: row.get(10)?,
        prefilled: of_json(&row.get::<String>(11)?)?,
        pilot: row.get(12)?,
        reopens: row.get(13)?,
    })
}

/// Keeps a new draft.
pub fn add_draft(tx: &mut Tx<'_>, new: &Draft) -> Result<(), DbError> {
    let person = new.person.map(|person| person.text());
    tx.execute(
        "insert into service_drafts (secret_hash, code, number, answers, language, channel, clerk, person_id, begun_at, updated_at, pages, prefilled, pilot, reopens) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &params![
            &new.hash,
            &new.service,
            new.number,
            &json(&new.answers)?,
            new.language.tag(),
            new.channel.word(),
            &new.clerk,
            person.as_deref(),
            new.begun_at.micros(),
            new.updated_at.micros(),
            new.pages,
            &json(&new.prefilled)?,
            &new.pilot,
            &new.reopens
        ],
    )
    .map(|_| ())
}

/// The draft of this secret.
pub fn draft_of(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Draft>, DbError> {
    let sql = format!("select {COLUMNS} from service_drafts where secret_hash = $1");
    tx.query_opt(&sql, &params![&super::hash_of(secret)])?.as_ref().map(read).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn draft_to_change(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Draft>, DbError> {
    let sql = format!("select {COLUMNS} from service_drafts where secret_hash = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![&super::hash_of(secret)])?.as_ref().map(read).transpose()
}

/// Keeps what was answered meanwhile.
pub fn keep_draft(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), DbError> {
    let sql = "update service_drafts set answers = $1, updated_at = $2, pages = $3 where secret_hash = $4";
    let answers = json(&draft.answers)?;
    let values = params![&answers, draft.updated_at.micros(), draft.pages, &draft.hash];
    tx.execute(sql, &values).map(|_| ())
}

/// Throws a draft away. Returns whether it was there.
pub fn drop_draft(tx: &mut Tx<'_>, hash: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from service_drafts where secret_hash = $1", &params![hash])? == 1)
}

/// Throws away drafts that nobody touched since, with their files; answers how many.
pub fn forget_drafts(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select secret_hash from service_drafts where updated_at < $1 order by updated_at limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let hash: String = row.get(0)?;
        tx.execute("delete from service_files where owner = $1", &params![&hash])?;
        crate::appointments::give_up_draft(tx, &hash)?;
        crate::joint::erase(tx, &hash)?;
        drop_draft(tx, &hash)?;
    }
    Ok(rows.len() as u64)
}

/// What an account is writing, oldest first; also what is answered again, by whatever key, in an application of theirs.
pub fn drafts_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Draft>, DbError> {
    let sql = format!(
        "select {COLUMNS} from service_drafts where person_id = $1 or reopens in (select code from applications where person_id = $1) \
         order by begun_at, secret_hash"
    );
    tx.query(&sql, &params![&person.text()])?.iter().map(read).collect()
}
