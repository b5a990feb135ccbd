//! The table of a resource, made anew from its file where it is not there.

use crate::{books::Books, model::Resource, pages::busy, store};
use database::DbError;
use std::collections::HashSet;
use tables::{Refused, Shelf, Table};
use tokio::sync::{Mutex, MutexGuard, Semaphore, SemaphorePermit};
use web::{Refusal, Stop, Town};

/// Tables are made anew one at a time: each may take seconds and much memory.
static MAKING: Mutex<()> = Mutex::const_new(());
/// Those of older versions wait for one another, and nobody who wants what is there now waits for them.
static MAKING_OLDER: Mutex<()> = Mutex::const_new(());
/// Tables of older versions that are waited for; who wants one more is told to come back.
static OLDER_QUEUE: Semaphore = Semaphore::const_new(1 + 16);
/// Tables of older versions that stay on the shelf of a node; the oldest goes first.
const OLDER_KEPT: usize = 200;

/// The table of a resource.
///
/// # Errors
/// `NotFound` where the resource is no table; `data-sql-busy` (429) where it is to be made of an older version, as too many others are; those
/// of the database and the disk.
pub async fn open_table(town: &Town, resource: &Resource) -> Result<Table, Stop> {
    if resource.body.info.is_none() {
        return Err(Stop::NotFound);
    }
    let shelf = town.part::<Shelf>().clone();
    match shelf.open(&resource.shelf()) {
        Err(Refused::Gone) => {}
        other => return other.map_err(stop_of),
    }
    let shelves = town.part::<Books>().now();
    let current = || shelves.datasets.values().flat_map(|filed| &filed.dataset.resources).map(Resource::shelf);
    let is_older = !current().any(|name| name == resource.shelf());
    let turn = if is_older {
        waited(&OLDER_QUEUE, &MAKING_OLDER).await.map(|(place, turn)| (Some(place), turn))?
    } else {
        (None, MAKING.lock().await)
    };
    if let Ok(table) = shelf.open(&resource.shelf()) {
        return Ok(table);
    }
    let bytes = bytes(town, resource).await?;
    let (resource, own) = (resource.clone(), shelf.clone());
    let others: Option<HashSet<String>> = is_older.then(|| current().collect());
    let made = tokio::task::spawn_blocking(move || {
        // The turn is over when the work is, and not when nobody waits for it any more.
        let _turn = turn;
        let declared = resource.declared().map(|declared| declared.wish().clone()).unwrap_or_default();
        let wish = resource.body.wish.clone().or(&declared);
        let mut sheets = tables::read_shared(&bytes.into(), &wish)?;
        let at = usize::try_from(resource.sheet).unwrap_or(0);
        if at >= sheets.len() {
            return Err(Refused::Gone);
        }
        own.take_in(&resource.shelf(), &sheets.swap_remove(at), resource.declared().as_ref())?;
        if let Some(others) = others {
            own.keep_newest(OLDER_KEPT, &|name| !others.contains(name))?;
        }
        own.open(&resource.shelf())
    });
    made.await.map_err(Stop::fault)?.map_err(stop_of)
}

/// A place among those who wait, and then the turn.
///
/// # Errors
/// `data-sql-busy` (429) where there is no place.
async fn waited(
    queue: &'static Semaphore,
    turns: &'static Mutex<()>,
) -> Result<(SemaphorePermit<'static>, MutexGuard<'static, ()>), Stop> {
    let place = queue.try_acquire().map_err(|_| busy())?;
    Ok((place, turns.lock().await))
}

/// The bytes of a resource's file, as they were handed in.
///
/// # Errors
/// `NotFound` where it has none here.
pub async fn bytes(town: &Town, resource: &Resource) -> Result<Vec<u8>, Stop> {
    let file = resource.file_id.clone().ok_or(Stop::NotFound)?;
    town.db().read_long(move |tx| store::bytes_of(tx, &file)).await.map_err(|error: DbError| error.into())
}

/// Takes the tables that were made of these files away from the shelf, whatever they are of.
pub async fn clear_files(town: &Town, files: Vec<String>) {
    let shelf = town.part::<Shelf>().clone();
    let cleared = tokio::task::spawn_blocking(move || {
        for file in files {
            if let Err(error) = shelf.remove_ending(&format!("-{file}")) {
                tracing::warn!(%error, "the tables of a file that is gone were not removed");
            }
        }
    });
    if let Err(error) = cleared.await {
        tracing::warn!(%error, "the tables of files that are gone were not removed");
    }
}

/// A table's refusal as one of the room, in the reader's language.
pub(crate) fn refusal_of(refused: &Refused) -> Refusal {
    Refusal::new(refused.code()).with("what", refused.about().replace('\0', ""))
}

pub(crate) fn stop_of(refused: Refused) -> Stop {
    if refused.is_fault() { Stop::Fault(refused.to_string()) } else { refusal_of(&refused).into() }
}

#[cfg(test)]
mod tests {
    use super::waited;
    use tokio::sync::{Mutex, Semaphore};
    use web::Stop;

    #[tokio::test]
    async fn more_than_may_wait_are_told_to_come_back() {
        static QUEUE: Semaphore = Semaphore::const_new(1);
        static TURNS: Mutex<()> = Mutex::const_new(());
        let first = waited(&QUEUE, &TURNS).await.unwrap();
        match waited(&QUEUE, &TURNS).await {
            Err(Stop::Refused(refusals)) => assert_eq!(refusals[0].status, axum::http::StatusCode::TOO_MANY_REQUESTS),
            other => panic!("{:?}", other.map(|_| ())),
        }
        drop(first);
        assert!(waited(&QUEUE, &TURNS).await.is_ok());
    }
}
