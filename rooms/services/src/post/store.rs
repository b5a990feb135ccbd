//! SQL of letters on paper.

use super::KeptLetter;
use crate::store::broken;
use civic::{Moment, OrganisationId};
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "step, code, at, language, subject, body, by_post, posted_at, posted_by";

fn read(row: &Row) -> Result<KeptLetter, DbError> {
    let (posted_at, by): (Option<i64>, String) = (row.get(7)?, row.get(8)?);
    Ok(KeptLetter {
        step: row.get(0)?,
        code: row.get(1)?,
        at: Moment(row.get(2)?),
        language: row.get::<String>(3)?.parse().map_err(broken)?,
        subject: row.get(4)?,
        body: row.get(5)?,
        by_post: row.get(6)?,
        posted: posted_at.map(|at| (Moment(at), by)),
    })
}

/// Keeps a letter.
pub fn add(tx: &mut Tx<'_>, organisation: OrganisationId, new: &KeptLetter) -> Result<(), DbError> {
    tx.execute(
        "insert into application_letters (step, code, organisation_id, at, language, subject, body, by_post, posted_at, posted_by) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, null, '')",
        &params![
            &new.step,
            &new.code,
            &organisation.text(),
            new.at.micros(),
            new.language.tag(),
            &new.subject,
            &new.body,
            new.by_post
        ],
    )
    .map(|_| ())
}

/// The letters about an application, oldest first.
pub fn all_of(tx: &mut Tx<'_>, code: &str) -> Result<Vec<KeptLetter>, DbError> {
    let sql = format!("select {COLUMNS} from application_letters where code = $1 order by at, step");
    tx.query(&sql, &params![code])?.iter().map(read).collect()
}

/// One letter about an application.
pub fn by_step(tx: &mut Tx<'_>, code: &str, step: &str) -> Result<Option<KeptLetter>, DbError> {
    let sql = format!("select {COLUMNS} from application_letters where code = $1 and step = $2");
    tx.query_opt(&sql, &params![code, step])?.as_ref().map(read).transpose()
}

/// Letters of these agencies (`None` for all) that wait for the post, the oldest first, at most `limit`.
pub fn waiting(
    tx: &mut Tx<'_>,
    organisations: Option<&[OrganisationId]>,
    limit: i64,
) -> Result<Vec<KeptLetter>, DbError> {
    let mut conditions = database::Conditions::default();
    conditions.holds("by_post = true and posted_at is null");
    if let Some(own) = organisations {
        let places: Vec<String> = own.iter().map(|one| conditions.text(one.text())).collect();
        conditions.holds(if places.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("organisation_id in ({})", places.join(", "))
        });
    }
    let most = conditions.int(limit);
    let sql =
        format!("select {COLUMNS} from application_letters {} order by at, step limit {most}", conditions.clause());
    tx.query(&sql, &conditions.params())?.iter().map(read).collect()
}

/// Notes that a letter was posted. Returns whether it waited for that.
pub fn mark_posted(tx: &mut Tx<'_>, code: &str, step: &str, by: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "update application_letters set posted_at = $1, posted_by = $2 \
               where code = $3 and step = $4 and by_post = true and posted_at is null";
    Ok(tx.execute(sql, &params![now.micros(), by, code, step])? == 1)
}

/// Takes the letters about an application away.
pub fn erase(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    tx.execute("delete from application_letters where code = $1", &params![code]).map(|_| ())
}
