//! All SQL of places. A set of districts is kept whole, as the file that was checked; the one put in force last counts.

use crate::{District, districts_to_geojson, read_boundaries};
use civic::Moment;
use database::{DbError, Tx, params};

/// The id of the set in force.
pub fn id_in_force(tx: &mut Tx<'_>) -> Result<Option<String>, DbError> {
    let row = tx.query_opt(
        "select id from district_sets where in_force_at is not null order by in_force_at desc, id desc limit 1",
        &[],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// The districts of a set; none for a set that is not there.
pub fn read_set(tx: &mut Tx<'_>, id: &str) -> Result<Vec<District>, DbError> {
    let Some(row) = tx.query_opt("select geojson from district_sets where id = $1", &params![id])? else {
        return Ok(Vec::new());
    };
    let text: String = row.get(0)?;
    let read = read_boundaries(text.as_bytes());
    read.map(|boundaries| boundaries.districts)
        .map_err(|refusal| DbError::Other(format!("the districts cannot be read back: {refusal}")))
}

/// What the record says of a set: how many districts, which, and the hash of the file they came from.
pub struct SetFacts {
    pub sha256: String,
    pub districts: Vec<District>,
}

/// Keeps a set that was checked, not yet in force.
pub fn keep_set(tx: &mut Tx<'_>, id: &str, facts: &SetFacts, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "insert into district_sets (id, kept_at, sha256, geojson) values ($1, $2, $3, $4)",
        &params![id, now.micros(), &facts.sha256, &districts_to_geojson(&facts.districts)],
    )
    .map(|_| ())
}

/// A set that was kept and is not in force yet.
pub fn kept_set(tx: &mut Tx<'_>, id: &str) -> Result<Option<SetFacts>, DbError> {
    let sql = "select sha256 from district_sets where id = $1 and in_force_at is null";
    let Some(row) = tx.query_opt(sql, &params![id])? else { return Ok(None) };
    Ok(Some(SetFacts { sha256: row.get(0)?, districts: read_set(tx, id)? }))
}

/// Puts a kept set in force and throws away what was looked at and never agreed to.
pub fn put_in_force(tx: &mut Tx<'_>, id: &str, now: Moment) -> Result<(), DbError> {
    tx.execute("update district_sets set in_force_at = $1 where id = $2", &params![now.micros(), id])?;
    tx.execute("delete from district_sets where in_force_at is null", &[]).map(|_| ())
}
