//! Assemblies.

use super::{broken, json};
use crate::model::Assembly;
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "code, plan, organisation_id, opens_at, closes_at, published_at, made_at, updated_at, version";
/// Assemblies that lists show.
const ASSEMBLIES_LIMIT: u32 = 500;

/// Keeps a new assembly.
pub fn insert(tx: &mut Tx<'_>, one: &Assembly) -> Result<(), DbError> {
    let sql = format!("insert into assemblies ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    tx.execute(
        &sql,
        &params![
            one.code.as_str(),
            &json(&one.plan)?,
            one.organisation.map(|id| id.text()).as_deref(),
            one.opens_at.micros(),
            one.closes_at.micros(),
            one.published_at.map(Moment::micros),
            one.made_at.micros(),
            one.updated_at.micros(),
            one.version
        ],
    )
    .map(|_| ())
}

/// Saves a changed assembly, unless somebody else changed it since it was read. Returns whether it was saved.
pub fn update(tx: &mut Tx<'_>, one: &Assembly, read_version: i64) -> Result<bool, DbError> {
    let sql = "update assemblies set plan = $1, organisation_id = $2, opens_at = $3, closes_at = $4, published_at = $5, \
               updated_at = $6, version = $7 where code = $8 and version = $9";
    Ok(tx.execute(
        sql,
        &params![
            &json(&one.plan)?,
            one.organisation.map(|id| id.text()).as_deref(),
            one.opens_at.micros(),
            one.closes_at.micros(),
            one.published_at.map(Moment::micros),
            one.updated_at.micros(),
            one.version,
            one.code.as_str(),
            read_version
        ],
    )? == 1)
}

/// Whether a code is taken.
pub fn is_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from assemblies where code = $1", &params![code])?.is_some())
}

/// The assembly of this code, public or not.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Assembly>, DbError> {
    let sql = format!("select {COLUMNS} from assemblies where code = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// The same, held against change by others until the transaction ends: pools, draws and answers change one after the other.
pub fn to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Assembly>, DbError> {
    let sql = format!("select {COLUMNS} from assemblies where code = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// All assemblies, or the public ones, the latest first.
pub fn list(tx: &mut Tx<'_>, private_too: bool) -> Result<Vec<Assembly>, DbError> {
    let which = if private_too { "" } else { "where published_at is not null" };
    let sql = format!("select {COLUMNS} from assemblies {which} order by made_at desc, code desc limit $1");
    tx.query(&sql, &params![ASSEMBLIES_LIMIT])?.iter().map(read).collect()
}

/// The pages of public assemblies.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    if page > 0 {
        return Ok(Vec::new());
    }
    let mut pages = vec![("/assemblies".to_owned(), Moment(0))];
    pages.extend(list(tx, false)?.into_iter().map(|one| (format!("/assemblies/{}", one.code), one.updated_at)));
    Ok(pages)
}

fn read(row: &Row) -> Result<Assembly, DbError> {
    Ok(Assembly {
        code: row.get::<String>(0)?.parse().map_err(broken)?,
        plan: serde_json::from_str(&row.get::<String>(1)?).map_err(broken)?,
        organisation: row.get::<Option<String>>(2)?.map(|id| id.parse().map_err(broken)).transpose()?,
        opens_at: Moment(row.get(3)?),
        closes_at: Moment(row.get(4)?),
        published_at: row.get::<Option<i64>>(5)?.map(Moment),
        made_at: Moment(row.get(6)?),
        updated_at: Moment(row.get(7)?),
        version: row.get(8)?,
    })
}
