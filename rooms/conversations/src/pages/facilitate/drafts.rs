//! Drafts of a machine at the desk: asked for, read, edited, made public or not.

use super::{desk_path, led};
use crate::{
    assistant::Assistant,
    books::Known,
    commands::{self, DraftDecision},
    model::{Cited, Draft, DraftContent, DraftState, GroupName},
    pages::summary::{CitedShown, names, sentences},
    store,
    views::path,
};
use axum::{extract::State, http::StatusCode};
use civic::Language;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// Statements one sentence can cite.
const CITED_LIMIT: usize = 40;

/// A draft for those who decide about it.
struct DraftShown {
    number: i64,
    state: &'static str,
    /// Which machine, when, for which language; what went wrong.
    about: String,
    problem: String,
    left_out: String,
    lang: &'static str,
    sentences: Vec<CitedShown>,
    names: Vec<(usize, CitedShown)>,
}

#[derive(askama::Template)]
#[template(path = "desk_drafts.html")]
struct DraftsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    desk: String,
    own: String,
    /// What would be asked; empty where nothing is set up.
    machine: String,
    can_ask: bool,
    has_map: bool,
    languages: Vec<Choice>,
    drafts: Vec<DraftShown>,
}

/// GET /desk/conversations/{code}/drafts
pub async fn drafts(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = led(&town, &visit, &code)?;
    show(&town, &visit, &known, FormErrors::default(), StatusCode::OK).await
}

/// POST /desk/conversations/{code}/drafts: asks for one.
pub async fn ask_draft(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let language = form.text("language").and_then(|text| text.parse::<Language>().ok());
    let language = language.filter(|language| town.settings().languages.contains(language));
    let done = match language {
        Some(language) => commands::ask_draft(&town, visit.actor.clone(), &code, language).await.map(|_| ()),
        None => Err(Refusal::new("statement-language").at("language").into()),
    };
    settled(&town, &visit, &known, done, "flash-draft-asked").await
}

/// POST /desk/conversations/{code}/drafts/{number}: `act` is `publish` or `reject`.
pub async fn decide_draft(
    State(town): State<Town>,
    visit: Visit,
    Path((code, number)): Path<(String, i64)>,
    form: Submission,
) -> Answer {
    let known = led(&town, &visit, &code)?;
    let decision = match form.text("act") {
        Some("publish") => content(&form).map(DraftDecision::Publish),
        Some("reject") => Ok(DraftDecision::Reject),
        _ => Err(Refusal::new("statement-act").at("act")),
    };
    let done = match decision {
        Ok(decision) => commands::decide_draft(&town, visit.actor.clone(), &code, number, decision).await,
        Err(refusal) => Err(refusal.into()),
    };
    settled(&town, &visit, &known, done, "flash-draft-decided").await
}

async fn settled(town: &Town, visit: &Visit, known: &Known, done: Result<(), Stop>, flash: &'static str) -> Answer {
    match done {
        Ok(()) => see_other_saying(&format!("{}/drafts", desk_path(known.conversation.code.as_str())), flash),
        Err(Stop::Refused(refusals)) => {
            let status = refusals[0].status;
            show(town, visit, known, FormErrors::of(&refusals, &visit.t), status).await
        }
        Err(stop) => Err(stop),
    }
}

/// The sentences `sentence[0]`, … with `cites[0]`, …, and the names `name[GROUP]` with `name_cites[GROUP]`. What was emptied is
/// left out.
fn content(form: &Submission) -> Result<DraftContent, Refusal> {
    let cites = |field: &str, key: &str| numbers(form.text(&format!("{field}[{key}]")).unwrap_or_default());
    let mut content = DraftContent::default();
    for (key, text) in form.keyed("sentence").filter(|(_, text)| !text.is_empty()) {
        content.summary.push(Cited { text: text.to_owned(), statements: cites("cites", key)? });
    }
    for (key, name) in form.keyed("name").filter(|(_, name)| !name.is_empty()) {
        let Ok(group) = key.parse() else { continue };
        content.groups.push(GroupName { group, name: name.to_owned(), statements: cites("name_cites", key)? });
    }
    Ok(content)
}

fn numbers(text: &str) -> Result<Vec<i64>, Refusal> {
    let refused = |part: &str| {
        let part: String = part.chars().take(20).collect();
        Refusal::new("statement-unknown").at("draft").with("number", part)
    };
    let parts = text.split([',', ' ', '،']).map(|part| part.trim_start_matches('#')).filter(|part| !part.is_empty());
    parts.take(CITED_LIMIT).map(|part| part.parse().map_err(|_| refused(part))).collect()
}

async fn show(town: &Town, visit: &Visit, known: &Known, errors: FormErrors, status: StatusCode) -> Answer {
    let code = known.conversation.code.to_string();
    let read = code.clone();
    let all = town.db().read(move |tx| store::drafts(tx, &read)).await.map_err(Stop::from)?;
    let title = visit.t.say("cdrafts-title");
    let waits = all.iter().any(|one| matches!(one.state, DraftState::Waiting | DraftState::Asked));
    let machine = town.part::<Assistant>().machine();
    page_with(
        status,
        &DraftsPage {
            frame: Frame::new(town, visit, title),
            crumbs: super::queue::queue_crumbs(visit, known, title),
            errors,
            desk: desk_path(&code),
            own: path(&code),
            can_ask: !machine.is_empty() && known.map.is_some() && !waits,
            has_map: known.map.is_some(),
            machine,
            languages: super::choices::language_choices(town, visit),
            drafts: all.iter().map(|one| shown(visit, one)).collect(),
        },
    )
}

fn shown(visit: &Visit, one: &Draft) -> DraftShown {
    let t = &visit.t;
    let values = [
        ("machine", one.machine.as_str().into()),
        ("date", visit.date_time(one.asked_at).into()),
        ("language", one.language.own_name().into()),
    ];
    let shows = matches!(one.state, DraftState::Waiting | DraftState::Published);
    DraftShown {
        number: one.number,
        state: one.state.word(),
        about: t.with("cdrafts-about", &values),
        problem: if one.problem.is_empty() {
            String::new()
        } else {
            t.say(&format!("cdrafts-problem-{}", one.problem)).to_owned()
        },
        left_out: match one.left_out {
            0 => String::new(),
            count => t.with1("cdrafts-left-out", "count", count),
        },
        lang: one.language.tag(),
        sentences: if shows { sentences(&one.content) } else { Vec::new() },
        names: if shows {
            one.content.groups.iter().map(|name| name.group).zip(names(visit, &one.content)).collect()
        } else {
            Vec::new()
        },
    }
}
