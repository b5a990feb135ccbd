//! How things stand with agencies that answer by their own server, put on our thread.

use super::{
    agency_itself,
    model::{Channel, Forward, Server, Way},
    remote::{ASKED_AT_ONCE, Remote, TheirState, Trouble, Update},
};
use crate::{
    commands::{Applied, apply, hash_of},
    decide::{TheirFacts, TheirWord, decide_their_word},
    room::Books,
    store,
};
use civic::Moment;
use database::{DbError, OffRecord};
use std::collections::BTreeMap;
use web::Town;

/// The kind of the job; what begins with `outgoing.` waits for others and has workers of its own.
pub const FOLLOW: &str = "outgoing.follow-agencies";
/// Requests of one agency that are asked about in one run; those asked about longest ago come first.
const FOLLOWED_AT_ONCE: u32 = 1_000;
/// How far back updates are asked for again, because clocks differ and lists fill late.
const OVERLAP_SECONDS: i64 = 3_600;
/// Days that one question may span (GeoReport v2).
const SPAN_DAYS: i64 = 90;

const NOTHING_NEW: OffRecord = OffRecord("the agency’s own system says nothing new");

/// Asks every agency that has a server how our requests stand there. One that cannot be reached holds up no other; what stood
/// in the way is on the administrator's page.
///
/// # Errors
/// Those of the database.
pub async fn follow_agencies(town: &Town) -> Result<(), DbError> {
    for channel in town.db().read(store::channels).await? {
        let Way::Open311(server) = channel.way.clone() else { continue };
        let now = town.now();
        let (until, trouble) = match follow(town, &channel, server, now).await? {
            Ok(()) => (Some(now), String::new()),
            Err(trouble) => (None, trouble.to_string()),
        };
        let noted = town.db().write(move |tx| {
            store::note_asked(tx, channel.organisation, until, &trouble, now)?;
            tx.commit(NOTHING_NEW, ())
        });
        noted.await?;
    }
    Ok(())
}

/// What was heard of an agency's server.
struct Heard {
    updates: Vec<Update>,
    states: Vec<TheirState>,
}

async fn follow(town: &Town, channel: &Channel, server: Server, now: Moment) -> Result<Result<(), Trouble>, DbError> {
    let agency = channel.organisation;
    let open = town.db().read(move |tx| store::open_forwards(tx, agency, FOLLOWED_AT_ONCE)).await?;
    if open.is_empty() {
        return Ok(Ok(()));
    }
    let by_id: BTreeMap<String, Forward> =
        open.into_iter().filter_map(|forward| Some((forward.their_id.clone()?, forward))).collect();
    let ids: Vec<String> = by_id.keys().cloned().collect();
    let since = channel.followed_until.unwrap_or_else(|| now.plus_days(-1)).plus_seconds(-OVERLAP_SECONDS);
    let since = since.max(now.plus_days(-SPAN_DAYS));
    let remote = Remote::new(town.part::<outgoing::Client>(), server);
    let asked = tokio::task::spawn_blocking(move || ask(&remote, &ids, since, now)).await;
    let heard = match asked.map_err(|error| DbError::Other(error.to_string()))? {
        Ok(heard) => heard,
        Err(trouble) => return Ok(Err(trouble)),
    };
    for update in heard.updates {
        if let Some(forward) = by_id.get(&update.state.id) {
            tell(town, forward.clone(), Some(update.update_id), update.state).await?;
        }
    }
    for state in heard.states {
        if let Some(forward) = by_id.get(&state.id) {
            tell(town, forward.clone(), None, state).await?;
        }
    }
    Ok(Ok(()))
}

fn ask(remote: &Remote, ids: &[String], since: Moment, now: Moment) -> Result<Heard, Trouble> {
    let mut updates = remote.updates(since, now)?.unwrap_or_default();
    updates.sort_by(|one, other| (one.at, &one.update_id).cmp(&(other.at, &other.update_id)));
    let mut states = Vec::new();
    for some in ids.chunks(ASKED_AT_ONCE) {
        states.extend(remote.states(some)?);
    }
    Ok(Heard { updates, states })
}

/// Puts one thing that was heard on our thread: an update once, by its id; how it stands only when that has changed.
async fn tell(town: &Town, heard_of: Forward, update: Option<String>, theirs: TheirState) -> Result<(), DbError> {
    let own = town.clone();
    let told = town.db().write(move |tx| {
        let (now, key) = (own.now(), heard_of.key);
        let Some(mut request) = store::request_to_change(tx, key.request)? else { return tx.commit(NOTHING_NEW, ()) };
        let Some(mut forward) = store::forward(tx, key)? else { return tx.commit(NOTHING_NEW, ()) };
        let is_new = match &update {
            Some(id) => store::take_news(tx, key.organisation, id, now)?,
            None => {
                let stands = hash_of(&format!("{}\n{}", theirs.status, theirs.notes));
                let is_new = forward.their_state != stands;
                forward.their_state = stands;
                store::save_forward(tx, &forward, now)?;
                is_new
            }
        };
        if !is_new || request.organisation != key.organisation {
            return tx.commit(NOTHING_NEW, ());
        }
        let books = own.part::<Books>();
        let t = own.words().of(own.settings().languages.first().copied().unwrap_or_default());
        let facts = TheirFacts {
            request: &request,
            last_words: &store::last_agency_words(tx, request.id)?,
            no_words: [t.say("elsewhere-done"), t.say("elsewhere-not-done")],
            after_waiting: books.due_after_waiting(&request, &own.settings().calendar, now),
            now,
        };
        let said = TheirWord { status: theirs.status, words: theirs.notes };
        let Some(change) = decide_their_word(&facts, &said) else { return tx.commit(NOTHING_NEW, ()) };
        let agency = books.organisation_code(key.organisation);
        match apply(tx, &mut request, change, &agency_itself(), &agency, now, own.chance())? {
            Applied::Public(entry) => tx.commit(*entry, ()),
            _ => Err(DbError::Other("what an agency said elsewhere was refused".to_owned())),
        }
    });
    told.await
}
