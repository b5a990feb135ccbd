//! Where moderation puts words aside and back: the columns that every page, list, feed and standard reads.

use super::{
    by_code,
    history::{COLUMNS, step_of},
    rows::broken,
};
use crate::model::{HistoryStep, ServiceRequest};
use civic::PersonId;
use database::{DbError, Tx, params};

/// Puts a text in the place of a part of a request. A form at the desk that was made before is stale.
pub fn put_part(tx: &mut Tx<'_>, code: &str, part: &str, text: &str) -> Result<(), DbError> {
    let (column, empty) = match part {
        "description" => ("description", ""),
        "address" => ("address", ""),
        "answers" => ("attributes", "{}"),
        "media" => {
            let sql = "update requests set media_url = $1, version = version + 1 where code = $2";
            let url = Some(text).filter(|text| !text.is_empty());
            return tx.execute(sql, &params![url, code]).map(|_| ());
        }
        _ => return Err(broken(format!("a request has no part “{part}”"))),
    };
    let text = if text.is_empty() { empty } else { text };
    let sql = format!("update requests set {column} = $1, version = version + 1 where code = $2");
    tx.execute(&sql, &params![text, code]).map(|_| ())
}

/// Puts a text in the place of what a resident said.
pub fn put_words(tx: &mut Tx<'_>, step: &str, text: &str) -> Result<(), DbError> {
    tx.execute("update request_history set body = $1 where id = $2", &params![text, step]).map(|_| ())
}

/// What a resident said of a request later.
pub struct Spoken {
    /// The request.
    pub request: ServiceRequest,
    /// What was said; empty where it is hidden.
    pub step: HistoryStep,
    /// The account of who said it, if any.
    pub person: Option<PersonId>,
}

/// The public step of this id, when a resident said it in words.
pub fn spoken(tx: &mut Tx<'_>, id: &str) -> Result<Option<Spoken>, DbError> {
    let sql = format!(
        "select {COLUMNS}, r.code, p.id from request_history h join requests r on r.id = h.request_id \
         left join people p on p.handle = h.actor where h.id = $1 and h.internal = false and h.agency = '' \
         and h.saying in ('request.reopened', 'request.replied', 'request.disputed')"
    );
    let Some(row) = tx.query_opt(&sql, &params![id])? else { return Ok(None) };
    let step = step_of(&row)?;
    let person = row.get::<Option<String>>(10)?.and_then(|id| id.parse().ok());
    let request = by_code(tx, &row.get::<String>(9)?)?;
    Ok(request.map(|request| Spoken { request, step, person }))
}

/// Takes away every word about a request and about what was said of it that moderation keeps.
pub fn erase_moderated(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<(), DbError> {
    commons::moderation::privacy::erase_words_about(tx, &request.subject())?;
    super::wait_no_more(tx, request.id)?;
    for step in super::steps(tx, request.id, false)?.iter().filter(|step| step.agency.is_empty()) {
        let subject = crate::moderated::step_subject(&step.id);
        commons::moderation::privacy::erase_words_about(tx, &subject)?;
    }
    Ok(())
}

/// The same for what a pseudonym said of others' requests; hidden words are few, so that each is looked at.
pub fn erase_moderated_words_of(tx: &mut Tx<'_>, handle: &str) -> Result<(), DbError> {
    for id in commons::moderation::hidden_ids(tx, crate::model::STEP.0)? {
        let sql = "select 1 from request_history where id = $1 and actor = $2 and agency = ''";
        if tx.query_opt(sql, &params![&id, handle])?.is_some() {
            record::forget_salt(tx, &id)?;
            commons::moderation::privacy::erase_words_about(tx, &crate::moderated::step_subject(&id))?;
        }
    }
    Ok(())
}
