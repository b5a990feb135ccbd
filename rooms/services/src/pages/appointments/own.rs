//! Booking, moving, giving up, waiting: by the link of an application, or of one that is being written.

use super::{
    super::{apply::private, own::title_of, status, with_status},
    TWINS,
    choose::{self, Asked, Times},
};
use crate::{
    appointments::{self, Appointment, Booked, Owner, Plan, Wait},
    commands, store,
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use database::DbError;
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page, page_with, see_other, see_other_saying},
    calendar::{Event, When},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::{Path, Query},
};

/// The appointment there is, as the template shows it.
struct Shown {
    when: String,
    place: String,
    held: bool,
    past: bool,
}

#[derive(askama::Template)]
#[template(path = "appointment.html")]
struct AppointmentPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    service: String,
    action: String,
    key: String,
    current: Option<Shown>,
    waits: String,
    ics: String,
    back: String,
    times: Times,
    is_public: bool,
    is_draft: bool,
}

/// GET /services/{code}/appointments
pub async fn public(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let asked_code = code.clone();
    let found = town.db().read(move |tx| Ok::<_, Stop>(store::service(tx, &asked_code)?)).await?;
    let service = found.filter(|one| one.published.is_some()).ok_or(Stop::NotFound)?;
    let choice = choose::load(&town, code.clone(), asked, visit.at).await?;
    if visit.wants == Wants::Json {
        return json_answer(&choose::view(&choice, &visit));
    }
    if choice.plan.is_none() {
        return Err(Stop::NotFound);
    }
    let t = &visit.t;
    let title = title_of(std::slice::from_ref(&service), &code, t.language());
    page(&AppointmentPage {
        frame: Frame::new(&town, &visit, t.with1("sv-meet-free-title", "service", title.as_str())).twins(&visit, TWINS),
        errors: FormErrors::default(),
        crumbs: vec![
            Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
            Crumb { href: format!("/services/{code}"), label: title.clone() },
            Crumb { href: String::new(), label: t.say("sv-meet").to_owned() },
        ],
        service: title,
        action: String::new(),
        key: String::new(),
        current: None,
        waits: String::new(),
        ics: String::new(),
        back: format!("/services/{code}/apply"),
        times: choose::shown(&choice, &visit, &format!("/services/{code}/appointments?"), false, false),
        is_public: true,
        is_draft: false,
    })
}

/// GET /apply/{draft}/appointment
pub async fn of_draft(
    State(town): State<Town>,
    visit: Visit,
    Path(secret): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    show_draft(&town, &visit, &secret, asked, FormErrors::default()).await
}

async fn show_draft(town: &Town, visit: &Visit, secret: &str, asked: Asked, errors: FormErrors) -> Answer {
    let (draft, definition) = commands::load(town, secret).await?;
    let choice = choose::load(town, draft.service.clone(), asked, visit.at).await?;
    if choice.plan.is_none() || !draft.reopens.is_empty() {
        return Err(Stop::NotFound);
    }
    let current = of_owner(town, draft.hash.clone()).await?.0;
    let t = &visit.t;
    let action = format!("/apply/{secret}/appointment");
    let answer = page(&AppointmentPage {
        frame: Frame::new(town, visit, t.say("sv-meet-title")),
        errors,
        crumbs: Vec::new(),
        service: definition.title.in_language(t.language()).to_owned(),
        key: String::new(),
        current: current.map(|one| one_shown(visit, &one)),
        waits: String::new(),
        ics: String::new(),
        back: format!("/apply/{secret}/check"),
        times: choose::shown(&choice, visit, &format!("{action}?"), true, false),
        action,
        is_public: false,
        is_draft: true,
    })?;
    Ok(private(answer))
}

