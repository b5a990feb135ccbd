//! What happens later: files that are fetched again, catalogues that are harvested again, drafts that wait.

use super::harvests::{COLUMNS, HarvestSource, source_of};
use civic::{Moment, OrganisationId};
use database::{DbError, Row, Tx, params};

/// A file that is fetched again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Of which resource.
    pub resource: String,
    /// Of which dataset.
    pub dataset: String,
    /// From where.
    pub url: String,
    /// After how many days.
    pub every_days: i64,
    /// When the next time.
    pub next_at: Moment,
    /// When it last came.
    pub fetched_at: Option<Moment>,
    /// Why the last time nothing came; empty where it did.
    pub trouble: String,
}

/// What is planned for a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// When it becomes public by itself.
    pub publish_at: Option<Moment>,
    /// The pseudonym of who wants it public; empty for nobody.
    pub submitted_by: String,
    /// The pseudonym of who agreed; empty for nobody.
    pub approved_by: String,
    /// Why it did not become public when its time came; empty for nothing.
    pub trouble: String,
}

const FETCH_COLUMNS: &str = "resource_id, dataset_id, url, every_days, next_at, fetched_at, trouble";

/// Plans that a file is fetched again, or changes that.
pub fn put_fetch(tx: &mut Tx<'_>, one: &Fetch) -> Result<(), DbError> {
    let sql = format!(
        "insert into resource_fetches ({FETCH_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7) on conflict (resource_id) do update set \
         url = excluded.url, every_days = excluded.every_days, next_at = excluded.next_at, fetched_at = excluded.fetched_at, \
         trouble = excluded.trouble"
    );
    tx.execute(
        &sql,
        &params![
            &one.resource,
            &one.dataset,
            &one.url,
            one.every_days,
            one.next_at.micros(),
            one.fetched_at.map(Moment::micros),
            &one.trouble
        ],
    )
    .map(|_| ())
}

/// A file is no longer fetched again.
pub fn drop_fetch(tx: &mut Tx<'_>, resource: &str) -> Result<(), DbError> {
    tx.execute("delete from resource_fetches where resource_id = $1", &params![resource]).map(|_| ())
}

/// The files of a dataset that are fetched again.
pub fn fetches(tx: &mut Tx<'_>, dataset: &str) -> Result<Vec<Fetch>, DbError> {
    let sql = format!("select {FETCH_COLUMNS} from resource_fetches where dataset_id = $1 order by resource_id");
    tx.query(&sql, &params![dataset])?.iter().map(fetch_of).collect()
}

/// Files whose time has come, at most `limit`, those that waited longest first.
pub fn due_fetches(tx: &mut Tx<'_>, now: Moment, limit: u32) -> Result<Vec<Fetch>, DbError> {
    let sql = format!(
        "select {FETCH_COLUMNS} from resource_fetches where next_at <= $1 order by next_at, resource_id limit $2"
    );
    tx.query(&sql, &params![now.micros(), limit])?.iter().map(fetch_of).collect()
}

fn fetch_of(row: &Row) -> Result<Fetch, DbError> {
    Ok(Fetch {
        resource: row.get(0)?,
        dataset: row.get(1)?,
        url: row.get(2)?,
        every_days: row.get(3)?,
        next_at: Moment(row.get(4)?),
        fetched_at: row.get::<Option<i64>>(5)?.map(Moment),
        trouble: row.get(6)?,
    })
}

/// Says how often a catalogue is harvested by itself (0 for never), and when the next time.
pub fn set_every(tx: &mut Tx<'_>, source: &str, every_days: i64, next_at: Option<Moment>) -> Result<(), DbError> {
    let sql = "update harvest_sources set every_days = $1, next_at = $2 where id = $3";
    tx.execute(sql, &params![every_days, next_at.map(Moment::micros), source]).map(|_| ())
}

/// Catalogues whose time has come, at most `limit`.
pub fn due_sources(tx: &mut Tx<'_>, now: Moment, limit: u32) -> Result<Vec<HarvestSource>, DbError> {
    let sql = format!(
        "select {COLUMNS} from harvest_sources where every_days > 0 and next_at <= $1 order by next_at, id limit $2"
    );
    tx.query(&sql, &params![now.micros(), limit])?.iter().map(source_of).collect()
}

/// What is planned for a dataset.
pub fn plan(tx: &mut Tx<'_>, dataset: &str) -> Result<Option<Plan>, DbError> {
    let sql = "select publish_at, submitted_by, approved_by, trouble from dataset_plans where dataset_id = $1";
    tx.query_opt(sql, &params![dataset])?
        .map(|row| {
            Ok(Plan {
                publish_at: row.get::<Option<i64>>(0)?.map(Moment),
                submitted_by: row.get(1)?,
                approved_by: row.get(2)?,
                trouble: row.get(3)?,
            })
        })
        .transpose()
}

/// Plans something for a dataset, in the place of what was planned before.
pub fn put_plan(tx: &mut Tx<'_>, dataset: &str, plan: &Plan) -> Result<(), DbError> {
    let sql = "insert into dataset_plans (dataset_id, publish_at, submitted_by, approved_by, trouble) values ($1, $2, $3, $4, $5) \
               on conflict (dataset_id) do update set publish_at = excluded.publish_at, submitted_by = excluded.submitted_by, \
               approved_by = excluded.approved_by, trouble = excluded.trouble";
    let at = plan.publish_at.map(Moment::micros);
    tx.execute(sql, &params![dataset, at, &plan.submitted_by, &plan.approved_by, &plan.trouble]).map(|_| ())
}

/// Nothing is planned for a dataset any more.
pub fn drop_plan(tx: &mut Tx<'_>, dataset: &str) -> Result<(), DbError> {
    tx.execute("delete from dataset_plans where dataset_id = $1", &params![dataset]).map(|_| ())
}

/// The ids of datasets that are to become public by now, at most `limit`.
pub fn due_plans(tx: &mut Tx<'_>, now: Moment, limit: u32) -> Result<Vec<(String, Plan)>, DbError> {
    // What was submitted waits until another one has agreed.
    let sql = "select dataset_id from dataset_plans where publish_at <= $1 and (submitted_by = '' or approved_by <> '') \
               order by publish_at, dataset_id limit $2";
    let ids = tx.query(sql, &params![now.micros(), limit])?;
    let mut due = Vec::new();
    for row in ids {
        let id: String = row.get(0)?;
        let plan = plan(tx, &id)?.unwrap_or_default();
        due.push((id, plan));
    }
    Ok(due)
}

/// Whether in an agency one submits and another one publishes.
pub fn needs_approval(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<bool, DbError> {
    let sql = "select approves from data_agencies where organisation_id = $1";
    let row = tx.query_opt(sql, &params![&organisation.text()])?;
    row.map_or(Ok(false), |row| row.get(0))
}

/// Says so, or that everybody publishes alone.
pub fn set_approval(tx: &mut Tx<'_>, organisation: OrganisationId, approves: bool) -> Result<(), DbError> {
    let sql = "insert into data_agencies (organisation_id, approves) values ($1, $2) \
               on conflict (organisation_id) do update set approves = excluded.approves";
    tx.execute(sql, &params![&organisation.text(), approves])?;
    if approves {
        return Ok(());
    }
    // What waited for somebody waits for nobody now.
    let sql = "update dataset_plans set submitted_by = '' where dataset_id in (select id from datasets where organisation_id = $1)";
    tx.execute(sql, &params![&organisation.text()]).map(|_| ())
}
