//! A file is handed in: its bytes are kept, its tables are read, and every row is accounted for.

pub use super::reading::Goal;
use super::{Changed, alter, keeping::keep, new_id, reading};
use crate::{
    decide::table_name_of,
    model::{Dataset, FILE_LIMIT_BYTES, PARQUET_LIMIT_BYTES, RESOURCES_LIMIT, Resource},
    store,
};
use bytes::Bytes;
use civic::{Actor, Moment};
use database::{DbError, Tx};
use std::sync::Arc;
use tables::{SHEETS_LIMIT, Wish};
use web::{Refusal, Stop, Town};

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
    /// What its columns are declared to be (Frictionless Table Schema or CSVW, JSON); empty for nothing.
    pub schema: String,
    /// What it is called where it was taken over from.
    pub source_id: String,
    /// Columns by which rows are told apart.
    pub key: Vec<String>,
    /// How its sender says that it is written; goes before what a schema says.
    pub wish: Wish,
    /// What else is to be known of its rows, in English.
    pub notes: Vec<String>,
    /// Whether the file whose place it takes is taken away for good, from older versions too.
    pub forgets: bool,
}

/// Adds a file to a dataset: a resource for each table in it, or one for what is no table.
///
/// # Errors
/// A sentence about the file; `NotFound` where the mandate does not reach.
pub async fn add_file(town: &Town, actor: &Actor, name: &str, file: FileIn) -> Result<Dataset, Stop> {
    let dataset = may_alter(town, actor, name)?;
    take(town, actor, &dataset, file, Goal::Add).await
}

/// Puts a newer file in the place of a resource's, and its sheets in the place of the other sheets of the older file. Each table keeps
/// its name and address; a sheet that is new is added, one that is no more keeps the rows it had.
///
/// # Errors
/// As [`add_file`]; `changed-meanwhile` (409) where somebody else was quicker.
pub async fn replace_file(town: &Town, actor: &Actor, name: &str, id: &str, file: FileIn) -> Result<Dataset, Stop> {
    let dataset = may_alter(town, actor, name)?;
    take(town, actor, &dataset, file, Goal::of(&dataset, Some(id))?).await
}

/// The same for a resource as it was `seen`.
///
/// # Errors
/// As [`replace_file`]; `changed-meanwhile` (409) too where it has another file by now.
pub(super) async fn replace_seen(
    town: &Town,
    actor: &Actor,
    name: &str,
    seen: &Resource,
    file: FileIn,
) -> Result<Dataset, Stop> {
    let dataset = may_alter(town, actor, name)?;
    let goal = Goal::of(&dataset, Some(&seen.id))?;
    if dataset.resource(&seen.id).is_some_and(|one| one.revision != seen.revision) {
        return Err(Refusal::conflict("changed-meanwhile").into());
    }
    take(town, actor, &dataset, file, goal).await
}

/// The same by the town itself, when a file was fetched again: no sheet is added.
///
/// # Errors
/// As [`replace_file`]; `data-sheet-gone` where the sheet of the resource is not there any more.
pub async fn renew_file(town: &Town, actor: &Actor, name: &str, id: &str, file: FileIn) -> Result<Dataset, Stop> {
    let dataset = may_alter(town, actor, name)?;
    take(town, actor, &dataset, file, Goal::renewing(&dataset, id)?).await
}

/// Reads a file, keeps its bytes, and puts its tables where they belong.
async fn take(town: &Town, actor: &Actor, dataset: &Dataset, file: FileIn, goal: Goal) -> Result<Dataset, Stop> {
    check(&file, true).await?;
    let now = town.now();
    let ids: Vec<String> = (0..SHEETS_LIMIT).map(|_| new_id(now, town.chance())).collect();
    let file_id = new_id(now, town.chance());
    let sheets = reading::read_goal(town, file.clone(), &file_id, ids, (&goal, dataset), Arc::default()).await?;
    keep(town, &file_id, &file, now).await?;
    let (put, forgets) = (goal.clone(), file.forgets);
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, _: Moment| {
        Ok(Changed { forgets, ..put.put(tx, dataset, sheets)? })
    };
    let altered = alter(town, actor, &dataset.name, None, change).await?;
    goal.clear(town, &altered);
    Ok(altered)
}

