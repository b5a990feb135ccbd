//! An application begins.

use super::own::title_of;
use crate::{
    acts,
    commands::{self, DRAFT_DAYS},
    model::{Channel, Definition},
    prefill::{self, Origin},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, json_with, page, see_other},
    forms::Submission,
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

#[derive(askama::Template)]
#[template(path = "apply_start.html")]
struct StartPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    need: Vec<String>,
    pages: String,
    kept: String,
    channels: Vec<Choice>,
    offers: Vec<Choice>,
    in_pilot: bool,
    /// What a clerk is told who has a form of paper before them.
    paper: Vec<String>,
    errors: web::forms::FormErrors,
    is_known: bool,
}

/// Whether somebody comes by the code of a form of paper.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The version that was printed.
    paper: Option<i64>,
}

/// GET /services/{code}/apply
pub async fn start(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(came): Query<Asked>,
) -> Answer {
    let asked = code.clone();
    let service = town
        .db()
        .read(move |tx| Ok::<_, Stop>(store::service(tx, &asked)?.filter(|one| one.published.is_some())))
        .await?
        .ok_or(Stop::NotFound)?;
    let definition = service.published.clone().ok_or(Stop::NotFound)?;
    let t = &visit.t;
    let is_clerk = visit.actor.may_for(&acts::HANDLE, Some(service.organisation));
    if definition.form.pages.is_empty() || !(definition.online || is_clerk) {
        return Err(Refusal::new("service-not-online").into());
    }
    let offers = offers(&town, &visit, &definition, is_clerk).await?;
    if visit.wants == Wants::Json {
        return Ok(private(json(&StartView { pages: definition.form.pages.len(), offers })?));
    }
    let title = definition.title.in_language(t.language()).to_owned();
    let channel = |channel: &Channel| Choice {
        value: channel.word().to_owned(),
        label: t.say(&format!("sv-as-{}", channel.word())).to_owned(),
        detail: String::new(),
        chosen: *channel == Channel::Counter,
    };
    let offered = |offer: OfferView| Choice {
        value: offer.name,
        label: offer.question,
        detail: t.with2("sv-prefill-offer", "answer", offer.answer, "from", offer.from),
        chosen: false,
    };
    let answer = page(&StartPage {
        frame: Frame::new(&town, &visit, t.with1("sv-apply-title", "service", title.as_str())),
        crumbs: vec![
            Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
            Crumb { href: format!("/services/{code}"), label: title.clone() },
            Crumb { href: String::new(), label: t.say("sv-apply").to_owned() },
        ],
        need: crate::views::lines(&definition, t.language()),
        pages: t.with1("sv-apply-pages", "count", definition.form.pages.len()),
        kept: t.with1("sv-apply-kept", "days", i64::from(DRAFT_DAYS)),
        channels: if is_clerk { Channel::ALL.iter().rev().map(channel).collect() } else { Vec::new() },
        errors: web::forms::FormErrors::default(),
        is_known: visit.actor.person.is_some() && !is_clerk,
        offers: offers.into_iter().map(offered).collect(),
        paper: came.paper.filter(|_| is_clerk).map(|number| on_paper(t, number, service.number)).unwrap_or_default(),
        in_pilot: super::pilot::of(&town, &code).await?.1,
        code,
        title,
    })?;
    Ok(private(answer))
}

/// How a form of paper is typed in, and that another version is in force by now.
fn on_paper(t: &web::Sayings, printed: i64, in_force: i64) -> Vec<String> {
    let mut lines = vec![t.say("sv-paper-type-in").to_owned()];
    if printed != in_force {
        lines.push(t.with2("sv-paper-older", "printed", printed, "number", in_force));
    }
    lines
}

/// What one is told before one begins, for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StartView {
    /// How many pages the form has at most.
    pub pages: usize,
    /// Answers that the town already holds about the signed-in person; those whose names are sent as `take` are taken over.
    pub offers: Vec<OfferView>,
}

/// An answer that the town already holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OfferView {
    /// The name of the question.
    pub name: String,
    /// The question.
    pub question: String,
    /// The answer in words.
    pub answer: String,
    /// Where it comes from, in words.
    pub from: String,
}

async fn offers(town: &Town, visit: &Visit, definition: &Definition, is_clerk: bool) -> Result<Vec<OfferView>, Stop> {
    let Some(person) = visit.actor.person.filter(|_| !is_clerk) else { return Ok(Vec::new()) };
    let (own, form) = (town.clone(), definition.form.clone());
    let read =
        move |tx: &mut database::Tx<'_>| Ok((prefill::offers(tx, &own, person, &form)?, store::services_all(tx)?));
    let (offers, services) = town.db().read(read).await.map_err(|error: database::DbError| Stop::from(error))?;
    let t = &visit.t;
    let view = |offer: prefill::Offer| {
        let (_, field) = definition.form.field(&offer.name)?;
        let from = match &offer.origin {
            Origin::Account => t.say("sv-prefill-account").to_owned(),
            Origin::Application { code, service, filed_at } => {
                let values = [
                    ("service", title_of(&services, service, t.language()).into()),
                    ("code", code.as_str().into()),
                    ("date", visit.date(*filed_at).into()),
                ];
                t.with("sv-prefill-application", &values)
            }
        };
        let (question, answer) =
            (field.label.in_language(t.language()).to_owned(), forms::shown(field, &offer.value, t, town));
        Some(OfferView { name: offer.name, question, answer, from })
    };
    Ok(offers.into_iter().filter_map(view).collect())
}

/// POST /services/{code}/apply
pub async fn begin(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let channel = form.text("channel").map_or(Some(Channel::Online), Channel::of_word);
    let channel = channel.ok_or_else(|| Refusal::new("answer-choice").at("channel").with("question", "channel"))?;
    let ticked: Vec<String> = form.all("take").map(str::to_owned).collect();
    let mut actor = visit.actor.clone();
    actor.language = visit.t.language();
    let begun = commands::begin(&town, actor, code, channel, ticked).await?;
    let path = format!("/apply/{}/{}", begun.secret, begun.page);
    if visit.wants == Wants::Json {
        return json_with(
            axum::http::StatusCode::CREATED,
            &serde_json::json!({"draft": begun.secret, "url": town.url(&path)}),
        );
    }
    Ok(private(see_other(&path)?))
}

/// Keeps an answer out of every cache. Its address stays out of referrers by a `meta` of its template.
pub(super) fn private(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
