//! Sending a report: from a draft, from a form in one go, or as JSON.

use super::{
    command_of, contact_of,
    draft::{Stage, open_draft},
    steps,
};
use crate::{
    commands::{NewReport, Opened, Sent, hash_of, open_request},
    decide::{OpenRequest, read_sent_key},
    model::Source,
    views::Eyes,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use civic::Role;
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use web::{
    Answer, Refusal, Stop, Town, Visit, Wants,
    answer::{json_with, see_other},
    forms::{FormErrors, Submission},
    limits::Gates,
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
    /// Whether its words are held back until somebody has read them: a moderator, because they look like advertising, or the desk, where the
    /// category says so.
    pub held: bool,
}

/// By what a report that may be sent twice is known again (draft-ietf-httpapi-idempotency-key-header-07).
const SENT_KEY: &str = "idempotency-key";

/// POST /requests
pub async fn send(State(town): State<Town>, visit: Visit, headers: HeaderMap, form: Submission) -> Answer {
    check_pace(&town, &visit)?;
    let opened = match form.text("draft") {
        Some(key) => return send_draft(&town, &visit, key).await,
        None => send_fields(&town, &visit, &headers, &form).await?,
    };
    if visit.wants == Wants::Html { thank(&opened) } else { tell(&town, &visit, &opened) }
}

/// Who sends very many is asked to wait; staff and programs with a key are limited elsewhere.
fn check_pace(town: &Town, visit: &Visit) -> Result<(), Stop> {
    let staff = [Role::Officer, Role::Administrator, Role::Open311].into_iter().any(|role| visit.actor.is(role));
    if staff {
        return Ok(());
    }
    town.part::<Gates>().request(visit.address).map_err(|wait| wait.refused("requests-too-often").into())
}

async fn send_draft(town: &Town, visit: &Visit, key: &str) -> Answer {
    let draft = open_draft(town, key).await?;
    let photo = match &draft.photo_id {
        Some(id) => commons::files::stored(town, id).await?,
        None => None,
    };
    let (command, draft_hash) = (command_of(&draft), Some(hash_of(key)));
    let report = NewReport { command, source: Some(Source::Web), photo, draft: draft_hash, ..NewReport::default() };
    match open_request(town, visit.actor.clone(), report).await {
        Ok(opened) => thank(&opened),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            steps::show(town, visit, key, Stage::Check, &draft, errors, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(stop) => Err(stop),
    }
}

async fn send_fields(town: &Town, visit: &Visit, headers: &HeaderMap, form: &Submission) -> Result<Opened, Stop> {
    let sent = sent_with(headers, form)?;
    let is_known = match sent.clone() {
        Some(sent) => town.db().read(move |tx| sent.is_known(tx)).await.map_err(|error: DbError| Stop::from(error))?,
        None => false,
    };
    let photo = match form.file("photo").filter(|_| !is_known) {
        Some(upload) => Some(commons::files::take_in(town, upload.bytes.clone(), "").await?),
        None => None,
    };
    // Our own pages send drafts by script when the net is back.
    let is_ours = visit.wants == Wants::Html || headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    let source = if is_ours { Source::Web } else { Source::Api };
    let report =
        NewReport { command: command_of_form(form), source: Some(source), photo, sent, ..NewReport::default() };
    open_request(town, visit.actor.clone(), report).await
}

/// The key that came with a report, and what it came with.
fn sent_with(headers: &HeaderMap, form: &Submission) -> Result<Option<Sent>, Refusal> {
    let Some(key) = headers.get(SENT_KEY) else { return Ok(None) };
    let key = read_sent_key(key.to_str().unwrap_or_default())?.to_owned();
    let mut hash = Sha256::new();
    for (name, value) in form.fields() {
        // Lengths stand between, so that no two forms run together to the same bytes.
        hash.update(format!("{} {name} {} {value}\n", name.len(), value.len()));
    }
    if let Some(photo) = form.file("photo") {
        hash.update(&photo.bytes);
    }
    Ok(Some(Sent { key, fingerprint: hex::encode(hash.finalize()) }))
}

/// The command that a form or JSON amounts to.
pub(in crate::pages) fn command_of_form(form: &Submission) -> OpenRequest {
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
        &OpenedView {
            code: row.code,
            url: row.url.clone(),
            own_url,
            organisation: row.organisation,
            held: opened.held,
        },
    )?;
    if let Ok(location) = row.url.parse() {
        answer.headers_mut().insert(axum::http::header::LOCATION, location);
    }
    Ok(answer)
}
