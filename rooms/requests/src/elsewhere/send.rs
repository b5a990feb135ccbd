//! Sending a request on, once.
//!
//! What is about to be sent is marked first. Whoever finds the mark after a fall asks the other server whether the report has
//! arrived, and sends it again only when it has not.

use super::{
    agency_itself, later, letter,
    model::{Forward, ForwardKey, ForwardState, Server, Way},
    remote::{Outbound, Remote, Taken, Trouble},
};
use crate::{
    commands::{Applied, apply},
    decide::sent_on,
    model::{DESCRIPTION_LIMIT, ServiceRequest},
    room::Books,
    store,
};
use civic::{JobId, Moment};
use database::{
    DbError, OffRecord, Tx,
    jobs::{self, NewJob},
};
use serde_json::Value;
use std::sync::Arc;
use web::{Town, manifest::JobKind};

/// The kind of the job; what begins with `outgoing.` waits for others and has workers of its own.
const FORWARD: &str = "outgoing.forward-request";
/// How far the other server's clock may be behind or ahead of ours.
const CLOCKS_SECONDS: i64 = 600;
/// Days that one question about what has arrived may span (GeoReport v2).
const SPAN_DAYS: i64 = 90;

const MACHINERY: OffRecord = OffRecord("how a request is being sent on; that it arrived is on the record");

/// The job.
pub fn job_kind() -> JobKind {
    JobKind::asked(
        FORWARD,
        Arc::new(|town: Town, payload: Value| {
            Box::pin(async move { forward(&town, ForwardKey::of_json(&payload)?).await })
        }),
    )
}

/// Puts the job in, in the transaction of what asks for it.
pub fn put_job(town: &Town, tx: &mut Tx<'_>, key: ForwardKey) -> Result<(), DbError> {
    let id = JobId::new(town.now(), town.chance()).text();
    jobs::put(tx, &NewJob { id, kind: FORWARD, payload: &key.json(), not_before: town.now() })
}

/// A request that is to be sent to a server now.
struct Ready {
    /// Where it stood before.
    was: ForwardState,
    forward: Forward,
    server: Server,
    report: Outbound,
    /// By what it is known again there.
    mark: String,
}

/// Sends a request on, where that is still to be done.
///
/// # Errors
/// What stood in the way and may pass; the runner of jobs tries again.
async fn forward(town: &Town, key: ForwardKey) -> Result<(), String> {
    let own = town.clone();
    let begun = town.db().write(move |tx| begin(&own, tx, key)).await.map_err(|error: DbError| error.to_string())?;
    let Some(ready) = begun else { return Ok(()) };
    let (mut forward, now) = (ready.forward.clone(), town.now());
    let remote = Remote::new(town.part::<outgoing::Client>(), ready.server.clone());
    let asked = tokio::task::spawn_blocking(move || settle(&remote, &ready, now)).await;
    let outcome = asked.map_err(|error| error.to_string())?;
    let result = match outcome {
        Ok(Some(Taken::Id(id))) => return arrived(town, forward, id).await.map_err(|error| error.to_string()),
        Ok(Some(Taken::Token(token))) => {
            (forward.state, forward.their_token) = (ForwardState::Token, Some(token));
            forward.trouble.clear();
            Err("the other server gives the id later".to_owned())
        }
        Ok(None) => Err("the other server does not know the id yet".to_owned()),
        Err(trouble @ Trouble::Refused { .. }) => {
            (forward.state, forward.trouble) = (ForwardState::Refused, trouble.to_string());
            Ok(())
        }
        Err(trouble) => {
            forward.trouble = trouble.to_string();
            Err(trouble.to_string())
        }
    };
    let kept = town.db().write(move |tx| {
        store::save_forward(tx, &forward, now)?;
        tx.commit(MACHINERY, ())
    });
    kept.await.map_err(|error: DbError| error.to_string())?;
    result
}

/// Asks for what may have arrived, and sends what has not.
fn settle(remote: &Remote, ready: &Ready, now: Moment) -> Result<Option<Taken>, Trouble> {
    if let (ForwardState::Token, Some(token)) = (ready.was, &ready.forward.their_token) {
        return Ok(remote.of_token(token)?.map(Taken::Id));
    }
    if ready.was == ForwardState::Sending {
        let service = ready.report.fields.iter().find(|(name, _)| name == "service_code");
        let service = service.map(|(_, code)| code.as_str()).unwrap_or_default();
        let until = now.plus_seconds(CLOCKS_SECONDS);
        let earliest = until.plus_days(-SPAN_DAYS);
        let from = ready.forward.begun_at.map_or(earliest, |begun| begun.plus_seconds(-CLOCKS_SECONDS).max(earliest));
        if let Some(id) = remote.find(service, &ready.mark, from, until)? {
            return Ok(Some(Taken::Id(id)));
        }
    }
    remote.post(&ready.report).map(Some)
}

