//! One endpoint with its deliveries, and what can be done with it.

use super::{
    list::{host_of, secret_page, state_words},
    views::{DeliveryView, EndpointView, ShowView},
};
use crate::{
    State as EndpointState, commands, deliver,
    model::{Delivery, DeliveryState, Endpoint, WAITING_LIMIT},
    payload, store,
};
use axum::{extract::State, http::StatusCode};
use civic::WebhookId;
use database::{Cursor, DbError, Page};
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    paging,
    parts::Crumb,
    visit::{Path, Query},
};

/// Deliveries of a page for people.
const SHOWN: &str = "50";

/// Which page of deliveries.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
    limit: String,
}

#[derive(askama::Template)]
#[template(path = "webhooks_show.html")]
struct ShowPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    id: String,
    url: String,
    note: String,
    kinds: String,
    state: String,
    chip: &'static str,
    failing: String,
    goes: bool,
    waiting: i64,
    rows: Vec<Row>,
    from: String,
    to: String,
    first: String,
    next: String,
}

struct Row {
    position: i64,
    is_test: bool,
    saying: String,
    state: String,
    chip: &'static str,
    when: String,
    attempts: i64,
    answer: String,
}

#[derive(askama::Template)]
#[template(path = "webhooks_remove.html")]
struct RemovePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    id: String,
    url: String,
}

struct Loaded {
    endpoint: Endpoint,
    waiting: i64,
    deliveries: Page<Delivery>,
}

fn read_id(text: &str) -> Answer<WebhookId> {
    text.parse().map_err(|_| Stop::NotFound)
}

async fn load(town: &Town, id: WebhookId, after: Option<Cursor>, limit: u32) -> Answer<Loaded> {
    let look = town.db().read(move |tx| {
        let endpoint = store::by_id(tx, id)?.ok_or(DbError::NotFound)?;
        let waiting = store::waiting_count(tx, id, WAITING_LIMIT)?;
        let deliveries = store::newest(tx, id, after.as_ref(), limit)?;
        Ok::<_, DbError>(Loaded { endpoint, waiting, deliveries })
    });
    look.await.map_err(Stop::from)
}

/// GET /admin/webhooks/{id}
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let limit = if asked.limit.is_empty() { SHOWN } else { asked.limit.as_str() };
    let (after, limit) = paging::read(Some(&asked.after), Some(limit))?;
    let begins = after.is_none();
    let loaded = load(&town, read_id(&id)?, after, limit).await?;
    if visit.wants == Wants::Json {
        return json(&ShowView {
            webhook: EndpointView::of(&loaded.endpoint, loaded.waiting),
            deliveries: loaded.deliveries.items.iter().map(DeliveryView::of).collect(),
            next: loaded.deliveries.next.as_ref().map(Cursor::encode),
        });
    }
    page(&show_page(&town, &visit, &loaded, begins, FormErrors::default(), ("", "")))
}

fn show_page(
    town: &Town,
    visit: &Visit,
    loaded: &Loaded,
    begins: bool,
    errors: FormErrors,
    (from, to): (&str, &str),
) -> ShowPage {
    let endpoint = &loaded.endpoint;
    let own = format!("/admin/webhooks/{}", endpoint.id);
    let (state, chip) = state_words(visit, endpoint);
    let failing = endpoint.failing_since.map(|since| {
        visit.t.with2("webhooks-failing", "since", visit.date_time(since), "next", visit.date_time(endpoint.next_at))
    });
    ShowPage {
        frame: Frame::new(town, visit, host_of(&endpoint.url)).twins(visit, &[Wants::Json]),
        errors,
        crumbs: crumbs(visit, endpoint, ""),
        id: endpoint.id.text(),
        url: endpoint.url.clone(),
        note: endpoint.note.clone(),
        kinds: endpoint.kinds.join(", "),
        state,
        chip,
        failing: failing.filter(|_| endpoint.state == EndpointState::Active).unwrap_or_default(),
        goes: endpoint.state == EndpointState::Active,
        waiting: loaded.waiting,
        rows: loaded.deliveries.items.iter().map(|one| row(visit, one)).collect(),
        from: from.to_owned(),
        to: to.to_owned(),
        first: if begins { String::new() } else { own.clone() },
        next: loaded.deliveries.next.as_ref().map(|next| format!("{own}?after={}", next.encode())).unwrap_or_default(),
    }
}

