//! What was answered.

use super::{broken, json};
use civic::{Moment, PersonId};
use database::{DbError, Tx, params};
use forms::Answers;
use serde_json::{Value, json};

/// What somebody answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// While it is written.
    pub draft: Answers,
    /// As it was sent.
    pub sent: Option<Answers>,
}

fn answers(text: &str) -> Result<Answers, DbError> {
    serde_json::from_str(text).map_err(broken)
}

/// The answers of somebody, held against change until the transaction ends.
pub fn answer_to_change(tx: &mut Tx<'_>, survey: &str, who: &str) -> Result<Option<Row>, DbError> {
    let lock = tx.dialect().for_update();
    one(tx, survey, who, lock)
}

/// The answers of somebody, to read.
pub fn answers_of(tx: &mut Tx<'_>, survey: &str, who: &str) -> Result<Option<Row>, DbError> {
    one(tx, survey, who, "")
}

fn one(tx: &mut Tx<'_>, survey: &str, who: &str, lock: &str) -> Result<Option<Row>, DbError> {
    let sql = format!("select draft, sent from survey_answers where survey = $1 and who = $2{lock}");
    let Some(row) = tx.query_opt(&sql, &params![survey, who])? else { return Ok(None) };
    let sent = row.get::<Option<String>>(1)?.map(|text| answers(&text)).transpose()?;
    Ok(Some(Row { draft: answers(&row.get::<String>(0)?)?, sent }))
}

/// Keeps the answers of somebody, in the place of those before.
pub fn keep(
    tx: &mut Tx<'_>,
    survey: &str,
    who: &str,
    person: Option<PersonId>,
    row: &Row,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "insert into survey_answers (survey, who, person_id, draft, sent, updated_at) values ($1, $2, $3, $4, $5, $6) \
               on conflict (survey, who) do update set draft = excluded.draft, sent = excluded.sent, \
               updated_at = excluded.updated_at";
    let (draft, sent) = (json(&row.draft)?, row.sent.as_ref().map(json).transpose()?);
    let person = person.map(|id| id.text());
    let values = params![survey, who, person.as_deref(), &draft, sent.as_deref(), now.micros()];
    tx.execute(sql, &values).map(|_| ())
}

/// How many sent their answers.
pub fn count_sent(tx: &mut Tx<'_>, survey: &str) -> Result<i64, DbError> {
    let sql = "select count(*) from survey_answers where survey = $1 and sent is not null";
    tx.query_one(sql, &params![survey])?.get(0)
}

/// All answers that were sent, in an order that says nothing of who or when: that of their own words.
pub fn all_sent(tx: &mut Tx<'_>, survey: &str) -> Result<Vec<Answers>, DbError> {
    let sql = "select sent from survey_answers where survey = $1 and sent is not null order by sent";
    tx.query(sql, &params![survey])?.iter().map(|row| answers(&row.get::<String>(0)?)).collect()
}

/// What a person answered, as long as it is known.
pub fn export_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let sql = "select survey, draft, sent from survey_answers where person_id = $1 order by survey";
    let mut all = Vec::new();
    for row in tx.query(sql, &params![&person.text()])? {
        let sent = row.get::<Option<String>>(2)?.map(|text| answers(&text)).transpose()?;
        let draft = answers(&row.get::<String>(1)?)?;
        all.push(json!({"survey": row.get::<String>(0)?, "written": draft, "sent": sent}));
    }
    Ok(json!({"surveys": all}))
}

/// Takes away what a person answered; what was counted before stays counted.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute("delete from survey_answers where person_id = $1", &params![&person.text()]).map(|_| ())
}

/// Takes out who answered surveys that were over before this moment; the answers stay, under a name drawn from nothing.
pub fn forget_who_answered(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select a.survey, a.who from survey_answers a join surveys s on s.code = a.survey \
               where s.counted_at is not null and s.closes_at < $1 and a.who not like 'x:%' order by a.sent, a.who limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let (survey, who): (String, String) = (row.get(0)?, row.get(1)?);
        let next: i64 = tx
            .query_one("select count(*) from survey_answers where survey = $1 and who like 'x:%'", &params![&survey])?
            .get(0)?;
        tx.execute(
            "update survey_answers set who = $1, person_id = null, draft = '{}', updated_at = 0 where survey = $2 and who = $3",
            &params![&format!("x:{next}"), &survey, &who],
        )?;
    }
    Ok(rows.len() as u64)
}

/// Throws away what was begun before this moment and never sent.
pub fn forget_drafts(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql =
        "select survey, who from survey_answers where sent is null and updated_at < $1 order by updated_at limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let (survey, who): (String, String) = (row.get(0)?, row.get(1)?);
        tx.execute("delete from survey_answers where survey = $1 and who = $2", &params![&survey, &who])?;
    }
    Ok(rows.len() as u64)
}
