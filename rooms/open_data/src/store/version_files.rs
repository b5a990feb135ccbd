//! The files of published datasets as they were.

use super::datasets::{read, text};
use crate::model::{Dataset, Resource, ResourceBody, VersionFile};
use civic::Moment;
use database::{DbError, Row, Tx, params};
use std::collections::BTreeMap;

const COLUMNS: &str = "resource_id, version, table_name, file_id, sheet, revision, at, body, is_hidden";

/// Keeps what a change made of the files of a dataset that is, or was, public. Where nothing was kept of a resource yet, what it was
/// before comes first.
pub fn keep_version(tx: &mut Tx<'_>, before: Option<&Dataset>, after: &Dataset, now: Moment) -> Result<(), DbError> {
    let place = |one: &Resource| (one.file_id.clone(), one.sheet);
    let places =
        |one: &Dataset| one.resources.iter().map(|one| (one.id.clone(), place(one))).collect::<BTreeMap<_, _>>();
    let (was, is) = (before.map(places).unwrap_or_default(), places(after));
    if was == is {
        return Ok(());
    }
    let sql = "select resource_id, file_id, sheet, is_hidden from dataset_version_files v where dataset_id = $1 and not exists \
               (select 1 from dataset_version_files n where n.resource_id = v.resource_id and n.version > v.version)";
    let mut known: BTreeMap<String, (Option<String>, i64)> = BTreeMap::new();
    for row in tx.query(sql, &params![&after.id])? {
        // What is closed since a withdrawal is as if it were not kept: what is public again is kept anew.
        if !row.get::<bool>(3)? {
            known.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
    }
    for one in before.iter().flat_map(|before| &before.resources).filter(|one| one.file_id.is_some()) {
        if !known.contains_key(&one.id) {
            known.insert(one.id.clone(), place(one));
            let version = last_data(tx, after)?;
            add(tx, after, one, version, one.updated_at)?;
        }
    }
    for one in &after.resources {
        let last = known.remove(&one.id);
        if last.as_ref().map_or(one.file_id.is_some(), |last| *last != place(one)) {
            add(tx, after, one, after.version, now)?;
        }
    }
    for (id, (file, _)) in known {
        if file.is_some() {
            let gone = before.and_then(|before| before.resources.iter().find(|one| one.id == id)).cloned();
            let gone = gone.unwrap_or_else(|| Resource::gone(&id, now));
            add(tx, after, &Resource { file_id: None, ..gone }, after.version, now)?;
        }
    }
    Ok(())
}

/// The version before this one in which files last changed: since then they are what they are.
fn last_data(tx: &mut Tx<'_>, dataset: &Dataset) -> Result<i64, DbError> {
    let sql = "select max(version) from dataset_versions where dataset_id = $1 and version < $2 \
               and saying in ('dataset.data-changed', 'dataset.published')";
    let last: Option<i64> = tx.query_one(sql, &params![&dataset.id, dataset.version])?.get(0)?;
    Ok(last.unwrap_or(dataset.version - 1))
}

fn add(tx: &mut Tx<'_>, dataset: &Dataset, one: &Resource, version: i64, at: Moment) -> Result<(), DbError> {
    let sql = "insert into dataset_version_files (resource_id, version, dataset_id, table_name, file_id, sheet, revision, at, body) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing";
    let body = text(&one.body)?;
    let values = params![
        &one.id,
        version,
        &dataset.id,
        one.table_name.as_deref(),
        one.file_id.as_deref(),
        one.sheet,
        one.revision,
        at.micros(),
        &body
    ];
    tx.execute(sql, &values).map(|_| ())
}

/// The resource of this id or table as it was in a version of its dataset.
pub fn version_file(tx: &mut Tx<'_>, dataset: &str, slug: &str, version: i64) -> Result<Option<VersionFile>, DbError> {
    let sql = format!(
        "select {COLUMNS} from dataset_version_files where dataset_id = $1 and version <= $2 and (resource_id = $3 or table_name = $3) \
         order by version desc limit 1"
    );
    tx.query_opt(&sql, &params![dataset, version, slug])?.as_ref().map(file_of).transpose()
}

/// What was kept of a resource before a version, the newest of it.
pub fn version_file_before(tx: &mut Tx<'_>, resource: &str, version: i64) -> Result<Option<VersionFile>, DbError> {
    let sql = format!(
        "select {COLUMNS} from dataset_version_files where resource_id = $1 and version < $2 order by version desc limit 1"
    );
    tx.query_opt(&sql, &params![resource, version])?.as_ref().map(file_of).transpose()
}

/// What was kept in the versions from one to another, both included.
pub fn version_files(tx: &mut Tx<'_>, dataset: &str, from: i64, to: i64) -> Result<Vec<VersionFile>, DbError> {
    let sql = format!(
        "select {COLUMNS} from dataset_version_files where dataset_id = $1 and version between $2 and $3 order by version, resource_id"
    );
    tx.query(&sql, &params![dataset, from, to])?.iter().map(file_of).collect()
}

/// Where nothing at all is kept of a resource, the version from which its file stands as far as the history of its dataset tells; it was
/// published before files of versions were kept, and has not changed since.
pub fn stands_since(tx: &mut Tx<'_>, dataset: &str, resource: &str) -> Result<Option<i64>, DbError> {
    let sql = "select max(version) from dataset_versions where dataset_id = $1 and saying in ('dataset.data-changed', 'dataset.published') \
               and not exists (select 1 from dataset_version_files where resource_id = $2)";
    tx.query_one(sql, &params![dataset, resource])?.get(0)
}

/// Opens or closes what was kept of a dataset that was withdrawn and is published again.
pub fn show_versions(tx: &mut Tx<'_>, dataset: &str, shows: bool) -> Result<(), DbError> {
    let sql = "update dataset_version_files set is_hidden = $1 where dataset_id = $2";
    tx.execute(sql, &params![!shows, dataset]).map(|_| ())
}

/// Whether a resource of any dataset has this file now.
pub fn is_file_in_use(tx: &mut Tx<'_>, file: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from dataset_resources where file_id = $1 limit 1", &params![file])?.is_some())
}

/// Takes a file away from every version of a dataset that has it, for good. That there was one in that version stays, and nothing of what
/// was said of it; so no version shows another file instead.
pub fn forget_kept(tx: &mut Tx<'_>, dataset: &str, file: &str) -> Result<(), DbError> {
    let nothing = text(&ResourceBody::default())?;
    let sql = "update dataset_version_files set file_id = null, body = $1 where dataset_id = $2 and file_id = $3";
    tx.execute(sql, &params![&nothing, dataset, file])?;
    super::forget_file(tx, file)
}

/// Forgets what was kept of a resource in a version; its bytes go at once where nothing else is of them. Answers whether it was there.
fn forget_version(tx: &mut Tx<'_>, resource: &str, version: i64) -> Result<bool, DbError> {
    let values = params![resource, version];
    let sql = "select file_id from dataset_version_files where resource_id = $1 and version = $2";
    let Some(row) = tx.query_opt(sql, &values)? else { return Ok(false) };
    let file: Option<String> = row.get(0)?;
    tx.execute("delete from dataset_version_files where resource_id = $1 and version = $2", &values)?;
    if let Some(file) = file {
        super::forget_file(tx, &file)?;
    }
    Ok(true)
}

/// Forgets files of published datasets that a newer one took the place of before a moment, at most `limit`; answers how many.
pub fn forget_versions(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    forget_where(tx, "d.source <> 'town'", before, limit)
}

/// The same of what the town makes anew every day of its own rooms.
pub fn forget_own_versions(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    forget_where(tx, "d.source = 'town'", before, limit)
}

fn forget_where(tx: &mut Tx<'_>, of: &str, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = format!(
        "select v.resource_id, v.version from dataset_version_files v join datasets d on d.id = v.dataset_id where {of} and exists \
         (select 1 from dataset_version_files n where n.resource_id = v.resource_id and n.version > v.version and n.at < $1) \
         order by v.resource_id, v.version limit $2"
    );
    let old = tx.query(&sql, &params![before.micros(), limit])?;
    for row in &old {
        forget_version(tx, &row.get::<String>(0)?, row.get(1)?)?;
    }
    Ok(old.len() as u64)
}

fn file_of(row: &Row) -> Result<VersionFile, DbError> {
    let at = Moment(row.get(6)?);
    Ok(VersionFile {
        version: row.get(1)?,
        is_hidden: row.get(8)?,
        resource: Resource {
            id: row.get(0)?,
            table_name: row.get(2)?,
            file_id: row.get(3)?,
            sheet: row.get(4)?,
            revision: row.get(5)?,
            updated_at: at,
            body: read(&row.get::<String>(7)?)?,
        },
    })
}
