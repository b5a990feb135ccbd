//! The town describes its households, and counts who takes up what.

use super::{
    Described, Population, TakeUpView, TownTakeUp, count, read_households,
    store::{self, REPORT},
};
use crate::{acts, figures::SERVICE_FIGURES, model::Service, rules};
use civic::{Actor, Moment, Subject};
use database::{DbError, OffRecord};
use jiff::civil::Date;
use record::Entry;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

/// Days of applications that are held against the description: a year.
const APPLIED_DAYS: i64 = 365;
/// Characters of where a description comes from.
const SOURCE_LIMIT: usize = 300;

/// Takes a table of households in place of the one before, and counts.
///
/// # Errors
/// `NotAllowed`; what is wrong with the table, with its lines.
pub async fn describe(
    town: &Town,
    actor: Actor,
    bytes: Vec<u8>,
    source: String,
    is_simulated: bool,
) -> Result<Described, Stop> {
    if !actor.may(&acts::DESCRIBE) {
        return Err(Stop::NotAllowed);
    }
    let source: String = source.trim().chars().take(SOURCE_LIMIT).collect();
    if source.is_empty() {
        return Err(Refusal::new("population-source").at("source").into());
    }
    let districts = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    let read = tokio::task::spawn_blocking(move || read_households(&bytes, &districts));
    let described = read.await.map_err(Stop::fault)?.map_err(Stop::Refused)?;
    let new = Population { source, is_simulated, at: town.now(), described: described.clone() };
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            store::keep(tx, &new, &actor.handle)?;
            let view = json!({
                "rows": new.described.rows.len(), "households": new.described.households(), "simulated": new.is_simulated,
            });
            let about = Subject::new(SERVICE_FIGURES, "take-up");
            let entry = Entry::about(about, "services.households-described", &actor, now, &*chance).publicly(&view)?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await?;
    measure(town).await?;
    Ok(described)
}

/// Counts who takes up what, where households are described.
///
/// # Errors
/// Those of the database.
pub async fn measure(town: &Town) -> Result<(), Stop> {
    let (own, now) = (town.clone(), town.now());
    let counted = town.db().read_long(move |tx| {
        let Some(population) = store::population(tx)? else { return Ok(None) };
        let applied = store::applied_since(tx, now.plus_days(-APPLIED_DAYS))?;
        let services = crate::store::published(tx)?;
        let day = now.in_zone(&own.settings().zone).date();
        Ok(Some(report(&population, &services, &applied, now, day)))
    });
    let Some(report) = counted.await.map_err(|error: DbError| Stop::from(error))? else { return Ok(()) };
    town.db()
        .write(move |tx| {
            crate::store::keep_figures(tx, REPORT, &crate::store::json(&report)?, now)?;
            tx.commit(OffRecord("counted from what the town described and recorded"), ()).map_err(Stop::from)
        })
        .await
}

fn report(
    population: &Population,
    services: &[Service],
    applied: &BTreeMap<String, BTreeMap<String, count::Applied>>,
    now: Moment,
    day: Date,
) -> TownTakeUp {
    let described = &population.described;
    let columns = described.columns();
    let nobody = BTreeMap::new();
    let view = |service: &Service| {
        let text = &service.published.as_ref()?.rules;
        let law = rules::kept(text).ok().filter(|_| !text.trim().is_empty())?;
        let verdicts = law.ask_all(&columns, described.rows.len(), day).ok()?;
        let (all, districts) = count::count(described, &verdicts, applied.get(&service.code).unwrap_or(&nobody));
        let facts_missing = law.inputs().into_iter().filter(|name| !described.names.contains(name)).collect();
        Some(TakeUpView { service: service.code.clone(), number: service.number, all, districts, facts_missing })
    };
    TownTakeUp {
        as_of: now.rfc3339(),
        law_of: day.to_string(),
        source: population.source.clone(),
        described_at: population.at.rfc3339(),
        is_simulated: population.is_simulated,
        rows: described.rows.len() as u64,
        services: services.iter().filter_map(view).collect(),
    }
}
