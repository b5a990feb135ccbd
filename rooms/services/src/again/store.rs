//! Questions that are open again, and earlier answers.

use crate::store::{json, of_json};
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};
use forms::Answers;

/// What was answered before.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// 1 for what was filed.
    pub number: i64,
    /// When it was replaced.
    pub at: Moment,
    /// The answers.
    pub answers: Answers,
    /// What the rules said of them, as JSON; empty where there are none.
    pub finding: String,
}

/// The names of the questions of an application that are open again, in the order of the form.
pub fn asked(tx: &mut Tx<'_>, code: &str) -> Result<Vec<String>, DbError> {
    let row = tx.query_opt("select fields from application_asks where code = $1", &params![code])?;
    row.map_or(Ok(Vec::new()), |row| of_json(&row.get::<String>(0)?))
}

/// Opens these questions; none closes them.
pub fn put_asked(tx: &mut Tx<'_>, code: &str, fields: &[String]) -> Result<(), DbError> {
    tx.execute("delete from application_asks where code = $1", &params![code])?;
    if fields.is_empty() {
        return Ok(());
    }
    let fields = json(&fields)?;
    tx.execute("insert into application_asks (code, fields) values ($1, $2)", &params![code, &fields]).map(|_| ())
}

/// Earlier answers, oldest first.
pub fn revisions(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Revision>, DbError> {
    let sql = "select number, at, answers, finding from application_revisions where code = $1 order by number";
    let one = |row: &Row| {
        Ok(Revision {
            number: row.get(0)?,
            at: Moment(row.get(1)?),
            answers: of_json(&row.get::<String>(2)?)?,
            finding: row.get(3)?,
        })
    };
    tx.query(sql, &params![code])?.iter().map(one).collect()
}

/// Keeps what was answered before.
pub(super) fn add_revision(tx: &mut Tx<'_>, code: &str, one: &Revision) -> Result<(), DbError> {
    let sql = "insert into application_revisions (code, number, at, answers, finding) values ($1, $2, $3, $4, $5)";
    let answers = json(&one.answers)?;
    tx.execute(sql, &params![code, one.number, one.at.micros(), &answers, &one.finding]).map(|_| ())
}

/// The hash of the secret of the draft that answers an application's questions again.
pub(super) fn draft_for(tx: &mut Tx<'_>, code: &str) -> Result<Option<String>, DbError> {
    let sql = "select secret_hash from service_drafts where reopens = $1 order by secret_hash limit 1";
    tx.query_opt(sql, &params![code])?.map(|row| row.get(0)).transpose()
}

/// Gives a draft another secret: whoever goes on with it has another key, or is signed in as this person.
pub(super) fn move_draft(tx: &mut Tx<'_>, from: &str, to: &str, person: Option<PersonId>) -> Result<(), DbError> {
    let person = person.map(|person| person.text());
    let sql = "update service_drafts set secret_hash = $1, person_id = $3 where secret_hash = $2";
    tx.execute(sql, &params![to, from, person.as_deref()])?;
    crate::store::hand_over(tx, from, to)
}

/// Erases open questions, earlier answers and what was being written for them.
pub fn erase(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    close(tx, code)?;
    tx.execute("delete from application_revisions where code = $1", &params![code]).map(|_| ())
}

/// Closes the questions, with what was being written for them: nobody waits for an answer any more.
pub fn close(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    if let Some(hash) = draft_for(tx, code)? {
        tx.execute("delete from service_files where owner = $1", &params![&hash])?;
        crate::joint::erase(tx, &hash)?;
        crate::appointments::give_up_draft(tx, &hash)?;
        crate::store::drop_draft(tx, &hash)?;
    }
    put_asked(tx, code, &[])
}
