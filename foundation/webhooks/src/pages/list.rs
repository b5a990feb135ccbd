//! All endpoints, and a new one.

use super::views::{AddedView, EndpointView};
use crate::{
    Secret,
    commands::{self, NewEndpoint},
    model::{Endpoint, WAITING_LIMIT},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use database::DbError;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, json_with, page, page_with},
    forms::{FormErrors, Submission},
    manifest::Catalogue,
    parts::Choice,
};

#[derive(askama::Template)]
#[template(path = "webhooks_list.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    rows: Vec<Row>,
    url: String,
    note: String,
    kinds: Vec<Choice>,
}

struct Row {
    id: String,
    host: String,
    note: String,
    state: String,
    chip: &'static str,
    waiting: String,
}

#[derive(askama::Template)]
#[template(path = "webhooks_secret.html")]
pub(super) struct SecretPage {
    pub frame: Frame,
    pub url: String,
    pub secret: String,
    pub back: String,
}

/// GET /admin/webhooks
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    if visit.wants == Wants::Json {
        let all = load(&town).await?;
        return json(&all.iter().map(|(endpoint, waiting)| EndpointView::of(endpoint, *waiting)).collect::<Vec<_>>());
    }
    show(&town, &visit, StatusCode::OK, &NewEndpoint::default(), FormErrors::default()).await
}

async fn load(town: &Town) -> Answer<Vec<(Endpoint, i64)>> {
    let look = town.db().read(|tx| {
        let all = store::all(tx)?;
        all.into_iter().map(|one| store::waiting_count(tx, one.id, WAITING_LIMIT).map(|count| (one, count))).collect()
    });
    look.await.map_err(|error: DbError| Stop::from(error))
}

async fn show(town: &Town, visit: &Visit, status: StatusCode, typed: &NewEndpoint, errors: FormErrors) -> Answer {
    let rows = load(town).await?.iter().map(|(endpoint, waiting)| row(visit, endpoint, *waiting)).collect();
    let mut names: Vec<&str> = town.part::<Catalogue>().sayings.iter().map(|saying| saying.name).collect();
    names.sort_unstable();
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, visit.t.say("webhooks-title")).twins(visit, &[Wants::Json]),
            errors,
            rows,
            url: typed.url.clone(),
            note: typed.note.clone(),
            kinds: names.into_iter().map(|name| kind_choice(name, typed)).collect(),
        },
    )
}

fn kind_choice(name: &str, typed: &NewEndpoint) -> Choice {
    let chosen = typed.kinds.iter().any(|kind| kind == name);
    Choice { value: name.to_owned(), label: name.to_owned(), detail: String::new(), chosen }
}

fn row(visit: &Visit, endpoint: &Endpoint, waiting: i64) -> Row {
    let (state, chip) = state_words(visit, endpoint);
    Row {
        id: endpoint.id.text(),
        host: host_of(&endpoint.url),
        note: endpoint.note.clone(),
        state,
        chip,
        waiting: web::dates::number(waiting, visit.t.language()),
    }
}

/// Where it stands in words, and the colour of the chip.
pub(super) fn state_words(visit: &Visit, endpoint: &Endpoint) -> (String, &'static str) {
    let fails = endpoint.state == crate::State::Active && endpoint.failures > 0;
    let key = if fails { "webhooks-state-failing".to_owned() } else { format!("webhooks-state-{}", endpoint.state) };
    let chip = match endpoint.state {
        crate::State::Active if !fails => "g",
        crate::State::Paused => "",
        _ => "y",
    };
    (visit.t.say(&key).to_owned(), chip)
}

/// What people know an address by.
pub(super) fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default().to_owned()
}

/// POST /admin/webhooks: the one page that shows the secret.
pub async fn add(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let new = NewEndpoint {
        url: form.text("url").unwrap_or_default().to_owned(),
        note: form.text("note").unwrap_or_default().to_owned(),
        kinds: form.all("kinds").map(str::to_owned).collect(),
    };
    match commands::add(&town, new.clone()).await {
        Ok((endpoint, secret)) if visit.wants == Wants::Json => {
            let view = AddedView { webhook: EndpointView::of(&endpoint, 0), secret: secret.text() };
            json_with(StatusCode::CREATED, &view).map(never_kept)
        }
        Ok((endpoint, secret)) => secret_page(&town, &visit, &endpoint, &secret),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show(&town, &visit, StatusCode::UNPROCESSABLE_ENTITY, &new, errors).await
        }
        Err(stop) => Err(stop),
    }
}

/// The secret, once.
pub(super) fn secret_page(town: &Town, visit: &Visit, endpoint: &Endpoint, secret: &Secret) -> Answer {
    let answer = page(&SecretPage {
        frame: Frame::new(town, visit, visit.t.say("webhooks-secret-title")),
        url: endpoint.url.clone(),
        secret: secret.text(),
        back: format!("/admin/webhooks/{}", endpoint.id),
    });
    answer.map(never_kept)
}

/// Secrets are in no cache.
fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
