//! What goes back by a provider is asked for until it is confirmed.

use super::{commands::take_event, model::Payment, port::port_of, store};
use database::DbError;
use std::sync::Arc;
use web::{Stop, Town, manifest::JobKind};

/// Refunds that one run asks for.
const REFUNDED_AT_ONCE: i64 = 100;

/// Every minute, beside the other work that waits for other machines.
pub fn job_kind() -> JobKind {
    JobKind::every(
        "outgoing.services-refunds",
        60,
        Arc::new(|town, _| Box::pin(async move { run(&town).await.map_err(|stop| format!("{stop:?}")) })),
    )
}

async fn run(town: &Town) -> Result<(), Stop> {
    let Some(port) = port_of(town) else { return Ok(()) };
    let waiting = town.db().read(|tx| store::refunding(tx, REFUNDED_AT_ONCE)).await;
    let waiting: Vec<Payment> = waiting.map_err(|error: DbError| Stop::from(error))?;
    for one in waiting {
        let Some(by) = one.state.taken_by().filter(|by| by.word() == port.name()) else { continue };
        let event = port.refund(town.clone(), by.reference().to_owned()).await?;
        take_event(town, port.name(), event).await?;
    }
    Ok(())
}
