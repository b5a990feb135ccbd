//! Views with a name, and their addresses.

use super::{Question, history, path_of};
use crate::{acts, commands::open_table, saved, store};
use axum::{extract::State, http::StatusCode};
use database::DbError;
use serde_json::json;
use web::{
    Answer, Stop, Town, Visit, Wants,
    answer::{json_with, see_other, see_other_saying},
    forms::Submission,
    visit::Path,
};

/// A view in the list of a table.
pub(in crate::pages) struct ViewLine {
    pub id: String,
    pub title: String,
    pub href: String,
    pub is_shared: bool,
    pub may_remove: bool,
}

/// The views of a table that this reader sees.
pub(super) async fn lines(
    town: &Town,
    visit: &Visit,
    place: (&crate::books::Filed, &crate::model::Resource),
) -> Result<Vec<ViewLine>, Stop> {
    let (filed, resource) = place;
    let (id, person) = (resource.id.clone(), visit.actor.person);
    let all = town.db().read(move |tx| store::saved_views(tx, &id, person));
    let all = all.await.map_err(|error: DbError| Stop::from(error))?;
    let publishes = visit.actor.may_for(&acts::PUBLISH, Some(filed.dataset.organisation));
    let path = path_of(filed, resource);
    let line = |one: crate::model::SavedView| ViewLine {
        href: format!("{path}/view/{}", one.name),
        is_shared: one.person.is_none(),
        may_remove: one.person.is_some() || publishes,
        id: one.id,
        title: one.title,
    };
    Ok(all.into_iter().map(line).collect())
}

/// GET /data/{name}/{resource}/view/{view}: leads to what it shows.
pub async fn follow(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource, view)): Path<(String, String, String)>,
) -> Answer {
    let filed = crate::pages::open(&town, &visit, &name)?;
    let resource = filed.dataset.resource(&resource).ok_or(Stop::NotFound)?;
    let (id, person) = (resource.id.clone(), visit.actor.person);
    let all = town.db().read(move |tx| store::saved_views(tx, &id, person));
    let all = all.await.map_err(|error: DbError| Stop::from(error))?;
    let found = all.into_iter().find(|one| one.name == view).ok_or(Stop::NotFound)?;
    let end = if visit.wants == Wants::Html { String::new() } else { format!(".{}", visit.wants.suffix()) };
    see_other(&format!("{}{end}?{}", path_of(&filed, resource), found.query))
}

/// POST /data/{name}/{resource}/views: keeps the view whose question is in `query`, under `title`; `shared=yes` for everybody.
pub async fn keep(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let filed = crate::pages::open(&town, &visit, &name)?;
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(form.text("query").unwrap_or_default()).map_err(|_| Stop::NotFound)?;
    let resource = history::resource_at(&town, &filed.dataset, &resource, &pairs).await?;
    let table = open_table(&town, &resource).await?;
    let question = Question::read(pairs, table.info())?;
    let path = path_of(&filed, &resource);
    let address = question.address(&path, &[], &["after", "view", "column", "op", "value"]);
    let query = address.strip_prefix(&path).unwrap_or_default().trim_start_matches('?').to_owned();
    let title = form.text("title").unwrap_or_default();
    let is_shared = form.text("shared") == Some("yes");
    let kept = saved::keep(&town, &visit.actor, (&filed.dataset, &resource), (title, query), is_shared).await?;
    let to = format!("{path}/view/{}", kept.name);
    if visit.wants == Wants::Html {
        return see_other_saying(&address, "flash-data-view-kept");
    }
    json_with(
        StatusCode::CREATED,
        &json!({"id": kept.id, "name": kept.name, "title": kept.title, "url": town.url(&to), "shared": is_shared}),
    )
}

/// POST /data/{name}/{resource}/views/remove
pub async fn remove(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let filed = crate::pages::open(&town, &visit, &name)?;
    let resource = filed.dataset.resource(&resource).ok_or(Stop::NotFound)?;
    saved::forget(&town, &visit.actor, &filed.dataset, resource, form.text("id").unwrap_or_default()).await?;
    if visit.wants == Wants::Html {
        return see_other_saying(&path_of(&filed, resource), "flash-view-removed");
    }
    json_with(StatusCode::OK, &json!({"removed": true}))
}