/// What can be said of a file before it is read; `is_here` where its bytes are.
///
/// # Errors
/// `data-file-empty`, `data-file-large`, `data-schema`.
pub async fn check(file: &FileIn, is_here: bool) -> Result<(), Stop> {
    if is_here && file.bytes.is_empty() {
        return Err(Refusal::new("data-file-empty").at("file").into());
    }
    let most = limit_of(&file.bytes);
    if file.bytes.len() > most {
        return Err(Refusal::new("data-file-large").at("file").with("most", most / 1024 / 1024).into());
    }
    if file.schema.trim().is_empty() {
        return Ok(());
    }
    // A schema may be long, and have expressions that are compiled.
    let (schema, file_name) = (file.schema.clone(), file.file_name.clone());
    let read = tokio::task::spawn_blocking(move || reading::declared(&schema, &file_name).map(|_| ()));
    read.await.map_err(Stop::fault)?
}

/// How large a file that begins and ends so may be.
fn limit_of(bytes: &[u8]) -> usize {
    let is_parquet = bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1");
    if is_parquet { PARQUET_LIMIT_BYTES } else { FILE_LIMIT_BYTES }
}

/// The dataset as it is now, where the actor may change it: before work is done for it.
pub(crate) fn may_alter(town: &Town, actor: &Actor, name: &str) -> Result<Dataset, Stop> {
    let shelves = town.part::<crate::Books>().now();
    let found = shelves.find(name).map(|one| one.dataset.clone());
    found.filter(|one| actor.may_for(&crate::acts::PUBLISH, Some(one.organisation))).ok_or(Stop::NotFound)
}

impl Goal {
    /// Puts what was read of a file into the dataset.
    ///
    /// # Errors
    /// `dataset-resources` for too many; `changed-meanwhile` (409).
    pub fn put(&self, tx: &mut Tx<'_>, dataset: &mut Dataset, sheets: Vec<Resource>) -> Result<Changed, Stop> {
        for mut next in sheets {
            let at = dataset.resources.iter().position(|one| one.id == next.id);
            if at.is_none() && (next.revision > 1 || dataset.resources.len() >= RESOURCES_LIMIT) {
                // Whose place it should take is gone, or there is no room.
                let refusal = Refusal::new("dataset-resources").at("file").with("most", RESOURCES_LIMIT);
                return Err(if next.revision > 1 { Stop::NotFound } else { refusal.into() });
            }
            if let Some(place) = at.map(|at| &mut dataset.resources[at]) {
                if place.revision + 1 != next.revision {
                    return Err(Refusal::conflict("changed-meanwhile").into());
                }
                next.table_name.clone_from(&place.table_name);
                next.body.words = std::mem::take(&mut place.body.words);
            }
            if next.body.info.is_some() && next.table_name.is_none() {
                next.table_name = Some(free_table_name(tx, dataset, &next.body.name)?);
            }
            let position = at.unwrap_or(dataset.resources.len());
            store::put_resource(tx, &dataset.id, i64::try_from(position).unwrap_or(i64::MAX), &next)?;
            match at {
                Some(at) => dataset.resources[at] = next,
                None => dataset.resources.push(next),
            }
        }
        Ok(Changed::data(match self {
            Self::Add => "added",
            Self::Replace { .. } => "replaced",
        }))
    }
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

#[cfg(test)]
mod tests {
    use super::{FileIn, check};
    use crate::model::{FILE_LIMIT_BYTES, PARQUET_LIMIT_BYTES};

    #[tokio::test]
    async fn a_parquet_file_may_be_larger_than_others_and_no_larger_than_that() {
        let is_taken = async |(begins, ends): (&[u8], &[u8]), length: usize| {
            let mut bytes = vec![0; length];
            bytes[..begins.len()].copy_from_slice(begins);
            bytes[length - ends.len()..].copy_from_slice(ends);
            check(&FileIn { bytes: bytes.into(), ..FileIn::default() }, true).await.is_ok()
        };
        let text: (&[u8], &[u8]) = (b"a,b\n", b"1,2\n");
        assert!(is_taken(text, FILE_LIMIT_BYTES).await && !is_taken(text, FILE_LIMIT_BYTES + 1).await);
        let parquet: (&[u8], &[u8]) = (b"PAR1", b"PAR1");
        assert!(is_taken(parquet, PARQUET_LIMIT_BYTES).await && !is_taken(parquet, PARQUET_LIMIT_BYTES + 1).await);
        assert!(!is_taken((b"PAR1", b"1,2\n"), FILE_LIMIT_BYTES + 1).await, "it only begins so");
    }
}
