//! The days by which things are promised, for people's calendars.

use super::list::{Asked, filter_of};
use crate::{
    model::{Commitment, Milestone},
    store,
    views::{Eyes, organisations},
};
use axum::extract::State;
use civic::Moment;
use database::Tx;
use places::Districts;
use web::{
    Answer, Stop, Town, Visit,
    calendar::{self, Event, When},
    visit::{Path, Query},
};

/// Days that one calendar holds.
const EVENTS_LIMIT: u32 = 1_000;

/// GET /commitments/calendar.ics
pub async fn all(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (districts, now) = (town.part::<Districts>().clone(), visit.at);
    let look = move |tx: &mut Tx<'_>| {
        let organisations = organisations(tx)?;
        let mut filter = filter_of(&asked, &organisations, &districts, now)?;
        filter.open = Some(true);
        Ok::<_, Stop>((store::page_of(tx, &filter, None, EVENTS_LIMIT)?.items, organisations))
    };
    let (open, organisations) = town.db().read_long(look).await?;
    let eyes = Eyes::new(&town, visit.t.language(), organisations);
    let events: Vec<Event> = open.iter().map(|one| due(&town, &visit, &eyes, one)).collect();
    Ok(calendar::answer(&name(&town, &visit), &host(&town), &events))
}

/// GET /commitments/{code}/calendar.ics
pub async fn one(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let look = move |tx: &mut Tx<'_>| {
        let one = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
        Ok::<_, Stop>((store::milestones(tx, &one.code)?, organisations(tx)?, one))
    };
    let (milestones, organisations, one) = town.db().read(look).await?;
    let eyes = Eyes::new(&town, visit.t.language(), organisations);
    let mut events = vec![due(&town, &visit, &eyes, &one)];
    events.extend(milestones.iter().map(|milestone| reached(&town, &visit, &one, milestone)));
    Ok(calendar::answer(&name(&town, &visit), &host(&town), &events))
}

fn due(town: &Town, visit: &Visit, eyes: &Eyes<'_>, one: &Commitment) -> Event {
    let t = &visit.t;
    let title = one.title.in_language(t.language());
    Event {
        uid: format!("commitment-{}", one.code),
        when: day(town, one.due_at),
        summary: t.with1("calendar-due", "what", title),
        description: format!("{}, {}", eyes.organisation(one.organisation).name, t.say(one.standing(eyes.now()).key())),
        url: town.url(&format!("/commitments/{}", one.code)),
        changed_at: one.updated_at,
    }
}

fn reached(town: &Town, visit: &Visit, one: &Commitment, milestone: &Milestone) -> Event {
    Event {
        uid: format!("commitment-{}-{}", one.code, milestone.position),
        when: day(town, milestone.due_at),
        summary: milestone.title.clone(),
        description: one.title.in_language(visit.t.language()).to_owned(),
        url: town.url(&format!("/commitments/{}", one.code)),
        changed_at: one.updated_at,
    }
}

fn day(town: &Town, moment: Moment) -> When {
    When::Day(moment.in_zone(&town.settings().zone).date())
}

fn name(town: &Town, visit: &Visit) -> String {
    let language = visit.t.language();
    format!("{} – {}", visit.t.say("commitments-title"), town.settings().name.in_language(language))
}

/// What ends the identifiers of events: the town's name in Open311, which does not change.
fn host(town: &Town) -> String {
    town.settings().jurisdiction.clone()
}
