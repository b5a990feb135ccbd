//! Delivering: whoever is due gets a job, and the job delivers what waits, one after another.

use crate::{
    DeliveryState, State,
    decide::{Before, Next, Outcome, after},
    model::{Delivery, Endpoint},
    payload::{self, Message},
    signature::sign,
    store::{self, Tried},
};
use civic::{JobId, Moment, WebhookId};
use database::{
    DbError, OffRecord,
    jobs::{self, NewJob},
};
use outgoing::{Client, OutgoingRefusal};
use serde_json::{Value, json};
use std::sync::Arc;
use web::{Town, manifest::JobKind};

/// The kind of the job; what begins with `outgoing.` waits for others and has workers of its own.
pub const DELIVER: &str = "outgoing.webhook";
/// Seconds for which a job holds its endpoint: longer than it delivers, so that two never deliver to the same one.
const LEASE_SECONDS: i64 = 120;
/// Seconds after which a job lets others have their turn.
const TURN_SECONDS: i64 = 60;

const MACHINERY: OffRecord = OffRecord("sending public entries on says nothing new");

/// Gives every endpoint that is due a job. Called every second; looks before it writes.
pub async fn wake(town: Town) -> Result<(), DbError> {
    let now = town.now();
    for id in town.db().read(move |tx| store::due(tx, now)).await? {
        let chance = town.chance_handle();
        let woken = town.db().write(move |tx| {
            if store::lease(tx, id, now, now.plus_seconds(LEASE_SECONDS))? {
                let payload = json!({ "webhook": id });
                let id = JobId::new(now, &*chance).text();
                jobs::put(tx, &NewJob { id, kind: DELIVER, payload: &payload, not_before: now })?;
            }
            tx.commit(MACHINERY, ())
        });
        woken.await.map_err(|error: DbError| error)?;
    }
    Ok(())
}

/// The job.
pub fn job_kind() -> JobKind {
    JobKind::asked(DELIVER, Arc::new(|town, payload| Box::pin(async move { run(&town, &payload).await })))
}

async fn run(town: &Town, payload: &Value) -> Result<(), String> {
    let id: WebhookId = payload["webhook"].as_str().unwrap_or_default().parse().map_err(|error| format!("{error}"))?;
    deliver_all(town, id).await.map_err(|error| error.to_string())
}

/// Delivers until nothing waits, something fails, the endpoint is not active any more, or the turn is over.
async fn deliver_all(town: &Town, id: WebhookId) -> Result<(), DbError> {
    let begun = town.now();
    while let Some((endpoint, delivery)) = next(town, id).await? {
        let Some(message) = message_of(town, &delivery).await? else { return Ok(()) };
        let (outcome, tried) = attempt(town, &endpoint, &message).await;
        let goes_on = note(town, &endpoint, delivery, outcome, tried).await?;
        if !goes_on {
            return Ok(());
        }
        if town.now().seconds_since(begun) >= TURN_SECONDS {
            break;
        }
    }
    let now = town.now();
    let released = town.db().write(move |tx| {
        // Also where nothing was left: an entry that came meanwhile is found a second later.
        if let Some(endpoint) = store::by_id(tx, id)? {
            store::save_progress(tx, id, endpoint.failures, endpoint.failing_since, now)?;
        }
        tx.commit(MACHINERY, ())
    });
    released.await
}

/// The next delivery, while the endpoint is active.
async fn next(town: &Town, id: WebhookId) -> Result<Option<(Endpoint, Delivery)>, DbError> {
    let look = move |tx: &mut database::Tx<'_>| {
        let endpoint = store::by_id(tx, id)?.filter(|endpoint| endpoint.state == State::Active);
        let Some(endpoint) = endpoint else { return Ok(None) };
        Ok(store::waiting_first(tx, id)?.map(|delivery| (endpoint, delivery)))
    };
    town.db().read(look).await
}

