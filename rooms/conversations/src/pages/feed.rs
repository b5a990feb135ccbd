//! Pages that stay open hear when a conversation's map is drawn anew (HTML, 9.2 server-sent events).

use super::known;
use crate::books::Books;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{
        IntoResponse as _,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, stream};
use serde_json::json;
use std::{convert::Infallible, time::Duration};
use tokio::sync::watch;
use web::{Answer, Town, Visit, dates::number, stopping::Stopping, visit::Path};

/// How often a stream says that it is still there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(25);

struct Place {
    town: Town,
    visit: Visit,
    code: String,
    seen: (i64, i64),
    news: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
}

/// GET /conversations/{code}/feed
pub async fn feed(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let place = Place {
        seen: (known.map_version, known.conversation.version),
        news: town.part::<Books>().heard(),
        stopping: town.part::<Stopping>().heard(),
        town,
        visit,
        code,
    };
    let mut answer = Sse::new(events(place)).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn events(place: Place) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(place, |mut place| async move {
        loop {
            tokio::select! {
                changed = place.news.changed() => changed.ok()?,
                _ = place.stopping.wait_for(|stop| *stop) => return None,
            }
            if let Some(event) = tell(&mut place) {
                return Some((Ok(event), place));
            }
        }
    })
}

/// What changed, when it is this conversation.
fn tell(place: &mut Place) -> Option<Event> {
    let known = place.town.part::<Books>().get(&place.code)?;
    let now = (known.map_version, known.conversation.version);
    if now == place.seen {
        return None;
    }
    place.seen = now;
    let language = place.visit.t.language();
    let count = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let (people, answers) = known.map.as_ref().map_or((0, 0), |map| (map.people, map.reactions));
    let news = json!({
        "map": known.map_version, "people": count(people), "answers": count(answers), "statements": count(known.asked.len()),
    });
    Some(Event::default().event("entry").data(news.to_string()))
}
