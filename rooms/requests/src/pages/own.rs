//! The reporter's own page, by the private link.

use crate::{
    commands::{OwnKey, act_on_own},
    decide::{OwnAct, OwnFacts, may_reopen},
    model::DESCRIPTION_LIMIT,
    room::Books,
    store,
    unpublished::{self, Unpublished},
    views::{Eyes, RequestRow, headline},
};
use axum::extract::State;
use commons::moderation::{self, Notice};
use database::{DbError, Tx};
use serde::Deserialize;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    visit::{Path, Query},
};

/// The secret of the private link.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Key {
    key: String,
}

/// The secret of the private link, and whether a clerk reads the page to somebody.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Thanked {
    key: String,
    clerk: String,
}

#[derive(askama::Template)]
#[template(path = "thanks.html")]
struct ThanksPage {
    frame: Frame,
    row: RequestRow,
    headline: String,
    due: String,
    held: bool,
    /// Whether the agency reads its words before they are public.
    unpublished: bool,
    own_link: String,
    own_url: String,
    /// The reference sign by sign, to be read out; empty where nobody reads it to somebody.
    read_out: String,
}

#[derive(askama::Template)]
#[template(path = "own.html")]
struct OwnPage {
    frame: Frame,
    errors: FormErrors,
    row: RequestRow,
    headline: String,
    description: String,
    open: bool,
    may_reopen: bool,
    reason: String,
    question: String,
    /// When the agency goes on without an answer; empty where it does not wait.
    until: String,
    reply: String,
    /// What is hidden, each with the page that says why; none where it is the desk's.
    hidden: Vec<(String, String)>,
    /// What the desk has of it, in its author's words.
    waiting: Vec<Waiting>,
    redacted: bool,
    may_edit: bool,
    key: String,
    limit: String,
}

/// What is not public yet of one's own report: what it is called, what it says, its photo.
struct Waiting {
    label: String,
    text: String,
    photo: String,
}

/// GET /requests/{code}/thanks: the confirmation, with the private link, shown once more on reload.
pub async fn thanks(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(Thanked { key, clerk }): Query<Thanked>,
) -> Answer {
    let request = open(&town, &visit, &code, &key).await?;
    let subject = request.subject();
    let notices = town.db().read(move |tx| moderation::notices(tx, &subject)).await;
    let notices = notices.map_err(|error: DbError| Stop::from(error))?;
    let row = Eyes::new(&town, visit.t.language()).row(&request);
    let own_link = format!("{}/own?key={key}", super::show::path(&code));
    page(&ThanksPage {
        frame: Frame::new(&town, &visit, visit.t.say("thanks-title")),
        headline: headline(&row),
        due: request.due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        held: notices.iter().any(|notice| notice.held && !notice.desk),
        unpublished: notices.iter().any(|notice| notice.held && notice.desk),
        own_url: town.url(&own_link),
        read_out: if clerk.is_empty() { String::new() } else { read_out(&row.code) },
        own_link,
        row,
    })
}

/// A reference as one reads it out, sign by sign.
fn read_out(code: &str) -> String {
    code.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// GET /requests/{code}/own
pub async fn own(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(Key { key }): Query<Key>,
) -> Answer {
    let shown = opened(&town, &visit, &code, &key).await?;
    page(&own_page(&town, &visit, &shown, shown.request.description.clone(), key, FormErrors::default()))
}

/// POST /requests/{code}/edit
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let description = form.text("description").unwrap_or_default().to_owned();
    let own_key = OwnKey { code: code.clone(), secret: Some(key.clone()) };
    let act = OwnAct::Edit { description: description.clone() };
    match act_on_own(&town, visit.actor.clone(), own_key, act).await {
        Ok(_) => see_other_saying(&format!("{}/own?key={key}", super::show::path(&code)), "flash-edited"),
        Err(Stop::Refused(refusals)) => {
            let shown = opened(&town, &visit, &code, &key).await?;
            let status = refusals[0].status;
            let errors = FormErrors::of(&refusals, &visit.t);
            page_with(status, &own_page(&town, &visit, &shown, description, key, errors))
        }
        Err(stop) => Err(stop),
    }
}

/// POST /requests/{code}/withdraw
pub async fn withdraw(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let secret = form.text("key").map(str::to_owned);
    act_on_own(&town, visit.actor.clone(), OwnKey { code: code.clone(), secret }, OwnAct::Withdraw).await?;
    see_other_saying(&super::show::path(&code), "flash-withdrawn")
}

