//! Catalogues that are harvested.

use civic::{Moment, OrganisationId};
use database::{DbError, Row, Tx, params};

/// A catalogue elsewhere.
#[derive(Debug, Clone)]
pub struct HarvestSource {
    /// Its id.
    pub id: String,
    /// Its address.
    pub url: String,
    /// `ckan`, `dcat` or `datajson`.
    pub kind: String,
    /// Under whom its datasets stand here.
    pub organisation: OrganisationId,
    /// When it was last harvested.
    pub run_at: Option<Moment>,
    /// What came of it, as JSON.
    pub report: String,
    /// After how many days it is harvested by itself; 0 for never.
    pub every_days: i64,
}

pub(super) const COLUMNS: &str = "id, url, kind, organisation_id, run_at, report, every_days";

/// All of them.
pub fn sources(tx: &mut Tx<'_>) -> Result<Vec<HarvestSource>, DbError> {
    tx.query(&format!("select {COLUMNS} from harvest_sources order by made_at, id"), &[])?
        .iter()
        .map(source_of)
        .collect()
}

/// One of them.
pub fn source(tx: &mut Tx<'_>, id: &str) -> Result<Option<HarvestSource>, DbError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from harvest_sources where id = $1"), &params![id])?;
    row.as_ref().map(source_of).transpose()
}

/// Adds one; answers whether its address was new.
pub fn add_source(tx: &mut Tx<'_>, new: &HarvestSource, now: Moment) -> Result<bool, DbError> {
    let sql = "insert into harvest_sources (id, url, kind, organisation_id, made_at, report) values ($1, $2, $3, $4, $5, '') \
               on conflict (url) do nothing";
    Ok(tx.execute(sql, &params![&new.id, &new.url, &new.kind, &new.organisation.text(), now.micros()])? == 1)
}

/// Notes what came of it.
pub fn set_report(tx: &mut Tx<'_>, id: &str, report: &str, now: Moment) -> Result<(), DbError> {
    let sql = "update harvest_sources set run_at = $1, report = $2 where id = $3";
    tx.execute(sql, &params![now.micros(), report, id]).map(|_| ())
}

pub(super) fn source_of(row: &Row) -> Result<HarvestSource, DbError> {
    Ok(HarvestSource {
        id: row.get(0)?,
        url: row.get(1)?,
        kind: row.get(2)?,
        organisation: row.get::<String>(3)?.parse().map_err(|error| DbError::Other(format!("{error}")))?,
        run_at: row.get::<Option<i64>>(4)?.map(Moment),
        report: row.get(5)?,
        every_days: row.get(6)?,
    })
}
