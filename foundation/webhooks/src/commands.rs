//! What an administrator does with endpoints.

use crate::{
    Secret, State,
    follow::position_of,
    model::{ENDPOINTS_LIMIT, Endpoint, NOTE_LIMIT, OLD_SECRET_HOURS, REPLAY_LIMIT},
    payload, store,
};
use civic::WebhookId;
use database::{DbError, OffRecord};
use outgoing::{Client, OutgoingRefusal, check_address};
use web::{Answer, Refusal, Stop, Town, manifest::Catalogue};

/// Nothing goes to an endpoint that is not public already.
const OWN: OffRecord =
    OffRecord("to which programs public entries are also sent is machinery, and nothing else is sent");

/// An endpoint to add.
#[derive(Debug, Clone, Default)]
pub struct NewEndpoint {
    /// Where it listens.
    pub url: String,
    /// A note for administrators.
    pub note: String,
    /// What it hears; empty for everything.
    pub kinds: Vec<String>,
}

/// Adds an endpoint; answers its secret, which is not shown again.
///
/// # Errors
/// Refusals that say what to put right.
pub async fn add(town: &Town, new: NewEndpoint) -> Answer<(Endpoint, Secret)> {
    check(town, &new)?;
    let (now, chance) = (town.now(), town.chance_handle());
    let NewEndpoint { url, note, kinds } = new;
    let added = town.db().write(move |tx| {
        if store::count(tx)? >= ENDPOINTS_LIMIT {
            return Err(Stop::from(Refusal::new("webhooks-too-many").with("most", ENDPOINTS_LIMIT)));
        }
        let size = record::last_checkpoint(tx)?.map_or(0, |checkpoint| checkpoint.size);
        let secret = Secret::draw(&*chance);
        let endpoint = Endpoint {
            id: WebhookId::new(now, &*chance),
            url,
            note,
            kinds,
            secret: secret.clone(),
            old_secret: None,
            state: State::Active,
            created_at: now,
            from_position: i64::try_from(size).unwrap_or(i64::MAX),
            failures: 0,
            failing_since: None,
            next_at: now,
        };
        store::insert(tx, &endpoint)?;
        Ok(tx.commit(OWN, (endpoint, secret))?)
    });
    added.await
}

fn check(town: &Town, new: &NewEndpoint) -> Answer<()> {
    let mut refusals = Vec::new();
    if let Err(why) = check_address(&new.url, town.part::<Client>().policy()) {
        refusals.push(Refusal::new(code_of(&why)).at("url"));
    }
    if new.note.chars().count() > NOTE_LIMIT || new.note.chars().any(char::is_control) {
        refusals.push(Refusal::new("webhooks-note").at("note").with("most", NOTE_LIMIT));
    }
    let known = &town.part::<Catalogue>().sayings;
    if let Some(kind) = new.kinds.iter().find(|kind| !known.iter().any(|saying| saying.name == **kind)) {
        let shown: String = kind.chars().take(40).collect();
        refusals.push(Refusal::new("webhooks-kind").at("kinds").with("kind", shown));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Stop::Refused(refusals)) }
}

fn code_of(why: &OutgoingRefusal) -> &'static str {
    match why {
        OutgoingRefusal::NotHttps => "webhooks-not-https",
        OutgoingRefusal::Credentials => "webhooks-credentials",
        OutgoingRefusal::NotPublic => "webhooks-not-public",
        _ => "webhooks-address",
    }
}

/// Lets an endpoint go on (also before its pause is over), or wait.
///
/// # Errors
/// `NotFound`.
pub async fn set_state(town: &Town, id: WebhookId, state: State) -> Answer<()> {
    let now = town.now();
    let set = town.db().write(move |tx| {
        if !store::set_state(tx, id, state, now)? {
            return Err(Stop::NotFound);
        }
        Ok(tx.commit(OWN, ())?)
    });
    set.await
}

/// Makes a new secret; the present one signs beside it for a day.
///
/// # Errors
/// `NotFound`.
pub async fn rotate(town: &Town, id: WebhookId) -> Answer<Secret> {
    let (now, chance) = (town.now(), town.chance_handle());
    let rotated = town.db().write(move |tx| {
        let secret = Secret::draw(&*chance);
        if !store::rotate(tx, id, &secret, now.plus_seconds(OLD_SECRET_HOURS * 3_600))? {
            return Err(Stop::NotFound);
        }
        Ok(tx.commit(OWN, secret)?)
    });
    rotated.await
}

/// Removes an endpoint with what waits for it.
///
/// # Errors
/// `NotFound`.
pub async fn remove(town: &Town, id: WebhookId) -> Answer<()> {
    let removed = town.db().write(move |tx| {
        if !store::remove(tx, id)? {
            return Err(Stop::NotFound);
        }
        Ok(tx.commit(OWN, ())?)
    });
    removed.await
}

/// Puts the entries from one place to another (both included) in once more; answers how many the endpoint hears.
///
/// # Errors
/// `NotFound`; a refusal when nothing lies in that range, or too much.
pub async fn replay(town: &Town, id: WebhookId, from: u64, to: u64) -> Answer<u64> {
    let wide = to.checked_sub(from).ok_or_else(|| Refusal::new("webhooks-range").at("from"))?;
    if wide >= u64::from(REPLAY_LIMIT) {
        return Err(Refusal::new("webhooks-range-wide").at("to").with("most", i64::from(REPLAY_LIMIT)).into());
    }
    let now = town.now();
    let replayed = town.db().write(move |tx| {
        let endpoint = store::by_id(tx, id)?.ok_or(Stop::NotFound)?;
        let entries = record::from(tx, from, u32::try_from(wide + 1).unwrap_or(REPLAY_LIMIT))?;
        let mut count = 0;
        for entry in entries.iter().filter(|entry| entry.position <= to && endpoint.hears(&entry.saying)) {
            store::put_again(tx, id, position_of(entry), &entry.saying, now)?;
            count += 1;
        }
        if count == 0 {
            return Err(Stop::from(Refusal::new("webhooks-range").at("from")));
        }
        Ok(tx.commit(OWN, count)?)
    });
    replayed.await
}

/// Puts one delivery in once more.
///
/// # Errors
/// `NotFound`, also for a test, which is sent anew instead.
pub async fn replay_one(town: &Town, id: WebhookId, position: i64) -> Answer<()> {
    let now = town.now();
    let replayed = town.db().write(move |tx| {
        let delivery = store::by_position(tx, id, position)?.filter(|found| found.saying != payload::TEST);
        let saying = delivery.ok_or(Stop::NotFound)?.saying;
        store::put_again(tx, id, position, &saying, now)?;
        Ok(tx.commit(OWN, ())?)
    });
    replayed.await
}

/// An endpoint.
///
/// # Errors
/// `NotFound`.
pub async fn endpoint(town: &Town, id: WebhookId) -> Answer<Endpoint> {
    let found = town.db().read(move |tx| store::by_id(tx, id)).await.map_err(|error: DbError| Stop::from(error))?;
    found.ok_or(Stop::NotFound)
}
