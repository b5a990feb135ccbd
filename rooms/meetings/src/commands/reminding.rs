//! Everybody who has a place is reminded once, a day before.

use super::move_up;
use crate::{
    letters::{self, Why},
    store,
};
use database::{DbError, OffRecord};
use std::sync::Arc;
use web::{Town, manifest::JobKind};

/// The kind of the job, and after how many seconds it comes again.
const REMIND: &str = "meetings.remind";
const EVERY_SECONDS: i64 = 300;
/// How long before a meeting its people are reminded.
const AHEAD_SECONDS: i64 = 24 * 3_600;
/// Mails one transaction writes.
const BATCH: i64 = 200;

/// The job.
pub fn job_kind() -> JobKind {
    let run = |town: Town| async move { remind_all(&town).await.map_err(|error| error.to_string()) };
    JobKind::every(REMIND, EVERY_SECONDS, Arc::new(move |town, _| Box::pin(run(town))))
}

/// Reminds who comes to a meeting within a day and was not reminded.
///
/// # Errors
/// Those of the database.
pub async fn remind_all(town: &Town) -> Result<(), DbError> {
    let now = town.now();
    let soon = town.db().read(move |tx| store::soon(tx, now, now.plus_seconds(AHEAD_SECONDS))).await?;
    for code in soon {
        while remind_some(town, code.clone()).await? > 0 {}
    }
    Ok(())
}

/// Writes the next mails of a meeting and notes it, together: whatever happens, each is reminded once.
async fn remind_some(town: &Town, code: String) -> Result<usize, DbError> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let found = store::to_change(tx, &code)?;
            let coming = found.filter(|one| one.cancelled.is_none() && one.starts_at > now);
            let mut count = 0;
            if let Some(meeting) = coming {
                // Who was erased left a place behind.
                move_up(&own, tx, &meeting, now)?;
                for person in store::to_remind(tx, &code, BATCH)? {
                    store::reminded(tx, &code, person, now)?;
                    letters::write(&own, tx, &meeting, person, Why::Soon, now)?;
                    count += 1;
                }
            }
            tx.commit(OffRecord("a reminder is no act"), count)
        })
        .await
}
