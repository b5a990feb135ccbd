//! At the desk: whether a request was sent on to an agency that answers elsewhere.

use crate::{
    commands::send_again,
    elsewhere::{Forward, ForwardState, LaterWords, ToldState},
    pages::step_key,
    views::Eyes,
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Town, Visit, Wants,
    answer::{json, see_other_saying},
    visit::Path,
};

/// Where a request stands that is sent on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ForwardView {
    /// `open311` or `letter`.
    pub way: String,
    /// `waiting`, `sending`, `token`, `sent`, `refused` or `ended`.
    pub state: &'static str,
    /// Its id there.
    pub reference: Option<String>,
    /// What stood in the way last; empty for nothing.
    pub trouble: String,
    /// What residents said after that, oldest first.
    pub later: Vec<LaterView>,
}

/// What a resident said after a request was sent on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LaterView {
    /// The id of its entry in the record.
    pub entry: String,
    /// When, as RFC 3339.
    pub at: String,
    /// What the entry says, as `request.replied`.
    pub saying: String,
    /// `waiting`, `told`, `refused` or `dropped`.
    pub state: &'static str,
    /// What stood in the way last; empty for nothing.
    pub trouble: String,
}

/// The part of the desk's page.
pub(super) struct Section {
    pub sentence: String,
    pub chip: &'static str,
    pub state: String,
    pub reference: String,
    pub trouble: String,
    pub may_send: bool,
    pub later: Vec<LaterLine>,
}

/// A line of what was said later.
pub(super) struct LaterLine {
    pub what: String,
    pub at: String,
    pub chip: &'static str,
    pub state: String,
    pub trouble: String,
}

pub(super) fn view(forward: &Forward, later: &[LaterWords]) -> ForwardView {
    ForwardView {
        way: forward.way.clone(),
        state: forward.state.word(),
        reference: forward.their_id.clone(),
        trouble: forward.trouble.clone(),
        later: later.iter().map(later_view).collect(),
    }
}

fn later_view(words: &LaterWords) -> LaterView {
    LaterView {
        entry: words.id.clone(),
        at: words.said_at.rfc3339(),
        saying: words.saying.clone(),
        state: words.state.word(),
        trouble: words.trouble.clone(),
    }
}

fn later_line(town: &Town, visit: &Visit, words: &LaterWords) -> LaterLine {
    let what = if words.comment.is_some() { "subject-comment" } else { step_key(&words.saying) };
    LaterLine {
        what: visit.t.say(what).to_owned(),
        at: web::dates::date_time(words.said_at, &town.settings().zone, visit.t.language()),
        chip: match words.state {
            ToldState::Told => "g",
            ToldState::Refused => "r",
            ToldState::Waiting => "y",
            ToldState::Dropped => "",
        },
        state: visit.t.say(&format!("told-{}", words.state.word())).to_owned(),
        trouble: words.trouble.clone(),
    }
}

pub(super) fn section(town: &Town, visit: &Visit, forward: &Forward, later: &[LaterWords], agency: &str) -> Section {
    let chip = match forward.state {
        ForwardState::Sent => "g",
        ForwardState::Refused => "r",
        ForwardState::Ended => "",
        _ => "y",
    };
    Section {
        sentence: visit.t.with1(&format!("forwarded-by-{}", forward.way), "agency", agency),
        state: visit.t.say(&format!("forwarded-{}", forward.state.word())).to_owned(),
        chip,
        reference: forward.their_id.clone().unwrap_or_default(),
        trouble: forward.trouble.clone(),
        may_send: forward.state == ForwardState::Refused,
        later: later.iter().map(|words| later_line(town, visit, words)).collect(),
    }
}

/// POST /desk/{code}/forward: once more what the other server refused.
pub async fn forward_again(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let request = send_again(&town, visit.actor.clone(), code.clone()).await?;
    match visit.wants {
        Wants::Html => see_other_saying(&format!("/desk/{code}"), "flash-forward-again"),
        _ => json(&Eyes::new(&town, visit.t.language()).row(&request)),
    }
}
