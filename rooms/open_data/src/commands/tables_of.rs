//! The table of a resource, made anew from its file where it is not there.

use crate::{model::Resource, store};
use database::DbError;
use tables::{Refused, Shelf, Table};
use tokio::sync::Mutex;
use web::{Refusal, Stop, Town};

/// Tables are made anew one at a time: each may take seconds and much memory.
static MAKING: Mutex<()> = Mutex::const_new(());

/// The table of a resource.
///
/// # Errors
/// `NotFound` where the resource is no table; those of the database and the disk.
pub async fn open_table(town: &Town, resource: &Resource) -> Result<Table, Stop> {
    if resource.body.info.is_none() {
        return Err(Stop::NotFound);
    }
    let shelf = town.part::<Shelf>().clone();
    match shelf.open(&resource.shelf()) {
        Err(Refused::Gone) => {}
        other => return other.map_err(stop_of),
    }
    let _turn = MAKING.lock().await;
    if let Ok(table) = shelf.open(&resource.shelf()) {
        return Ok(table);
    }
    let bytes = bytes(town, resource).await?;
    let (resource, own) = (resource.clone(), shelf.clone());
    let made = tokio::task::spawn_blocking(move || {
        let declared = resource.declared().map(|declared| declared.wish().clone()).unwrap_or_default();
        let wish = resource.body.wish.clone().or(&declared);
        let mut sheets = tables::read_shared(&bytes.into(), &wish)?;
        let at = usize::try_from(resource.sheet).unwrap_or(0);
        if at >= sheets.len() {
            return Err(Refused::Gone);
        }
        own.take_in(&resource.shelf(), &sheets.swap_remove(at), resource.declared().as_ref())?;
        own.open(&resource.shelf())
    });
    made.await.map_err(Stop::fault)?.map_err(stop_of)
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
