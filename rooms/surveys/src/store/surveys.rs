//! Surveys.

use super::{broken, json};
use crate::model::Survey;
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "code, definition, organisation_id, opens_at, closes_at, published_at, counted_at, results, made_at, \
    updated_at, version";
/// Surveys that lists show.
const SURVEYS_LIMIT: u32 = 500;

/// Keeps a new survey. Returns whether its code was free.
pub fn insert(tx: &mut Tx<'_>, survey: &Survey) -> Result<bool, DbError> {
    let sql = format!(
        "insert into surveys ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing"
    );
    Ok(tx.execute(
        &sql,
        &params![
            &survey.code,
            &json(&survey.definition)?,
            survey.organisation.map(|id| id.text()).as_deref(),
            survey.opens_at.micros(),
            survey.closes_at.micros(),
            survey.published_at.map(Moment::micros),
            survey.counted_at.map(Moment::micros),
            &survey.results,
            survey.made_at.micros(),
            survey.updated_at.micros(),
            survey.version
        ],
    )? == 1)
}

/// Saves a changed survey, unless somebody else changed it since it was read. Returns whether it was saved.
pub fn update(tx: &mut Tx<'_>, survey: &Survey, read_version: i64) -> Result<bool, DbError> {
    let sql = "update surveys set definition = $1, organisation_id = $2, opens_at = $3, closes_at = $4, published_at = $5, \
               counted_at = $6, results = $7, updated_at = $8, version = $9 where code = $10 and version = $11";
    Ok(tx.execute(
        sql,
        &params![
            &json(&survey.definition)?,
            survey.organisation.map(|id| id.text()).as_deref(),
            survey.opens_at.micros(),
            survey.closes_at.micros(),
            survey.published_at.map(Moment::micros),
            survey.counted_at.map(Moment::micros),
            &survey.results,
            survey.updated_at.micros(),
            survey.version,
            &survey.code,
            read_version
        ],
    )? == 1)
}

/// The survey of this code, public or not.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Survey>, DbError> {
    let sql = format!("select {COLUMNS} from surveys where code = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Survey>, DbError> {
    let sql = format!("select {COLUMNS} from surveys where code = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// All surveys, or the public ones, what ends last first.
pub fn list(tx: &mut Tx<'_>, private_too: bool) -> Result<Vec<Survey>, DbError> {
    let which = if private_too { "" } else { "where published_at is not null" };
    let sql = format!("select {COLUMNS} from surveys {which} order by closes_at desc, code desc limit $1");
    tx.query(&sql, &params![SURVEYS_LIMIT])?.iter().map(read).collect()
}

/// The codes of public surveys that are over and not counted.
pub fn uncounted(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<String>, DbError> {
    let sql = "select code from surveys where published_at is not null and counted_at is null and closes_at <= $1 \
               order by closes_at, code limit $2";
    tx.query(sql, &params![now.micros(), SURVEYS_LIMIT])?.iter().map(|row| row.get(0)).collect()
}

/// The pages of public surveys.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    if page > 0 {
        return Ok(Vec::new());
    }
    let mut pages = vec![("/surveys".to_owned(), Moment(0))];
    pages.extend(list(tx, false)?.into_iter().map(|one| (format!("/surveys/{}", one.code), one.updated_at)));
    Ok(pages)
}

fn read(row: &Row) -> Result<Survey, DbError> {
    let organisation = row.get::<Option<String>>(2)?.map(|id| id.parse().map_err(broken)).transpose()?;
    Ok(Survey {
        code: row.get(0)?,
        definition: serde_json::from_str(&row.get::<String>(1)?).map_err(broken)?,
        organisation,
        opens_at: Moment(row.get(3)?),
        closes_at: Moment(row.get(4)?),
        published_at: row.get::<Option<i64>>(5)?.map(Moment),
        counted_at: row.get::<Option<i64>>(6)?.map(Moment),
        results: row.get(7)?,
        made_at: Moment(row.get(8)?),
        updated_at: Moment(row.get(9)?),
        version: row.get(10)?,
    })
}
