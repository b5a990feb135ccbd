//! One request.

use crate::model::{ServiceRequest, State, StateWord, Waiting};
use civic::{Moment, Place};
use database::{DbError, Param, Row, Tx, params};
use std::collections::BTreeSet;

/// Texts that one statement lists.
const LISTED_AT_ONCE: usize = 100;

/// The columns in the order in which [`request_of`] reads them.
pub(super) const COLUMNS: &str = "id, code, category, organisation_id, district, lat_micro, long_micro, address, description, \
    attributes, source, reporter, reporter_id, officer_id, officer_name, state, state_at, state_text, opened_at, updated_at, version, media_url, due_at, answered_at, \
    waiting_since, waiting_due, duplicate_of, first_due_at, broken_at, due_since";

/// Keeps a new request.
pub fn insert(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<(), DbError> {
    insert_all(tx, &[request])
}

/// What of a request is made into text before it is kept.
struct Texts {
    id: String,
    organisation: String,
    attributes: String,
    reporter_id: Option<String>,
    state: StateColumns,
}

const INSERT: &str = "insert into requests (id, code, category, organisation_id, district, lat_micro, long_micro, address, \
    description, attributes, source, reporter, reporter_id, officer_id, officer_name, state, state_at, state_text, opened_at, \
    updated_at, closed_at, version, media_url, due_at, answered_at, first_due_at, broken_at)";
const INSERTED_COLUMNS: usize = 27;

/// Keeps new requests.
pub fn insert_all(tx: &mut Tx<'_>, requests: &[&ServiceRequest]) -> Result<(), DbError> {
    let texts = requests.iter().map(|request| {
        Ok(Texts {
            id: request.id.text(),
            organisation: request.organisation.text(),
            attributes: json(&request.attributes)?,
            reporter_id: request.reporter_id.map(|id| id.text()),
            state: columns_of(&request.state, request.opened_at),
        })
    });
    let texts: Vec<Texts> = texts.collect::<Result<_, DbError>>()?;
    let mut values = Vec::with_capacity(requests.len() * INSERTED_COLUMNS);
    for (request, texts) in requests.iter().zip(&texts) {
        values.extend(params![
            &texts.id,
            request.code.as_str(),
            &request.category,
            &texts.organisation,
            request.district.as_deref(),
            request.place.map(Place::lat_micro),
            request.place.map(Place::long_micro),
            &request.address,
            &request.description,
            &texts.attributes,
            request.source.as_str(),
            &request.reporter,
            texts.reporter_id.as_deref(),
            texts.state.officer_id.as_deref(),
            texts.state.officer_name.as_deref(),
            request.state.word().as_str(),
            texts.state.at.micros(),
            texts.state.text.as_str(),
            request.opened_at.micros(),
            request.updated_at.micros(),
            request.state.closed_at().map(Moment::micros),
            request.version,
            request.media_url.as_deref(),
            request.due_at.map(Moment::micros),
            request.answered_at.map(Moment::micros),
            request.first_due_at.map(Moment::micros),
            request.broken_at.map(Moment::micros)
        ]);
    }
    tx.insert_rows(INSERT, INSERTED_COLUMNS, &values).map(|_| ())
}

/// Saves a changed request, unless somebody else changed it since it was read.
///
/// Returns whether it was saved.
pub fn update(tx: &mut Tx<'_>, request: &ServiceRequest, read_version: i64) -> Result<bool, DbError> {
    let state = columns_of(&request.state, request.updated_at);
    let rows = tx.execute(
        "update requests set category = $1, organisation_id = $2, district = $3, lat_micro = $4, long_micro = $5, address = $6, \
         description = $7, officer_id = $8, officer_name = $9, state = $10, state_at = $11, state_text = $12, updated_at = $13, \
         closed_at = $14, version = $15, due_at = $16, answered_at = $17, waiting_since = $18, waiting_due = $19, \
         duplicate_of = $20, first_due_at = $21, broken_at = $22, due_since = $23 where id = $24 and version = $25",
        &params![
            &request.category,
            &request.organisation.text(),
            request.district.as_deref(),
            request.place.map(Place::lat_micro),
            request.place.map(Place::long_micro),
            &request.address,
            &request.description,
            state.officer_id.as_deref(),
            state.officer_name.as_deref(),
            request.state.word().as_str(),
            state.at.micros(),
            state.text.as_str(),
            request.updated_at.micros(),
            request.state.closed_at().map(Moment::micros),
            request.version,
            request.due_at.map(Moment::micros),
            request.answered_at.map(Moment::micros),
            request.waiting.map(|waiting| waiting.since.micros()),
            request.waiting.and_then(|waiting| waiting.due).map(Moment::micros),
            request.state.duplicate_of().map(civic::Code::as_str),
            request.first_due_at.map(Moment::micros),
            request.broken_at.map(Moment::micros),
            request.due_since.map(Moment::micros),
            &request.id.text(),
            read_version
        ],
    )?;
    Ok(rows == 1)
}

/// The request of this public code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<ServiceRequest>, DbError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from requests where code = $1"), &params![code])?;
    row.as_ref().map(request_of).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn by_code_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<ServiceRequest>, DbError> {
    let lock = tx.dialect().for_update();
    let row = tx.query_opt(&format!("select {COLUMNS} from requests where code = $1{lock}"), &params![code])?;
    row.as_ref().map(request_of).transpose()
}

/// Whether a drawn code is in use already.
pub fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from requests where code = $1", &params![code])?.is_some())
}

