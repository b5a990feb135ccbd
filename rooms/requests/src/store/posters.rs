//! Notices on the spot.

use super::rows::broken;
use civic::{Code, Moment, OrganisationId, Place};
use database::{DbError, Row, Tx, params};

/// A notice with a code that opens the report with its category and place filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Poster {
    /// What people call it, as `P-7K2M`.
    pub code: Code,
    /// The code of the category it asks for.
    pub category: String,
    /// Who answers there, and who made it.
    pub organisation: OrganisationId,
    /// The code of the district it hangs in.
    pub district: Option<String>,
    /// The pin.
    pub place: Option<Place>,
    /// The place in words.
    pub address: String,
    /// What it hangs on, as the number of a lamp; may be empty.
    pub asset: String,
    /// When it was made.
    pub made_at: Moment,
    /// The pseudonym of who made it.
    pub made_by: String,
    /// When it was taken down, if it was.
    pub withdrawn_at: Option<Moment>,
}

const COLUMNS: &str =
    "code, category, organisation_id, district, lat_micro, long_micro, address, asset, made_at, made_by, withdrawn_at";

/// Keeps a new one.
pub fn insert_poster(tx: &mut Tx<'_>, poster: &Poster) -> Result<(), DbError> {
    tx.execute(
        &format!("insert into request_posters ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        &params![
            poster.code.as_str(),
            &poster.category,
            &poster.organisation.text(),
            poster.district.as_deref(),
            poster.place.map(Place::lat_micro),
            poster.place.map(Place::long_micro),
            &poster.address,
            &poster.asset,
            poster.made_at.micros(),
            &poster.made_by,
            poster.withdrawn_at.map(Moment::micros)
        ],
    )
    .map(|_| ())
}

/// The notice of this code.
pub fn poster(tx: &mut Tx<'_>, code: &str) -> Result<Option<Poster>, DbError> {
    let sql = format!("select {COLUMNS} from request_posters where code = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// Those that hang, of these organisations (of all where none is named), newest first, at most `limit`.
pub fn posters_of(tx: &mut Tx<'_>, organisations: &[OrganisationId], limit: u32) -> Result<Vec<Poster>, DbError> {
    let ids: Vec<String> = organisations.iter().map(OrganisationId::text).collect();
    let mut values = params![limit].to_vec();
    values.extend(ids.iter().map(|id| database::Param::Text(id)));
    let places: Vec<String> = (2..values.len() + 1).map(|number| format!("${number}")).collect();
    let own = if ids.is_empty() { String::new() } else { format!(" and organisation_id in ({})", places.join(", ")) };
    let sql = format!(
        "select {COLUMNS} from request_posters where withdrawn_at is null{own} order by made_at desc, code limit $1"
    );
    tx.query(&sql, &values)?.iter().map(read).collect()
}

/// Takes one down. Returns whether it hung.
pub fn withdraw_poster(tx: &mut Tx<'_>, code: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "update request_posters set withdrawn_at = $1 where code = $2 and withdrawn_at is null";
    Ok(tx.execute(sql, &params![now.micros(), code])? == 1)
}

fn read(row: &Row) -> Result<Poster, DbError> {
    let place = row.get::<Option<i64>>(4)?.zip(row.get::<Option<i64>>(5)?);
    Ok(Poster {
        code: row.get::<String>(0)?.parse().map_err(broken)?,
        category: row.get(1)?,
        organisation: row.get::<String>(2)?.parse().map_err(broken)?,
        district: row.get(3)?,
        place: place.map(|(lat, long)| Place::from_micro(lat, long)),
        address: row.get(6)?,
        asset: row.get(7)?,
        made_at: Moment(row.get(8)?),
        made_by: row.get(9)?,
        withdrawn_at: row.get::<Option<i64>>(10)?.map(Moment),
    })
}
