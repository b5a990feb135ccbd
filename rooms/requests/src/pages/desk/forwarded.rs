//! At the desk: whether a request was sent on to an agency that answers elsewhere.

use crate::{
    commands::send_again,
    elsewhere::{Forward, ForwardState},
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
}

/// The part of the desk's page.
pub(super) struct Section {
    pub sentence: String,
    pub chip: &'static str,
    pub state: String,
    pub reference: String,
    pub trouble: String,
    pub may_send: bool,
}

pub(super) fn view(forward: &Forward) -> ForwardView {
    ForwardView {
        way: forward.way.clone(),
        state: forward.state.word(),
        reference: forward.their_id.clone(),
        trouble: forward.trouble.clone(),
    }
}

pub(super) fn section(visit: &Visit, forward: &Forward, agency: &str) -> Section {
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
