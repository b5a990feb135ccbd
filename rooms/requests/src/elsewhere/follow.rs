//! What the record says of requests puts them in for sending to agencies that answer elsewhere.

use super::{
    later,
    model::{Channel, ForwardKey},
    send,
};
use crate::{
    model::{REQUEST, ServiceRequest},
    store,
};
use civic::OrganisationId;
use database::{DbError, Tx};
use record::Sequenced;
use std::collections::BTreeMap;
use web::Town;

/// What may bring a request to another agency, or into the open.
const BRINGS: [&str; 7] = [
    "request.opened",
    "request.passed",
    "request.recategorised",
    "request.published",
    "moderation.released",
    "moderation.restored",
    "moderation.overturned",
];

/// Puts in what is to be sent on, each once for each agency, and what residents said of it after that. What was taken over from another system stays here: whoever had it
/// knows of it. What is held for the moderators or for the desk waits for them.
pub fn follow(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    if !entries.iter().any(|entry| brings(entry) || later::may_say(entry)) {
        return Ok(());
    }
    let channels: BTreeMap<OrganisationId, Channel> =
        store::channels(tx)?.into_iter().map(|channel| (channel.organisation, channel)).collect();
    if channels.is_empty() {
        return Ok(());
    }
    for entry in entries {
        // First what was said later: a report that goes now has all that was published with it.
        later::follow(town, tx, entry)?;
        if brings(entry)
            && let Some(request) = store::by_code(tx, &entry.subject.id)?
            && let Some(channel) = channels.get(&request.organisation)
        {
            put_in(town, tx, &request, channel)?;
        }
    }
    Ok(())
}

fn brings(entry: &Sequenced) -> bool {
    let what = entry.what();
    let stays = what.get("import").is_some() || what.get("held").and_then(serde_json::Value::as_bool) == Some(true);
    entry.subject.kind == REQUEST.0 && BRINGS.contains(&entry.saying.as_str()) && !stays
}

fn put_in(town: &Town, tx: &mut Tx<'_>, request: &ServiceRequest, channel: &Channel) -> Result<(), DbError> {
    let key = ForwardKey { request: request.id, organisation: channel.organisation };
    // What the desk has not published goes nowhere, neither when it is passed on.
    if request.state.is_open()
        && !store::is_unpublished(tx, request.id)?
        && store::put_forward(tx, key, channel.way.word(), town.now())?
    {
        send::put_job(town, tx, key)?;
    }
    Ok(())
}
