//! How far a file is: a page that looks again by itself, its twin, a stream for pages that stay open, and the way to stop it.

use super::{Intake, Outcome, run::cancel};
use crate::{acts, commands::may_alter, model::Dataset, store};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{
        IntoResponse as _,
        sse::{Event, KeepAlive, Sse},
    },
};
use database::DbError;
use futures_util::{Stream, stream};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::{convert::Infallible, time::Duration};
use tables::Step;
use tokio::sync::watch;
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{json as json_answer, json_with, page, see_other, see_other_saying},
    dates::number,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Crumb,
    stopping::Stopping,
    visit::Path,
};

/// How often a page that stays open is told.
const TELL_EVERY: Duration = Duration::from_millis(500);
/// How often a stream says that it is still there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(25);
/// Intakes that the form of a dataset shows.
const SHOWN: u32 = 20;

/// How far a file is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IntakeView {
    /// Its id.
    pub id: String,
    /// Its page.
    pub url: String,
    /// The name of the dataset.
    pub dataset: String,
    /// What the file is called.
    pub file_name: String,
    /// How many bytes it has; 0 while that is not known.
    pub size_bytes: u64,
    /// waiting, done, cancelled or refused.
    pub state: String,
    /// waiting, fetching, opening, looking (at every cell) or writing (rows).
    pub step: String,
    /// How many parts of the step are done: bytes while fetching, lines while looking, rows while writing.
    pub done: i64,
    /// Of how many; 0 where that is not known.
    pub of: i64,
    /// How much of all the work is done.
    pub percent: i64,
    /// Why it was refused.
    pub trouble: String,
    /// When it was handed in (RFC 3339).
    pub made_at: String,
}

/// An intake on the form of its dataset.
pub struct Line {
    pub href: String,
    pub label: String,
    pub text: String,
}

#[derive(askama::Template)]
#[template(path = "intake.html")]
struct IntakePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    own: String,
    file: String,
    is_waiting: bool,
    is_done: bool,
    percent: i64,
    percent_text: String,
    text: String,
    trouble: String,
}

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    let doc = Doc::new("data", "How far a file is that is being taken in")
        .path("name", "The dataset.", text_schema())
        .path("id", "The intake.", text_schema())
        .answers(200, "application/json", "How far it is.", schema_of::<IntakeView>());
    vec![
        Route::get("/data/{name}/intakes/{id}", acts::PUBLISH, show).twins(&[Wants::Json]).documented(doc),
        Route::get("/data/{name}/intakes/{id}/feed", acts::PUBLISH, feed).for_machines().unmetered(),
        Route::post("/data/{name}/intakes/{id}/cancel", acts::PUBLISH, stop),
    ]
}

/// Leads to the page of an intake that was just begun: 303 for people, 202 with how far it is for programs.
///
/// # Errors
/// Those of the database.
pub async fn see(town: &Town, visit: &Visit, dataset: &Dataset, id: &str) -> Answer {
    let own = path(dataset, id);
    if visit.wants == Wants::Html {
        return see_other(&own);
    }
    let intake = read(town, id.to_owned()).await?.ok_or(Stop::NotFound)?;
    let mut answer = json_with(StatusCode::ACCEPTED, &view(town, dataset, &intake))?;
    let to = HeaderValue::from_str(&town.url(&format!("{own}.json"))).map_err(Stop::fault)?;
    answer.headers_mut().insert(header::LOCATION, to);
    Ok(answer)
}

/// What is being taken in for a dataset, or was refused within a day.
///
/// # Errors
/// Those of the database.
pub async fn lines(town: &Town, visit: &Visit, dataset: &Dataset) -> Result<Vec<Line>, Stop> {
    let (id, since) = (dataset.id.clone(), town.now().plus_days(-1));
    let read = town.db().read(move |tx| store::intakes_of(tx, &id, since, SHOWN)).await;
    let all = read.map_err(|error: DbError| Stop::from(error))?;
    let line = |one: &Intake| Line {
        href: path(dataset, &one.id),
        label: label(one),
        text: if one.trouble.is_empty() { text(visit, one) } else { one.trouble.clone() },
    };
    Ok(all.iter().map(line).collect())
}

/// GET /data/{name}/intakes/{id}
async fn show(State(town): State<Town>, visit: Visit, Path((name, id)): Path<(String, String)>) -> Answer {
    let (dataset, intake) = own(&town, &visit, &name, id).await?;
    if visit.wants == Wants::Json {
        return json_answer(&view(&town, &dataset, &intake));
    }
    let t = &visit.t;
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    page(&IntakePage {
        frame: Frame::new(&town, &visit, t.say("data-intake-title")).twins(&visit, &[Wants::Json]),
        crumbs: vec![
            crumb("/data".to_owned(), t.say("open-data-title")),
            crumb(format!("/data/{}/edit", dataset.name), dataset.meta.title.in_language(t.language())),
            crumb(String::new(), t.say("data-intake-title")),
        ],
        own: path(&dataset, &intake.id),
        name: dataset.name,
        file: label(&intake),
        is_waiting: intake.outcome == Outcome::Waiting,
        is_done: intake.outcome == Outcome::Done,
        percent: intake.percent,
        percent_text: percent(&visit, &intake),
        text: text(&visit, &intake),
        trouble: intake.trouble,
    })
}

