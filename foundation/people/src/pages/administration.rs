use super::{
    mandates::{MandateRow, MandateView, role_name},
    to_put_right,
};
use crate::{
    EmailAddress, commands,
    commands::GiveMandate,
    mandates,
    mandates::{GIVEN_ROLES, GivenMandate},
    organisations,
    organisations::Organisation,
};
use axum::{extract::State, http::StatusCode};
use civic::{MandateId, Role};
use database::DbError;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "people_admin_people.html")]
struct PeoplePage {
    frame: Frame,
    errors: FormErrors,
    rows: Vec<MandateRow>,
    email: String,
    roles: Vec<Choice>,
    organisations: Vec<Choice>,
}

/// GET /admin/people
pub(super) async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    if visit.wants == Wants::Json {
        let (all, _) = load(&town).await?;
        return json(&all.iter().map(MandateView::from).collect::<Vec<_>>());
    }
    show(&town, &visit, StatusCode::OK, &Submission::default(), FormErrors::default()).await
}

async fn load(town: &Town) -> Answer<(Vec<GivenMandate>, Vec<Organisation>)> {
    let now = town.now();
    let look = town.db().read(move |tx| Ok::<_, DbError>((mandates::list(tx, now)?, organisations::list(tx)?)));
    look.await.map_err(Stop::from)
}

async fn show(town: &Town, visit: &Visit, status: StatusCode, form: &Submission, errors: FormErrors) -> Answer {
    let (all, organisations) = load(town).await?;
    let (role, organisation) = (form.text("role").unwrap_or_default(), form.text("organisation").unwrap_or_default());
    let template = PeoplePage {
        frame: Frame::new(town, visit, visit.t.say("people-admin-people-heading")).twins(visit, &[Wants::Json]),
        errors,
        rows: all.iter().map(|one| MandateRow::of(one, visit)).collect(),
        email: form.text("email").unwrap_or_default().to_owned(),
        roles: GIVEN_ROLES.iter().map(|one| role_choice(*one, role, visit)).collect(),
        organisations: std::iter::once(no_organisation(visit))
            .chain(organisations.into_iter().map(|one| organisation_choice(one, organisation, visit)))
            .collect(),
    };
    page_with(status, &template)
}

fn role_choice(role: Role, chosen: &str, visit: &Visit) -> Choice {
    let detail = visit.t.say(&format!("people-role-{role}-does")).to_owned();
    Choice {
        value: role.word().to_owned(),
        label: role_name(role.word(), &visit.t),
        detail,
        chosen: role.word() == chosen,
    }
}

fn organisation_choice(organisation: Organisation, chosen: &str, visit: &Visit) -> Choice {
    let label = organisation.name.in_language(visit.t.language()).to_owned();
    Choice { chosen: organisation.code == chosen, value: organisation.code, label, detail: String::new() }
}

fn no_organisation(visit: &Visit) -> Choice {
    let label = visit.t.say("people-admin-no-organisation").to_owned();
    Choice { value: String::new(), label, detail: String::new(), chosen: false }
}

/// POST /admin/people: gives a mandate.
pub(super) async fn give(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    match try_to_give(&town, &visit, &form).await {
        Ok(_) => see_other_saying("/admin/people", "people-admin-given"),
        Err(stop) => {
            let refusals = to_put_right(&visit, stop)?;
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            show(&town, &visit, status, &form, FormErrors::of(&refusals, &visit.t)).await
        }
    }
}

async fn try_to_give(town: &Town, visit: &Visit, form: &Submission) -> Answer<GivenMandate> {
    let email = form.text("email").unwrap_or_default();
    let email: EmailAddress = email.parse().map_err(|_| Refusal::new("people-email").at("email"))?;
    let role = form.text("role").unwrap_or_default();
    let role: Role = role.parse().map_err(|_| Refusal::new("people-role").at("role"))?;
    let organisation = form.text("organisation").map(str::to_owned);
    commands::give_mandate(town, visit.actor(), GiveMandate { email, role, organisation }).await
}

/// POST /admin/mandates/{id}/end
pub(super) async fn end(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id: MandateId = id.parse().map_err(|_| Stop::NotFound)?;
    commands::end_mandate(&town, visit.actor(), id).await?;
    see_other_saying("/admin/people", "people-admin-ended")
}
