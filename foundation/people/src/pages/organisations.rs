use super::to_put_right;
use crate::{
    EmailAddress, commands, organisations,
    organisations::{CODE_LIMIT, NAME_LIMIT, NewOrganisation, Organisation, is_code},
};
use axum::{extract::State, http::StatusCode};
use civic::{Language, LocalText};
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
};

#[derive(askama::Template)]
#[template(path = "people_organisations.html")]
struct OrganisationsPage {
    frame: Frame,
    errors: FormErrors,
    rows: Vec<OrganisationRow>,
    code: String,
    email: String,
    names: Vec<NameField>,
}

struct OrganisationRow {
    code: String,
    name: String,
    email: String,
    works: String,
}

/// The field for the name in one language.
struct NameField {
    field: &'static str,
    text: String,
    typed: String,
}

#[derive(Serialize)]
struct OrganisationView<'o> {
    code: &'o str,
    name: &'o LocalText,
    email: Option<&'o str>,
    works: &'o organisations::WorkingHours,
}

/// GET /admin/organisations
pub(super) async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    if visit.wants == Wants::Json {
        let all = load(&town).await?;
        let views = all.iter().map(|one| OrganisationView {
            code: &one.code,
            name: &one.name,
            email: one.email.as_ref().map(EmailAddress::as_str),
            works: &one.works,
        });
        return json(&views.collect::<Vec<_>>());
    }
    show(&town, &visit, StatusCode::OK, &Submission::default(), FormErrors::default()).await
}

async fn load(town: &Town) -> Answer<Vec<Organisation>> {
    town.db().read(organisations::list).await.map_err(Stop::from)
}

async fn show(town: &Town, visit: &Visit, status: StatusCode, form: &Submission, errors: FormErrors) -> Answer {
    let rows = load(town).await?.into_iter().map(|one| OrganisationRow {
        name: one.name.in_language(visit.t.language()).to_owned(),
        works: one.works.hours.join(", "),
        email: one.email.map(|email| email.to_string()).unwrap_or_default(),
        code: one.code,
    });
    let typed = |field: &str| form.text(field).unwrap_or_default().to_owned();
    let template = OrganisationsPage {
        frame: Frame::new(town, visit, visit.t.say("people-organisations-heading")).twins(visit, &[Wants::Json]),
        errors,
        rows: rows.collect(),
        code: typed("code"),
        email: typed("email"),
        names: town.settings().languages.iter().map(|language| name_field(*language, form, visit)).collect(),
    };
    page_with(status, &template)
}

fn name_field(language: Language, form: &Submission, visit: &Visit) -> NameField {
    let field = field_of(language);
    NameField {
        text: visit.t.with1("people-organisation-name-in", "language", language.own_name()),
        typed: form.text(field).unwrap_or_default().to_owned(),
        field,
    }
}

/// The field for the name in a language.
fn field_of(language: Language) -> &'static str {
    match language {
        Language::En => "name[en]",
        Language::Es => "name[es]",
        Language::Ar => "name[ar]",
    }
}

/// POST /admin/organisations
pub(super) async fn add(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    match try_to_add(&town, &visit, &form).await {
        Ok(()) => see_other_saying("/admin/organisations", "people-organisation-added"),
        Err(stop) => {
            let refusals = to_put_right(&visit, stop)?;
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            show(&town, &visit, status, &form, FormErrors::of(&refusals, &visit.t)).await
        }
    }
}

async fn try_to_add(town: &Town, visit: &Visit, form: &Submission) -> Answer<()> {
    let code = form.text("code").filter(|code| is_code(code)).map(str::to_owned);
    let code =
        code.ok_or_else(|| Refusal::new("people-organisation-code").at("code").with("most", CODE_LIMIT as i64))?;
    let email = form.text("email").map(str::parse::<EmailAddress>).transpose();
    let email = email.map_err(|_| Refusal::new("people-email").at("email"))?;
    let name = read_names(form, &town.settings().languages)?;
    commands::add_organisation(town, visit.actor(), NewOrganisation { code, name, email }).await
}

/// The names in the languages of the town; the first language must be among them.
fn read_names(form: &Submission, languages: &[Language]) -> Result<LocalText, Refusal> {
    let refused =
        |language| Refusal::new("people-organisation-name").at(field_of(language)).with("most", NAME_LIMIT as i64);
    let mut names = BTreeMap::new();
    for language in languages {
        let Some(name) = form.text(field_of(*language)) else { continue };
        if name.chars().count() > NAME_LIMIT || name.chars().any(char::is_control) {
            return Err(refused(*language));
        }
        names.insert(*language, name.to_owned());
    }
    let first = languages.first().copied().unwrap_or_default();
    if names.contains_key(&first) {
        LocalText::try_from(names).map_err(|_| refused(first))
    } else {
        Err(refused(first))
    }
}
