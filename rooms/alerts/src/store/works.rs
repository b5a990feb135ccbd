//! Works.

use super::broken;
use crate::model::{Area, Spot, Works};
use civic::{Moment, Place};
use database::{Cursor, DbError, Page, Row, Tx, params};

const COLUMNS: &str = "code, organisation_id, title, words, place, lat_micro, long_micro, district, from_at, until_at, made_at, \
    changed_at, called_off_at, version";

/// Keeps new ones.
pub fn insert(tx: &mut Tx<'_>, works: &Works) -> Result<(), DbError> {
    tx.execute(
        &format!("insert into works ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
        &params![
            works.code.as_str(),
            &works.organisation.text(),
            &works.title,
            &works.words,
            &works.place,
            works.spot.place.map(Place::lat_micro),
            works.spot.place.map(Place::long_micro),
            works.spot.district.as_deref(),
            works.from_at.micros(),
            works.until_at.micros(),
            works.made_at.micros(),
            works.changed_at.micros(),
            works.called_off_at.map(Moment::micros),
            works.version
        ],
    )
    .map(|_| ())
}

/// Saves changed ones, unless somebody else changed them since they were read. Returns whether they were saved.
pub fn save(tx: &mut Tx<'_>, works: &Works, read_version: i64) -> Result<bool, DbError> {
    let rows = tx.execute(
        "update works set title = $1, words = $2, place = $3, lat_micro = $4, long_micro = $5, district = $6, from_at = $7, \
         until_at = $8, changed_at = $9, called_off_at = $10, version = $11 where code = $12 and version = $13",
        &params![
            &works.title,
            &works.words,
            &works.place,
            works.spot.place.map(Place::lat_micro),
            works.spot.place.map(Place::long_micro),
            works.spot.district.as_deref(),
            works.from_at.micros(),
            works.until_at.micros(),
            works.changed_at.micros(),
            works.called_off_at.map(Moment::micros),
            works.version,
            works.code.as_str(),
            read_version
        ],
    )?;
    Ok(rows == 1)
}

/// The works of this code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Works>, DbError> {
    tx.query_opt(&format!("select {COLUMNS} from works where code = $1"), &params![code])?
        .as_ref()
        .map(read)
        .transpose()
}

/// Whether a code is taken.
pub fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from works where code = $1", &params![code])?.is_some())
}

/// A page of those that are not over, the first to end first.
pub fn page(tx: &mut Tx<'_>, now: Moment, after: Option<&Cursor>, limit: u32) -> Result<Page<Works>, DbError> {
    let (at, code) = after.map_or((now.micros(), ""), |cursor| (cursor.at(), cursor.id()));
    let sql = format!(
        "select {COLUMNS} from works where until_at > $1 and (until_at, code) > ($2, $3) order by until_at, code limit $4"
    );
    let rows = tx.query(&sql, &params![now.micros(), at, code, limit + 1])?;
    let items = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(items, limit, |works| Cursor::new(works.until_at.micros(), works.code.as_str())))
}

/// Those in an area that end after `from`, also those that were called off, at most `limit`.
pub fn to_come(tx: &mut Tx<'_>, area: Option<&Area>, from: Moment, limit: u32) -> Result<Vec<Works>, DbError> {
    let sql = format!("select {COLUMNS} from works where until_at > $1 order by until_at, code limit $2");
    let mut found: Vec<Works> =
        tx.query(&sql, &params![from.micros(), limit])?.iter().map(read).collect::<Result<_, _>>()?;
    found.retain(|works| area.is_none_or(|area| area.holds(&works.spot)));
    Ok(found)
}

fn read(row: &Row) -> Result<Works, DbError> {
    let place = row.get::<Option<i64>>(5)?.zip(row.get::<Option<i64>>(6)?);
    Ok(Works {
        code: row.get::<String>(0)?.parse().map_err(|_| broken("code"))?,
        organisation: row.get::<String>(1)?.parse().map_err(|_| broken("organisation"))?,
        title: row.get(2)?,
        words: row.get(3)?,
        place: row.get(4)?,
        spot: Spot { place: place.map(|(lat, long)| Place::from_micro(lat, long)), district: row.get(7)? },
        from_at: Moment(row.get(8)?),
        until_at: Moment(row.get(9)?),
        made_at: Moment(row.get(10)?),
        changed_at: Moment(row.get(11)?),
        called_off_at: row.get::<Option<i64>>(12)?.map(Moment),
        version: row.get(13)?,
    })
}