/// POST /requests/{code}/reopen
pub async fn reopen(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let reason = form.text("reason").unwrap_or_default().to_owned();
    let own_key = OwnKey { code: code.clone(), secret: Some(key.clone()) };
    match act_on_own(&town, visit.actor.clone(), own_key, OwnAct::Reopen { reason: reason.clone() }).await {
        Ok(_) => see_other_saying(&super::show::path(&code), "flash-own-reopened"),
        Err(Stop::Refused(refusals)) => {
            let shown = opened(&town, &visit, &code, &key).await?;
            let errors = FormErrors::of(&refusals, &visit.t);
            let own =
                OwnPage { reason, ..own_page(&town, &visit, &shown, shown.request.description.clone(), key, errors) };
            page_with(refusals[0].status, &own)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /requests/{code}/reply
pub async fn reply(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let reply = form.text("reply").unwrap_or_default().to_owned();
    let own_key = OwnKey { code: code.clone(), secret: Some(key.clone()) };
    match act_on_own(&town, visit.actor.clone(), own_key, OwnAct::Reply { text: reply.clone() }).await {
        Ok(_) => see_other_saying(&super::show::path(&code), "flash-replied"),
        Err(Stop::Refused(refusals)) => {
            let shown = opened(&town, &visit, &code, &key).await?;
            let errors = FormErrors::of(&refusals, &visit.t);
            let own =
                OwnPage { reply, ..own_page(&town, &visit, &shown, shown.request.description.clone(), key, errors) };
            page_with(refusals[0].status, &own)
        }
        Err(stop) => Err(stop),
    }
}

/// A report, whether its reporter can open it again, and what its agency asks them.
struct Shown {
    request: crate::model::ServiceRequest,
    may_reopen: bool,
    redacted: bool,
    question: String,
    /// What moderators have hidden, with the page of each subject.
    hidden: Vec<(Notice, String)>,
    /// What the desk has of it.
    unpublished: Vec<Unpublished>,
}

async fn opened(town: &Town, visit: &Visit, code: &str, key: &str) -> Result<Shown, Stop> {
    let (own, actor) = (OwnKey { code: code.to_owned(), secret: Some(key.to_owned()) }, visit.actor.clone());
    let now = town.now();
    town.db()
        .read(move |tx| {
            let request = own.open(tx, &actor)?;
            let reopened_before = store::was_reopened_from_outside(tx, request.id)?;
            let redacted = store::was_redacted(tx, request.id)?;
            let question = store::open_question(tx, request.id)?;
            let asked = !question.is_empty();
            let facts = OwnFacts {
                request: &request,
                asked,
                redacted,
                reopened_before,
                promised: None,
                after_waiting: None,
                now,
            };
            let may_reopen = may_reopen(&facts).is_ok();
            let steps = store::steps(tx, request.id, false)?;
            let own = |one: &Unpublished| {
                let said = one.step.as_ref().and_then(|step| steps.iter().find(|known| known.id == *step));
                one.step.is_none() || said.is_some_and(|step| step.actor == request.reporter)
            };
            let unpublished = unpublished::of(tx, &request, &steps)?.into_iter().filter(own).collect();
            Ok(Shown { may_reopen, redacted, question, hidden: hidden(tx, &request)?, unpublished, request })
        })
        .await
}

/// The day on which the agency goes on without an answer, in a sentence; empty where it does not wait.
fn wait_ends(town: &Town, visit: &Visit, request: &crate::model::ServiceRequest) -> String {
    let until = town.part::<Books>().wait_ends(request, &town.settings().calendar);
    until.map(|until| visit.t.with1("own-until", "date", visit.date(until))).unwrap_or_default()
}

/// What moderators have hidden of a report and of what its reporter said later.
fn hidden(tx: &mut Tx<'_>, request: &crate::model::ServiceRequest) -> Result<Vec<(Notice, String)>, DbError> {
    let of_request = moderation::notices(tx, &request.subject())?;
    let page = format!("/moderation/of/request/{}", request.code);
    let page_of = |notice: Notice, page: &str| {
        let page = if notice.desk { String::new() } else { page.to_owned() };
        (notice, page)
    };
    let mut hidden: Vec<_> = of_request.into_iter().map(|notice| page_of(notice, &page)).collect();
    let steps = store::steps(tx, request.id, false)?;
    for (step, notices) in super::moderated::step_notices(tx, &steps)? {
        if steps.iter().any(|one| one.id == step && one.actor == request.reporter) {
            let page = format!("/moderation/of/request-step/{step}");
            hidden.extend(notices.into_iter().map(|notice| page_of(notice, &page)));
        }
    }
    Ok(hidden)
}

async fn open(town: &Town, visit: &Visit, code: &str, key: &str) -> Result<crate::model::ServiceRequest, Stop> {
    let (own, actor) = (OwnKey { code: code.to_owned(), secret: Some(key.to_owned()) }, visit.actor.clone());
    town.db().read(move |tx| own.open(tx, &actor)).await
}

fn waiting(visit: &Visit, one: &Unpublished, key: &str) -> Waiting {
    let photo = one.part.photo.map(|file| format!("/files/{file}.jpg?small=1&key={key}"));
    Waiting {
        label: visit.t.say(&one.part.key).to_owned(),
        text: one.part.shown.clone(),
        photo: photo.unwrap_or_default(),
    }
}

fn own_page(
    town: &Town,
    visit: &Visit,
    shown: &Shown,
    description: String,
    key: String,
    errors: FormErrors,
) -> OwnPage {
    let row = Eyes::new(town, visit.t.language()).row(&shown.request);
    OwnPage {
        frame: Frame::new(town, visit, visit.t.say("own-title")),
        errors,
        headline: headline(&row),
        open: row.open,
        may_reopen: shown.may_reopen,
        reason: String::new(),
        until: wait_ends(town, visit, &shown.request),
        question: shown.question.clone(),
        reply: String::new(),
        hidden: shown.hidden.iter().map(|(notice, page)| (notice.sentence(&visit.t), page.clone())).collect(),
        waiting: shown.unpublished.iter().map(|one| waiting(visit, one, &key)).collect(),
        redacted: shown.redacted,
        may_edit: !shown.redacted && !shown.hidden.iter().any(|(notice, _)| notice.key == "part-description"),
        limit: web::dates::number(i64::try_from(DESCRIPTION_LIMIT).unwrap_or(i64::MAX), visit.t.language()),
        row,
        description,
        key,
    }
}
