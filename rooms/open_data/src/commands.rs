//! What the room does: load, decide, save, record, commit.

mod asking;
mod dataset;
mod files;
mod keeping;
mod pointing;
mod reading;
mod rechecking;
mod resources;
mod tables_of;

pub(crate) use asking::ask;
pub(crate) use dataset::show;
pub use dataset::{From, change, draft, publish, publish_with_older, withdraw};
pub use files::{FileIn, add_file, replace_file};
pub(crate) use files::{check, may_alter, renew_file};
pub use keeping::fetch_file;
pub(crate) use keeping::{fetch_watched, keep};
pub(crate) use reading::{Goal, read_goal};
pub(crate) use rechecking::job_kind as recheck_kind;
pub use resources::{add_link, clear_rows, describe_columns, edit_resource, remove_resource, set_rows};
pub use tables_of::{bytes, open_table};
pub(crate) use tables_of::{clear_files, stop_of};

use crate::{
    acts, books, decide,
    model::{Dataset, Version},
    store,
};
use civic::{Actor, Chance, Moment};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Who acts where the town publishes by itself.
pub fn town_itself() -> Actor {
    Actor::of_town("town")
}

/// An id that programs use.
pub(crate) fn new_id(now: Moment, chance: &dyn Chance) -> String {
    civic::FileId::new(now, chance).text()
}

/// What a change did.
#[derive(Default)]
pub(crate) struct Changed {
    /// As `dataset.changed`.
    pub saying: &'static str,
    /// What changed, in codes.
    pub what: Vec<String>,
    /// Whether the files that it leaves behind are taken away for good, from older versions too.
    pub forgets: bool,
    /// Whether files of before a withdrawal are public again where it publishes what was withdrawn.
    pub shows_older: bool,
}

impl Changed {
    pub(crate) fn data(what: impl Into<String>) -> Self {
        Self { saying: "dataset.data-changed", what: vec![what.into()], ..Self::default() }
    }
}

/// Changes a dataset in one transaction: held, judged by mandate, changed, saved with its step, recorded where it is public.
pub(crate) async fn alter(
    town: &Town,
    actor: &Actor,
    name: &str,
    seen: Option<i64>,
    change: impl FnOnce(&mut Tx<'_>, &mut Dataset, Moment) -> Result<Changed, Stop> + Send + 'static,
) -> Result<Dataset, Stop> {
    let (now, chance, actor, name) = (town.now(), town.chance_handle(), actor.clone(), name.to_owned());
    let altered = town.db().write(move |tx| {
        let found = store::to_change(tx, &name)?.filter(|one| actor.may_for(&acts::PUBLISH, Some(one.organisation)));
        let mut dataset = found.ok_or(Stop::NotFound)?;
        if seen.is_some_and(|seen| seen != dataset.version) {
            return Err(Refusal::conflict("changed-meanwhile").into());
        }
        let was = dataset.clone();
        let before = was.is_public().then_some(&was);
        let changed = change(tx, &mut dataset, now)?;
        dataset.updated_at = now;
        dataset.version += 1;
        let step = Version {
            version: dataset.version,
            at: now,
            saying: changed.saying.to_owned(),
            actor: actor.handle.clone(),
            changed: changed.what,
        };
        store::update(tx, &dataset, &step)?;
        rechecking::begin(tx, &dataset, &step, &*chance)?;
        if was.is_gone() && dataset.is_public() {
            store::show_versions(tx, &dataset.id, changed.shows_older)?;
        }
        let is_seen = before.is_some() || dataset.is_public();
        if is_seen {
            store::keep_version(tx, before, &dataset, now)?;
        }
        let left = if changed.forgets { decide::left_files(&was, &dataset)? } else { Vec::new() };
        for file in &left {
            store::forget_kept(tx, &dataset.id, file)?;
        }
        if is_seen {
            let entry = entry(tx, &dataset, changed.saying, &step, &actor, now, &*chance)?;
            return tx.commit(entry, (dataset, left)).map_err(Stop::from);
        }
        tx.commit(OffRecord("what is not published is nobody else's yet"), (dataset, left)).map_err(Stop::from)
    });
    let (dataset, left) = altered.await?;
    clear_files(town, left).await;
    // It is done, whatever becomes of the catalogue in memory, which every node reads anew each second.
    if let Err(error) = books::refresh(town.clone()).await {
        tracing::warn!(%error, "the catalogue follows later");
    }
    Ok(dataset)
}

/// Public: the dataset, its version, what changed, and the hashes of its files. Its words are on its page, and may change.
fn entry(
    tx: &mut Tx<'_>,
    dataset: &Dataset,
    saying: &'static str,
    step: &Version,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let agency = people::organisations::by_id(tx, dataset.organisation)?.map(|one| one.code).unwrap_or_default();
    let files: Vec<&str> =
        dataset.resources.iter().map(|one| one.body.sha256.as_str()).filter(|hash| !hash.is_empty()).take(50).collect();
    let what = json!({"organisation": agency, "version": step.version, "changed": step.changed, "sha256": files});
    Entry::about(dataset.subject(), saying, actor, now, chance).publicly(&what)
}
