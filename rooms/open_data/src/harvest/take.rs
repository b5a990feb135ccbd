//! What was offered becomes datasets here.

use super::{Failure, HarvestReport, Heard, understand::understood};
use crate::{
    books::Books,
    commands::{self, From, alter},
    decide::{self, Draft, Farewell},
    model::{Dataset, Meta, Resource, ResourceBody, State},
    store,
};
use civic::{Actor, Moment};
use database::{DbError, Tx};
use std::collections::BTreeSet;
use web::{Stop, Town};

/// Takes everything over that can be; one that cannot never stops the rest.
///
/// # Errors
/// Those of the database.
pub(crate) async fn take_over(
    town: &Town,
    actor: &Actor,
    agency: &str,
    source: &str,
    heard: Heard,
) -> Result<HarvestReport, Stop> {
    let mut report = HarvestReport { seen: heard.offered.len(), ..HarvestReport::default() };
    let mut there = BTreeSet::new();
    for offered in heard.offered {
        let offered = match offered {
            Ok(offered) => offered,
            Err(failure) => {
                there.insert(failure.id.clone());
                report.fail(failure);
                continue;
            }
        };
        let (id, title) = (offered.id.clone(), offered.title.values().next().cloned().unwrap_or_default());
        // One that is there twice is taken over once.
        if !there.insert(id.clone()) {
            report.fail(Failure { dataset: title, why: "its identifier stands there twice".to_owned(), id });
            continue;
        }
        let (draft, files, warnings) = understood(&offered, source);
        report.warn(&title, &id, warnings);
        match one(town, actor, agency, source, (id.clone(), draft, files)).await {
            Ok(Became::Made) => report.made += 1,
            Ok(Became::Changed) => report.changed += 1,
            Ok(Became::Same) => report.same += 1,
            Err(Stop::Refused(refusals)) => {
                let t = town.words().of(civic::Language::En);
                let why: Vec<String> = refusals.iter().map(|refusal| refusal.sentence(&t)).collect();
                report.fail(Failure { dataset: title, why: why.join(" "), id });
            }
            Err(stop @ (Stop::Fault(_) | Stop::Busy(_))) => return Err(stop),
            Err(_) => report.fail(Failure { dataset: title, why: "it cannot be changed".to_owned(), id }),
        }
    }
    report.gone = take_back(town, actor, source, &there).await?;
    Ok(report)
}

enum Became {
    Made,
    Changed,
    Same,
}

async fn one(
    town: &Town,
    actor: &Actor,
    agency: &str,
    source: &str,
    (id, draft, files): (String, Draft, Vec<ResourceBody>),
) -> Result<Became, Stop> {
    let meta = decide::read_meta(&draft).map_err(Stop::Refused)?;
    let known = {
        let shelves = town.part::<Books>().now();
        let mut all = shelves.datasets.values();
        all.find(|filed| filed.dataset.source == source && filed.dataset.source_id == id)
            .map(|filed| filed.dataset.clone())
    };
    let name = match &known {
        Some(known) => {
            let bodies: Vec<&ResourceBody> = known.resources.iter().map(|one| &one.body).collect();
            if known.meta == meta && bodies == files.iter().collect::<Vec<_>>() && known.is_public() {
                return Ok(Became::Same);
            }
            known.name.clone()
        }
        None => {
            let from = From { source: source.to_owned(), source_id: id };
            commands::draft(town, actor, agency, &draft, from).await?.name
        }
    };
    let ids: Vec<String> = files.iter().map(|_| commands::new_id(town.now(), town.chance())).collect();
    let was = known.is_some();
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| put(tx, dataset, meta, files, ids, now);
    alter(town, actor, &name, None, change).await?;
    Ok(if was { Became::Changed } else { Became::Made })
}

/// Puts what was offered in the place of what was there; files keep their ids by what they are called there.
fn put(
    tx: &mut Tx<'_>,
    dataset: &mut Dataset,
    meta: Meta,
    files: Vec<ResourceBody>,
    ids: Vec<String>,
    now: Moment,
) -> Result<commands::Changed, Stop> {
    dataset.meta = meta;
    let before = std::mem::take(&mut dataset.resources);
    for ((position, body), id) in (0_i64..).zip(files).zip(ids) {
        let known = before.iter().find(|one| !body.source_id.is_empty() && one.body.source_id == body.source_id);
        let same = known.is_some_and(|known| known.body == body);
        let resource = Resource {
            id: known.map_or(id, |known| known.id.clone()),
            table_name: None,
            file_id: None,
            sheet: 0,
            revision: 1,
            updated_at: known.filter(|_| same).map_or(now, |known| known.updated_at),
            body,
        };
        if !dataset.resources.iter().any(|one| one.id == resource.id) {
            store::put_resource(tx, &dataset.id, position, &resource)?;
            dataset.resources.push(resource);
        }
    }
    for gone in before.iter().filter(|one| !dataset.resources.iter().any(|kept| kept.id == one.id)) {
        store::remove_resource(tx, &gone.id)?;
    }
    dataset.state = match dataset.state {
        State::Published { since } => State::Published { since },
        _ => State::Published { since: now },
    };
    Ok(commands::Changed { saying: "dataset.published", what: vec!["origin".to_owned()], ..Default::default() })
}

/// Takes back what was taken over before and is there no more.
async fn take_back(town: &Town, actor: &Actor, source: &str, there: &BTreeSet<String>) -> Result<usize, Stop> {
    let own = source.to_owned();
    let known = town
        .db()
        .read(move |tx| store::by_names_of_source(tx, &own))
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    let mut gone = 0;
    for (name, id, state) in known {
        if state == "published" && !there.contains(&id) {
            commands::withdraw(town, actor, &name, None, &Farewell::default()).await?;
            gone += 1;
        }
    }
    Ok(gone)
}
