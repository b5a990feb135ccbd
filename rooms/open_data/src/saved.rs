//! Views of tables with a name: kept by those who publish for everybody, and by anybody for themselves.

use crate::{
    acts, commands, decide,
    model::{Dataset, Resource, SavedView},
    notes, store,
};
use civic::{Actor, PersonId};
use database::{DbError, OffRecord, Tx};
use serde_json::Value;
use web::{Refusal, Stop, Town, manifest::Privacy};

/// Views of one table that one person keeps, and that are kept for everybody.
const VIEWS_LIMIT: usize = 50;
/// Characters of the name that people give one.
const TITLE_LIMIT: usize = 120;
/// Bytes of the question of one.
const QUERY_LIMIT: usize = 4_000;

/// What the room keeps about people: notes, and the views they keep for themselves.
pub const PRIVACY: Privacy = Privacy { export, erase };

fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let mut all = (notes::PRIVACY.export)(tx, person)?;
    all["saved_views"] = store::export_saved_views(tx, person)?;
    Ok(all)
}

fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    store::erase_saved_views(tx, person)?;
    (notes::PRIVACY.erase)(tx, person)
}

/// Keeps a view of a table, whose question was read; for everybody only by who publishes there.
///
/// # Errors
/// `data-view-title`, `dataset-long`, `data-view-taken` (409), `data-views-most`; `NotAllowed` where it is to be for everybody and the mandate
/// does not reach; `SignIn`.
pub async fn keep(
    town: &Town,
    actor: &Actor,
    (dataset, resource): (&Dataset, &Resource),
    (title, query): (&str, String),
    is_shared: bool,
) -> Result<SavedView, Stop> {
    let title = title.trim().replace(['\r', '\n', '\0'], " ");
    match title.chars().count() {
        0 => return Err(Refusal::new("data-view-title").at("title").into()),
        long if long > TITLE_LIMIT => {
            return Err(Refusal::new("dataset-long").at("title").with("most", TITLE_LIMIT).into());
        }
        _ => {}
    }
    if query.len() > QUERY_LIMIT {
        return Err(Refusal::new("dataset-long").at("query").with("most", QUERY_LIMIT).into());
    }
    if is_shared && !actor.may_for(&acts::PUBLISH, Some(dataset.organisation)) {
        return Err(Stop::NotAllowed);
    }
    let me = actor.person.ok_or(Stop::SignIn)?;
    let view = SavedView {
        id: commands::new_id(town.now(), town.chance()),
        resource: resource.id.clone(),
        name: decide::name_of(&title),
        title,
        query,
        person: (!is_shared).then_some(me),
        at: town.now(),
    };
    let kept = town.db().write(move |tx| {
        let all = store::saved_views(tx, &view.resource, Some(me))?;
        // A name means the same to everybody who follows it.
        if all.iter().any(|one| one.name == view.name && (one.person.is_none() || one.person == view.person)) {
            return Err(Refusal::conflict("data-view-taken").at("title").with("name", view.name.as_str()).into());
        }
        if all.iter().filter(|one| one.person == view.person).count() >= VIEWS_LIMIT {
            return Err(Refusal::new("data-views-most").at("title").with("most", VIEWS_LIMIT).into());
        }
        store::add_saved_view(tx, &view)?;
        tx.commit(OffRecord("a view is a way to look at what is published"), view).map_err(Stop::from)
    });
    kept.await
}

/// Takes a view away: one's own, or one for everybody where the mandate reaches.
///
/// # Errors
/// `NotFound` where there is none, or not for this reader.
pub async fn forget(town: &Town, actor: &Actor, dataset: &Dataset, resource: &Resource, id: &str) -> Result<(), Stop> {
    let publishes = actor.may_for(&acts::PUBLISH, Some(dataset.organisation));
    let (me, resource, id) = (actor.person, resource.id.clone(), id.to_owned());
    let gone = town.db().write(move |tx| {
        let all = store::saved_views(tx, &resource, me)?;
        let found = all.into_iter().find(|one| one.id == id && (one.person.is_some() || publishes));
        let found = found.ok_or(Stop::NotFound)?;
        store::drop_saved_view(tx, &found.id)?;
        tx.commit(OffRecord("a view is a way to look at what is published"), ()).map_err(Stop::from)
    });
    gone.await
}
