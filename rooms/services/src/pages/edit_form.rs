//! Officers design the form of a service.

use super::{
    keep::{own_service, seen_version},
    with_status,
};
use crate::{
    commands,
    model::{Definition, Service},
};
use axum::{extract::State, http::StatusCode};
use forms::{Designer, Filled, Kind};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::{Path, Query},
};

#[derive(askama::Template)]
#[template(path = "service_form.html")]
struct FormEditor {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    designer: Designer,
}

/// Which question is put right.
#[derive(serde::Deserialize)]
pub struct Asked {
    question: Option<String>,
}

/// GET /admin/services/{code}/form
pub async fn edit(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let service = own_service(&town, &visit, code).await?;
    let filled = asked.question.as_deref().map_or(Filled::Nothing, Filled::Question);
    render(&town, &visit, &service, FormErrors::default(), filled)
}

fn render(town: &Town, visit: &Visit, service: &Service, errors: FormErrors, filled: Filled<'_>) -> Answer {
    let t = &visit.t;
    let form = &service.draft.form;
    let id = town.url(&format!("/services/{}/schema", service.code));
    let schema = serde_json::to_string_pretty(&forms::write(form, &id, &service.draft.title)).map_err(Stop::fault)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let at = (format!("/admin/services/{}/form", service.code), service.version);
    page_with(
        status,
        &FormEditor {
            frame: Frame::new(town, visit, t.say("sv-keep-form")),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/services".to_owned(), label: t.say("sv-keep-title").to_owned() },
                Crumb {
                    href: format!("/admin/services/{}", service.code),
                    label: service.draft.title.in_language(t.language()).to_owned(),
                },
                Crumb { href: String::new(), label: t.say("sv-keep-form").to_owned() },
            ],
            designer: forms::designer(town, visit, form, Kind::ALL, at, schema, filled),
        },
    )
}

/// POST /admin/services/{code}/form
pub async fn change(State(town): State<Town>, visit: Visit, Path(code): Path<String>, sent: Submission) -> Answer {
    let service = own_service(&town, &visit, code.clone()).await?;
    let changed = forms::changed(&service.draft.form, &sent);
    let is_form = changed.is_ok();
    let saved = match changed {
        Ok(form) => {
            let draft = Definition { form, ..service.draft.clone() };
            commands::save(&town, visit.actor.clone(), code.clone(), seen_version(&sent), draft).await
        }
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    match saved {
        Ok(_) => see_other_saying(&format!("/admin/services/{code}/form"), "sv-flash-saved"),
        Err(Stop::Refused(refusals)) => {
            // What the rest of the service has against a form (it asks a page of it of each) has its fields on another page.
            let errors = FormErrors::of(&refusals, &visit.t).not_on_page(|_| is_form);
            with_status(render(&town, &visit, &service, errors, Filled::Typed(&sent)), &refusals)
        }
        Err(other) => Err(other),
    }
}
