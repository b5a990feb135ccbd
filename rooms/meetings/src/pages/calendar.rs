//! Meetings for people's own calendars.

use super::show::seen;
use crate::{model::Meeting, store};
use axum::extract::State;
use civic::Language;
use database::DbError;
use web::{
    Answer, Stop, Town, Visit,
    calendar::{self, Event, When},
    visit::Path,
};

fn event(town: &Town, meeting: &Meeting, language: Language, cancelled: &str) -> Event {
    let plan = &meeting.plan;
    let title = plan.title.in_language(language);
    let summary = if meeting.cancelled.is_some() { format!("{cancelled}: {title}") } else { title.to_owned() };
    let agenda = plan.agenda.as_ref().map(|text| text.in_language(language)).unwrap_or_default();
    let lines = [plan.place.as_str(), &plan.online_url, plan.summary.in_language(language), agenda];
    Event {
        uid: format!("meeting-{}", meeting.code),
        when: When::Span(meeting.starts_at, meeting.ends_at),
        summary,
        description: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        url: town.url(&format!("/meetings/{}", meeting.code)),
        changed_at: meeting.updated_at,
    }
}

/// GET /meetings/{code}/calendar.ics
pub async fn one(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let actor = visit.actor.clone();
    let meeting = town.db().read(move |tx| seen(tx, &code, &actor)).await?;
    let language = visit.t.language();
    let event = event(&town, &meeting, language, visit.t.say("meeting-cancelled"));
    calendar::file(meeting.code.as_str(), &event.summary.clone(), &town.settings().jurisdiction, &[event])
}

/// GET /meetings/calendar.ics: what is to come, to subscribe to.
pub async fn all(State(town): State<Town>, visit: Visit) -> Answer {
    let found = town.db().read(|tx| store::list(tx, false)).await.map_err(|error: DbError| Stop::from(error))?;
    let language = visit.t.language();
    let cancelled = visit.t.say("meeting-cancelled");
    let coming = found.iter().filter(|one| one.ends_at > visit.at);
    let events: Vec<Event> = coming.map(|one| event(&town, one, language, cancelled)).collect();
    calendar::file("meetings", visit.t.say("meetings-title"), &town.settings().jurisdiction, &events)
}
