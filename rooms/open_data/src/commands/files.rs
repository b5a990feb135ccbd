//! A file is handed in: its bytes are kept, its tables are read, and every row is accounted for.

use super::{Changed, alter, new_id, tables_of::refusal_of};
use crate::{
    decide::table_name_of,
    model::{Dataset, FILE_LIMIT_BYTES, RESOURCES_LIMIT, Resource, ResourceBody},
    store,
};
use bytes::Bytes;
use civic::{Actor, Moment};
use database::{DbError, OffRecord, Tx};
use importing::Wish;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use tables::{Declared, Shelf, SourceForm};
use web::{Refusal, Stop, Town};

/// Bytes of one piece of a file.
const CHUNK_BYTES: usize = 1024 * 1024;
/// Pieces that are written in one transaction.
const CHUNKS_AT_ONCE: usize = 4;
/// Names that are tried for a table.
const NAMES_TRIED: usize = 100;

/// A file that is handed in.
#[derive(Debug, Clone, Default)]
pub struct FileIn {
    /// What its sender calls it; never a path of ours.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// What people call what is in it; empty for its file's name.
    pub name: String,
    /// What is in it.
    pub description: String,
    /// What its columns are declared to be (Frictionless Table Schema, JSON); empty for nothing.
    pub schema: String,
    /// What it is called where it was taken over from.
    pub source_id: String,
    /// Columns by which rows are told apart.
    pub key: Vec<String>,
}

/// A file that was kept and read.
struct Taken {
    file_id: String,
    sheets: Vec<Resource>,
}

/// Adds a file to a dataset: a resource for each table in it, or one for what is no table.
///
/// # Errors
/// A sentence about the file; `NotFound` where the mandate does not reach.
pub async fn add_file(town: &Town, actor: &Actor, name: &str, file: FileIn) -> Result<Dataset, Stop> {
    may_alter(town, actor, name)?;
    let taken = take(town, file, None).await?;
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, _: Moment| {
        if dataset.resources.len() + taken.sheets.len() > RESOURCES_LIMIT {
            return Err(Refusal::new("dataset-resources").at("file").with("most", RESOURCES_LIMIT).into());
        }
        for mut resource in taken.sheets {
            if resource.body.info.is_some() {
                resource.table_name = Some(free_table_name(tx, dataset, &resource.body.name)?);
            }
            let position = i64::try_from(dataset.resources.len()).unwrap_or(i64::MAX);
            store::put_resource(tx, &dataset.id, position, &resource)?;
            dataset.resources.push(resource);
        }
        Ok(Changed::data("added"))
    };
    alter(town, actor, name, None, change).await
}

/// Puts a newer file in the place of a resource's. The table keeps its name and address.
///
/// # Errors
/// As [`add_file`]; `changed-meanwhile` (409) where somebody else was quicker.
pub async fn replace_file(town: &Town, actor: &Actor, name: &str, id: &str, file: FileIn) -> Result<Dataset, Stop> {
    let dataset = may_alter(town, actor, name)?;
    let before = dataset.resource(id).cloned().ok_or(Stop::NotFound)?;
    let taken = take(town, file, Some(&before)).await?;
    let old = before.shelf();
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, _: Moment| {
        let position = dataset.resources.iter().position(|one| one.id == before.id).ok_or(Stop::NotFound)?;
        let place = &mut dataset.resources[position];
        if place.revision != before.revision {
            return Err(Refusal::conflict("changed-meanwhile").into());
        }
        let mut sheets = taken.sheets.into_iter();
        let mut next = sheets.next().ok_or(Stop::NotFound)?;
        next.table_name = place.table_name.clone();
        next.body.words = std::mem::take(&mut place.body.words);
        if next.body.info.is_some() && next.table_name.is_none() {
            next.table_name = Some(free_table_name(tx, dataset, &next.body.name)?);
        }
        store::put_resource(tx, &dataset.id, i64::try_from(position).unwrap_or(i64::MAX), &next)?;
        dataset.resources[position] = next;
        Ok(Changed::data("replaced"))
    };
    let altered = alter(town, actor, name, None, change).await?;
    if let Err(error) = town.part::<Shelf>().remove(&old) {
        tracing::warn!(%error, "the file of an older table was not removed");
    }
    Ok(altered)
}

