//! Reports of tables that point to others are made anew when one of these has become another one.

use super::{Changed, alter, pointing, town_itself};
use crate::{
    books::{self, Books},
    model::{Dataset, Resource, Version},
    store,
};
use civic::{Chance, JobId, Moment};
use database::{
    DbError, Tx,
    jobs::{self, NewJob},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use web::{Refusal, Stop, Town, manifest::JobKind};

/// The kind of the job.
const RECHECK: &str = "long.open-data-keys";

/// The job.
pub(crate) fn job_kind() -> JobKind {
    let run = |town: Town, payload: Value| async move {
        let id = payload["dataset"].as_str().unwrap_or_default().to_owned();
        recheck(&town, &id).await.map_err(|stop| format!("{stop:?}"))
    };
    JobKind::asked(RECHECK, Arc::new(move |town, payload| Box::pin(run(town, payload))))
}

/// Puts the job in, in the transaction of a change of tables, where a table of the dataset points to another.
pub(super) fn begin(tx: &mut Tx<'_>, dataset: &Dataset, step: &Version, chance: &dyn Chance) -> Result<(), DbError> {
    if step.saying != "dataset.data-changed" || !dataset.resources.iter().any(points) {
        return Ok(());
    }
    let (id, payload) = (JobId::new(step.at, chance).text(), json!({"dataset": dataset.id}));
    jobs::put(tx, &NewJob { id, kind: RECHECK, payload: &payload, not_before: step.at })
}

/// Whether it is a table whose schema names another one.
fn points(one: &Resource) -> bool {
    one.body.info.is_some() && one.body.schema.contains("foreignKeys")
}

/// Makes the reports of the tables of a dataset anew that point to others, and keeps those that say something else by now.
async fn recheck(town: &Town, id: &str) -> Result<(), Stop> {
    books::refresh(town.clone()).await?;
    let shelves = town.part::<Books>().now();
    let Some(dataset) = shelves.find(id).map(|filed| filed.dataset.clone()) else { return Ok(()) };
    let mut pointing: Vec<Resource> = dataset.resources.iter().filter(|one| points(one)).cloned().collect();
    for one in &mut pointing {
        one.body.report = one.body.report.as_ref().map(tables::Report::without_foreign);
    }
    let made = pointing::check(town, pointing, &dataset.resources, Arc::default()).await?;
    let is_other = |one: &Resource| dataset.resource(&one.id).is_some_and(|old| old.body.report != one.body.report);
    let other: BTreeMap<String, Resource> =
        made.into_iter().filter(|one| is_other(one)).map(|one| (one.id.clone(), one)).collect();
    if other.is_empty() {
        return Ok(());
    }
    let seen = dataset.version;
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        if dataset.version != seen {
            return Err(Refusal::conflict("changed-meanwhile").into());
        }
        for (position, one) in (0_i64..).zip(&mut dataset.resources) {
            let Some(made) = other.get(&one.id) else { continue };
            one.body.report.clone_from(&made.body.report);
            one.body.rechecked_at = Some(now);
            store::put_resource(tx, &dataset.id, position, one)?;
        }
        Ok(Changed { saying: "dataset.changed", what: vec!["rechecked".to_owned()], ..Changed::default() })
    };
    match alter(town, &town_itself(), &dataset.name, None, change).await {
        // Somebody was quicker: with the change of tables comes a job of its own, any other is waited for.
        Err(Stop::Refused(_)) => Err(Stop::fault("the dataset changed meanwhile")),
        altered => altered.map(|_| ()),
    }
}
