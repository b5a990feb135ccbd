//! The public log of what facilitators did, and why.

use super::{crumbs, known};
use crate::{
    model::{LogLine, why},
    store,
    views::path,
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    parts::Crumb,
    table::csv_answer,
    visit::Path,
};

/// A line, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LogView {
    /// When.
    pub at: String,
    /// What, as `statement.rejected`.
    pub act: String,
    /// To which statement.
    pub statement: Option<i64>,
    /// Why, as a code.
    pub reason: String,
    /// More, as the number of the statement that goes on.
    pub detail: String,
    /// As what.
    pub role: String,
    /// Why, in a sentence in the language of the reader, as the town worded it then.
    pub why: String,
}

struct Line {
    when: String,
    what: String,
    why: String,
    statement: Option<i64>,
}

#[derive(askama::Template)]
#[template(path = "conversation_log.html")]
struct LogPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    own: String,
    lines: Vec<Line>,
}

/// GET /conversations/{code}/log
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let lines = town.db().read(move |tx| store::lines(tx, &code)).await.map_err(Stop::from)?;
    let views = lines.iter().map(|line| view(&visit, line));
    match visit.wants {
        Wants::Json => return json(&views.collect::<Vec<_>>()),
        Wants::Csv => {
            let rows = views.map(|one| {
                let statement = one.statement.map(|number| number.to_string()).unwrap_or_default();
                [one.at, one.act, statement, one.reason, one.detail, one.role, one.why]
            });
            return csv_answer(&["at", "act", "statement", "reason", "detail", "role", "why"], rows);
        }
        _ => {}
    }
    let title = visit.t.say("clog-title");
    page(&LogPage {
        frame: Frame::new(&town, &visit, title).twins(&visit, &[Wants::Json, Wants::Csv]),
        crumbs: crumbs(&visit, &known, title),
        own: path(known.conversation.code.as_str()),
        lines: lines.iter().map(|line| shown(&visit, line)).collect(),
    })
}

fn view(visit: &Visit, line: &LogLine) -> LogView {
    LogView {
        at: line.at.rfc3339(),
        act: line.act.clone(),
        statement: line.statement,
        reason: line.reason.as_ref().map(|reason| reason.code.clone()).unwrap_or_default(),
        detail: line.detail.clone(),
        role: line.role.clone(),
        why: line.reason.as_ref().map(|reason| why(reason, &visit.t)).unwrap_or_default(),
    }
}

fn shown(visit: &Visit, line: &LogLine) -> Line {
    let t = &visit.t;
    let key = format!("clog-{}", line.act.replace('.', "-"));
    let number = line.statement.map(|number| number.to_string()).unwrap_or_default();
    Line {
        when: visit.date_time(line.at),
        what: t.with2(&key, "number", number, "detail", line.detail.as_str()),
        why: line.reason.as_ref().map(|reason| why(reason, t)).unwrap_or_default(),
        statement: line.statement,
    }
}
