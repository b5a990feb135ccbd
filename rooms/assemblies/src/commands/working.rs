//! Lotteries are worked out beside the requests: a large pool takes seconds.

use crate::{
    decide::{self, Ready},
    model::{Assembly, Draw, Kind, State},
    store,
};
use civic::{Actor, Chance, JobId, Moment};
use database::{
    DbError, OffRecord, Tx,
    jobs::{self, NewJob},
};
use record::Entry;
use serde_json::json;
use std::sync::Arc;
use web::{Stop, Town, manifest::JobKind};

/// The work.
const LOTTERY: &str = "long.assembly-lottery";

/// The work, to be mounted.
pub fn job_kind() -> JobKind {
    JobKind::asked(
        LOTTERY,
        Arc::new(|town: Town, payload| {
            Box::pin(async move {
                let code = payload.get("assembly").and_then(|code| code.as_str()).unwrap_or_default().to_owned();
                let draw = payload.get("draw").and_then(|draw| draw.as_i64()).unwrap_or(0);
                work_out(&town, code, draw).await.map_err(|stop| format!("{stop:?}"))
            })
        }),
    )
}

pub(super) fn ask(tx: &mut Tx<'_>, assembly: &str, draw: i64, now: Moment, chance: &dyn Chance) -> Result<(), DbError> {
    let payload = json!({"assembly": assembly, "draw": draw});
    jobs::put(tx, &NewJob { id: JobId::new(now, chance).text(), kind: LOTTERY, payload: &payload, not_before: now })
}

/// Works the lottery of a draw out, and puts its hash on the record. Does nothing when it was done already.
///
/// # Errors
/// Those of the database.
pub async fn work_out(town: &Town, code: String, number: i64) -> Result<(), Stop> {
    let (own, asked) = (town.clone(), code.clone());
    let read = town.db().read_long(move |tx| {
        let Some(assembly) = store::by_code(tx, &asked)? else { return Ok(None) };
        let draw = waiting(tx, &asked, number)?;
        let base = decide::base_of(&store::members(tx, &asked)?, own.now());
        let pool = store::pool(tx, &asked)?;
        Ok::<_, DbError>(draw.map(|draw| (assembly, draw, pool, base)))
    });
    let Some((assembly, draw, pool, base)) = read.await.map_err(Stop::from)? else { return Ok(()) };
    let categories = decide::categories(&assembly.plan.quotas)?;
    let seats = assembly.plan.seats;
    let leaving = if draw.kind == Kind::Vacancies { base.leaving.clone() } else { Vec::new() };
    let work = tokio::task::spawn_blocking(move || decide::prepared(&draw, (seats, &categories), &pool, &base));
    let made = work.await.map_err(Stop::fault)?;
    keep(town, code, number, made.map(|ready| (ready, leaving))).await
}

fn waiting(tx: &mut Tx<'_>, code: &str, number: i64) -> Result<Option<Draw>, DbError> {
    Ok(store::draws(tx, code)?.into_iter().find(|one| one.number == number && one.state == State::Working))
}

/// A lottery, and whose seats it fills; or the engine's sentence.
type Made = Result<(Ready, Vec<String>), lottery::Refusal>;

async fn keep(town: &Town, code: String, number: i64, made: Made) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let assembly: Assembly = store::to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            let Some(mut draw) = waiting(tx, &code, number)? else {
                return tx.commit(OffRecord("another worked it out"), ()).map_err(Stop::from);
            };
            draw.state_at = now;
            let (ready, leaving) = match made {
                Ok(ready) => ready,
                Err(refusal) => {
                    (draw.state, draw.fault) = (State::Failed, refusal.to_string());
                    store::keep_draw(tx, &code, &draw)?;
                    return tx.commit(OffRecord("there is no lottery to commit to"), ()).map_err(Stop::from);
                }
            };
            (draw.state, draw.facts) = (State::Prepared, ready.facts);
            store::keep_draw(tx, &code, &draw)?;
            for (name, body) in [("pool", &ready.pool), ("quotas", &ready.quotas), ("panels", &ready.panels)] {
                store::keep_file(tx, &code, number, name, body)?;
            }
            // Seats that fall free from now on are for the draw after this one.
            for one in store::members(tx, &code)?.iter().filter(|one| one.left(now) && leaving.contains(&one.ticket)) {
                store::replaced(tx, &code, one, one.at(now), number)?;
            }
            let facts = &draw.facts;
            let said = json!({
                "draw": number, "kind": draw.kind, "volunteers": facts.volunteers, "pool_sha256": facts.pool_sha256,
                "quotas_sha256": facts.quotas_sha256, "panels_sha256": facts.panels_sha256, "panels": facts.panels,
                "declined": facts.declined, "silent": facts.silent,
            });
            let by = Actor::of_town("lottery");
            let entry = Entry::about(assembly.subject(), "assembly.draw_prepared", &by, now, own.chance());
            tx.commit(entry.publicly(&said)?, ()).map_err(Stop::from)
        })
        .await
}