/// POST /data/{name}/intakes/{id}/cancel
async fn stop(State(town): State<Town>, visit: Visit, Path((name, id)): Path<(String, String)>) -> Answer {
    let (dataset, intake) = own(&town, &visit, &name, id).await?;
    let id = intake.id.clone();
    cancel(&town, intake).await?;
    if visit.wants == Wants::Html {
        return see_other_saying(&format!("/data/{}/edit", dataset.name), "flash-data-intake-cancelled");
    }
    let intake = read(&town, id).await?.ok_or(Stop::NotFound)?;
    json_answer(&view(&town, &dataset, &intake))
}

struct Place {
    town: Town,
    visit: Visit,
    dataset: Dataset,
    id: String,
    is_over: bool,
    stopping: watch::Receiver<bool>,
}

/// GET /data/{name}/intakes/{id}/feed
async fn feed(State(town): State<Town>, visit: Visit, Path((name, id)): Path<(String, String)>) -> Answer {
    let (dataset, intake) = own(&town, &visit, &name, id).await?;
    let stopping = town.part::<Stopping>().heard();
    let place = Place { town, visit, dataset, id: intake.id, is_over: false, stopping };
    let mut answer = Sse::new(events(place)).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn events(place: Place) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(place, |mut place| async move {
        tokio::select! {
            () = tokio::time::sleep(TELL_EVERY) => {}
            _ = place.stopping.wait_for(|stop| *stop) => return None,
        }
        // After the last word the stream stays open and silent: a browser would come again at once.
        if place.is_over {
            let _ = place.stopping.wait_for(|stop| *stop).await;
            return None;
        }
        let intake = read(&place.town, place.id.clone()).await.ok()??;
        place.is_over = intake.outcome != Outcome::Waiting;
        let event = Event::default().event("entry").data(news(&place, &intake).to_string());
        Some((Ok(event), place))
    })
}

fn news(place: &Place, intake: &Intake) -> serde_json::Value {
    let percent_now = if intake.outcome == Outcome::Done { 100 } else { intake.percent };
    let mut news = json!({
        "bar": percent_now, "percent": percent(&place.visit, intake), "text": text(&place.visit, intake),
    });
    if intake.outcome != Outcome::Waiting {
        let next = place.visit.t.say("data-intake-next");
        news["over"] = json!({"text": next, "href": path(&place.dataset, &intake.id)});
    }
    news
}

async fn own(town: &Town, visit: &Visit, name: &str, id: String) -> Result<(Dataset, Intake), Stop> {
    let dataset = may_alter(town, &visit.actor, name)?;
    let intake = read(town, id).await?.filter(|one| one.dataset == dataset.id).ok_or(Stop::NotFound)?;
    Ok((dataset, intake))
}

async fn read(town: &Town, id: String) -> Result<Option<Intake>, Stop> {
    town.db().read(move |tx| store::intake(tx, &id)).await.map_err(|error: DbError| error.into())
}

fn path(dataset: &Dataset, id: &str) -> String {
    format!("/data/{}/intakes/{id}", dataset.name)
}

fn label(intake: &Intake) -> String {
    let names = [&intake.doing.name, &intake.doing.file_name, &intake.url];
    names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default()
}

fn percent(visit: &Visit, intake: &Intake) -> String {
    let percent = if intake.outcome == Outcome::Done { 100 } else { intake.percent };
    visit.t.with1("data-intake-percent", "count", number(percent, visit.t.language()))
}

/// What is being done, or what came of it.
fn text(visit: &Visit, intake: &Intake) -> String {
    let (t, language) = (&visit.t, visit.t.language());
    match intake.outcome {
        Outcome::Done => return t.say("data-intake-done").to_owned(),
        Outcome::Cancelled => return t.say("data-intake-cancelled").to_owned(),
        Outcome::Refused => return t.say("data-intake-refused").to_owned(),
        Outcome::Waiting => {}
    }
    let values = [("done", number(intake.done, language).into()), ("of", number(intake.whole, language).into())];
    match intake.step {
        Step::Waiting => t.say("data-intake-waiting").to_owned(),
        Step::Opening => t.say("data-intake-opening").to_owned(),
        Step::Fetching if intake.whole == 0 => t.with("data-intake-fetching-some", &values),
        Step::Fetching => t.with("data-intake-fetching", &values),
        Step::Looking => t.with("data-intake-looking", &values),
        Step::Writing => t.with("data-intake-writing", &values),
    }
}

fn view(town: &Town, dataset: &Dataset, intake: &Intake) -> IntakeView {
    IntakeView {
        id: intake.id.clone(),
        url: town.url(&path(dataset, &intake.id)),
        dataset: dataset.name.clone(),
        file_name: intake.doing.file_name.clone(),
        size_bytes: intake.doing.size_bytes,
        state: intake.outcome.word().to_owned(),
        step: intake.step.word().to_owned(),
        done: intake.done,
        of: intake.whole,
        percent: if intake.outcome == Outcome::Done { 100 } else { intake.percent },
        trouble: intake.trouble.clone(),
        made_at: intake.made_at.rfc3339(),
    }
}
