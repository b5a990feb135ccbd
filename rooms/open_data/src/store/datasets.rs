//! Datasets with their resources and versions.

use crate::model::{Dataset, Resource, ResourceBody, State, Version};
use civic::Moment;
use database::{DbError, Param, Row, Tx, params};
use std::collections::BTreeMap;

const COLUMNS: &str =
    "id, name, organisation_id, state, body, made_at, updated_at, published_at, version, source, source_id";
const RESOURCE_COLUMNS: &str = "id, dataset_id, table_name, file_id, sheet, revision, updated_at, body";
/// Datasets that one statement names.
const AT_ONCE: usize = 200;

/// What changes when a dataset changes: how many there are, and their versions added up.
pub fn signature(tx: &mut Tx<'_>) -> Result<(i64, i64), DbError> {
    let row = tx.query_one("select count(*), cast(coalesce(sum(version), 0) as bigint) from datasets", &[])?;
    Ok((row.get(0)?, row.get(1)?))
}

/// The id and version of every dataset.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, DbError> {
    let rows = tx.query("select id, version from datasets", &[])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The id and version of those that changed since, the newest first, at most `limit`.
pub fn changed_since(tx: &mut Tx<'_>, since: Moment, limit: u32) -> Result<Vec<(String, i64)>, DbError> {
    let sql = "select id, version from datasets where updated_at >= $1 order by updated_at desc, id limit $2";
    let rows = tx.query(sql, &params![since.micros(), limit])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Datasets of these ids, with their resources.
pub fn some(tx: &mut Tx<'_>, ids: &[String]) -> Result<Vec<Dataset>, DbError> {
    let mut found = Vec::new();
    for ids in ids.chunks(AT_ONCE) {
        let (places, values) = listed(ids);
        let sql = format!("select {COLUMNS} from datasets where id in ({places})");
        let mut datasets: Vec<Dataset> = tx.query(&sql, &values)?.iter().map(dataset_of).collect::<Result<_, _>>()?;
        let sql = format!(
            "select {RESOURCE_COLUMNS} from dataset_resources where dataset_id in ({places}) order by dataset_id, position, id"
        );
        let mut resources: BTreeMap<String, Vec<Resource>> = BTreeMap::new();
        for row in tx.query(&sql, &values)? {
            resources.entry(row.get(1)?).or_default().push(resource_of(&row)?);
        }
        for dataset in &mut datasets {
            dataset.resources = resources.remove(&dataset.id).unwrap_or_default();
        }
        found.append(&mut datasets);
    }
    Ok(found)
}

fn listed(ids: &[String]) -> (String, Vec<Param<'_>>) {
    let places: Vec<String> = (1..=ids.len()).map(|number| format!("${number}")).collect();
    (places.join(", "), ids.iter().map(|id| Param::Text(id)).collect())
}

/// The dataset of this name or id, held against change by others until the transaction ends.
pub fn to_change(tx: &mut Tx<'_>, name: &str) -> Result<Option<Dataset>, DbError> {
    let lock = tx.dialect().for_update();
    let row = tx.query_opt(&format!("select id from datasets where name = $1 or id = $1{lock}"), &params![name])?;
    let Some(row) = row else { return Ok(None) };
    Ok(some(tx, &[row.get(0)?])?.pop())
}

/// Names and ids there of what was taken over from a source, with the state.
pub fn by_names_of_source(tx: &mut Tx<'_>, source: &str) -> Result<Vec<(String, String, String)>, DbError> {
    let rows =
        tx.query("select name, source_id, state from datasets where source = $1 order by name", &params![source])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// Whether a dataset has this name.
pub fn name_is_taken(tx: &mut Tx<'_>, name: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from datasets where name = $1", &params![name])?.is_some())
}

/// Whether a table has this name.
pub fn table_name_is_taken(tx: &mut Tx<'_>, name: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from dataset_resources where table_name = $1", &params![name])?.is_some())
}

/// Keeps a new dataset, without its resources.
pub fn insert(tx: &mut Tx<'_>, new: &Dataset) -> Result<(), DbError> {
    let sql = format!("insert into datasets ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    tx.execute(
        &sql,
        &params![
            &new.id,
            &new.name,
            &new.organisation.text(),
            new.state.word(),
            &text(&new.meta)?,
            new.made_at.micros(),
            new.updated_at.micros(),
            new.state.since().map(Moment::micros),
            new.version,
            &new.source,
            &new.source_id
        ],
    )
    .map(|_| ())
}

/// Saves a changed dataset, and what was changed in codes. Its resources are saved on their own.
pub fn update(tx: &mut Tx<'_>, changed: &Dataset, step: &Version) -> Result<(), DbError> {
    tx.execute(
        "update datasets set organisation_id = $1, state = $2, body = $3, updated_at = $4, published_at = $5, version = $6 where id = $7",
        &params![
            &changed.organisation.text(),
            changed.state.word(),
            &text(&changed.meta)?,
            changed.updated_at.micros(),
            changed.state.since().map(Moment::micros),
            changed.version,
            &changed.id
        ],
    )?;
    add_version(tx, &changed.id, step)
}

/// Keeps a step of a dataset's life.
fn add_version(tx: &mut Tx<'_>, id: &str, step: &Version) -> Result<(), DbError> {
    tx.execute(
        "insert into dataset_versions (dataset_id, version, at, saying, actor, body) values ($1, $2, $3, $4, $5, $6)",
        &params![id, step.version, step.at.micros(), &step.saying, &step.actor, &text(&step.changed)?],
    )
    .map(|_| ())
}

/// The steps of a dataset's life, newest first, at most `limit`.
pub fn versions(tx: &mut Tx<'_>, id: &str, limit: u32) -> Result<Vec<Version>, DbError> {
    versions_before(tx, id, i64::MAX, limit)
}

/// The same before a version.
pub fn versions_before(tx: &mut Tx<'_>, id: &str, before: i64, limit: u32) -> Result<Vec<Version>, DbError> {
    let sql = "select version, at, saying, actor, body from dataset_versions where dataset_id = $1 and version < $2 \
               order by version desc limit $3";
    let rows = tx.query(sql, &params![id, before, limit])?;
    rows.iter()
        .map(|row| {
            Ok(Version {
                version: row.get(0)?,
                at: Moment(row.get(1)?),
                saying: row.get(2)?,
                actor: row.get(3)?,
                changed: read(&row.get::<String>(4)?)?,
            })
        })
        .collect()
}

/// Keeps a resource, new or changed.
pub fn put_resource(tx: &mut Tx<'_>, dataset: &str, position: i64, one: &Resource) -> Result<(), DbError> {
    tx.execute(
        "insert into dataset_resources (id, dataset_id, position, table_name, file_id, sheet, revision, updated_at, body) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set position = excluded.position, \
         table_name = excluded.table_name, file_id = excluded.file_id, sheet = excluded.sheet, revision = excluded.revision, \
         updated_at = excluded.updated_at, body = excluded.body where dataset_resources.dataset_id = excluded.dataset_id",
        &params![
            &one.id,
            dataset,
            position,
            one.table_name.as_deref(),
            one.file_id.as_deref(),
            one.sheet,
            one.revision,
            one.updated_at.micros(),
            &text(&one.body)?
        ],
    )
    .map(|_| ())
}

/// Takes a resource away; its file goes with the retention rule of files that belong to nothing.
pub fn remove_resource(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute("delete from dataset_resources where id = $1", &params![id]).map(|_| ())
}

/// Takes a draft away, which nobody else has seen; its files go with the retention rule of files that belong to nothing.
pub fn remove_draft(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    for sql in [
        "delete from dataset_resources where dataset_id = $1",
        "delete from dataset_versions where dataset_id = $1",
        "delete from datasets where id = $1",
    ] {
        tx.execute(sql, &params![id])?;
    }
    Ok(())
}

/// Pages of the sitemap.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let sql =
        "select name, updated_at from datasets where state = 'published' order by made_at, id limit 10000 offset $1";
    let rows = tx.query(sql, &params![i64::from(page) * 10_000])?;
    rows.iter().map(|row| Ok((format!("/data/{}", row.get::<String>(0)?), Moment(row.get(1)?)))).collect()
}

fn dataset_of(row: &Row) -> Result<Dataset, DbError> {
    let since = row.get::<Option<i64>>(7)?.map(Moment);
    let state = match (row.get::<String>(3)?.as_str(), since) {
        ("draft", _) => State::Draft,
        ("published", Some(since)) => State::Published { since },
        ("withdrawn", Some(since)) => State::Withdrawn { since },
        (other, _) => return Err(DbError::Other(format!("“{other}” is no state of a dataset"))),
    };
    Ok(Dataset {
        id: row.get(0)?,
        name: row.get(1)?,
        organisation: row.get::<String>(2)?.parse().map_err(|error| DbError::Other(format!("{error}")))?,
        state,
        meta: read(&row.get::<String>(4)?)?,
        made_at: Moment(row.get(5)?),
        updated_at: Moment(row.get(6)?),
        version: row.get(8)?,
        source: row.get(9)?,
        source_id: row.get(10)?,
        resources: Vec::new(),
    })
}

fn resource_of(row: &Row) -> Result<Resource, DbError> {
    Ok(Resource {
        id: row.get(0)?,
        table_name: row.get(2)?,
        file_id: row.get(3)?,
        sheet: row.get(4)?,
        revision: row.get(5)?,
        updated_at: Moment(row.get(6)?),
        body: read::<ResourceBody>(&row.get::<String>(7)?)?,
    })
}

pub(super) fn text(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Other(error.to_string()))
}

pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Other(format!("a row of datasets cannot be read: {error}")))
}
