//! The roll of a conversation, from a file.

use super::{desk_path, led};
use crate::{
    books::Known,
    commands::{RollLook, empty_roll, keep_roll, look_at_roll},
    model::Entry,
    pages::show::entry_words,
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use database::DbError;
use people::roll::{AsideLine, aside_file, aside_lines, uploaded};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    dates::number,
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "desk_roll.html")]
struct RollPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    desk: String,
    rule: String,
    lead: String,
    has_some: bool,
    looked: bool,
    lines: Vec<CheckLine>,
    aside: Vec<AsideLine>,
    aside_more: String,
}

/// GET /desk/conversations/{code}/roll
pub async fn roll(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = led(&town, &visit, &code)?;
    if known.conversation.entry != Entry::Roll {
        return Err(Stop::NotFound);
    }
    show(&town, &visit, &known, None, FormErrors::default(), StatusCode::OK).await
}

/// POST /desk/conversations/{code}/roll: looks at a file; keeps it, or answers what was set aside, only when asked to.
pub async fn roll_file(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let actor = visit.actor.clone();
    let done = match uploaded(&town, &form, town.part::<places::Districts>().all()).await {
        Ok(file) if form.is_ticked("keep") => keep_roll(&town, actor, &code, file).await,
        Ok(file) => look_at_roll(&town, actor, &code, file).await,
        Err(stop) => Err(stop),
    };
    match done {
        Ok(look) if form.is_ticked("aside") => aside_file(&visit, &code, &look.aside),
        Ok(look) if form.is_ticked("keep") && look.aside.is_empty() => {
            see_other_saying(&format!("{}/roll", desk_path(&code)), "flash-roll")
        }
        Ok(look) => show(&town, &visit, &known, Some(look), FormErrors::default(), StatusCode::OK).await,
        Err(Stop::Refused(refusals)) => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            show(&town, &visit, &known, None, errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

/// POST /desk/conversations/{code}/roll/empty
pub async fn roll_empty(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = led(&town, &visit, &code)?;
    match empty_roll(&town, visit.actor.clone(), &code).await {
        Ok(()) => see_other_saying(&format!("{}/roll", desk_path(&code)), "flash-roll"),
        Err(Stop::Refused(refusals)) => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            show(&town, &visit, &known, None, errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn show(
    town: &Town,
    visit: &Visit,
    known: &Known,
    look: Option<RollLook>,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (one, t) = (&known.conversation, &visit.t);
    let code = one.code.to_string();
    let count =
        town.db().read(move |tx| store::count_roll(tx, &code)).await.map_err(|error: DbError| Stop::from(error))?;
    let (looked, look) = (look.is_some(), look.unwrap_or_default());
    let line = |key: &str, count: usize| CheckLine {
        label: t.say(key).to_owned(),
        value: number(count as i64, t.language()),
        href: String::new(),
    };
    let (aside, aside_more) = aside_lines(visit, &look.aside);
    let question: String = one.question.in_language(t.language()).chars().take(60).collect();
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    let mut answer = page_with(
        status,
        &RollPage {
            frame: Frame::new(town, visit, t.say("croll-title")),
            crumbs: vec![
                crumb("/desk/conversations".to_owned(), t.say("facilitate-title")),
                crumb(desk_path(one.code.as_str()), &question),
                crumb(String::new(), t.say("croll-title")),
            ],
            errors,
            desk: desk_path(one.code.as_str()),
            rule: entry_words(town, visit, one),
            lead: t.with1("croll-lead", "count", number(count, t.language())),
            has_some: count > 0,
            looked,
            lines: vec![line("croll-fresh", look.fresh), line("roll-aside", look.aside.len())],
            aside,
            aside_more,
        },
    )?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