/// Which of these codes are in use already.
pub fn codes_taken(tx: &mut Tx<'_>, codes: &[&str]) -> Result<BTreeSet<String>, DbError> {
    in_parts(tx, "select code from requests where code in", &[], codes)
}

/// The first column of a query for texts of which there may be many: `sql` ends where their list begins, and names `before` as
/// `$1` and so on.
pub(super) fn in_parts(
    tx: &mut Tx<'_>,
    sql: &str,
    before: &[Param<'_>],
    texts: &[&str],
) -> Result<BTreeSet<String>, DbError> {
    let mut found = BTreeSet::new();
    for part in texts.chunks(LISTED_AT_ONCE) {
        let places: Vec<String> = (1..=part.len()).map(|number| format!("${}", before.len() + number)).collect();
        let values: Vec<Param<'_>> = before.iter().copied().chain(part.iter().map(|text| Param::Text(text))).collect();
        for row in tx.query(&format!("{sql} ({})", places.join(", ")), &values)? {
            found.insert(row.get(0)?);
        }
    }
    Ok(found)
}

/// The same for a statement that changes rows.
pub(super) fn do_in_parts(tx: &mut Tx<'_>, sql: &str, texts: &[&str]) -> Result<(), DbError> {
    for part in texts.chunks(LISTED_AT_ONCE) {
        let places: Vec<String> = (1..=part.len()).map(|number| format!("${number}")).collect();
        let values: Vec<Param<'_>> = part.iter().map(|text| Param::Text(text)).collect();
        tx.execute(&format!("{sql} ({})", places.join(", ")), &values)?;
    }
    Ok(())
}

/// A row of [`COLUMNS`] as a request.
pub(super) fn request_of(row: &Row) -> Result<ServiceRequest, DbError> {
    let place = row.get::<Option<i64>>(5)?.zip(row.get::<Option<i64>>(6)?);
    Ok(ServiceRequest {
        id: parsed(row, 0)?,
        code: parsed(row, 1)?,
        category: row.get(2)?,
        organisation: parsed(row, 3)?,
        district: row.get(4)?,
        place: place.map(|(lat, long)| Place::from_micro(lat, long)),
        address: row.get(7)?,
        description: row.get(8)?,
        attributes: serde_json::from_str(&row.get::<String>(9)?).map_err(broken)?,
        source: row.get::<String>(10)?.parse().map_err(|()| broken("unknown source"))?,
        reporter: row.get(11)?,
        reporter_id: row.get::<Option<String>>(12)?.map(|id| id.parse()).transpose().map_err(broken)?,
        state: state_of(row)?,
        opened_at: Moment(row.get(18)?),
        updated_at: Moment(row.get(19)?),
        version: row.get(20)?,
        media_url: row.get(21)?,
        due_at: row.get::<Option<i64>>(22)?.map(Moment),
        due_since: row.get::<Option<i64>>(29)?.map(Moment),
        answered_at: row.get::<Option<i64>>(23)?.map(Moment),
        waiting: waiting_of(row)?,
        first_due_at: row.get::<Option<i64>>(27)?.map(Moment),
        broken_at: row.get::<Option<i64>>(28)?.map(Moment),
    })
}

fn waiting_of(row: &Row) -> Result<Option<Waiting>, DbError> {
    let due = row.get::<Option<i64>>(25)?.map(Moment);
    Ok(row.get::<Option<i64>>(24)?.map(|since| Waiting { since: Moment(since), due }))
}

fn state_of(row: &Row) -> Result<State, DbError> {
    let at = Moment(row.get(16)?);
    let text: String = row.get(17)?;
    let word: StateWord = row.get::<String>(15)?.parse().map_err(|()| broken("unknown state"))?;
    Ok(match word {
        StateWord::Received => State::Received,
        StateWord::Assigned => State::Assigned {
            officer: parsed(row, 13)?,
            officer_name: row.get::<Option<String>>(14)?.unwrap_or_default(),
            since: at,
        },
        StateWord::Resolved => State::Resolved { at, what_was_done: text },
        StateWord::Declined => State::Declined { at, reason: text },
        StateWord::Withdrawn => State::Withdrawn { at },
        StateWord::Duplicate => State::Duplicate { of: parsed(row, 26)?, at },
    })
}

struct StateColumns {
    at: Moment,
    text: String,
    officer_id: Option<String>,
    officer_name: Option<String>,
}

fn columns_of(state: &State, otherwise: Moment) -> StateColumns {
    let plain = |at, text: &str| StateColumns { at, text: text.to_owned(), officer_id: None, officer_name: None };
    match state {
        State::Received => plain(otherwise, ""),
        State::Assigned { officer, officer_name, since } => StateColumns {
            at: *since,
            text: String::new(),
            officer_id: Some(officer.text()),
            officer_name: Some(officer_name.clone()),
        },
        State::Resolved { at, what_was_done } => plain(*at, what_was_done),
        State::Declined { at, reason } => plain(*at, reason),
        State::Withdrawn { at } | State::Duplicate { at, .. } => plain(*at, ""),
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row, index: usize) -> Result<T, DbError> {
    row.get::<String>(index)?.parse().map_err(broken)
}

pub(super) fn json(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(broken)
}

pub(super) fn broken(error: impl std::fmt::Display) -> DbError {
    DbError::Other(format!("a row of requests cannot be read: {error}"))
}
