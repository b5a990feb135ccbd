//! What became of one subject: for everybody what was done and why, for its author also their own words and the appeal.

use super::{kind_name, log::LineView, page_of, subject};
use crate::moderation::{
    commands, decide,
    model::{APPEAL_DAYS, APPEAL_LIMIT, Case},
    notices::{self, Notice},
    store, watch,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use civic::Subject;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Catalogue,
    parts::{Step, StepState},
    visit::{Path, Query},
};

/// The secret of a private link.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Key {
    key: String,
}

/// What moderators did about a subject, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OfView {
    /// What it is about, as `comment/…`.
    pub subject: String,
    /// What is hidden now, and why, in the reader's language.
    pub hidden: Vec<String>,
    /// Every act, oldest first.
    pub acts: Vec<LineView>,
}

#[derive(askama::Template)]
#[template(path = "moderation_of.html")]
struct OfPage {
    frame: Frame,
    errors: FormErrors,
    kind: String,
    id: String,
    what: String,
    back: String,
    notices: Vec<String>,
    thread: Vec<Step>,
    author: bool,
    words: Vec<(String, String)>,
    photos: Vec<String>,
    notes: Vec<String>,
    may_appeal: bool,
    appeal_promise: String,
    appeal_hint: String,
    text: String,
    key: String,
}

struct Found {
    about: Subject,
    notices: Vec<Notice>,
    lines: Vec<crate::moderation::model::LogLine>,
    author: bool,
    words: Vec<(String, String)>,
    photos: Vec<String>,
    case: Option<Case>,
}

/// GET /moderation/of/{kind}/{id}
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path(of): Path<(String, String)>,
    Query(Key { key }): Query<Key>,
) -> Answer {
    let subject = subject(of);
    if visit.wants == Wants::Html {
        return html(&town, &visit, subject, key, String::new(), FormErrors::default(), StatusCode::OK).await;
    }
    let found = read(&town, &visit, subject.clone(), key).await?;
    json(&OfView {
        subject: subject.to_string(),
        hidden: found.notices.iter().map(|notice| notice.sentence(&visit.t)).collect(),
        acts: found.lines.iter().map(|line| LineView::of(&town, &visit.t, line)).collect(),
    })
}

/// POST /moderation/of/{kind}/{id}: the author appeals.
pub async fn appeal(
    State(town): State<Town>,
    visit: Visit,
    Path(of): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let subject = subject(of);
    let key = form.text("key").unwrap_or_default().to_owned();
    let text = form.text("text").unwrap_or_default().to_owned();
    let secret = Some(key.clone()).filter(|key| !key.is_empty());
    match commands::appeal(&town, visit.actor.clone(), subject.clone(), secret, text.clone()).await {
        Ok(_) => {
            let key = if key.is_empty() { String::new() } else { format!("?key={key}") };
            see_other_saying(&format!("/moderation/of/{}/{}{key}", subject.kind, subject.id), "flash-appealed")
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            html(&town, &visit, subject, key, text, errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

/// What a reader may know of a subject; nothing where nothing was done, or it was never public and is not theirs.
async fn read(town: &Town, visit: &Visit, subject: Subject, key: String) -> Result<Found, Stop> {
    let (own, actor) = (town.clone(), visit.actor.clone());
    town.db()
        .read(move |tx| {
            let lines = store::lines_about(tx, &subject)?;
            let found = crate::moderation::book::contents(own.part::<Catalogue>(), tx, &subject)?;
            let (moderated, contents) = found.filter(|_| !lines.is_empty()).ok_or(Stop::NotFound)?;
            let secret = Some(key.as_str()).filter(|key| !key.is_empty());
            let author = (moderated.is_author)(tx, &subject.id, &actor, secret)?;
            if !author && watch::is_held(tx, &subject)? {
                return Err(Stop::NotFound);
            }
            let photos = store::of_subject(tx, &subject)?
                .into_iter()
                .filter(|one| one.photo && one.key != "part-document")
                .map(|one| one.kept);
            Ok(Found {
                about: contents.about,
                notices: notices::notices(tx, &subject)?,
                author,
                photos: if author { photos.collect() } else { Vec::new() },
                words: if author { notices::own_words(tx, &subject)? } else { Vec::new() },
                case: if author { store::latest_decided(tx, &subject)? } else { None },
                lines,
            })
        })
        .await
}

async fn html(
    town: &Town,
    visit: &Visit,
    subject: Subject,
    key: String,
    text: String,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let found = read(town, visit, subject.clone(), key.clone()).await?;
    let t = &visit.t;
    let query = if key.is_empty() { String::new() } else { format!("&key={key}") };
    let case = found.case.as_ref();
    let appeal = case.and_then(|case| case.appeal.as_ref()).filter(|appeal| appeal.ended.is_none());
    let due = appeal.and_then(|appeal| appeal.due_at).map(|due| t.with1("appeal-due", "date", visit.date_time(due)));
    let notes = case.into_iter().flat_map(|case| {
        let decided = case.decision.iter().map(|decision| decision.note.clone());
        let ended = case.appeal.iter().filter_map(|appeal| appeal.ended.as_ref()).map(|end| end.note.clone());
        decided.chain(ended)
    });
    let mut answer = page_with(
        status,
        &OfPage {
            frame: Frame::new(town, visit, t.say("moderation-of-title")).twins(visit, &[Wants::Json]),
            errors,
            what: kind_name(town, t, &subject.kind),
            back: page_of(town, &found.about),
            notices: found.notices.iter().map(|notice| notice.sentence(t)).collect(),
            thread: found.lines.iter().map(|line| step(visit, line)).collect(),
            author: found.author,
            words: found.words.into_iter().map(|(key, text)| (t.say(&key).to_owned(), text)).collect(),
            photos: found.photos.iter().map(|id| format!("/files/{id}.jpg?small=1{query}")).collect(),
            notes: notes.filter(|note| !note.is_empty()).collect(),
            may_appeal: case.is_some_and(|case| decide::may_appeal(case, visit.at).is_ok()),
            appeal_promise: due.unwrap_or_default(),
            appeal_hint: t.with2("appeal-hint", "most", APPEAL_LIMIT, "days", APPEAL_DAYS as usize),
            text,
            key,
            kind: subject.kind,
            id: subject.id,
        },
    )?;
    if found.author {
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(answer)
}

/// An act as a step.
fn step(visit: &Visit, line: &crate::moderation::model::LogLine) -> Step {
    let t = &visit.t;
    let state = match line.act.as_str() {
        "hidden" | "held" | "warned" => StepState::Bad,
        "appealed" => StepState::Now,
        _ => StepState::Done,
    };
    let why = super::log::reason(t, line);
    let detail = [visit.date_time(line.at), why, super::part_names(t, &line.parts), super::log::by(t, line)];
    let detail: Vec<String> = detail.into_iter().filter(|one| !one.is_empty()).collect();
    Step { state, title: t.say(&format!("moderation-act-{}", line.act)).to_owned(), detail: detail.join(" · ") }
}
