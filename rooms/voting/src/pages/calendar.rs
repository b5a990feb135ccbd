//! When votes open and close, for people's own calendars.

use super::public_vote;
use crate::{
    decide,
    model::{Phase, Vote},
    store,
};
use axum::extract::State;
use database::{DbError, Tx};
use web::{
    Answer, Stop, Town, Visit,
    calendar::{self, Event, When},
    visit::Path,
};

/// Votes, the newest first, among which those of the calendar are.
const SHOWN: u32 = 500;

/// The days on which one can vote, and the last hour.
fn events(town: &Town, visit: &Visit, vote: &Vote) -> [Event; 2] {
    let (t, definition) = (&visit.t, &vote.definition);
    let title = definition.title.in_language(t.language());
    let event = |part: &str, when: When, key: &str| Event {
        uid: format!("vote-{}-{part}", vote.code),
        when,
        summary: t.with1(key, "title", title),
        description: definition.text.as_ref().map(|text| text.in_language(t.language()).to_owned()).unwrap_or_default(),
        url: town.url(&format!("/votes/{}", vote.code)),
        changed_at: vote.state_at,
    };
    let (opens, closes) = (definition.opens_at, definition.closes_at);
    let last = closes.plus_seconds(-3_600).max(opens);
    [
        event("open", When::Period(opens, closes), "vote-calendar-open"),
        event("close", When::Span(last, closes), "vote-calendar-close"),
    ]
}

/// GET /votes/{code}/calendar.ics
pub async fn one(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = public_vote(&town, &code).await?;
    let title = vote.definition.title.in_language(visit.t.language());
    calendar::file(vote.code.as_str(), title, &town.settings().jurisdiction, &events(&town, &visit, &vote))
}

/// GET /votes/calendar.ics: votes that are open or to come, to subscribe to.
pub async fn all(State(town): State<Town>, visit: Visit) -> Answer {
    let look = move |tx: &mut Tx<'_>| store::page_of(tx, false, None, SHOWN);
    let found = town.db().read(look).await.map_err(|error: DbError| Stop::from(error))?;
    let coming =
        found.items.iter().filter(|vote| matches!(decide::phase(vote, visit.at), Phase::Announced | Phase::Open));
    let events: Vec<Event> = coming.flat_map(|vote| events(&town, &visit, vote)).collect();
    calendar::file("votes", visit.t.say("votes-title"), &town.settings().jurisdiction, &events)
}
