//! One commitment.

use crate::model::{Commitment, Spending, State};
use civic::{Code, LocalText, Moment, Place};
use database::{DbError, Param, Row, Tx, params};

/// The columns in the order in which [`commitment_of`] reads them.
pub(super) const COLUMNS: &str = "code, organisation_id, title, summary, district, lat_micro, long_micro, currency, \
    budgeted_cents, contracted_cents, paid_cents, state, state_at, promised_at, due_at, updated_at, version";

/// The key of the lock that adoptions take, so that nothing is promised twice.
const ADOPTIONS: i64 = 0x61_6363_6f75_6e74;

/// Keeps a new commitment.
pub fn insert(tx: &mut Tx<'_>, new: &Commitment) -> Result<(), DbError> {
    tx.execute(
        "insert into commitments (code, organisation_id, title, summary, district, lat_micro, long_micro, currency, \
         budgeted_cents, contracted_cents, paid_cents, state, state_at, promised_at, due_at, updated_at, closed_at, \
         place_in_list, late_said, version) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, false, $19)",
        &params![
            new.code.as_str(),
            &new.organisation.text(),
            &json(&new.title)?,
            &new.summary.as_ref().map(json).transpose()?.unwrap_or_default(),
            new.district.as_deref(),
            new.place.map(Place::lat_micro),
            new.place.map(Place::long_micro),
            &new.spending.currency.to_string(),
            new.spending.budgeted_cents,
            new.spending.contracted_cents,
            new.spending.paid_cents,
            new.state.word(),
            state_at(new).micros(),
            new.promised_at.micros(),
            new.due_at.micros(),
            new.updated_at.micros(),
            new.state.closed_at().map(Moment::micros),
            place_in_list(new),
            new.version
        ],
    )
    .map(|_| ())
}

/// Saves a changed commitment, which was read to change it. With a new day it can be late anew.
pub fn update(tx: &mut Tx<'_>, changed: &Commitment, has_new_day: bool) -> Result<(), DbError> {
    // A new day can pass as the old one did.
    let late_said = if has_new_day { "false" } else { "late_said" };
    let sql = format!(
        "update commitments set contracted_cents = $1, paid_cents = $2, state = $3, state_at = $4, due_at = $5, updated_at = $6, \
         closed_at = $7, place_in_list = $8, version = $9, late_said = {late_said} where code = $10"
    );
    tx.execute(
        &sql,
        &params![
            changed.spending.contracted_cents,
            changed.spending.paid_cents,
            changed.state.word(),
            state_at(changed).micros(),
            changed.due_at.micros(),
            changed.updated_at.micros(),
            changed.state.closed_at().map(Moment::micros),
            place_in_list(changed),
            changed.version,
            changed.code.as_str()
        ],
    )
    .map(|_| ())
}

/// Notes that the town has said that it is late. Returns whether it had not before.
pub fn mark_late(tx: &mut Tx<'_>, code: &Code) -> Result<bool, DbError> {
    let sql = "update commitments set late_said = true where code = $1 and late_said = false";
    Ok(tx.execute(sql, &params![code.as_str()])? == 1)
}

/// Lets one adoption go on at a time, until its transaction ends. On SQLite whoever writes is alone anyway.
pub fn lock_adoptions(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let sql = tx.dialect().lock_sql(ADOPTIONS);
    tx.query_opt(&sql, &[]).map(|_| ())
}

/// The commitment of this public code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Commitment>, DbError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from commitments where code = $1"), &params![code])?;
    row.as_ref().map(commitment_of).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn by_code_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Commitment>, DbError> {
    let lock = tx.dialect().for_update();
    let row = tx.query_opt(&format!("select {COLUMNS} from commitments where code = $1{lock}"), &params![code])?;
    row.as_ref().map(commitment_of).transpose()
}

/// Hands every commitment on, in the order in which they were promised.
pub fn each(tx: &mut Tx<'_>, take: &mut dyn FnMut(Commitment)) -> Result<(), DbError> {
    tx.each(&format!("select {COLUMNS} from commitments order by promised_at, code"), &[], |row| {
        take(commitment_of(&row)?);
        Ok(())
    })
}

/// Those of these codes that there are.
pub fn by_codes(tx: &mut Tx<'_>, codes: &[&str]) -> Result<Vec<Commitment>, DbError> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=codes.len()).map(|number| format!("${number}")).collect();
    let values: Vec<Param<'_>> = codes.iter().map(|code| Param::Text(code)).collect();
    let sql = format!("select {COLUMNS} from commitments where code in ({})", places.join(", "));
    tx.query(&sql, &values)?.iter().map(commitment_of).collect()
}

/// A row of [`COLUMNS`] as a commitment.
pub(super) fn commitment_of(row: &Row) -> Result<Commitment, DbError> {
    let place = row.get::<Option<i64>>(5)?.zip(row.get::<Option<i64>>(6)?);
    let summary: String = row.get(3)?;
    Ok(Commitment {
        code: row.get::<String>(0)?.parse().map_err(broken)?,
        organisation: row.get::<String>(1)?.parse().map_err(broken)?,
        title: texts(&row.get::<String>(2)?)?,
        summary: if summary.is_empty() { None } else { Some(texts(&summary)?) },
        district: row.get(4)?,
        place: place.map(|(lat, long)| Place::from_micro(lat, long)),
        spending: Spending {
            currency: row.get::<String>(7)?.parse().map_err(broken)?,
            budgeted_cents: row.get(8)?,
            contracted_cents: row.get(9)?,
            paid_cents: row.get(10)?,
        },
        state: state_of(&row.get::<String>(11)?, Moment(row.get(12)?))?,
        promised_at: Moment(row.get(13)?),
        due_at: Moment(row.get(14)?),
        updated_at: Moment(row.get(15)?),
        version: row.get(16)?,
    })
}

fn state_of(word: &str, at: Moment) -> Result<State, DbError> {
    Ok(match word {
        "promised" => State::Promised,
        "under-way" => State::UnderWay { since: at },
        "kept" => State::Kept { at },
        "broken" => State::Broken { at },
        "dropped" => State::Dropped { at },
        other => return Err(broken(format!("“{other}” is no state"))),
    })
}

fn state_at(commitment: &Commitment) -> Moment {
    match commitment.state {
        State::Promised => commitment.promised_at,
        State::UnderWay { since } => since,
        State::Kept { at } | State::Broken { at } | State::Dropped { at } => at,
    }
}

/// Open ones by their day, then the closed ones, the newest first.
pub(super) fn place_in_list(commitment: &Commitment) -> i64 {
    commitment.state.closed_at().map_or(commitment.due_at.micros(), |at| i64::MAX - at.micros())
}

fn texts(text: &str) -> Result<LocalText, DbError> {
    serde_json::from_str(text).map_err(broken)
}

fn json(value: &LocalText) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(broken)
}

pub(super) fn broken(error: impl std::fmt::Display) -> DbError {
    DbError::Other(format!("a row of commitments cannot be read: {error}"))
}
