//! Requests near a place that may be about the same: by cell or by address, each search bounded.

use civic::{Moment, Place};
use database::{DbError, Param, Row, Tx};
use likeness::{CANDIDATES_LIMIT, Grid, Point, RADIUS_M, distance_m};
use std::collections::BTreeSet;

/// Candidates one cell (250 m a side) or one address gives: open ones first, the newest first; then what ended last.
const OF_ONE_LIMIT: i64 = 60;
/// The cell of a request; the very words of the index.
const CELL: &str = "((lat_micro + 90000000) / 2250 * 160000 + (long_micro + 180000000) / 2250 % 160000)";
/// When it ended; what is open comes after everything. The very words of the index.
const ENDED: &str = "coalesce(closed_at, 9223372036854775807)";
const COLUMNS: &str = "code, category, lat_micro, long_micro, address, description, opened_at, closed_at";

/// What likeness needs to know of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct NearRequest {
    /// Its code.
    pub code: String,
    /// Its category.
    pub category: String,
    /// The pin.
    pub place: Option<Point>,
    /// The place in words.
    pub address: String,
    /// What was written.
    pub description: String,
    /// When it was reported.
    pub opened_at: Moment,
    /// Whether it has ended.
    pub ended: bool,
}

/// The point of a place, for the engine.
pub fn point_of(place: Place) -> Point {
    Point { lat_micro: place.lat_micro(), long_micro: place.long_micro() }
}

/// Requests within reach of a pin, and those with the same address: open, or ended at or after `since`. Neither what was
/// withdrawn nor duplicates, which lie where their earlier one lies.
pub fn near(tx: &mut Tx<'_>, place: Option<Place>, address: &str, since: Moment) -> Result<Vec<NearRequest>, DbError> {
    let cells = place.map(|place| Grid::around(point_of(place), RADIUS_M)).unwrap_or_default();
    let address = Some(address.trim()).filter(|address| !address.is_empty());
    let mut values = vec![Param::Int(since.micros()), Param::Int(OF_ONE_LIMIT)];
    let mut searches = Vec::new();
    for cell in &cells {
        values.push(Param::Int(*cell));
        searches.push(search(&format!("lat_micro is not null and {CELL} = ${}", values.len())));
    }
    if let Some(address) = address {
        values.push(Param::Text(address));
        searches.push(search(&format!("address <> '' and lower(address) = lower(${})", values.len())));
    }
    if searches.is_empty() {
        return Ok(Vec::new());
    }
    // One question for all of them: on PostgreSQL each would be a way there and back.
    let rows = tx.query(&searches.join(" union all "), &values)?;
    let mut known = BTreeSet::new();
    let mut found: Vec<NearRequest> = rows.iter().map(request_of).collect::<Result<_, _>>()?;
    found.retain(|one| known.insert(one.code.clone()));
    found.truncate(CANDIDATES_LIMIT);
    Ok(found)
}

/// The nearest address in words that a request names, within `limit_m` metres of a pin, with the metres to it. Of a cell that
/// is full only its newest requests are looked at.
pub fn nearest_address(tx: &mut Tx<'_>, place: Place, limit_m: i64) -> Result<Option<(String, i64)>, DbError> {
    let here = point_of(place);
    let mut values = vec![Param::Int(OF_ONE_LIMIT)];
    let mut searches = Vec::new();
    #[expect(clippy::cast_precision_loss, reason = "metres, far below 2^53")]
    for cell in Grid::around(here, limit_m as f64) {
        values.push(Param::Int(cell));
        searches.push(format!(
            "select * from (select address, lat_micro, long_micro from requests where lat_micro is not null and {CELL} = ${} \
             and address <> '' and state not in ('withdrawn', 'duplicate') order by {ENDED} desc, opened_at desc, id desc limit $1) as found",
            values.len()
        ));
    }
    let mut nearest: Option<(String, i64)> = None;
    for row in tx.query(&searches.join(" union all "), &values)? {
        let there = Point { lat_micro: row.get(1)?, long_micro: row.get(2)? };
        #[expect(clippy::cast_possible_truncation, reason = "no distance on Earth has more than eight digits")]
        let metres = distance_m(here, there).round() as i64;
        if metres <= limit_m && nearest.as_ref().is_none_or(|(_, least)| metres < *least) {
            nearest = Some((row.get(0)?, metres));
        }
    }
    Ok(nearest)
}

/// What lies in one cell or at one address, by its index.
fn search(condition: &str) -> String {
    format!(
        "select * from (select {COLUMNS} from requests where {condition} and {ENDED} >= $1 \
         and state not in ('withdrawn', 'duplicate') order by {ENDED} desc, opened_at desc, id desc limit $2) as found"
    )
}

fn request_of(row: &Row) -> Result<NearRequest, DbError> {
    let place = row.get::<Option<i64>>(2)?.zip(row.get::<Option<i64>>(3)?);
    Ok(NearRequest {
        code: row.get(0)?,
        category: row.get(1)?,
        place: place.map(|(lat_micro, long_micro)| Point { lat_micro, long_micro }),
        address: row.get(4)?,
        description: row.get(5)?,
        opened_at: Moment(row.get(6)?),
        ended: row.get::<Option<i64>>(7)?.is_some(),
    })
}