/// Fetches a file from an address that somebody chose, kept away from our own network.
///
/// # Errors
/// `data-fetch` with why there is no file.
pub async fn fetch_file(town: &Town, url: &str) -> Result<FileIn, Stop> {
    let policy = outgoing::Policy {
        redirects: true,
        body_limit_bytes: FILE_LIMIT_BYTES as u64,
        patience: std::time::Duration::from_secs(60),
        ..town.part::<outgoing::Client>().policy().clone()
    };
    let asked = url.to_owned();
    let got = tokio::task::spawn_blocking(move || outgoing::Client::new(policy).get(&asked, &[]));
    let refused = |why: String| Stop::from(Refusal::new("data-fetch").at("address").with("why", why));
    let answer = got.await.map_err(Stop::fault)?.map_err(|why| refused(why.to_string()))?;
    if !answer.is_success() {
        return Err(refused(format!("HTTP {}", answer.status)));
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let file_name = path.rsplit('/').next().unwrap_or_default().to_owned();
    Ok(FileIn { file_name, bytes: answer.body.into(), ..FileIn::default() })
}

/// The dataset as it is now, where the actor may change it: before work is done for it.
pub(crate) fn may_alter(town: &Town, actor: &Actor, name: &str) -> Result<Dataset, Stop> {
    let shelves = town.part::<crate::Books>().now();
    let found = shelves.find(name).map(|one| one.dataset.clone());
    found.filter(|one| actor.may_for(&crate::acts::PUBLISH, Some(one.organisation))).ok_or(Stop::NotFound)
}

/// Reads a file and keeps its bytes, as yet belonging to nothing.
async fn take(town: &Town, file: FileIn, before: Option<&Resource>) -> Result<Taken, Stop> {
    if file.bytes.is_empty() {
        return Err(Refusal::new("data-file-empty").at("file").into());
    }
    if file.bytes.len() > FILE_LIMIT_BYTES {
        return Err(Refusal::new("data-file-large").at("file").with("most", FILE_LIMIT_BYTES / 1024 / 1024).into());
    }
    let declared = match file.schema.trim() {
        "" => None,
        schema => Some(Declared::read(schema).map_err(|refused| refusal_of(&refused).at("schema"))?),
    };
    let now = town.now();
    let ids: Vec<String> = (0..RESOURCES_LIMIT.min(50)).map(|_| new_id(now, town.chance())).collect();
    let file_id = new_id(now, town.chance());
    let (shelf, before, own) = (town.part::<Shelf>().clone(), before.cloned(), file.clone());
    let own_file = file_id.clone();
    let reading = tokio::task::spawn_blocking(move || {
        read(&shelf, &own, &own_file, ids, declared.as_ref(), before.as_ref(), now)
    });
    let sheets = reading.await.map_err(Stop::fault)??;
    keep(town, &file_id, &file, now).await?;
    Ok(Taken { file_id, sheets }.whole())
}

impl Taken {
    fn whole(mut self) -> Self {
        for sheet in &mut self.sheets {
            sheet.file_id = Some(self.file_id.clone());
        }
        self
    }
}

/// What the end of a file's name says that it is.
fn said(file_name: &str) -> Option<&'static [SourceForm]> {
    let end = file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase())?;
    Some(match end.as_str() {
        "csv" | "tsv" | "tab" => &[SourceForm::Csv],
        "xlsx" => &[SourceForm::Xlsx],
        "ods" => &[SourceForm::Ods],
        "json" | "ndjson" | "jsonl" | "geojson" => &[SourceForm::Json, SourceForm::GeoJson],
        "parquet" => &[SourceForm::Parquet],
        "zip" => &[SourceForm::Zip, SourceForm::Ods, SourceForm::Xlsx],
        _ => return None,
    })
}

/// A resource for each table of a file.
fn read(
    shelf: &Shelf,
    file: &FileIn,
    file_id: &str,
    ids: Vec<String>,
    declared: Option<&Declared>,
    before: Option<&Resource>,
    now: Moment,
) -> Result<Vec<Resource>, Stop> {
    let form = tables::sniff(&file.bytes);
    let wanted = said(&file.file_name);
    if wanted.is_some_and(|wanted| !wanted.contains(&form)) {
        return Err(Refusal::new("data-file-lies").at("file").with("form", form.word()).into());
    }
    let sheets = match tables::read(&file.bytes, &Wish::default()) {
        Ok(sheets) => sheets,
        // What does not say that it is a table need not be one.
        Err(_) if wanted.is_none() => return Ok(vec![plain_file(file, file_id, ids, before, now)]),
        Err(refused) => return Err(refusal_of(&refused).at("file").into()),
    };
    let several = sheets.len() > 1;
    let mut resources = Vec::new();
    for ((at, sheet), id) in sheets.iter().enumerate().zip(ids) {
        let mut resource = Resource {
            id: before.filter(|_| at == 0).map_or(id, |before| before.id.clone()),
            table_name: None,
            file_id: Some(file_id.to_owned()),
            sheet: i64::try_from(at).unwrap_or(0),
            revision: before.filter(|_| at == 0).map_or(1, |before| before.revision + 1),
            updated_at: now,
            body: body(file, form.word(), form.media_type(), before),
        };
        if several && !sheet.name.is_empty() && before.is_none() {
            resource.body.name = format!("{}: {}", resource.body.name, sheet.name);
        }
        let report = shelf.take_in(&resource.shelf(), sheet, declared).map_err(super::tables_of::stop_of)?;
        let table = shelf.open(&resource.shelf()).map_err(super::tables_of::stop_of)?;
        resource.body.info = Some(table.info().clone());
        resource.body.report = Some(report);
        resources.push(resource);
        if before.is_some() {
            break;
        }
    }
    Ok(resources)
}

