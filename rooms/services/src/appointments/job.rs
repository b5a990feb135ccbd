//! What comes by itself: places that were held too long get free, who waits is served, who comes tomorrow is reminded.

use super::{fill::fill, letters, model::REMIND_HOURS, store};
use crate::store as rooms;
use database::OffRecord;
use std::sync::Arc;
use web::{Stop, Town, manifest::JobKind};

/// Reminders that one run writes.
const REMINDED_AT_ONCE: i64 = 500;
const PRIVATE: OffRecord = OffRecord("who comes when is between the office and the applicant");

/// Every five minutes.
pub fn job_kind() -> JobKind {
    JobKind::every(
        "services.appointments",
        300,
        Arc::new(|town, _| Box::pin(async move { run(&town).await.map_err(|stop| format!("{stop:?}")) })),
    )
}

async fn run(town: &Town) -> Result<(), Stop> {
    let (own, now) = (town.clone(), town.now());
    let services = town.db().write(move |tx| {
        let mut services = store::drop_held(tx, now)?;
        services.extend(store::services_waited_for(tx)?);
        services.sort();
        services.dedup();
        tx.commit(PRIVATE, services).map_err(Stop::from)
    });
    for service in services.await? {
        let (own, chance) = (own.clone(), own.chance_handle());
        let filled = town.db().write(move |tx| {
            let plans = store::plans_to_change(tx, &service)?;
            fill(tx, &own, &service, &plans, &*chance)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        });
        filled.await?;
    }
    remind(town).await
}

/// The mark and the mail are of one transaction: nobody is reminded twice, and nobody is marked without a mail.
async fn remind(town: &Town) -> Result<(), Stop> {
    let (own, now) = (town.clone(), town.now());
    town.db()
        .write(move |tx| {
            let until = now.plus_seconds(REMIND_HOURS * 3_600);
            for one in store::to_remind(tx, now, until, REMINDED_AT_ONCE)? {
                let application = rooms::by_code(tx, &one.owner)?;
                let plan = store::plan(tx, &one.plan)?;
                if let (Some(application), Some(plan)) = (application, plan) {
                    letters::tell(tx, &own, "reminder", &application, &one, &plan)?;
                }
            }
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}
