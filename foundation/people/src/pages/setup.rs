use super::{cookies, to_put_right};
use crate::{EmailAddress, accounts::NAME_LIMIT, commands, commands::SetUp, mandates};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    limits::Gates,
};

#[derive(askama::Template)]
#[template(path = "people_setup.html")]
struct SetUpPage {
    frame: Frame,
    errors: FormErrors,
    email: String,
    typed_name: String,
}

/// GET /setup: there while nobody is administrator.
pub(super) async fn ask(State(town): State<Town>, visit: Visit) -> Answer {
    must_be_open(&town).await?;
    show(&town, &visit, StatusCode::OK, FormErrors::default(), String::new(), String::new())
}

fn show(
    town: &Town,
    visit: &Visit,
    status: StatusCode,
    errors: FormErrors,
    email: String,
    typed_name: String,
) -> Answer {
    let frame = Frame::new(town, visit, visit.t.say("people-setup-heading"));
    page_with(status, &SetUpPage { frame, errors, email, typed_name })
}

async fn must_be_open(town: &Town) -> Answer<()> {
    let now = town.now();
    let taken: bool =
        town.db().read(move |tx| mandates::is_there_an_administrator(tx, now)).await.map_err(Stop::from)?;
    if taken { Err(Stop::NotFound) } else { Ok(()) }
}

/// POST /setup
pub(super) async fn make(State(town): State<Town>, visit: Visit, headers: HeaderMap, form: Submission) -> Answer {
    must_be_open(&town).await?;
    let old = cookies::session_of(&headers);
    match try_to_make(&town, &visit, &form, old).await {
        Ok(session) => cookies::with_session(&town, see_other_saying("/admin/setup", "people-setup-done")?, &session),
        Err(stop) => {
            let refusals = to_put_right(&visit, stop)?;
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            let typed = |field| form.text(field).unwrap_or_default().to_owned();
            show(&town, &visit, status, FormErrors::of(&refusals, &visit.t), typed("email"), typed("name"))
        }
    }
}

async fn try_to_make(town: &Town, visit: &Visit, form: &Submission, old: Option<String>) -> Answer<String> {
    town.part::<Gates>().mail(visit.address)?;
    let email = form.text("email").unwrap_or_default();
    let email: EmailAddress = email.parse().map_err(|_| Refusal::new("people-email").at("email"))?;
    let name = read_name(form)?;
    let code = form.text("code").unwrap_or_default().to_owned();
    commands::set_up(town, visit.t.language(), SetUp { code, email, name }, old).await
}

/// The name in a form: one line, not too long, or none.
pub(super) fn read_name(form: &Submission) -> Result<String, Refusal> {
    let name = form.text("name").unwrap_or_default();
    let fits = name.chars().count() <= NAME_LIMIT && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(Refusal::new("people-name").at("name").with("most", NAME_LIMIT as i64)) }
}
