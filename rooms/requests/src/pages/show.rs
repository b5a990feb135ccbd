//! The page of one request.

mod life;

pub(crate) use life::step_key;
pub(super) use life::{kept, thread};

use super::{list::chip, moderated};
use crate::{
    decide::{NEIGHBOURS, OwnFacts, may_reopen},
    model::{HistoryStep, REQUEST, STEP, ServiceRequest},
    room::Books,
    store,
    views::{AnswerView, Eyes, RequestRow, RequestView, headline},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use civic::{Actor, Subject};
use commons::{comments::SeenComment, moderation::Notice, thread::Near};
use database::{DbError, Tx};
use life::{Official, Spoken, officials, receipts, rss, spoken};
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, text},
    forms::FormErrors,
    manifest::Catalogue,
    parts::{Crumb, Step},
    visit::Path,
};

/// Everything about a request that its public page shows.
pub(super) struct Matter {
    pub request: ServiceRequest,
    pub steps: Vec<HistoryStep>,
    pub photos: Vec<String>,
    /// The photo of a step, by the step's id.
    pub step_photos: BTreeMap<String, String>,
    pub comments: Vec<SeenComment>,
    /// What moderators have hidden of it.
    pub notices: Vec<Notice>,
    /// The same of what residents said later, by step.
    pub step_notices: BTreeMap<String, Vec<Notice>>,
    pub followers: i64,
    pub not_fixed: i64,
    pub reopened_before: bool,
    pub positions: Vec<(String, u64)>,
    pub same: Same,
    /// The other system it was taken over from, and its id there.
    pub origin: Option<(String, String)>,
    /// What it grew out of and what it led to, in other rooms too.
    pub near: Vec<Near>,
}

/// Other requests that say the same, and how many are affected.
pub(super) struct Same {
    of: Option<ServiceRequest>,
    merged: Vec<ServiceRequest>,
    affected: i64,
}

impl Same {
    fn read(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<Self, DbError> {
        let root = store::root_of(tx, request.clone())?;
        Ok(Self {
            affected: super::me_too::affected(tx, &root)?,
            merged: store::merged_into(tx, request.code.as_str())?,
            of: Some(root).filter(|root| root.id != request.id),
        })
    }
}

#[derive(askama::Template)]
#[template(path = "show.html")]
struct ShowPage {
    frame: Frame,
    errors: FormErrors,
    reason: String,
    not_fixed: Option<String>,
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
    spoken: Vec<Spoken>,
    waiting: String,
    thread: Vec<Step>,
    talk: String,
    notices: Vec<String>,
    may_comment: bool,
    followers: i64,
    opened: String,
    due: String,
    /// What became of earlier promises; empty where the first stands.
    kept: String,
    origin: String,
    updated: String,
    receipts: Vec<(u64, String)>,
    /// Where one hears of what happens around the place; empty where there is no such page, or no place.
    nearby: String,
    at_desk: bool,
    affected: i64,
    same_as: Option<(String, String)>,
    merged: Vec<(String, String)>,
    threads: String,
}

/// GET /requests/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let matter = matter_of(&town, &visit, code).await?;
    let eyes = Eyes::new(&town, visit.t.language());
    match visit.wants {
        Wants::Html => page(&compose(&town, &visit, &eyes, matter, String::new(), FormErrors::default())),
        Wants::Rss => Ok(rss(&town, &visit, &eyes, &matter)),
        _ => json(&view(&town, &visit, &eyes, &matter)),
    }
}

async fn matter_of(town: &Town, visit: &Visit, code: String) -> Result<Matter, Stop> {
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    town.db()
        .read(move |tx| {
            let mut matter = read(tx, &code, &actor)?;
            matter.near = commons::thread::near(&own, tx, &matter.request.subject(), language)?;
            Ok(matter)
        })
        .await
}

/// Reads a request with all that this room has in public about it.
fn read(tx: &mut Tx<'_>, code: &str, reader: &Actor) -> Result<Matter, Stop> {
    let request = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let subject = request.subject();
    let steps = store::steps(tx, request.id, false)?;
    Ok(Matter {
        step_photos: step_photos(tx, &steps)?,
        photos: photos(tx, &subject)?,
        comments: commons::comments::seen_by(tx, &subject, reader)?,
        notices: commons::moderation::notices(tx, &subject)?,
        step_notices: moderated::step_notices(tx, &steps)?,
        steps,
        followers: commons::followers::count(tx, &subject)?,
        not_fixed: store::not_fixed_count(tx, &request)?,
        reopened_before: store::was_reopened_from_outside(tx, request.id)?,
        same: Same::read(tx, &request)?,
        origin: store::origin_of(tx, request.id)?,
        near: Vec::new(),
        positions: record::about(tx, &subject, 200)?.into_iter().map(|entry| (entry.id, entry.position)).collect(),
        request,
    })
}

