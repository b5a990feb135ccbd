//! The reporter's own page, by the private link.

use crate::{
    commands::{OwnKey, act_on_own},
    decide::{OwnAct, OwnFacts, may_reopen},
    model::DESCRIPTION_LIMIT,
    store,
    views::{Eyes, RequestRow, headline},
};
use axum::extract::State;
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

#[derive(askama::Template)]
#[template(path = "thanks.html")]
struct ThanksPage {
    frame: Frame,
    row: RequestRow,
    headline: String,
    due: String,
    own_link: String,
    own_url: String,
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
    key: String,
    limit: String,
}

/// GET /requests/{code}/thanks: the confirmation, with the private link, shown once more on reload.
pub async fn thanks(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(Key { key }): Query<Key>,
) -> Answer {
    let request = open(&town, &visit, &code, &key).await?;
    let row = Eyes::new(&town, visit.t.language()).row(&request);
    let own_link = format!("{}/own?key={key}", super::show::path(&code));
    page(&ThanksPage {
        frame: Frame::new(&town, &visit, visit.t.say("thanks-title")),
        headline: headline(&row),
        due: request.due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        own_url: town.url(&own_link),
        own_link,
        row,
    })
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

/// A report and whether its reporter can open it again.
struct Shown {
    request: crate::model::ServiceRequest,
    may_reopen: bool,
}

async fn opened(town: &Town, visit: &Visit, code: &str, key: &str) -> Result<Shown, Stop> {
    let (own, actor) = (OwnKey { code: code.to_owned(), secret: Some(key.to_owned()) }, visit.actor.clone());
    let now = town.now();
    town.db()
        .read(move |tx| {
            let request = own.open(tx, &actor)?;
            let reopened_before = store::was_reopened_by_reporter(tx, request.id)?;
            let facts = OwnFacts { request: &request, reopened_before, promised: None, now };
            Ok(Shown { may_reopen: may_reopen(&facts).is_ok(), request })
        })
        .await
}

async fn open(town: &Town, visit: &Visit, code: &str, key: &str) -> Result<crate::model::ServiceRequest, Stop> {
    let (own, actor) = (OwnKey { code: code.to_owned(), secret: Some(key.to_owned()) }, visit.actor.clone());
    town.db().read(move |tx| own.open(tx, &actor)).await
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
        limit: web::dates::number(i64::try_from(DESCRIPTION_LIMIT).unwrap_or(i64::MAX), visit.t.language()),
        row,
        description,
        key,
    }
}
