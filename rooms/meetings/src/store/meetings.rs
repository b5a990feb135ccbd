//! Meetings.

use super::{broken, json};
use crate::model::Meeting;
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "code, plan, organisation_id, starts_at, ends_at, published_at, cancelled_at, cancel_reason, minutes, \
    minutes_at, made_at, updated_at, version";
/// Meetings that lists show.
const MEETINGS_LIMIT: u32 = 500;

/// Keeps a new meeting.
pub fn insert(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<(), DbError> {
    let sql =
        format!("insert into meetings ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");
    let minutes = meeting.minutes.as_ref().map(|(_, minutes)| json(minutes)).transpose()?;
    tx.execute(
        &sql,
        &params![
            meeting.code.as_str(),
            &json(&meeting.plan)?,
            meeting.organisation.map(|id| id.text()).as_deref(),
            meeting.starts_at.micros(),
            meeting.ends_at.micros(),
            meeting.published_at.map(Moment::micros),
            meeting.cancelled.as_ref().map(|(at, _)| at.micros()),
            meeting.cancelled.as_ref().map_or("", |(_, why)| why),
            minutes.as_deref(),
            meeting.minutes.as_ref().map(|(at, _)| at.micros()),
            meeting.made_at.micros(),
            meeting.updated_at.micros(),
            meeting.version
        ],
    )
    .map(|_| ())
}

/// Saves a changed meeting, unless somebody else changed it since it was read. Returns whether it was saved.
pub fn update(tx: &mut Tx<'_>, meeting: &Meeting, read_version: i64) -> Result<bool, DbError> {
    let sql = "update meetings set plan = $1, organisation_id = $2, starts_at = $3, ends_at = $4, published_at = $5, \
               cancelled_at = $6, cancel_reason = $7, minutes = $8, minutes_at = $9, updated_at = $10, version = $11 \
               where code = $12 and version = $13";
    let minutes = meeting.minutes.as_ref().map(|(_, minutes)| json(minutes)).transpose()?;
    Ok(tx.execute(
        sql,
        &params![
            &json(&meeting.plan)?,
            meeting.organisation.map(|id| id.text()).as_deref(),
            meeting.starts_at.micros(),
            meeting.ends_at.micros(),
            meeting.published_at.map(Moment::micros),
            meeting.cancelled.as_ref().map(|(at, _)| at.micros()),
            meeting.cancelled.as_ref().map_or("", |(_, why)| why),
            minutes.as_deref(),
            meeting.minutes.as_ref().map(|(at, _)| at.micros()),
            meeting.updated_at.micros(),
            meeting.version,
            meeting.code.as_str(),
            read_version
        ],
    )? == 1)
}

/// Whether a code is taken.
pub fn is_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from meetings where code = $1", &params![code])?.is_some())
}

/// The meeting of this code, public or not.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Meeting>, DbError> {
    let sql = format!("select {COLUMNS} from meetings where code = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// The same, held against change by others until the transaction ends: places are given one after the other.
pub fn to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Meeting>, DbError> {
    let sql = format!("select {COLUMNS} from meetings where code = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// All meetings, or the public ones, the latest first.
pub fn list(tx: &mut Tx<'_>, private_too: bool) -> Result<Vec<Meeting>, DbError> {
    let which = if private_too { "" } else { "where published_at is not null" };
    let sql = format!("select {COLUMNS} from meetings {which} order by starts_at desc, code desc limit $1");
    tx.query(&sql, &params![MEETINGS_LIMIT])?.iter().map(read).collect()
}

/// The codes of public meetings that begin after `now` and before `until` and were not called off.
pub fn soon(tx: &mut Tx<'_>, now: Moment, until: Moment) -> Result<Vec<String>, DbError> {
    let sql = "select code from meetings where published_at is not null and cancelled_at is null and starts_at > $1 \
               and starts_at <= $2 order by starts_at, code limit $3";
    tx.query(sql, &params![now.micros(), until.micros(), MEETINGS_LIMIT])?.iter().map(|row| row.get(0)).collect()
}

/// The pages of public meetings.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    if page > 0 {
        return Ok(Vec::new());
    }
    let mut pages = vec![("/meetings".to_owned(), Moment(0))];
    pages.extend(list(tx, false)?.into_iter().map(|one| (format!("/meetings/{}", one.code), one.updated_at)));
    Ok(pages)
}

fn read(row: &Row) -> Result<Meeting, DbError> {
    let organisation = row.get::<Option<String>>(2)?.map(|id| id.parse().map_err(broken)).transpose()?;
    let reason: String = row.get(7)?;
    let minutes = row.get::<Option<String>>(8)?.map(|text| serde_json::from_str(&text).map_err(broken)).transpose()?;
    Ok(Meeting {
        code: row.get::<String>(0)?.parse().map_err(broken)?,
        plan: serde_json::from_str(&row.get::<String>(1)?).map_err(broken)?,
        organisation,
        starts_at: Moment(row.get(3)?),
        ends_at: Moment(row.get(4)?),
        published_at: row.get::<Option<i64>>(5)?.map(Moment),
        cancelled: row.get::<Option<i64>>(6)?.map(|at| (Moment(at), reason)),
        minutes: row.get::<Option<i64>>(9)?.map(Moment).zip(minutes),
        made_at: Moment(row.get(10)?),
        updated_at: Moment(row.get(11)?),
        version: row.get(12)?,
    })
}
