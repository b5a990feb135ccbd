//! What somebody sees who was named as applying too and has not confirmed it: what is needed to say yes or no, and nothing else.

use super::{
    apply::private,
    check_answers::lines,
    files::{self, Sent},
    joint::{self as joint_pages, JointLine},
    own::{chip, title_of},
    status::crumbs,
};
use crate::{
    joint::{self, CoApplicant, Consent},
    model::{Application, Definition, Service},
    store::{self, KeptFile},
};
use axum::http::StatusCode;
use database::{DbError, Tx};
use forms::Question;
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with},
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
};

#[derive(askama::Template)]
#[template(path = "application_named.html")]
struct NamedPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    key: String,
    title: String,
    state: String,
    chip: &'static str,
    /// What is asked, or that there is nothing to say any more.
    ask: String,
    own: Vec<JointLine>,
    /// The others who were named; nobody for who said that they do not apply.
    others: Vec<JointLine>,
    /// What they would put their name to; nothing for who said that they do not.
    answers: Vec<CheckLine>,
    sent: Sent,
    /// What they are asked for themselves; nothing where there is nothing to say any more.
    page_title: String,
    questions: Vec<Question>,
}

/// Whoever was only asked reads what they would put their name to; whoever said no has nothing to do with it any more.
fn reads(one: &CoApplicant) -> bool {
    one.consent == Consent::Asked
}

fn find(tx: &mut Tx<'_>, code: &str, key: &str) -> Result<Option<(Application, CoApplicant)>, DbError> {
    let Some(one) = store::by_code(tx, code)?.filter(|one| !one.is_erased) else { return Ok(None) };
    let other = joint::by_key(tx, code, key)?.filter(|other| !other.consent.is_confirmed());
    Ok(other.map(|other| (one, other)))
}

/// Whether this key opens the answers for somebody who has not said yet whether they apply too.
pub(super) async fn reads_answers(town: &Town, code: &str, key: &str) -> Result<bool, Stop> {
    let (code, key) = (code.to_owned(), key.to_owned());
    let found = town.db().read(move |tx| find(tx, &code, &key)).await.map_err(|error: DbError| Stop::from(error))?;
    let now = town.now();
    Ok(found.is_some_and(|(_, other)| reads(&other) && !joint::has_expired(&other, now)))
}

/// The question whether they apply too.
///
/// # Errors
/// `NotFound` for every key but that of who was named and has not confirmed; `joint-expired` (410) where it came too late.
pub(super) async fn show(
    town: &Town,
    visit: &Visit,
    code: &str,
    key: String,
    typed: (FormErrors, Option<&Submission>),
) -> Answer {
    let (asked, own_key) = (code.to_owned(), key.clone());
    let found = town
        .db()
        .read(move |tx| {
            let Some((one, own)) = find(tx, &asked, &own_key)? else { return Ok(None) };
            let definition = store::version_of(tx, &one.service, one.number)?.ok_or(DbError::NotFound)?;
            let mut others = if reads(&own) { joint::of_owner(tx, one.code.as_str())? } else { Vec::new() };
            others.retain(|other| other.id != own.id);
            Ok(Some((one, own, others, definition, store::services_all(tx)?)))
        })
        .await;
    let (one, own, others, definition, services) =
        found.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)?;
    if joint::has_expired(&own, visit.at) {
        return Err(joint::expired().into());
    }
    if visit.wants == Wants::Json {
        let all: Vec<CoApplicant> = std::iter::once(own.clone()).chain(others).collect();
        let mut view = json!({
            "code": one.code, "service": one.service, "number": one.number, "state": one.state.word(), "joint": joint_pages::view(&all, false),
            "each_page": definition.each_page,
        });
        if reads(&own) {
            view["answers"] = json!(one.answers);
        }
        return Ok(private(json_answer(&view)?));
    }
    let sent = files::of_owner(town, one.code.to_string()).await?;
    Ok(private(compose(town, visit, &one, (&own, &others), (&definition, &services, &sent), key, typed)?))
}

fn compose(
    town: &Town,
    visit: &Visit,
    one: &Application,
    (own, others): (&CoApplicant, &[CoApplicant]),
    (definition, services, sent): (&Definition, &[Service], &[KeptFile]),
    key: String,
    (errors, typed): (FormErrors, Option<&Submission>),
) -> Answer {
    let t = &visit.t;
    let page = definition.page_of_each().filter(|_| joint::may_say(own, &one.state, true));
    let title = title_of(services, &one.service, t.language());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let ask = match &own.consent {
        _ if !joint::may_say(own, &one.state, true) => "sv-joint-ask-over",
        Consent::Declined { .. } => "sv-joint-ask-again",
        _ => "sv-joint-ask",
    };
    page_with(
        status,
        &NamedPage {
            frame: Frame::new(town, visit, t.with1("sv-application", "code", one.code.as_str())),
            errors,
            crumbs: crumbs(visit, one, &title),
            code: one.code.to_string(),
            state: t.say(&format!("sv-state-{}", one.state.word())).to_owned(),
            chip: chip(one),
            ask: t.say(ask).to_owned(),
            own: joint_pages::lines(visit, std::slice::from_ref(own), Some(&one.state)),
            others: joint_pages::lines(visit, others, Some(&one.state)),
            answers: if reads(own) { lines(town, visit, &definition.form, &one.answers, "") } else { Vec::new() },
            sent: if reads(own) {
                files::sent(one, &definition.form, sent, |id| {
                    format!("/applications/{}/photo/{id}?key={key}", one.code)
                })
            } else {
                Sent::default()
            },
            page_title: page.map(|page| page.title.in_language(t.language()).to_owned()).unwrap_or_default(),
            questions: page.map(|page| joint_pages::questions(town, visit, page, own, typed)).unwrap_or_default(),
            key,
            title,
        },
    )
}
