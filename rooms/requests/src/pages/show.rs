//! The page of one request.

use super::list::chip;
use crate::{
    model::{HistoryStep, REQUEST, ServiceRequest},
    store,
    views::{AnswerView, Eyes, RequestRow, RequestView, headline, last_words},
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use civic::{Actor, Subject};
use database::{DbError, Tx};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    feed::{Item, rss_answer},
    parts::{Crumb, Step, StepState},
    visit::Path,
};

/// Comments one page shows.
const COMMENTS_LIMIT: usize = 200;

/// Everything about a request that its public page shows.
pub(super) struct Matter {
    pub request: ServiceRequest,
    pub steps: Vec<HistoryStep>,
    pub photos: Vec<String>,
    pub comments: Vec<commons::comments::Comment>,
    pub followers: i64,
    pub positions: Vec<(String, u64)>,
}

/// An official answer as the page shows it.
struct Official {
    heading: String,
    by: String,
    text: String,
}

#[derive(askama::Template)]
#[template(path = "show.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    row: RequestRow,
    headline: String,
    state: String,
    chip: &'static str,
    description: String,
    answers: Vec<AnswerView>,
    photos: Vec<String>,
    media_url: Option<String>,
    picture: String,
    officials: Vec<Official>,
    reopened: Vec<(String, String)>,
    thread: Vec<Step>,
    comments: Vec<(String, String, String)>,
    may_comment: bool,
    followers: i64,
    opened: String,
    due: String,
    updated: String,
    receipts: Vec<(u64, String)>,
    at_desk: bool,
}

/// GET /requests/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let matter = town.db().read(move |tx| read(tx, &code)).await?;
    let eyes = Eyes::new(&town, visit.t.language());
    match visit.wants {
        Wants::Html => html(&town, &visit, &eyes, matter),
        Wants::Rss => Ok(rss(&town, &visit, &eyes, &matter)),
        _ => json(&view(&town, &eyes, &matter)),
    }
}

/// Reads a request with all that is public about it.
pub(super) fn read(tx: &mut Tx<'_>, code: &str) -> Result<Matter, Stop> {
    let request = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let subject = request.subject();
    Ok(Matter {
        steps: store::steps(tx, request.id, false)?,
        photos: photos(tx, &subject)?,
        comments: commons::comments::public_on(tx, &subject)?,
        followers: commons::followers::count(tx, &subject)?,
        positions: record::about(tx, &subject, 200)?.into_iter().map(|entry| (entry.id, entry.position)).collect(),
        request,
    })
}

pub(super) fn photos(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<String>, DbError> {
    Ok(commons::files::of(tx, subject)?.into_iter().map(|file| format!("/files/{}.jpg", file.id)).collect())
}

fn view(town: &Town, eyes: &Eyes<'_>, matter: &Matter) -> RequestView {
    eyes.view(&matter.request, &matter.steps, matter.photos.iter().map(|path| town.url(path)).collect())
}

fn html(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: Matter) -> Answer {
    let Matter { request, steps, photos, comments, followers, positions } = matter;
    let row = eyes.row(&request);
    let headline = headline(&row);
    let t = &visit.t;
    let frame = Frame::new(town, visit, headline.clone()).twins(visit, super::PAGE_TWINS);
    let frame = frame.describe(t.with2("show-description", "what", &headline, "state", t.say(row.state.key())));
    page(&ShowPage {
        crumbs: crumbs(t, &row),
        state: t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        description: request.description.clone(),
        media_url: request.media_url.clone(),
        picture: picture(&request),
        answers: eyes.answers(&request),
        reopened: reopened(visit, &steps),
        officials: officials(visit, eyes, &request, &steps),
        thread: thread(visit, eyes, &request, &steps),
        may_comment: visit.actor.person.is_some(),
        opened: visit.date_time(request.opened_at),
        due: request.due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        updated: visit.date_time(request.updated_at),
        receipts: receipts(visit, &steps, &positions),
        at_desk: may_answer(&visit.actor, &request),
        comments: comments
            .into_iter()
            .take(COMMENTS_LIMIT)
            .map(|comment| (comment.author_name, visit.date_time(comment.at), comment.text))
            .collect(),
        frame,
        row,
        headline,
        photos,
        followers,
    })
}

/// The picture of where it is; empty without a pin.
fn picture(request: &ServiceRequest) -> String {
    let zoom = request.district.as_deref().unwrap_or_default();
    let of =
        |place: civic::Place| format!("/districts/pin-map.svg?lat={}&long={}&zoom={zoom}", place.lat(), place.long());
    request.place.map(of).unwrap_or_default()
}

/// Whether the reader answers for this request.
pub(super) fn may_answer(actor: &Actor, request: &ServiceRequest) -> bool {
    actor.may_for(&crate::acts::ANSWER, Some(request.organisation))
}

fn crumbs(t: &web::Sayings, row: &RequestRow) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb { href: "/requests".to_owned(), label: t.say("list-title").to_owned() }];
    if let Some(district) = &row.district {
        crumbs.push(Crumb { href: format!("/requests?district={}", district.code), label: district.name.clone() });
    }
    crumbs.push(Crumb { href: String::new(), label: row.code.clone() });
    crumbs
}