fn crumbs(visit: &Visit, endpoint: &Endpoint, here: &str) -> Vec<Crumb> {
    let (list, own) = ("/admin/webhooks".to_owned(), format!("/admin/webhooks/{}", endpoint.id));
    let list = Crumb { href: list, label: visit.t.say("webhooks-title").to_owned() };
    let host = host_of(&endpoint.url);
    if here.is_empty() {
        return vec![list, Crumb { href: String::new(), label: host }];
    }
    vec![list, Crumb { href: own, label: host }, Crumb { href: String::new(), label: here.to_owned() }]
}

fn row(visit: &Visit, delivery: &Delivery) -> Row {
    let chip = match delivery.state {
        DeliveryState::Delivered => "g",
        DeliveryState::Refused => "y",
        DeliveryState::Waiting => "",
    };
    let answer = match (delivery.status, delivery.error.as_str()) {
        (Some(status), _) => status.to_string(),
        (None, error) => error.to_owned(),
    };
    Row {
        position: delivery.position,
        is_test: delivery.saying == payload::TEST,
        saying: delivery.saying.clone(),
        state: visit.t.say(&format!("webhooks-delivery-{}", delivery.state)).to_owned(),
        chip,
        when: visit.date_time(delivery.tried_at.unwrap_or(delivery.made_at)),
        attempts: delivery.attempts,
        answer,
    }
}

/// Back to the endpoint, with a sentence.
fn back(id: WebhookId, key: &'static str) -> Answer {
    see_other_saying(&format!("/admin/webhooks/{id}"), key)
}

/// POST /admin/webhooks/{id}/test
pub async fn test(State(town): State<Town>, Path(id): Path<String>) -> Answer {
    let endpoint = commands::endpoint(&town, read_id(&id)?).await?;
    deliver::test(&town, &endpoint).await.map_err(Stop::from)?;
    back(endpoint.id, "webhooks-tested")
}

/// POST /admin/webhooks/{id}/pause
pub async fn pause(State(town): State<Town>, Path(id): Path<String>) -> Answer {
    let id = read_id(&id)?;
    commands::set_state(&town, id, EndpointState::Paused).await?;
    back(id, "webhooks-paused")
}

/// POST /admin/webhooks/{id}/resume
pub async fn resume(State(town): State<Town>, Path(id): Path<String>) -> Answer {
    let id = read_id(&id)?;
    commands::set_state(&town, id, EndpointState::Active).await?;
    back(id, "webhooks-resumed")
}

/// POST /admin/webhooks/{id}/rotate
pub async fn rotate(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id = read_id(&id)?;
    let secret = commands::rotate(&town, id).await?;
    secret_page(&town, &visit, &commands::endpoint(&town, id).await?, &secret)
}

/// POST /admin/webhooks/{id}/replay: a range of places.
pub async fn replay(State(town): State<Town>, visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = read_id(&id)?;
    let (from, to) = (form.text("from").unwrap_or_default(), form.text("to").unwrap_or_default());
    let number = |text: &str, field| text.parse::<u64>().map_err(|_| Refusal::new("webhooks-place").at(field));
    let done = match (number(from, "from"), number(to, "to")) {
        (Ok(from), Ok(to)) => commands::replay(&town, id, from, to).await.map(|_| ()),
        (from, to) => Err(Stop::Refused([from.err(), to.err()].into_iter().flatten().collect())),
    };
    match done {
        Ok(()) => back(id, "webhooks-replayed"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let loaded = load(&town, id, None, 50).await?;
            let errors = FormErrors::of(&refusals, &visit.t);
            let shown = show_page(&town, &visit, &loaded, true, errors, (from, to));
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /admin/webhooks/{id}/replay/{position}
pub async fn replay_one(State(town): State<Town>, Path((id, position)): Path<(String, i64)>) -> Answer {
    let id = read_id(&id)?;
    commands::replay_one(&town, id, position).await?;
    back(id, "webhooks-replayed")
}

/// GET /admin/webhooks/{id}/remove
pub async fn ask_to_remove(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let endpoint = commands::endpoint(&town, read_id(&id)?).await?;
    let title = visit.t.say("webhooks-remove");
    page(&RemovePage {
        frame: Frame::new(&town, &visit, title),
        crumbs: crumbs(&visit, &endpoint, title),
        id: endpoint.id.text(),
        url: endpoint.url,
    })
}

/// POST /admin/webhooks/{id}/remove
pub async fn remove(State(town): State<Town>, Path(id): Path<String>) -> Answer {
    commands::remove(&town, read_id(&id)?).await?;
    see_other_saying("/admin/webhooks", "webhooks-removed")
}
