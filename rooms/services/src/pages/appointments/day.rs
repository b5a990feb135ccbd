//! Who comes today: the list of a day at the desk.

use super::{
    super::{own::title_of, with_status},
    choose::{on_weekday, time},
};
use crate::{
    acts,
    appointments::{self, Appointment, AppointmentState, MarkAct, Plan},
    model::Service,
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use jiff::{Span, civil::Date};
use serde::Deserialize;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::{Path, Query},
};

/// Which day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    day: String,
    service: String,
}

struct Line {
    id: String,
    time: String,
    code: String,
    service: String,
    place: String,
    state: String,
    chip: &'static str,
    may_mark: bool,
    may_cancel: bool,
    outside: bool,
}

#[derive(askama::Template)]
#[template(path = "appointments_day.html")]
struct DayPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    heading: String,
    day: String,
    service: String,
    services: Vec<web::parts::Choice>,
    before: String,
    after: String,
    lines: Vec<Line>,
}

/// GET /desk/services/appointments
pub async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    render(&town, &visit, asked, FormErrors::default()).await
}

/// The appointments of one's own services on a day, each with its plan, and whether it is outside of the hours of now.
async fn load(
    town: &Town,
    visit: &Visit,
    date: Date,
    only: String,
) -> Result<(Vec<Service>, Vec<(Appointment, Plan, bool)>), Stop> {
    let (own, actor) = (town.clone(), visit.actor.clone());
    town.db()
        .read(move |tx| {
            let mut services = store::services_all(tx)?;
            services.retain(|one| actor.may_for(&acts::HANDLE, Some(one.organisation)));
            let mut plans = Vec::new();
            for service in services.iter().filter(|one| only.is_empty() || one.code == only) {
                plans.extend(appointments::plans_of(tx, &service.code)?);
            }
            let at =
                |date: Date| date.to_zoned(own.settings().zone.clone()).map(|zoned| Moment::from(zoned.timestamp()));
            let from = at(date).map_err(Stop::fault)?;
            let to = at(date.saturating_add(Span::new().days(1))).map_err(Stop::fault)?;
            let ids: Vec<String> = plans.iter().map(|plan| plan.id.clone()).collect();
            let mut found = Vec::new();
            for one in appointments::booked_of_day(tx, &ids, from, to)? {
                let Some(plan) = plans.iter().find(|plan| plan.id == one.plan) else { continue };
                let hours = appointments::hours_of(&own, tx, &plan.service, plan)?;
                let outside = hours.slot_at(one.slot.begins_at) != Some(one.slot);
                found.push((one, plan.clone(), outside));
            }
            Ok((services, found))
        })
        .await
}

async fn render(town: &Town, visit: &Visit, asked: Asked, errors: FormErrors) -> Answer {
    let t = &visit.t;
    let today = visit.at.in_zone(&visit.zone).date();
    let date = asked.day.parse::<Date>().unwrap_or(today);
    let (services, found) = load(town, visit, date, asked.service.clone()).await?;
    let line = |(one, plan, outside): (Appointment, Plan, bool)| {
        let has_begun = one.slot.begins_at <= visit.at;
        Line {
            time: format!("{}–{}", time(one.slot.begins_at, &visit.zone), time(one.slot.ends_at, &visit.zone)),
            service: title_of(&services, &one.service, t.language()),
            place: plan.place.in_language(t.language()).to_owned(),
            state: t.say(&format!("sv-met-{}", one.state.word())).to_owned(),
            chip: match one.state {
                AppointmentState::Came => "g",
                AppointmentState::Missed => "r",
                _ => "b",
            },
            may_mark: one.state == AppointmentState::Booked && has_begun,
            may_cancel: one.state == AppointmentState::Booked && !has_begun,
            code: one.owner,
            id: one.id,
            outside,
        }
    };
    let query = |day: Date| {
        let pairs = [("day", day.to_string()), ("service", asked.service.clone())];
        format!("/desk/services/appointments?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    let choice = |value: &str, label: String| web::parts::Choice {
        value: value.to_owned(),
        label,
        detail: String::new(),
        chosen: value == asked.service,
    };
    let mut choices = vec![choice("", t.say("sv-figures-all").to_owned())];
    choices.extend(
        services
            .iter()
            .filter(|one| one.published.is_some())
            .map(|one| choice(&one.code, title_of(&services, &one.code, t.language()))),
    );
    let begins = date.to_zoned(visit.zone.clone()).map(|zoned| Moment::from(zoned.timestamp())).map_err(Stop::fault)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &DayPage {
            frame: Frame::new(town, visit, t.say("sv-day-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/desk/services".to_owned(), label: t.say("sv-desk-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-day-title").to_owned() },
            ],
            heading: on_weekday(t, date, visit.date(begins)),
            day: date.to_string(),
            before: query(date.saturating_sub(Span::new().days(1))),
            after: query(date.saturating_add(Span::new().days(1))),
            lines: found.into_iter().map(line).collect(),
            services: choices,
            service: asked.service,
        },
    )
}

/// POST /desk/services/appointments/{id}/{act}
pub async fn mark(
    State(town): State<Town>,
    visit: Visit,
    Path((id, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let act = MarkAct::of_word(&act).ok_or(Stop::NotFound)?;
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let asked = Asked { day: text("day"), service: text("service") };
    match appointments::mark(&town, visit.actor.clone(), id, act).await {
        Ok(one) => {
            let day = one.slot.begins_at.in_zone(&visit.zone).date();
            let pairs = [("day", day.to_string()), ("service", asked.service)];
            let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
            see_other_saying(&format!("/desk/services/appointments?{query}"), "sv-flash-marked")
        }
        Err(Stop::Refused(refusals)) => {
            with_status(render(&town, &visit, asked, FormErrors::of(&refusals, &visit.t)).await, &refusals)
        }
        Err(other) => Err(other),
    }
}