/// What the town said in public, newest first.
fn officials(visit: &Visit, eyes: &Eyes<'_>, request: &ServiceRequest, steps: &[HistoryStep]) -> Vec<Official> {
    let spoken = |step: &&HistoryStep| !step.internal && !step.body.is_empty() && !step.agency.is_empty();
    let t = &visit.t;
    let official = |step: &HistoryStep| {
        let last = step.body == last_words(&request.state);
        let key = match step.saying.as_str() {
            "request.resolved" if last => "show-resolved",
            "request.declined" if last => "show-declined",
            "request.extended" => "show-extended",
            _ => "show-answered",
        };
        Official { heading: t.say(key).to_owned(), by: eyes.signature(visit, step), text: step.body.clone() }
    };
    steps.iter().rev().filter(spoken).map(official).collect()
}

/// What the reporter said is not fixed, and when.
fn reopened(visit: &Visit, steps: &[HistoryStep]) -> Vec<(String, String)> {
    let by_reporter = |step: &&HistoryStep| step.saying == "request.reopened" && step.agency.is_empty();
    steps.iter().filter(by_reporter).map(|step| (step.body.clone(), visit.date_time(step.at))).collect()
}

/// The request's life, and what is still to come.
pub(super) fn thread(visit: &Visit, eyes: &Eyes<'_>, request: &ServiceRequest, steps: &[HistoryStep]) -> Vec<Step> {
    let t = &visit.t;
    let last = steps.len().saturating_sub(1);
    let mut thread: Vec<Step> = steps
        .iter()
        .enumerate()
        .map(|(number, step)| {
            let state = match step.saying.as_str() {
                "request.declined" | "request.withdrawn" => StepState::Bad,
                "request.answered" => StepState::Official,
                _ if number == last && request.state.is_open() => StepState::Now,
                _ => StepState::Done,
            };
            Step { state, title: t.say(step_key(&step.saying)).to_owned(), detail: eyes.signature(visit, step) }
        })
        .collect();
    if request.state.is_open() {
        let promised = request.due_at.map(|due| t.with1("step-to-come-by", "date", visit.date(due)));
        let detail = promised.unwrap_or_else(|| t.say("step-to-come-detail").to_owned());
        thread.push(Step { state: StepState::Todo, title: t.say("step-to-come").to_owned(), detail });
    }
    thread
}

/// The Fluent key of a step's title.
pub(crate) fn step_key(saying: &str) -> &'static str {
    match saying {
        "request.opened" => "step-opened",
        "request.assigned" => "step-assigned",
        "request.passed" => "step-passed",
        "request.answered" => "step-answered",
        "request.noted" => "step-noted",
        "request.recategorised" => "step-recategorised",
        "request.relocated" => "step-relocated",
        "request.extended" => "step-extended",
        "request.resolved" => "step-resolved",
        "request.declined" => "step-declined",
        "request.reopened" => "step-reopened",
        "request.edited" => "step-edited",
        _ => "step-withdrawn",
    }
}

/// The places in the record of the steps that have theirs.
fn receipts(visit: &Visit, steps: &[HistoryStep], positions: &[(String, u64)]) -> Vec<(u64, String)> {
    let of = |step: &HistoryStep| positions.iter().find(|(id, _)| *id == step.id).map(|(_, position)| *position);
    steps.iter().filter_map(|step| Some((of(step)?, visit.t.say(step_key(&step.saying)).to_owned()))).collect()
}

fn rss(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> Response {
    let row = eyes.row(&matter.request);
    let items: Vec<Item> = matter
        .steps
        .iter()
        .rev()
        .map(|step| Item {
            title: visit.t.say(step_key(&step.saying)).to_owned(),
            link: row.url.clone(),
            description: step.body.clone(),
            at: step.at,
            id: step.id.clone(),
        })
        .collect();
    let title = format!("{} {}", row.code, headline(&row));
    rss_answer(&title, &town.url(&format!("/requests/{}", row.code)), &title, visit.t.language().tag(), &items)
}

/// GET /requests/{code}/qr.svg: the address of the page, to print and hang up where the matter is.
pub async fn qr(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    let found = town.db().read(move |tx| store::by_code(tx, &code)).await?.ok_or(Stop::NotFound)?;
    let address = town.url(&format!("/requests/{}", found.code));
    let code = qrcode::QrCode::new(address.as_bytes()).map_err(Stop::fault)?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(200, 200).build();
    let mut answer = text("image/svg+xml", svg);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Ok(answer)
}

/// The page of a request's subject kind, for links from elsewhere.
pub(super) fn path(code: &str) -> String {
    format!("/{}s/{code}", REQUEST.0)
}
