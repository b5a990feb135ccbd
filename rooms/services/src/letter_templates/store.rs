//! SQL of kept letters.

use super::LetterTemplate;
use crate::store::{broken, json, of_json};
use civic::{Moment, OrganisationId};
use database::{DbError, Param, Row, Tx, params};

/// Kept letters that an agency may have at a time.
pub const TEMPLATES_LIMIT: usize = 100;
/// Kept letters that are read at a time: of all agencies for which somebody may write.
const READ_LIMIT: i64 = 2_000;
/// The key of the lock under which they are named, so that no name is given twice and none is one too many.
const NAMES: i64 = 0x6c65_7474_6572;

const COLUMNS: &str =
    "select id, organisation_id, service, name, texts, version, changed_at, retired_at from service_letter_templates";

fn read(row: &Row) -> Result<LetterTemplate, DbError> {
    Ok(LetterTemplate {
        id: row.get(0)?,
        organisation: row.get::<String>(1)?.parse().map_err(broken)?,
        service: row.get(2)?,
        name: row.get(3)?,
        texts: of_json(&row.get::<String>(4)?)?,
        version: row.get(5)?,
        changed_at: Moment(row.get(6)?),
        retired_at: row.get::<Option<i64>>(7)?.map(Moment),
    })
}

/// Waits until nobody else names one.
pub(super) fn lock_names(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let sql = tx.dialect().lock_sql(NAMES);
    tx.query(&sql, &[]).map(|_| ())
}

/// Keeps a new one.
pub(super) fn add(tx: &mut Tx<'_>, one: &LetterTemplate) -> Result<(), DbError> {
    tx.execute(
        "insert into service_letter_templates (id, organisation_id, service, name, texts, version, changed_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            &one.id,
            &one.organisation.text(),
            one.service.as_deref(),
            &one.name,
            &json(&one.texts)?,
            one.version,
            one.changed_at.micros()
        ],
    )
    .map(|_| ())
}

/// Saves a changed one, which was read to change it.
pub(super) fn update(tx: &mut Tx<'_>, one: &LetterTemplate) -> Result<(), DbError> {
    tx.execute(
        "update service_letter_templates set service = $1, name = $2, texts = $3, version = $4, changed_at = $5, retired_at = $6 where id = $7",
        &params![
            one.service.as_deref(),
            &one.name,
            &json(&one.texts)?,
            one.version,
            one.changed_at.micros(),
            one.retired_at.map(Moment::micros),
            &one.id
        ],
    )
    .map(|_| ())
}

/// The one of this id, retired or not.
pub(super) fn by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<LetterTemplate>, DbError> {
    tx.query_opt(&format!("{COLUMNS} where id = $1"), &params![id])?.as_ref().map(read).transpose()
}

/// The same, held against change by others until the transaction ends.
pub(super) fn to_change(tx: &mut Tx<'_>, id: &str) -> Result<Option<LetterTemplate>, DbError> {
    let sql = format!("{COLUMNS} where id = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![id])?.as_ref().map(read).transpose()
}

/// Those of these agencies that are in use, by name.
pub fn of_organisations(tx: &mut Tx<'_>, of: &[OrganisationId]) -> Result<Vec<LetterTemplate>, DbError> {
    let own: Vec<String> = of.iter().map(OrganisationId::text).collect();
    let places: Vec<String> = (0..own.len()).map(|at| format!("${}", at + 2)).collect();
    let list = if places.is_empty() { "''".to_owned() } else { places.join(", ") };
    let sql = format!("{COLUMNS} where organisation_id in ({list}) and retired_at is null order by name, id limit $1");
    let values: Vec<Param<'_>> =
        std::iter::once(Param::Int(READ_LIMIT)).chain(own.iter().map(|id| Param::Text(id))).collect();
    tx.query(&sql, &values)?.iter().map(read).collect()
}

/// Erases what was retired before this, so many at a time. Returns how many.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    tx.execute(
        "delete from service_letter_templates where id in \
         (select id from service_letter_templates where retired_at < $1 order by retired_at limit $2)",
        &params![before.micros(), limit],
    )
}
