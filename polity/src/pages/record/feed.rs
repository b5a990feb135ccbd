//! The record as it grows.

use super::sentence;
use crate::serve::Stopping;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, stream};
use serde_json::{Value, json};
use std::{convert::Infallible, time::Duration};
use web::{Answer, Doc, Town, Visit, manifest::Catalogue, openapi::text_schema};

/// Entries one event tells of, when very many come at once.
const TOLD_AT_ONCE: u32 = 20;
/// How often a quiet stream shows that it lives.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// Where a stream of news is.
struct Place {
    town: Town,
    visit: Visit,
    next: u64,
    stopping: tokio::sync::watch::Receiver<bool>,
    news: tokio::sync::watch::Receiver<Option<std::sync::Arc<record::SignedCheckpoint>>>,
}

/// GET /record/feed: new entries as they get their places, with the rooms' numbers (HTML, 9.2 server-sent events).
pub async fn feed(State(town): State<Town>, visit: Visit) -> Answer {
    let (stopping, mut news) = (town.part::<Stopping>().heard(), town.record().news());
    let next = news.borrow_and_update().as_ref().map_or(0, |checkpoint| checkpoint.size);
    let place = Place { town, visit, next, stopping, news };
    let mut answer = Sse::new(events(place)).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn events(place: Place) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(place, |mut place| async move {
        tokio::select! {
            changed = place.news.changed() => changed.ok()?,
            _ = place.stopping.wait_for(|stop| *stop) => return None,
        }
        let event = tell(&mut place).await;
        Some((Ok(event), place))
    })
}

/// The newest entry and the numbers, as the islands read them.
async fn tell(place: &mut Place) -> Event {
    let from = place.next;
    let entries = place
        .town
        .db()
        .read(move |tx| record::from(tx, from, TOLD_AT_ONCE))
        .await
        .unwrap_or_else(|_: database::DbError| Vec::new());
    place.next = place.news.borrow_and_update().as_ref().map_or(from, |checkpoint| checkpoint.size);
    // The rooms count as followers of the record, a moment after it.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let language = place.visit.t.language();
    let mut news = serde_json::Map::new();
    for (room, numbers) in &place.town.part::<Catalogue>().numbers {
        news.insert((*room).to_owned(), numbers(&place.town, language));
    }
    if let Some(entry) = entries.last() {
        let href = format!("/record/{}", entry.position);
        news.insert("entry".to_owned(), json!({"text": sentence(&place.town, entry, language), "href": href}));
    }
    Event::default().event("entry").data(Value::Object(news).to_string())
}

/// How the feed is described.
pub fn feed_doc() -> Doc {
    Doc::new("record", "New entries as they come (server-sent events)").answers(
        200,
        "text/event-stream",
        "Events named entry, with JSON.",
        text_schema(),
    )
}