fn plain_file(file: &FileIn, file_id: &str, ids: Vec<String>, before: Option<&Resource>, now: Moment) -> Resource {
    let end = file.file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_uppercase()).unwrap_or_default();
    let end: String = end.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    Resource {
        id: before.map_or_else(|| ids.into_iter().next().unwrap_or_default(), |before| before.id.clone()),
        table_name: None,
        file_id: Some(file_id.to_owned()),
        sheet: 0,
        revision: before.map_or(1, |before| before.revision + 1),
        updated_at: now,
        body: body(file, &end, "application/octet-stream", before),
    }
}

fn body(file: &FileIn, format: &str, media_type: &str, before: Option<&Resource>) -> ResourceBody {
    let own = before.map(|before| before.body.clone()).unwrap_or_default();
    let or = |text: &str, other: String| {
        if text.trim().is_empty() { other } else { text.trim().chars().take(500).collect() }
    };
    let file_name: String =
        file.file_name.chars().filter(|c| !c.is_control() && !"/\\\"".contains(*c)).take(120).collect();
    ResourceBody {
        name: or(&file.name, if own.name.is_empty() { file_name.clone() } else { own.name }),
        description: or(&file.description, own.description),
        format: format.to_owned(),
        media_type: media_type.to_owned(),
        url: String::new(),
        size_bytes: file.bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&file.bytes)),
        schema: file.schema.trim().to_owned(),
        words: BTreeMap::new(),
        info: None,
        report: None,
        key: if file.key.is_empty() { own.key } else { file.key.clone() },
        source_id: or(&file.source_id, own.source_id),
        file_name,
    }
}

/// Keeps the bytes, some pieces at a time, so that nobody waits long for their own act.
async fn keep(town: &Town, id: &str, file: &FileIn, now: Moment) -> Result<(), Stop> {
    let (file_id, name, bytes) = (id.to_owned(), file.file_name.replace('\0', ""), file.bytes.clone());
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let begun = town.db().write(move |tx| {
        store::add_file(tx, &file_id, &name, &bytes, &sha256, now)?;
        tx.commit(OffRecord("a file is recorded with the act it belongs to"), ())
    });
    begun.await.map_err(|error: DbError| Stop::from(error))?;
    for (group, at) in (0_i64..).zip((0..file.bytes.len()).step_by(CHUNK_BYTES * CHUNKS_AT_ONCE)) {
        let part = file.bytes.slice(at..(at + CHUNK_BYTES * CHUNKS_AT_ONCE).min(file.bytes.len()));
        let file_id = id.to_owned();
        let written = town.db().write(move |tx| {
            for (number, chunk) in (0_i64..).zip(part.chunks(CHUNK_BYTES)) {
                store::add_chunk(tx, &file_id, group * i64::try_from(CHUNKS_AT_ONCE).unwrap_or(1) + number, chunk)?;
            }
            tx.commit(OffRecord("a file is recorded with the act it belongs to"), ())
        });
        written.await.map_err(|error: DbError| Stop::from(error))?;
    }
    Ok(())
}

/// A name for a table in questions that no other table has.
pub(super) fn free_table_name(tx: &mut Tx<'_>, dataset: &Dataset, resource: &str) -> Result<String, DbError> {
    let own = table_name_of(&dataset.name);
    let tables = dataset.resources.iter().filter(|one| one.table_name.is_some()).count();
    let wanted = if tables == 0 {
        own
    } else {
        table_name_of(&format!("{own} {}", resource.rsplit(": ").next().unwrap_or_default()))
    };
    for number in 1..=NAMES_TRIED {
        let name = if number == 1 { wanted.clone() } else { format!("{wanted}_{number}") };
        if !store::table_name_is_taken(tx, &name)? {
            return Ok(name);
        }
    }
    Err(DbError::Other("no free name was found for a table".to_owned()))
}