/// Marks a forward as being sent, or ends it where it is no longer to be sent. A letter is written at once.
fn begin(town: &Town, tx: &mut Tx<'_>, key: ForwardKey) -> Result<database::Done<Option<Ready>>, DbError> {
    let now = town.now();
    let request = store::request_to_change(tx, key.request)?;
    let Some(mut forward) = store::forward(tx, key)? else { return tx.commit(MACHINERY, None) };
    if matches!(forward.state, ForwardState::Sent | ForwardState::Refused | ForwardState::Ended) {
        return tx.commit(MACHINERY, None);
    }
    let channel = store::channel(tx, key.organisation)?;
    let wanted = request.filter(|request| request.state.is_open() && request.organisation == key.organisation);
    let (Some(mut request), Some(channel)) = (wanted, channel) else {
        // What was begun may have arrived: it is found again should it be wanted again.
        if forward.state == ForwardState::Waiting {
            forward.state = ForwardState::Ended;
            store::save_forward(tx, &forward, now)?;
        }
        return tx.commit(MACHINERY, None);
    };
    forward.way = channel.way.word().to_owned();
    let server = match channel.way {
        Way::Letter(to) => {
            letter::write(town, tx, &request, key, &to, now)?;
            return keep_arrived(town, tx, &mut request, forward, None);
        }
        Way::Open311(server) => server,
    };
    let was = forward.state;
    if was == ForwardState::Waiting {
        (forward.state, forward.begun_at) = (ForwardState::Sending, forward.begun_at.or(Some(now)));
        store::save_forward(tx, &forward, now)?;
    }
    let mark = town.url(&format!("/requests/{}", request.code));
    let photo = commons::files::of(tx, &request.subject())?.into_iter().next();
    let photo = photo.map(|file| town.url(&format!("/files/{}.jpg", file.id)));
    let report = outbound(&request, server.service_of(&request.category), &mark, photo);
    tx.commit(MACHINERY, Some(Ready { was, forward, server, report, mark }))
}

/// A report as the standard has it. Who reported is nobody's business there.
fn outbound(request: &ServiceRequest, service: &str, mark: &str, photo: Option<String>) -> Outbound {
    let line = format!("{} {mark}", request.code);
    let room = DESCRIPTION_LIMIT.saturating_sub(line.chars().count() + 2);
    let words: String = request.description.chars().take(room).collect();
    let description = if words.is_empty() { line } else { format!("{words}\n\n{line}") };
    let mut fields = vec![("service_code", service.to_owned()), ("description", description)];
    if let Some(place) = request.place {
        fields.push(("lat", place.lat().to_string()));
        fields.push(("long", place.long().to_string()));
    }
    if !request.address.is_empty() || request.place.is_none() {
        let district = request.district.clone().unwrap_or_default();
        fields.push(("address_string", if request.address.is_empty() { district } else { request.address.clone() }));
    }
    fields.extend(photo.or_else(|| request.media_url.clone()).map(|url| ("media_url", url)));
    Outbound {
        fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        attributes: request.attributes.iter().map(|(code, values)| (code.clone(), values.clone())).collect(),
    }
}

async fn arrived(town: &Town, forward: Forward, id: String) -> Result<(), DbError> {
    let own = town.clone();
    let kept = town.db().write(move |tx| {
        let request = store::request_to_change(tx, forward.key.request)?;
        let state = store::forward(tx, forward.key)?.map(|present| present.state);
        match (request, state) {
            (Some(mut request), Some(ForwardState::Sending | ForwardState::Token)) => {
                keep_arrived(&own, tx, &mut request, forward, Some(id))
            }
            _ => tx.commit(MACHINERY, None),
        }
    });
    kept.await.map(|_: Option<Ready>| ())
}

/// It arrived: how the forward stands, a public step, and its entry.
fn keep_arrived(
    town: &Town,
    tx: &mut Tx<'_>,
    request: &mut ServiceRequest,
    mut forward: Forward,
    id: Option<String>,
) -> Result<database::Done<Option<Ready>>, DbError> {
    let (now, agency) = (town.now(), town.part::<Books>().organisation_code(forward.key.organisation));
    let change = sent_on(&agency, &forward.way, id.as_deref());
    (forward.state, forward.their_id) = (ForwardState::Sent, id);
    forward.trouble.clear();
    store::save_forward(tx, &forward, now)?;
    // What was said meanwhile goes after it.
    later::put_job(town, tx, forward.key)?;
    match apply(tx, request, change, &agency_itself(), &agency, now, town.chance())? {
        Applied::Public(entry) => tx.commit(*entry, None),
        _ => Err(DbError::Other("a step that changes nothing was refused".to_owned())),
    }
}
