//! What somebody who is signed in applied for.

use crate::{
    model::{Application, Service},
    store,
};
use axum::extract::State;
use database::DbError;
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page},
    parts::Crumb,
};

pub(super) struct Line {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) state: String,
    pub(super) chip: &'static str,
    pub(super) filed: String,
}

#[derive(askama::Template)]
#[template(path = "applications.html")]
struct OwnPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
}

/// GET /applications
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let Some(person) = visit.actor.person else { return Err(Stop::SignIn) };
    let found = town.db().read(move |tx| Ok((store::by_person(tx, person)?, store::services_all(tx)?))).await;
    let (own, services): (Vec<Application>, Vec<Service>) = found.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    if visit.wants == Wants::Json {
        let view = |one: &Application| json!({"code": one.code, "service": one.service, "state": one.state.word(), "filed_at": one.filed_at.rfc3339(), "due_at": one.due_at.rfc3339()});
        return json_answer(&json!({"applications": own.iter().map(view).collect::<Vec<_>>()}));
    }
    let line = |one: &Application| Line {
        code: one.code.to_string(),
        title: title_of(&services, &one.service, t.language()),
        state: t.say(&format!("sv-state-{}", one.state.word())).to_owned(),
        chip: chip(one),
        filed: visit.date(one.filed_at),
    };
    page(&OwnPage {
        frame: Frame::new(&town, &visit, t.say("sv-own-title")),
        crumbs: vec![
            Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
            Crumb { href: String::new(), label: t.say("sv-own-title").to_owned() },
        ],
        lines: own.iter().map(line).collect(),
    })
}

/// What a service is called.
pub(super) fn title_of(services: &[Service], code: &str, language: civic::Language) -> String {
    let found = services.iter().find(|one| one.code == code);
    found.map_or_else(
        || code.to_owned(),
        |one| one.published.as_ref().unwrap_or(&one.draft).title.in_language(language).to_owned(),
    )
}

/// The colour of a state.
pub(super) fn chip(one: &Application) -> &'static str {
    use crate::model::{Outcome, State};
    match &one.state {
        State::Received => "p",
        State::Incomplete { .. } => "y",
        State::UnderReview | State::Proposed { .. } | State::InAppeal { .. } => "b",
        State::Decided { outcome } | State::Closed { outcome } => {
            if *outcome == Outcome::Granted {
                "g"
            } else {
                "r"
            }
        }
        State::Withdrawn => "k",
    }
}
