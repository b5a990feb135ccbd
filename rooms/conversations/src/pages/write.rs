//! Writing a statement: the rules first, then what others said that is like it, then it is sent.

use super::{
    crumbs,
    facilitate::choices::language_choices,
    known, similar,
    take_part::{Own, newcomer},
};
use crate::{
    books::Known,
    commands::{self, NewStatement, Written},
    decide::STATEMENT_LIMIT,
    model::Entry,
    views::{Said, path},
    voice,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use civic::Language;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json_with, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// What became of a statement, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WrittenView {
    /// Its number.
    pub number: i64,
    /// `open`, or `waiting` while somebody looks at it first.
    pub state: &'static str,
}

#[derive(askama::Template)]
#[template(path = "write.html")]
struct WritePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    own: String,
    question: String,
    hint: String,
    words: String,
    /// In which it can be written; none to choose in a town of one language.
    languages: Vec<Choice>,
    similar: Vec<Said>,
    shut: bool,
    needs_account: bool,
    off_roll: bool,
    looked_at: bool,
    challenge: String,
}

/// GET /conversations/{code}/write
pub async fn ask(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let own = Own::read(&town, &visit, &headers, &code).await?;
    let answer = show(&town, &visit, &known, Typed { on_roll: own.on_roll, ..Typed::default() }, StatusCode::OK)?;
    voice::give(&town, &own.key, visit.actor(), own.voice.as_ref(), answer)
}

/// What was typed, what is wrong with it, what is like it.
#[derive(Default)]
struct Typed {
    words: String,
    /// The language that was chosen; that of the page where none was.
    language: Option<Language>,
    errors: FormErrors,
    similar: Vec<Said>,
    challenge: String,
    on_roll: bool,
}

/// POST /conversations/{code}/write
pub async fn send(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    let own = Own::read(&town, &visit, &headers, &code).await?;
    let words = form.text("words").unwrap_or_default().to_owned();
    let language = language_of(&town, &visit, &form);
    let is_page = visit.wants == Wants::Html;
    if is_page && !form.is_ticked("sure") {
        let similar = similar::shown(&known, &words, visit.t.language());
        if !similar.is_empty() {
            let language = language.ok();
            let typed = Typed { words, similar, language, on_roll: own.on_roll, ..Typed::default() };
            let answer = show(&town, &visit, &known, typed, StatusCode::OK)?;
            return voice::give(&town, &own.key, visit.actor(), own.voice.as_ref(), answer);
        }
    }
    let (challenge, crowded) = newcomer(&town, &visit, &own, &code, &form);
    let chosen = language.as_ref().ok().copied();
    let written = match language {
        Ok(language) => {
            let (conversation, words) = (code.clone(), words.clone());
            let new = NewStatement { conversation, words, language, challenge, crowded };
            commands::write_statement(&town, own.who.clone(), new).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match written {
        Ok(Written { number, is_open, is_new }) if !is_page => {
            let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
            json_with(status, &WrittenView { number, state: if is_open { "open" } else { "waiting" } })
        }
        Ok(Written { is_open, .. }) => {
            let flash = if is_open { "flash-statement-open" } else { "flash-statement-waits" };
            see_other_saying(&format!("{}/take-part", path(&code)), flash)
        }
        Err(Stop::Refused(refusals)) if is_page => {
            let needs = refusals.iter().any(|refusal| refusal.code == "challenge-needed");
            let typed = Typed {
                words,
                language: chosen,
                errors: FormErrors::of(&refusals, &visit.t),
                challenge: if needs { super::take_part::fresh_challenge(&town, &own.key) } else { String::new() },
                on_roll: own.on_roll,
                ..Typed::default()
            };
            let answer = show(&town, &visit, &known, typed, refusals[0].status)?;
            voice::give(&town, &own.key, visit.actor(), own.voice.as_ref(), answer)
        }
        Err(stop) => Err(stop),
    }
}

fn languages(town: &Town, visit: &Visit, chosen: Option<Language>) -> Vec<Choice> {
    let mut all = language_choices(town, visit);
    if let Some(chosen) = chosen {
        all.iter_mut().for_each(|one| one.chosen = one.value == chosen.tag());
    }
    if all.len() < 2 { Vec::new() } else { all }
}

/// The language of a statement: the one that was chosen, else that of the page.
fn language_of(town: &Town, visit: &Visit, form: &Submission) -> Result<Language, Refusal> {
    let Some(tag) = form.text("language") else { return Ok(visit.t.language()) };
    let known = tag.parse::<Language>().ok().filter(|language| town.settings().languages.contains(language));
    known.ok_or_else(|| Refusal::new("statement-language").at("language"))
}

fn show(town: &Town, visit: &Visit, known: &Known, typed: Typed, status: StatusCode) -> Answer {
    let (one, t) = (&known.conversation, &visit.t);
    let title = t.say("cwrite-title");
    page_with(
        status,
        &WritePage {
            frame: Frame::new(town, visit, title),
            crumbs: crumbs(visit, known, title),
            own: path(one.code.as_str()),
            question: one.question.in_language(t.language()).to_owned(),
            hint: t.with1("cwrite-hint", "most", STATEMENT_LIMIT),
            words: typed.words,
            languages: languages(town, visit, typed.language),
            errors: typed.errors,
            similar: typed.similar,
            challenge: typed.challenge,
            shut: !one.takes_statements(visit.at),
            needs_account: one.entry != Entry::Anybody && visit.actor.person.is_none(),
            off_roll: !typed.on_roll,
            looked_at: one.moderation == crate::model::Moderation::First,
        },
    )
}
