//! Resources that are not files handed in: addresses, rows of programs; and what is said of any.

use super::{Changed, FileIn, alter, files::may_alter, files::replace_seen, new_id};
use crate::{
    decide::is_web_address,
    model::{ColumnWords, Dataset, LINE_LIMIT, RESOURCES_LIMIT, Resource, ResourceBody},
    said::Said,
    store,
};
use civic::{Actor, Moment};
use database::Tx;
use std::collections::BTreeMap;
use tables::Shelf;
use web::{Refusal, Stop, Town};

/// Adds an address where data is kept elsewhere, without fetching it.
///
/// # Errors
/// `dataset-url` for what is no address; `NotFound` where the mandate does not reach.
pub async fn add_link(town: &Town, actor: &Actor, name: &str, body: ResourceBody) -> Result<Dataset, Stop> {
    if !body.url.is_empty() && !is_web_address(&body.url) {
        return Err(Refusal::new("dataset-url").at("url").into());
    }
    let id = new_id(town.now(), town.chance());
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        if dataset.resources.len() >= RESOURCES_LIMIT {
            return Err(Refusal::new("dataset-resources").at("url").with("most", RESOURCES_LIMIT).into());
        }
        let resource = Resource { id, table_name: None, file_id: None, sheet: 0, revision: 1, updated_at: now, body };
        store::put_resource(tx, &dataset.id, i64::try_from(dataset.resources.len()).unwrap_or(i64::MAX), &resource)?;
        dataset.resources.push(resource);
        Ok(Changed::data("added"))
    };
    alter(town, actor, name, None, change).await
}

/// Changes what is said of a resource.
///
/// # Errors
/// As [`add_link`].
pub async fn edit_resource(
    town: &Town,
    actor: &Actor,
    name: &str,
    id: &str,
    edit: impl FnOnce(&mut ResourceBody) + Send + 'static,
) -> Result<Dataset, Stop> {
    let id = id.to_owned();
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        let position =
            dataset.resources.iter().position(|one| one.id == id || one.slug() == id).ok_or(Stop::NotFound)?;
        let resource = &mut dataset.resources[position];
        let before = (resource.body.name.clone(), resource.body.names.clone());
        edit(&mut resource.body);
        // Another name is another one in every language.
        if resource.body.name != before.0 && resource.body.names == before.1 {
            resource.body.names = Said::default();
        }
        if !resource.body.url.is_empty() && !is_web_address(&resource.body.url) {
            return Err(Refusal::new("dataset-url").at("url").into());
        }
        resource.updated_at = now;
        store::put_resource(
            tx,
            &dataset.id,
            i64::try_from(position).unwrap_or(i64::MAX),
            &dataset.resources[position],
        )?;
        Ok(Changed { saying: "dataset.changed", what: vec!["resource".to_owned()], ..Changed::default() })
    };
    alter(town, actor, name, None, change).await
}

/// Says what the columns of a table are called and mean, and what the table is called where that is given.
///
/// # Errors
/// As [`edit_resource`].
pub async fn describe_columns(
    town: &Town,
    actor: &Actor,
    name: &str,
    id: &str,
    (names, words): (Option<Said>, BTreeMap<String, ColumnWords>),
) -> Result<Dataset, Stop> {
    let long = |one: &ColumnWords| !one.label.fits(LINE_LIMIT) || !one.notes.fits(LINE_LIMIT);
    if words.values().any(long) || names.as_ref().is_some_and(|names| !names.fits(LINE_LIMIT)) {
        return Err(Refusal::new("dataset-long").with("most", LINE_LIMIT).into());
    }
    let first = town.settings().languages.first().copied().unwrap_or_default();
    let edit = move |body: &mut ResourceBody| {
        let columns: Vec<String> =
            body.info.iter().flat_map(|info| info.columns.iter().map(|column| column.name.clone())).collect();
        body.words = words.into_iter().filter(|(column, _)| columns.contains(column)).collect();
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            let own = names.in_language(first).to_owned();
            (body.name, body.names) = (own, names);
        }
    };
    edit_resource(town, actor, name, id, edit).await
}

/// Takes a resource away. Where that was public, its file stays readable in older versions, unless it `forgets` it: then it is gone for good.
///
/// # Errors
/// `NotFound` where it is not there, or the mandate does not reach; `data-version-current` (409) where it forgets a file that another
/// resource still has.
pub async fn remove_resource(town: &Town, actor: &Actor, name: &str, id: &str, forgets: bool) -> Result<Dataset, Stop> {
    let dataset = may_alter(town, actor, name)?;
    let gone = dataset.resource(id).cloned().ok_or(Stop::NotFound)?;
    let (own, shelf) = (gone.id.clone(), gone.shelf());
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, _: Moment| {
        dataset.resources.retain(|one| one.id != own);
        store::remove_resource(tx, &own)?;
        Ok(Changed { forgets, ..Changed::data("removed") })
    };
    let altered = alter(town, actor, name, None, change).await?;
    if let Err(error) = town.part::<Shelf>().remove(&shelf) {
        tracing::warn!(%error, "the file of a table was not removed");
    }
    Ok(altered)
}

/// Puts rows of a program in the place of those that a resource had when it was `seen`: they become its file, as objects of JSON, one a
/// line.
///
/// # Errors
/// As [`replace_file`](super::replace_file); `changed-meanwhile` (409) where it has other rows by now.
pub async fn set_rows(town: &Town, actor: &Actor, name: &str, seen: &Resource, rows: FileIn) -> Result<Dataset, Stop> {
    replace_seen(town, actor, name, seen, rows).await
}

/// Takes the rows away that a resource had when it was `seen`, and its file; what is said of it stays, as `edit` leaves it.
///
/// # Errors
/// As [`edit_resource`]; `changed-meanwhile` (409) where it has other rows by now.
pub async fn clear_rows(
    town: &Town,
    actor: &Actor,
    name: &str,
    seen: &Resource,
    edit: impl FnOnce(&mut ResourceBody) + Send + 'static,
) -> Result<Dataset, Stop> {
    may_alter(town, actor, name)?;
    let (shelf, id, revision) = (seen.shelf(), seen.id.clone(), seen.revision);
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        let position = dataset.resources.iter().position(|one| one.id == id).ok_or(Stop::NotFound)?;
        let resource = &mut dataset.resources[position];
        if resource.revision != revision {
            return Err(Refusal::conflict("changed-meanwhile").into());
        }
        edit(&mut resource.body);
        (resource.file_id, resource.updated_at) = (None, now);
        resource.revision += 1;
        (resource.body.size_bytes, resource.body.sha256) = (0, String::new());
        store::put_resource(
            tx,
            &dataset.id,
            i64::try_from(position).unwrap_or(i64::MAX),
            &dataset.resources[position],
        )?;
        Ok(Changed::data("replaced"))
    };
    let altered = alter(town, actor, name, None, change).await?;
    if let Err(error) = town.part::<Shelf>().remove(&shelf) {
        tracing::warn!(%error, "the file of a table was not removed");
    }
    Ok(altered)
}
