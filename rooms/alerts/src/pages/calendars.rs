//! Calendars: of an area, and of one announcement.

use super::{
    area_name,
    listen::{InQuery, area_of},
};
use crate::{
    calendar::{Event, When, write},
    decide::AskedArea,
    model::{CALENDAR_LIMIT, Spot, Works},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use civic::{Moment, Subject};
use database::DbError;
use web::{
    Answer, Stop, Town, Visit,
    answer::text,
    manifest::{Brief, Catalogue},
    visit::Query,
};

/// Days back from which works stay in a calendar.
const KEPT_DAYS: i64 = 30;

/// GET /alerts/calendar.ics
pub async fn of_area(State(town): State<Town>, visit: Visit, Query(asked): Query<InQuery>) -> Answer {
    let area = area_of(&town, &AskedArea::from(asked))?;
    let t = &visit.t;
    let place = area.as_ref().map(|area| area_name(&town, t, area));
    let place = place.unwrap_or_else(|| town.settings().name.in_language(t.language()).to_owned());
    let (own, language, now) = (town.clone(), t.language(), visit.at);
    let found = town.db().read_long(move |tx| {
        let works = store::to_come(tx, area.as_ref(), now.plus_days(-KEPT_DAYS), CALENDAR_LIMIT)?;
        let ends = store::due_ends(tx, area.as_ref(), now, CALENDAR_LIMIT)?;
        let subjects: Vec<_> = ends.iter().map(|(subject, ..)| subject.clone()).collect();
        let briefs = own.part::<Catalogue>().briefs(&own, tx, &subjects, language)?;
        Ok((works, ends, briefs))
    });
    let (works, ends, briefs) = found.await.map_err(|error: DbError| Stop::from(error))?;
    let mut events: Vec<Event> = works.iter().map(|works| works_event(&town, works)).collect();
    events.extend(ends.into_iter().filter_map(|(subject, due, spot)| {
        let brief = briefs.iter().find(|brief| brief.subject == subject)?;
        Some(end_event(&town, &visit, (&subject, due, &spot), brief))
    }));
    Ok(answer(&write(&t.with1("alerts-feed-title", "area", place), &events)))
}

/// The calendar of one announcement.
pub fn of_works(town: &Town, works: &Works) -> Response {
    answer(&write(&works.title, &[works_event(town, works)]))
}

fn answer(calendar: &str) -> Response {
    let mut answer = text("text/calendar; charset=utf-8", calendar.to_owned());
    let name = HeaderValue::from_static("attachment; filename=\"calendar.ics\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    answer
}

/// What identifies a subject's event in the whole world.
fn uid(town: &Town, word: &str, subject: &Subject) -> String {
    format!("{word}-{}-{}@{}", subject.kind, subject.id, town.settings().jurisdiction)
}

fn works_event(town: &Town, works: &Works) -> Event {
    Event {
        uid: uid(town, "works", &works.subject()),
        when: When::Between(works.from_at, works.until_at),
        changed_at: works.changed_at,
        sequence: works.version - 1,
        summary: works.title.clone(),
        description: works.words.clone(),
        location: works.place.clone(),
        place: works.spot.place,
        url: town.url(&format!("/works/{}", works.code)),
        is_cancelled: works.called_off_at.is_some(),
    }
}

/// The day by whose end something is promised.
fn end_event(town: &Town, visit: &Visit, (subject, due, spot): (&Subject, Moment, &Spot), brief: &Brief) -> Event {
    let page = town.part::<Catalogue>().page_of(&subject.kind, &subject.id).unwrap_or_default();
    Event {
        uid: uid(town, "end", subject),
        when: When::Day(due.in_zone(&visit.zone).date()),
        changed_at: brief.at,
        // The promise may be moved: the later change is the newer event.
        sequence: brief.at.micros() / 1_000_000 % i64::from(i32::MAX),
        summary: visit.t.with1("alerts-promised", "title", &brief.title),
        description: brief.state.clone().unwrap_or_default(),
        location: String::new(),
        place: spot.place,
        url: town.url(&page),
        is_cancelled: false,
    }
}
