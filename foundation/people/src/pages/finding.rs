use super::{mandates::MandateView, mandates::role_name, to_put_right};
use crate::{
    EmailAddress,
    looks::{self, FoundAccount, Why},
};
use axum::{extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Doc, Frame, Refusal, Town, Visit, Wants,
    answer::{json, page_with},
    forms::{FormErrors, Submission},
    openapi::schema_of,
    parts::Choice,
};

#[derive(askama::Template)]
#[template(path = "people_find.html")]
struct FindPage {
    frame: Frame,
    errors: FormErrors,
    email: String,
    whys: Vec<Choice>,
    /// What was found: its pseudonym, its first day, its roles.
    found: Option<(String, String, Vec<String>)>,
    is_nobody: bool,
}

/// An account that was found.
#[derive(Debug, Serialize, JsonSchema)]
struct FoundView {
    /// Its pseudonym.
    handle: String,
    /// Since when there is the account (RFC 3339, UTC).
    created_at: String,
    /// The mandates in force.
    mandates: Vec<MandateView>,
}

/// GET /admin/people/find
pub(super) async fn ask(State(town): State<Town>, visit: Visit) -> Answer {
    show(&town, &visit, StatusCode::OK, &Submission::default(), FormErrors::default(), None)
}

/// POST /admin/people/find. Not a GET: an address stands in no address.
pub(super) async fn find(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let found = match try_to_find(&town, &visit, &form).await {
        Ok(found) => found,
        Err(stop) => {
            let errors = FormErrors::of(&to_put_right(&visit, stop)?, &visit.t);
            return show(&town, &visit, StatusCode::UNPROCESSABLE_ENTITY, &form, errors, None);
        }
    };
    if visit.wants == Wants::Json {
        let view = found.map(|one| FoundView {
            handle: one.handle,
            created_at: one.created_at.rfc3339(),
            mandates: one.mandates.iter().map(MandateView::from).collect(),
        });
        return json(&view);
    }
    show(&town, &visit, StatusCode::OK, &form, FormErrors::default(), Some(found))
}

async fn try_to_find(town: &Town, visit: &Visit, form: &Submission) -> Answer<Option<FoundAccount>> {
    let email = form.text("email").unwrap_or_default();
    let email: EmailAddress = email.parse().map_err(|_| Refusal::new("people-email").at("email"))?;
    let why = form.text("why").and_then(|word| word.parse::<Why>().ok());
    let why = why.ok_or_else(|| Refusal::new("people-find-why").at("why"))?;
    looks::look_up(town, visit.actor(), email, why).await
}

fn show(
    town: &Town,
    visit: &Visit,
    status: StatusCode,
    form: &Submission,
    errors: FormErrors,
    found: Option<Option<FoundAccount>>,
) -> Answer {
    let t = &visit.t;
    let chosen = form.text("why").unwrap_or_default();
    let why = |one: &Why| Choice {
        value: one.word().to_owned(),
        label: t.say(&format!("people-find-why-{}", one.word())).to_owned(),
        detail: String::new(),
        chosen: one.word() == chosen,
    };
    let label = t.say("people-find-why-none").to_owned();
    let none = Choice { value: String::new(), label, detail: String::new(), chosen: chosen.is_empty() };
    let is_nobody = matches!(found, Some(None));
    let seen = |one: FoundAccount| {
        let roles = one.mandates.iter().map(|mandate| {
            let of = mandate.organisation_code.clone().unwrap_or_else(|| t.say("people-mandate-town").to_owned());
            format!("{}: {of}", role_name(mandate.role.word(), t))
        });
        (one.handle.clone(), visit.date(one.created_at), roles.collect())
    };
    let template = FindPage {
        frame: Frame::new(town, visit, t.say("people-find-heading")),
        errors,
        email: form.text("email").unwrap_or_default().to_owned(),
        whys: std::iter::once(none).chain(Why::ALL.iter().map(why)).collect(),
        found: found.flatten().map(seen),
        is_nobody,
    };
    page_with(status, &template)
}

/// How it is described to developers.
pub(super) fn doc() -> Doc {
    let body = serde_json::json!({"type": "object", "required": ["email", "why"], "properties": {
        "email": {"type": "string"}, "why": {"enum": Why::ALL.iter().map(|why| why.word()).collect::<Vec<_>>()}}});
    Doc::new("people", "The pseudonym of whoever has exactly this address; that you looked is on the record")
        .body("application/json", body)
        .answers(200, Wants::Json.media_type(), "The account, or `null`.", schema_of::<Option<FoundView>>())
}