pub(super) fn photos(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<String>, DbError> {
    commons::files::addresses(tx, subject)
}

/// The photos that agencies put to their words.
fn step_photos(tx: &mut Tx<'_>, steps: &[HistoryStep]) -> Result<BTreeMap<String, String>, DbError> {
    let ids: Vec<&str> = steps.iter().filter(|step| !step.agency.is_empty()).map(|step| step.id.as_str()).collect();
    commons::files::first_addresses(tx, STEP.0, &ids)
}

fn view(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> RequestView {
    let photos = matter.photos.iter().map(|path| town.url(path)).collect();
    let mut view = eyes.view(&matter.request, &matter.steps, photos);
    view.me_too = matter.same.affected;
    view.hidden = moderated::sentences(visit, &matter.notices);
    view.comments = moderated::comment_rows(visit, &matter.comments);
    view.duplicates = matter.same.merged.iter().map(|one| one.code.to_string()).collect();
    for step in &mut view.history {
        step.photo = matter.step_photos.get(&step.id).map(|path| town.url(path));
        step.hidden = moderated::step_notice(visit, &matter.step_notices, &step.id);
    }
    view
}

/// The page once more, with what was typed about a matter that is not fixed and what is wrong with it.
pub(super) async fn page_again(
    town: &Town,
    visit: &Visit,
    code: String,
    reason: String,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let matter = matter_of(town, visit, code).await?;
    page_with(status, &compose(town, visit, &Eyes::new(town, visit.t.language()), matter, reason, errors))
}

fn compose(
    town: &Town,
    visit: &Visit,
    eyes: &Eyes<'_>,
    matter: Matter,
    reason: String,
    errors: FormErrors,
) -> ShowPage {
    let not_fixed = not_fixed(visit, &matter);
    let Matter {
        request,
        steps,
        photos,
        step_photos,
        comments,
        followers,
        positions,
        same,
        origin,
        notices,
        step_notices,
        near,
        ..
    } = matter;
    let named = |one: &ServiceRequest| (one.code.to_string(), headline(&eyes.row(one)));
    let row = eyes.row(&request);
    let headline = headline(&row);
    let t = &visit.t;
    let frame = Frame::new(town, visit, headline.clone()).twins(visit, super::PAGE_TWINS);
    let frame = frame.describe(t.with2("show-description", "what", &headline, "state", t.say(row.state.key())));
    ShowPage {
        errors,
        reason,
        not_fixed,
        crumbs: crumbs(t, &row),
        state: t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        description: request.description.clone(),
        media_url: request.media_url.clone(),
        picture: picture(&request),
        answers: eyes.answers(&request),
        spoken: spoken(visit, &steps, &step_notices),
        notices: moderated::sentences(visit, &notices),
        waiting: waiting_words(town, visit, &request),
        officials: officials(visit, eyes, &request, &steps, &step_photos),
        thread: moderated::with_notices(visit, thread(visit, eyes, &request, &steps), &steps, &notices),
        may_comment: visit.actor.person.is_some(),
        opened: visit.date_time(request.opened_at),
        due: request.due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        kept: kept(visit, &request),
        updated: visit.date_time(request.updated_at),
        origin: origin_words(visit, &request, origin),
        receipts: receipts(visit, &steps, &positions),
        nearby: nearby(town, &request),
        at_desk: may_answer(&visit.actor, &request),
        affected: same.affected,
        same_as: same.of.as_ref().map(named),
        merged: same.merged.iter().map(named).collect(),
        threads: commons::thread::panel(town, visit, &request.subject(), &near),
        talk: commons::talk::comments(visit, &request.subject(), &format!("/requests/{}", row.code), comments),
        frame,
        row,
        headline,
        photos,
        followers,
    }
}

/// The name of the other system; its id there for the desk, because it may say more than is public.
fn origin_words(visit: &Visit, request: &ServiceRequest, origin: Option<(String, String)>) -> String {
    match origin {
        Some((source, id)) if may_answer(&visit.actor, request) => format!("{source} ({id})"),
        Some((source, _)) => source,
        None => String::new(),
    }
}

/// Where neighbours may say that it is not fixed: how many did; `None` where they may not.
fn not_fixed(visit: &Visit, matter: &Matter) -> Option<String> {
    let facts = OwnFacts {
        request: &matter.request,
        asked: false,
        redacted: false,
        reopened_before: matter.reopened_before,
        promised: None,
        after_waiting: None,
        now: visit.at,
    };
    may_reopen(&facts).ok()?;
    Some(visit.t.with2("show-not-fixed-count", "count", matter.not_fixed, "needed", NEIGHBOURS))
}

/// The picture of where it is; empty without a pin.
fn picture(request: &ServiceRequest) -> String {
    places::pin_picture(request.place, request.district.as_deref())
}

/// Where one hears of what happens around a request, in a town that has such a page.
fn nearby(town: &Town, request: &ServiceRequest) -> String {
    const ALERTS: &str = "/alerts";
    let is_there = town.part::<Catalogue>().doors.iter().any(|door| door.href == ALERTS);
    match (request.place, &request.district) {
        _ if !is_there => String::new(),
        (Some(place), _) => format!("{ALERTS}?lat={}&long={}&radius=500", place.lat(), place.long()),
        (None, Some(district)) => {
            format!("{ALERTS}?{}", serde_urlencoded::to_string([("district", district)]).unwrap_or_default())
        }
        (None, None) => String::new(),
    }
}

/// Since when the clock stands still, and when it runs again by itself; empty where it runs.
pub(super) fn waiting_words(town: &Town, visit: &Visit, request: &ServiceRequest) -> String {
    let Some(waiting) = request.waiting else { return String::new() };
    let until = town.part::<Books>().wait_ends(request, &town.settings().calendar);
    let until = until.map_or_else(|| "–".to_owned(), |until| visit.date(until));
    visit.t.with2("show-waiting-text", "date", visit.date(waiting.since), "until", until)
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
