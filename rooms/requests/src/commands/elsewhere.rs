//! How agencies are reached that answer elsewhere, and sending a request on once more.

use super::desk::reachable;
use crate::{
    elsewhere::{self, ForwardKey, ForwardState, Way},
    model::ServiceRequest,
    room::Books,
    store,
};
use civic::{Actor, OrganisationId, Subject};
use database::{DbError, OffRecord};
use people::organisations;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Says how an agency is reached: by its own server, by letter, or (with none) at its desk here. The record names the way, and
/// neither address nor key.
///
/// # Errors
/// Those of the database.
pub async fn reach_agency(
    town: &Town,
    actor: Actor,
    organisation: OrganisationId,
    way: Option<Way>,
) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    let code = town.part::<Books>().organisation_code(organisation);
    let set = town.db().write(move |tx| {
        match &way {
            Some(way) => store::save_channel(tx, organisation, way)?,
            None => store::remove_channel(tx, organisation)?,
        }
        let what = json!({"organisation": code, "way": way.as_ref().map_or("here", Way::word)});
        let subject = Subject::new(organisations::KIND, code);
        tx.commit(Entry::about(subject, "organisation.reached-by", &actor, now, &*chance).publicly(&what)?, ())
    });
    set.await.map_err(|error: DbError| Stop::from(error))
}

/// Sends a request on once more that the other server refused.
///
/// # Errors
/// `NotFound` where the officer's mandate does not reach; `forward-not-refused` (409).
pub async fn send_again(town: &Town, actor: Actor, code: String) -> Result<ServiceRequest, Stop> {
    let own = town.clone();
    let put = town.db().write(move |tx| {
        let request = reachable(tx, &actor, &code)?;
        let key = ForwardKey { request: request.id, organisation: request.organisation };
        let refused = store::forward(tx, key)?.filter(|forward| forward.state == ForwardState::Refused);
        let mut forward = refused.ok_or_else(|| Refusal::conflict("forward-not-refused"))?;
        forward.state = ForwardState::Waiting;
        store::save_forward(tx, &forward, own.now())?;
        elsewhere::put_job(&own, tx, key)?;
        tx.commit(OffRecord("that it arrived is on the record"), request).map_err(Stop::from)
    });
    put.await
}
