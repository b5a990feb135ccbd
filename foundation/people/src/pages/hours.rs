use super::to_put_right;
use crate::{
    commands,
    organisations::{self, HOURS_LIMIT, Organisation, WorkingHours},
};
use axum::{extract::State, http::StatusCode};
use service_clock::CalendarError;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "people_hours.html")]
struct HoursPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    heading: String,
    code: String,
    hours: String,
    holidays: String,
}

/// GET /admin/organisations/{code}
pub(super) async fn hours(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let found = load(&town, &code).await?;
    let (hours, holidays) = (found.works.hours.join("\n"), found.works.holidays.join("\n"));
    show(&town, &visit, found, (hours, holidays), StatusCode::OK, FormErrors::default())
}

/// POST /admin/organisations/{code}
pub(super) async fn set(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let found = load(&town, &code).await?;
    match try_to_set(&town, &visit, &code, &form).await {
        Ok(()) => see_other_saying("/admin/organisations", "people-hours-set"),
        Err(stop) => {
            let refusals = to_put_right(&visit, stop)?;
            let typed = |field: &str| form.raw(field).unwrap_or_default().to_owned();
            let errors = FormErrors::of(&refusals, &visit.t);
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            show(&town, &visit, found, (typed("hours"), typed("holidays")), status, errors)
        }
    }
}

async fn load(town: &Town, code: &str) -> Answer<Organisation> {
    let code = code.to_owned();
    town.db().read(move |tx| organisations::by_code(tx, &code)).await?.ok_or(Stop::NotFound)
}

fn show(
    town: &Town,
    visit: &Visit,
    found: Organisation,
    (hours, holidays): (String, String),
    status: StatusCode,
    errors: FormErrors,
) -> Answer {
    let name = found.name.in_language(visit.t.language());
    let heading = visit.t.with1("people-hours-heading", "name", name);
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    let template = HoursPage {
        crumbs: vec![crumb("/admin/organisations", visit.t.say("people-organisations-heading")), crumb("", name)],
        frame: Frame::new(town, visit, heading.clone()),
        code: found.code.clone(),
        errors,
        heading,
        hours,
        holidays,
    };
    page_with(status, &template)
}

async fn try_to_set(town: &Town, visit: &Visit, code: &str, form: &Submission) -> Answer<()> {
    let lines = |field: &str| {
        form.raw(field)
            .unwrap_or_default()
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let works = WorkingHours { hours: lines("hours"), holidays: lines("holidays") };
    if works.hours.len() + works.holidays.len() > HOURS_LIMIT {
        return Err(Refusal::new("people-hours-many").at("hours").with("most", HOURS_LIMIT as i64).into());
    }
    works.calendar(&town.settings().calendar).map_err(|error| refusal_of(&error))?;
    commands::set_hours(town, visit.actor(), code.to_owned(), works).await
}

/// The engine's reason as a sentence in the reader's language.
fn refusal_of(error: &CalendarError) -> Refusal {
    match error {
        CalendarError::Hours(line) => Refusal::new("people-hours-line").at("hours").with("line", line.clone()),
        CalendarError::Date(line) => Refusal::new("people-hours-date").at("holidays").with("line", line.clone()),
        CalendarError::Overlap => Refusal::new("people-hours-overlap").at("hours"),
        CalendarError::EmptySpan { .. } | CalendarError::NeverOpen | CalendarError::TooMany => {
            Refusal::new("people-hours-none").at("hours")
        }
    }
}
