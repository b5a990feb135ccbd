//! Officers write where and when a service sees people.

use super::super::{
    keep::{local_fields, own_service},
    with_status,
};
use crate::{
    appointments::{self, NewPlan, Plan},
    model::Service,
};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use database::DbError;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local},
    parts::Crumb,
    visit::{Path, Query},
};

/// The plan that is edited.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    edit: String,
}

struct Line {
    id: String,
    place: String,
    text: String,
    is_open: bool,
}

#[derive(askama::Template)]
#[template(path = "appointment_plans.html")]
struct PlansPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    lines: Vec<Line>,
    id: String,
    version: i64,
    place: LocalFields,
    week: String,
    exceptions: String,
    minutes: String,
    capacity: String,
    ahead: String,
    is_open: bool,
}

/// What stands in the form.
struct Typed {
    id: String,
    version: i64,
    place: Option<LocalText>,
    week: String,
    exceptions: String,
    minutes: String,
    capacity: String,
    ahead: String,
    is_open: bool,
}

impl Typed {
    fn fresh() -> Self {
        Self {
            id: String::new(),
            version: 0,
            place: None,
            week: "mon-fri 09:00-12:00".to_owned(),
            exceptions: String::new(),
            minutes: "20".to_owned(),
            capacity: "1".to_owned(),
            ahead: "42".to_owned(),
            is_open: true,
        }
    }

    fn of(plan: &Plan) -> Self {
        Self {
            id: plan.id.clone(),
            version: plan.version,
            place: Some(plan.place.clone()),
            week: plan.week.clone(),
            exceptions: plan.exceptions.clone(),
            minutes: plan.minutes.to_string(),
            capacity: plan.capacity.to_string(),
            ahead: plan.ahead_days.to_string(),
            is_open: plan.is_open,
        }
    }

    fn sent(form: &Submission) -> Self {
        let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
        Self {
            id: text("plan"),
            version: form.text("version").and_then(|text| text.parse().ok()).unwrap_or(-1),
            place: local(form, "place"),
            week: text("week"),
            exceptions: text("exceptions"),
            minutes: text("minutes"),
            capacity: text("capacity"),
            ahead: text("ahead-days"),
            is_open: form.is_ticked("open"),
        }
    }

    fn plan(&self) -> NewPlan {
        NewPlan {
            of: (!self.id.is_empty()).then(|| (self.id.clone(), self.version)),
            place: self.place.clone(),
            week: self.week.clone(),
            exceptions: self.exceptions.clone(),
            minutes: self.minutes.parse().ok(),
            capacity: self.capacity.parse().ok(),
            ahead_days: self.ahead.parse().ok(),
            is_open: self.is_open,
        }
    }
}

/// GET /admin/services/{code}/appointments
pub async fn list(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let service = own_service(&town, &visit, code).await?;
    let plans = plans_of(&town, &service).await?;
    let typed = plans.iter().find(|plan| plan.id == asked.edit).map_or_else(Typed::fresh, Typed::of);
    render(&town, &visit, &service, &plans, &typed, FormErrors::default())
}

async fn plans_of(town: &Town, service: &Service) -> Result<Vec<Plan>, Stop> {
    let code = service.code.clone();
    town.db().read(move |tx| appointments::plans_of(tx, &code)).await.map_err(|error: DbError| error.into())
}

fn render(town: &Town, visit: &Visit, service: &Service, plans: &[Plan], typed: &Typed, errors: FormErrors) -> Answer {
    let t = &visit.t;
    let title = service.draft.title.in_language(t.language()).to_owned();
    let line = |plan: &Plan| Line {
        id: plan.id.clone(),
        place: plan.place.in_language(t.language()).to_owned(),
        text: t.with(
            "sv-plan-line",
            &[
                ("week", plan.week.replace('\n', ", ").into()),
                ("minutes", plan.minutes.into()),
                ("capacity", plan.capacity.into()),
            ],
        ),
        is_open: plan.is_open,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &PlansPage {
            frame: Frame::new(town, visit, t.say("sv-plan-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/services".to_owned(), label: t.say("sv-keep-title").to_owned() },
                Crumb { href: format!("/admin/services/{}", service.code), label: title },
                Crumb { href: String::new(), label: t.say("sv-meet").to_owned() },
            ],
            code: service.code.clone(),
            lines: plans.iter().map(line).collect(),
            id: typed.id.clone(),
            version: typed.version,
            place: local_fields(town, visit, "place", 1, typed.place.as_ref()),
            week: typed.week.clone(),
            exceptions: typed.exceptions.clone(),
            minutes: typed.minutes.clone(),
            capacity: typed.capacity.clone(),
            ahead: typed.ahead.clone(),
            is_open: typed.is_open,
        },
    )
}

/// POST /admin/services/{code}/appointments
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let service = own_service(&town, &visit, code.clone()).await?;
    let typed = Typed::sent(&form);
    match appointments::save_plan(&town, visit.actor.clone(), code.clone(), typed.plan()).await {
        Ok(_) => see_other_saying(&format!("/admin/services/{code}/appointments"), "sv-flash-saved"),
        Err(Stop::Refused(refusals)) => {
            let plans = plans_of(&town, &service).await?;
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(render(&town, &visit, &service, &plans, &typed, errors), &refusals)
        }
        Err(other) => Err(other),
    }
}
