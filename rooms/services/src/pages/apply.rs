//! An application begins.

use crate::{
    acts,
    commands::{self, DRAFT_DAYS},
    model::Channel,
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json_with, page, see_other},
    forms::Submission,
    parts::{Choice, Crumb},
    visit::Path,
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
    errors: web::forms::FormErrors,
    is_known: bool,
}

/// GET /services/{code}/apply
pub async fn start(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let asked = code.clone();
    let service = town
        .db()
        .read(move |tx| Ok::<_, Stop>(store::service(tx, &asked)?.filter(|one| one.published.is_some())))
        .await?
        .ok_or(Stop::NotFound)?;
    let definition = service.published.as_ref().ok_or(Stop::NotFound)?;
    let t = &visit.t;
    let is_clerk = visit.actor.may_for(&acts::HANDLE, Some(service.organisation));
    if definition.form.pages.is_empty() || !(definition.online || is_clerk) {
        return Err(Refusal::new("service-not-online").into());
    }
    let title = definition.title.in_language(t.language()).to_owned();
    let channel = |channel: &Channel| Choice {
        value: channel.word().to_owned(),
        label: t.say(&format!("sv-as-{}", channel.word())).to_owned(),
        detail: String::new(),
        chosen: *channel == Channel::Counter,
    };
    page(&StartPage {
        frame: Frame::new(&town, &visit, t.with1("sv-apply-title", "service", title.as_str())),
        crumbs: vec![
            Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
            Crumb { href: format!("/services/{code}"), label: title.clone() },
            Crumb { href: String::new(), label: t.say("sv-apply").to_owned() },
        ],
        need: crate::views::lines(definition, t.language()),
        pages: t.with1("sv-apply-pages", "count", definition.form.pages.len()),
        kept: t.with1("sv-apply-kept", "days", i64::from(DRAFT_DAYS)),
        channels: if is_clerk { Channel::ALL.iter().rev().map(channel).collect() } else { Vec::new() },
        errors: web::forms::FormErrors::default(),
        is_known: visit.actor.person.is_some() && !is_clerk,
        code,
        title,
    })
}

/// POST /services/{code}/apply
pub async fn begin(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let channel = form.text("channel").map_or(Some(Channel::Online), Channel::of_word);
    let channel = channel.ok_or_else(|| Refusal::new("answer-choice").at("channel").with("question", "channel"))?;
    let mut actor = visit.actor.clone();
    actor.language = visit.t.language();
    let begun = commands::begin(&town, actor, code, channel).await?;
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
