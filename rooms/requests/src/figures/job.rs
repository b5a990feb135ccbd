//! The work behind the figures, every few minutes: days written in short, repeats counted, gaps watched.

use super::{
    block::{self, DAY_MICROS},
    gaps::{self, Periods},
};
use crate::store;
use database::{DbError, OffRecord};
use record::Sequenced;
use serde_json::Value;
use std::{collections::BTreeSet, sync::Arc};
use web::{Town, manifest::JobKind};

/// The kind of the job.
const RENEW: &str = "requests.figures";
const EVERY_SECONDS: i64 = 600;
/// Days that are written anew in each run although nothing was said of them: the longest ago written first, so that whatever went by the
/// record is right again within half a day.
const AGAIN_EACH_RUN: i64 = 6;

/// The job.
pub fn job_kind() -> JobKind {
    let run = |town: Town, _: Value| -> futures_util::future::BoxFuture<'static, Result<(), String>> {
        Box::pin(async move { renew_figures(&town).await.map_err(|error| error.to_string()) })
    };
    JobKind::every(RENEW, EVERY_SECONDS, Arc::new(run))
}

/// Notes the days whose reports changed.
///
/// # Errors
/// Those of the database.
pub fn follow(_: &Town, tx: &mut database::Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    let about = entries.iter().filter(|entry| entry.subject.kind == crate::model::REQUEST.0);
    let codes: BTreeSet<&str> = about.map(|entry| entry.subject.id.as_str()).collect();
    let Some(last) = entries.last() else { return Ok(()) };
    store::mark_days(tx, &codes, i64::try_from(last.position).unwrap_or(i64::MAX))
}

/// Writes the days that changed in short, counts repeats, and watches for gaps.
///
/// # Errors
/// Those of the database.
pub async fn renew_figures(town: &Town) -> Result<(), DbError> {
    let now = town.now();
    let days = town.db().read_long(move |tx| store::days_to_write(tx, AGAIN_EACH_RUN)).await?;
    for day in days {
        let (seen, cells) = town.db().read_long(move |tx| store::read_day(tx, day)).await?;
        let block = block::write(day, &cells);
        let act = town.db().write(move |tx| -> Result<_, DbError> {
            store::keep_day(tx, day, now, &block, seen)?;
            tx.commit(OffRecord("the same facts in short"), ())
        });
        act.await?;
    }
    let reporting = town.db().read_long(move |tx| store::count_reporting(tx, now)).await?;
    let act = town.db().write(move |tx| -> Result<_, DbError> {
        store::keep_reporting(tx, &reporting)?;
        tx.commit(OffRecord("a count of what is on the record"), ())
    });
    act.await?;
    let look = move |tx: &mut database::Tx<'_>| {
        let mut periods = Periods::before(now);
        let from = now.micros().div_euclid(DAY_MICROS) - store::FIGURE_DAYS;
        store::each_day(tx, from, |district, category, reports| periods.add(district, category, reports))?;
        Ok::<_, DbError>(periods)
    };
    let periods = town.db().read_long(look).await?;
    gaps::watch(town, &periods).await
}