/// POST /apply/{draft}/appointment
pub async fn hold(State(town): State<Town>, visit: Visit, Path(secret): Path<String>, form: Submission) -> Answer {
    let owner = Owner::Draft(secret.clone());
    match run(&town, &visit, owner, &form).await {
        Ok(done) if visit.wants == Wants::Json => Ok(private(json_answer(&done)?)),
        Ok(_) => Ok(private(see_other(&format!("/apply/{secret}/check"))?)),
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(show_draft(&town, &visit, &secret, asked_of(&form), errors).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// The appointment and the wait of an owner.
type Had = (Option<Booked>, Option<(Wait, Plan)>);

/// What a draft or an application has, and what it waits for.
pub(in crate::pages) async fn of_owner(town: &Town, owner: String) -> Result<Had, Stop> {
    town.db()
        .read(move |tx| {
            let mut booked = None;
            if let Some(appointment) = appointments::appointment_of(tx, &owner)? {
                let plan = appointments::plan(tx, &appointment.plan)?.ok_or(DbError::NotFound)?;
                booked = Some(Booked { appointment, plan });
            }
            let mut waits = None;
            if let Some(wait) = appointments::wait_of(tx, &owner)? {
                let plan = appointments::plan(tx, &wait.plan)?.ok_or(DbError::NotFound)?;
                waits = Some((wait, plan));
            }
            Ok((booked, waits))
        })
        .await
        .map_err(|error: DbError| error.into())
}

fn one_shown(visit: &Visit, one: &Booked) -> Shown {
    let slot = one.appointment.slot;
    Shown {
        when: choose::when(visit, slot.begins_at, slot.ends_at),
        place: one.plan.place.in_language(visit.t.language()).to_owned(),
        held: one.appointment.state == appointments::AppointmentState::Held,
        past: slot.begins_at <= visit.at,
    }
}

/// In one line, for pages that lead here; empty for none.
pub(in crate::pages) fn line(visit: &Visit, had: &Had) -> String {
    let t = &visit.t;
    match had {
        (Some(one), _) => {
            let shown = one_shown(visit, one);
            t.with2("sv-meet-line", "when", shown.when.as_str(), "where", shown.place.as_str())
        }
        (None, Some(wait)) => waits_words(visit, wait),
        (None, None) => String::new(),
    }
}

fn waits_words(visit: &Visit, (wait, plan): &(Wait, Plan)) -> String {
    let t = &visit.t;
    let place = plan.place.in_language(t.language());
    match wait.day.parse::<jiff::civil::Date>().ok().and_then(|day| day.to_zoned(visit.zone.clone()).ok()) {
        Some(day) => t.with2("sv-meet-waits-day", "day", visit.date(Moment::from(day.timestamp())), "where", place),
        None => t.with1("sv-meet-waits-any", "where", place),
    }
}

/// GET /applications/{code}/appointment
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    show_own(&town, &visit, &code, asked, FormErrors::default()).await
}

async fn show_own(town: &Town, visit: &Visit, code: &str, asked: Asked, errors: FormErrors) -> Answer {
    let key = asked.key.clone();
    let own = status::own(town, visit, code, &key).await?.ok_or(Stop::NotFound)?;
    let choice = choose::load(town, own.one.service.clone(), asked, visit.at).await?;
    let had = of_owner(town, own.one.code.to_string()).await?;
    if visit.wants == Wants::Json {
        let answer = json!({
            "appointment": had.0.as_ref().map(|one| appointment_json(&one.appointment, &one.plan)),
            "waits_for": had.1.as_ref().map(|(wait, _)| json!({"plan": wait.plan, "day": wait.day})),
            "times": choose::view(&choice, visit),
        });
        return Ok(private(json_answer(&answer)?));
    }
    if choice.plan.is_none() && had.0.is_none() {
        return Err(Stop::NotFound);
    }
    let t = &visit.t;
    let title = title_of(&own.services, &own.one.service, t.language());
    let query = if key.is_empty() { String::new() } else { format!("?key={key}") };
    let back = format!("/applications/{code}{query}");
    let action = format!("/applications/{code}/appointment");
    let base = format!("{action}?key={key}&");
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answer = page_with(
        status,
        &AppointmentPage {
            frame: Frame::new(town, visit, t.say("sv-meet-title")),
            errors,
            crumbs: vec![
                Crumb { href: format!("/services/{}", own.one.service), label: title.clone() },
                Crumb { href: back.clone(), label: own.one.code.to_string() },
                Crumb { href: String::new(), label: t.say("sv-meet").to_owned() },
            ],
            service: title,
            ics: had.0.as_ref().map(|_| format!("/applications/{code}/appointment.ics{query}")).unwrap_or_default(),
            current: had.0.as_ref().map(|one| one_shown(visit, one)),
            waits: had.1.as_ref().map(|wait| waits_words(visit, wait)).unwrap_or_default(),
            times: choose::shown(&choice, visit, &base, true, true),
            key,
            action,
            back,
            is_public: false,
            is_draft: false,
        },
    )?;
    Ok(private(answer))
}

fn appointment_json(one: &Appointment, plan: &Plan) -> serde_json::Value {
    json!({"state": one.state.word(), "begins_at": one.slot.begins_at.rfc3339(), "ends_at": one.slot.ends_at.rfc3339(), "place": plan.place})
}

/// What a form asked to see, so that a page that refuses shows the same days.
fn asked_of(form: &Submission) -> Asked {
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let word = form.text("slot").or_else(|| form.text("wait")).unwrap_or_default();
    let (plan, at) = word.split_once(' ').unwrap_or((word, ""));
    Asked { key: text("key"), plan: plan.to_owned(), from: at.chars().take(10).collect() }
}

/// Does what a form asks: `slot` books or moves, `wait` waits, `cancel` gives up.
async fn run(town: &Town, visit: &Visit, owner: Owner, form: &Submission) -> Result<serde_json::Value, Stop> {
    let actor = visit.actor.clone();
    if let Some(word) = form.text("slot") {
        let (plan, at) = choose::slot_of(word).ok_or_else(|| web::Refusal::new("appointment-none").at("slot"))?;
        let booked = appointments::book(town, actor, owner, plan, at).await?;
        return Ok(appointment_json(&booked.appointment, &booked.plan));
    }
    if let Some(word) = form.text("wait") {
        let (plan, day) = word.split_once(' ').unwrap_or((word, ""));
        let wait = appointments::wait(town, actor, owner, plan.to_owned(), day.to_owned()).await?;
        return Ok(json!({"waits_for": {"plan": wait.plan, "day": wait.day}}));
    }
    if form.text("cancel").is_some() {
        appointments::cancel(town, actor, owner).await?;
        return Ok(json!({"appointment": null}));
    }
    Err(web::Refusal::new("appointment-choose").at("slot").into())
}

/// POST /applications/{code}/appointment
pub async fn act(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let owner = Owner::Application(code.clone(), key.clone());
    match run(&town, &visit, owner, &form).await {
        Ok(done) if visit.wants == Wants::Json => Ok(private(json_answer(&done)?)),
        Ok(_) => {
            let flash = match (form.text("slot"), form.text("wait")) {
                (Some(_), _) => "sv-flash-met",
                (_, Some(_)) => "sv-flash-waits",
                _ => "sv-flash-unmet",
            };
            let query = if key.is_empty() { String::new() } else { format!("?key={key}") };
            Ok(private(see_other_saying(&format!("/applications/{code}/appointment{query}"), flash)?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(show_own(&town, &visit, &code, asked_of(&form), errors).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// GET /applications/{code}/appointment.ics
pub async fn calendar(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let own = status::own(&town, &visit, &code, &asked.key).await?.ok_or(Stop::NotFound)?;
    let (booked, _) = of_owner(&town, own.one.code.to_string()).await?;
    let Booked { appointment, plan } = booked.ok_or(Stop::NotFound)?;
    let t = town.words().of(own.one.language);
    let title = title_of(&own.services, &own.one.service, own.one.language);
    let place = plan.place.in_language(own.one.language);
    let query = if asked.key.is_empty() { String::new() } else { format!("?key={}", asked.key) };
    let event = Event {
        uid: format!("appointment-{}", appointment.id),
        when: When::Span(appointment.slot.begins_at, appointment.slot.ends_at),
        summary: t.with1("sv-meet-event", "service", title.as_str()),
        description: t.with2("sv-meet-event-text", "where", place, "code", own.one.code.as_str()),
        url: town.url(&format!("/applications/{}/appointment{query}", own.one.code)),
        changed_at: visit.at,
    };
    let name = town.settings().name.in_language(own.one.language).to_owned();
    Ok(private(web::calendar::answer(&name, &town.settings().jurisdiction, &[event])))
}
