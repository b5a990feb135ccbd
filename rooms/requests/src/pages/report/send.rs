//! Sending a report: from a draft, from a form in one go, or as JSON.

use super::{
    command_of, contact_of,
    draft::{Stage, open_draft},
    steps,
};
use crate::{
    commands::{NewReport, Opened, hash_of, open_request},
    decide::OpenRequest,
    model::Source,
    views::Eyes,
};
use axum::{extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Stop, Town, Visit, Wants,
    answer::{json_with, see_other},
    forms::{FormErrors, Submission},
};

/// What a program gets that sent a report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OpenedView {
    /// The reference.
    pub code: String,
    /// The public page.
    pub url: String,
    /// The private link, by which the report can be corrected or withdrawn. Shown only once.
    pub own_url: String,
    /// Who answers.
    pub organisation: crate::views::Named,
}

/// POST /requests
pub async fn send(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let opened = match form.text("draft") {
        Some(key) => return send_draft(&town, &visit, key).await,
        None => send_fields(&town, &visit, &form).await?,
    };
    if visit.wants == Wants::Html { thank(&opened) } else { tell(&town, &visit, &opened) }
}

async fn send_draft(town: &Town, visit: &Visit, key: &str) -> Answer {
    let draft = open_draft(town, key).await?;
    let photo = match &draft.photo_id {
        Some(id) => commons::files::stored(town, id).await?,
        None => None,
    };
    let report = NewReport { command: command_of(&draft), source: Some(Source::Web), photo, draft: Some(hash_of(key)) };
    match open_request(town, visit.actor.clone(), report).await {
        Ok(opened) => thank(&opened),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            steps::show(town, visit, key, Stage::Check, &draft, errors, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(stop) => Err(stop),
    }
}

async fn send_fields(town: &Town, visit: &Visit, form: &Submission) -> Result<Opened, Stop> {
    let photo = match form.file("photo") {
        Some(upload) => Some(commons::files::take_in(town, upload.bytes.clone(), "").await?),
        None => None,
    };
    let source = if visit.wants == Wants::Html { Source::Web } else { Source::Api };
    let report = NewReport { command: command_of_form(form), source: Some(source), photo, draft: None };
    open_request(town, visit.actor.clone(), report).await
}

/// The command that a form or JSON amounts to.
fn command_of_form(form: &Submission) -> OpenRequest {
    let field = |name: &str| form.text(name).map(str::to_owned);
    let attributes = form.keyed("attributes").chain(form.keyed("attribute"));
    OpenRequest {
        category: field("category").unwrap_or_default(),
        lat: field("lat"),
        long: field("long"),
        address: field("address").unwrap_or_default(),
        district: field("district"),
        description: form.raw("description").unwrap_or_default().to_owned(),
        attributes: attributes.map(|(code, value)| (code.to_owned(), value.to_owned())).collect(),
        media_url: None,
        contact: contact_of(field),
    }
}

fn thank(opened: &Opened) -> Answer {
    see_other(&format!("/requests/{}/thanks?key={}", opened.request.code, opened.secret))
}

fn tell(town: &Town, visit: &Visit, opened: &Opened) -> Answer {
    let row = Eyes::new(town, visit.t.language()).row(&opened.request);
    let own_url = town.url(&format!("/requests/{}/own?key={}", row.code, opened.secret));
    let mut answer = json_with(
        StatusCode::CREATED,
        &OpenedView { code: row.code, url: row.url.clone(), own_url, organisation: row.organisation },
    )?;
    if let Ok(location) = row.url.parse() {
        answer.headers_mut().insert(axum::http::header::LOCATION, location);
    }
    Ok(answer)
}
