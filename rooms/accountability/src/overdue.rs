//! What is late says so by itself: once for each day that was promised.

use crate::{
    commands::{Spoken, step_of, tell_late},
    model::Standing,
    store,
};
use civic::{Actor, Language, Moment};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::{Value, json};
use std::sync::Arc;
use web::{Stop, Town, manifest::JobKind};

/// The kind of the job.
const LATE: &str = "accountability.late";
/// How often the town looks.
const EVERY_SECONDS: i64 = 900;
/// Commitments that are said to be late at a time.
const AT_ONCE: i64 = 500;

/// The job.
pub fn job_kind() -> JobKind {
    let run = |town: Town, _: Value| -> futures_util::future::BoxFuture<'static, Result<(), String>> {
        Box::pin(async move { say_what_is_late(&town).await.map_err(|error| error.to_string()) })
    };
    JobKind::every(LATE, EVERY_SECONDS, Arc::new(run))
}

/// Says of everything that is late by the town's clock that it is, on its page, on the record, and to its organisation.
///
/// # Errors
/// Those of the database.
pub async fn say_what_is_late(town: &Town) -> Result<(), DbError> {
    let now = town.now();
    for code in town.db().read(move |tx| store::late_unsaid(tx, now, AT_ONCE)).await? {
        say_late(town, code, now).await?;
    }
    Ok(())
}

async fn say_late(town: &Town, code: String, now: Moment) -> Result<(), DbError> {
    let own = town.clone();
    let said = town.db().write(move |tx: &mut Tx<'_>| -> Result<_, Stop> {
        let found = store::by_code_to_change(tx, &code)?.filter(|one| one.standing(now) == Standing::Late);
        let Some(mut commitment) = found else {
            return tx.commit(OffRecord("it is late no more"), ()).map_err(Stop::from);
        };
        if !store::mark_late(tx, &commitment.code)? {
            return tx.commit(OffRecord("somebody else has said so"), ()).map_err(Stop::from);
        }
        commitment.updated_at = now;
        commitment.version += 1;
        store::update(tx, &commitment, false)?;
        let town_itself = Actor { handle: "town".to_owned(), ..Actor::visitor(Language::En) };
        let what = json!({"standing": Standing::Late.word(), "due": commitment.due_at.rfc3339()});
        let entry =
            Entry::about(commitment.subject(), "commitment.late", &town_itself, now, own.chance()).publicly(&what)?;
        let spoken = Spoken { saying: "commitment.late", ..Spoken::default() };
        store::add_step(tx, &commitment.code, &step_of(&entry, spoken, &town_itself, now))?;
        tell_late(tx, &own, &commitment, now)?;
        tx.commit(entry, ()).map_err(Stop::from)
    });
    said.await.map_err(|stop| DbError::Other(format!("{stop:?}")))
}