async fn message_of(town: &Town, delivery: &Delivery) -> Result<Option<Message>, DbError> {
    let position = u64::try_from(delivery.position).unwrap_or(0);
    let entry = town.db().read(move |tx| record::at(tx, position)).await?;
    Ok(entry.map(|entry| payload::of_entry(town, &entry)))
}

/// Sends a message once.
pub async fn attempt(town: &Town, endpoint: &Endpoint, message: &Message) -> (Outcome, Tried) {
    let now = town.now();
    let seconds = now.micros().div_euclid(1_000_000);
    let signature = sign(&endpoint.secrets(now), &message.id, seconds, message.body.as_bytes());
    let (client, url, message) = (town.part::<Client>().clone(), endpoint.url.clone(), message.clone());
    let asked = tokio::task::spawn_blocking(move || {
        let timestamp = seconds.to_string();
        let headers = [
            ("content-type", "application/json"),
            ("webhook-id", message.id.as_str()),
            ("webhook-timestamp", timestamp.as_str()),
            ("webhook-signature", signature.as_str()),
        ];
        client.post(&url, &headers, message.body.as_bytes()).map(|answer| answer.status)
    });
    match asked.await {
        Ok(Ok(status)) => answered(status),
        Ok(Err(refusal)) => silent(&refusal),
        Err(error) => silent(&OutgoingRefusal::Broken(error.to_string())),
    }
}

fn answered(status: u16) -> (Outcome, Tried) {
    let taken = (200..300).contains(&status);
    let state = if taken { DeliveryState::Delivered } else { DeliveryState::Waiting };
    let error = if taken { String::new() } else { format!("answered {status}") };
    (Outcome::Answered(status), Tried { state, status: Some(status.into()), error })
}

fn silent(refusal: &OutgoingRefusal) -> (Outcome, Tried) {
    (Outcome::Silent, Tried { state: DeliveryState::Waiting, status: None, error: refusal.to_string() })
}

/// Keeps what came of an attempt; whether the next one goes now.
async fn note(
    town: &Town,
    endpoint: &Endpoint,
    delivery: Delivery,
    outcome: Outcome,
    mut tried: Tried,
) -> Result<bool, DbError> {
    let (id, now) = (endpoint.id, town.now());
    let Endpoint { failures, failing_since, .. } = *endpoint;
    let next = after(outcome, Before { failures, failing_since, attempts: delivery.attempts }, now);
    if next == Next::Refused {
        tried.state = DeliveryState::Refused;
    }
    let written = town.db().write(move |tx| {
        store::note(tx, id, &delivery, &tried, now)?;
        let failing = Some(failing_since.unwrap_or(now));
        match next {
            Next::Delivered | Next::Refused => {
                store::save_progress(tx, id, 0, None, now.plus_seconds(LEASE_SECONDS))?;
            }
            Next::Wait(until) => store::save_progress(tx, id, failures + 1, failing, until)?,
            Next::Stop => {
                store::save_progress(tx, id, failures + 1, failing, now)?;
                store::set_state(tx, id, State::Stopped, now)?;
            }
        }
        tx.commit(MACHINERY, matches!(next, Next::Delivered | Next::Refused))
    });
    written.await
}

/// Sends a test at once, past the queue, and keeps what came of it.
pub async fn test(town: &Town, endpoint: &Endpoint) -> Result<(), DbError> {
    let begun: Moment = town.now();
    let position = -begun.micros();
    let message = payload::of_test(town, position);
    let (_, mut tried) = attempt(town, endpoint, &message).await;
    if tried.state == DeliveryState::Waiting {
        tried.state = DeliveryState::Refused;
    }
    let (id, now) = (endpoint.id, town.now());
    town.db()
        .write(move |tx| {
            // It may have been removed while the test was under way.
            if store::by_id(tx, id)?.is_some() {
                store::put_test(tx, id, position, &tried, now)?;
            }
            tx.commit(MACHINERY, ())
        })
        .await
}
