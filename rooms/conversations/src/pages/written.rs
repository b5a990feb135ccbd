//! What somebody wrote in a conversation, with what became of it. For them alone.

use super::{crumbs, known, take_part::Own};
use crate::{
    model::{Standing, Statement, why},
    store,
    views::{Said, path, said},
    voice,
};
use axum::{extract::State, http::HeaderMap};
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Town, Visit, Wants,
    answer::{json, page},
    parts::Crumb,
    visit::Path,
};

/// A statement of whoever asks, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OwnStatementView {
    /// Its number.
    pub number: i64,
    /// Its words; empty where moderators hide them.
    pub words: String,
    /// The language they are in.
    pub language: String,
    /// `waiting`, `open`, `out`, `merged` or `split`.
    pub state: &'static str,
    /// Why it is not shown, as a sentence in the language of the request; empty otherwise.
    pub reason: String,
    /// The statements that go on, where it was merged or split.
    pub goes_on: Vec<i64>,
}

struct Line {
    said: Said,
    chip: &'static str,
    state: String,
    reason: String,
    goes_on: Vec<i64>,
    hidden: bool,
    link: bool,
}

#[derive(askama::Template)]
#[template(path = "conversation_written.html")]
struct WrittenPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    own: String,
    lines: Vec<Line>,
    can_write: bool,
}

/// GET /conversations/{code}/written
pub async fn show(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let own = Own::read(&town, &visit, &headers, &code).await?;
    let statements = match own.participant.as_ref().map(|one| one.0) {
        Some(author) => {
            let look = code.clone();
            let read = town.db().read(move |tx| store::statements(tx, &look));
            let all = read.await.map_err(|error: DbError| web::Stop::from(error))?;
            all.into_iter().filter(|one| one.author == Some(author)).collect()
        }
        None => Vec::new(),
    };
    let reason = |one: &Statement| match &one.standing {
        Standing::Out(reason) => why(reason, &visit.t),
        _ => String::new(),
    };
    let goes_on = |one: &Statement| match one.standing {
        Standing::Merged(into) => vec![into],
        Standing::Split => known.parts_of(one.number),
        _ => Vec::new(),
    };
    let answer = if visit.wants == Wants::Json {
        let view = |one: &Statement| OwnStatementView {
            number: one.number,
            words: one.words.original.clone(),
            language: one.words.language.clone(),
            state: one.standing.word(),
            reason: reason(one),
            goes_on: goes_on(one),
        };
        json(&statements.iter().map(view).collect::<Vec<_>>())?
    } else {
        let title = visit.t.say("cwritten-title");
        let line = |one: &Statement| Line {
            said: said(one, visit.t.language()),
            chip: match one.standing {
                Standing::Waiting => "y",
                Standing::Open => "p",
                _ => "k",
            },
            state: visit.t.say(&format!("cwritten-{}", one.standing.word())).to_owned(),
            reason: reason(one),
            goes_on: goes_on(one),
            hidden: one.words.original.is_empty(),
            link: one.is_asked(),
        };
        page(&WrittenPage {
            frame: Frame::new(&town, &visit, title).twins(&visit, &[Wants::Json]),
            crumbs: crumbs(&visit, &known, title),
            own: path(&code),
            lines: statements.iter().map(line).collect(),
            can_write: known.conversation.takes_statements(visit.at),
        })?
    };
    voice::give(&town, &own.key, visit.actor(), own.voice.as_ref(), answer)
}
