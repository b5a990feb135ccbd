//! What waits for the desk before it is public: read here, published, left out, and taken back.

use super::matter::{self, Typed};
use crate::{
    commands::{PublishCommand, act_on_publishing},
    decide::PublishAct,
    model::{HistoryStep, ServiceRequest},
    room::Books,
    unpublished::{self, Unpublished},
    views::Eyes,
};
use axum::extract::State;
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use web::{
    Answer, Refusal, Stop, Town, Visit, Wants,
    answer::{json as json_answer, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Doc,
    openapi::{schema_of, text_schema},
    visit::Path,
};

/// What is not public of a matter, and whether anything is that could be taken back.
pub(super) struct Known {
    pub unpublished: Vec<Unpublished>,
    pub is_public: bool,
}

pub(super) fn read(tx: &mut Tx<'_>, request: &ServiceRequest, steps: &[HistoryStep]) -> Result<Known, DbError> {
    Ok(Known {
        unpublished: unpublished::of(tx, request, steps)?,
        is_public: !unpublished::public(tx, request, steps)?.is_empty(),
    })
}

/// Something of a matter that is not public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnpublishedView {
    /// Its name in forms, as `description`, `photo:` and an id, or `said:` and the id of a step.
    name: String,
    /// What it says; empty for a photo.
    text: String,
    /// The address of the photo, for officers; null for words.
    photo: Option<String>,
    /// Whether it waits; else the desk left it out.
    waits: bool,
}

pub(super) fn views(town: &Town, known: &Known) -> Vec<UnpublishedView> {
    let view = |one: &Unpublished| UnpublishedView {
        name: one.name.clone(),
        text: one.part.shown.clone(),
        photo: one.part.photo.map(|file| town.url(&format!("/files/{file}.jpg"))),
        waits: one.part.waits,
    };
    known.unpublished.iter().map(view).collect()
}

/// A line of the section.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) label: String,
    /// What it says.
    pub(super) text: String,
    /// What was typed in its place, where it is a text.
    pub(super) typed: Option<String>,
    pub(super) photo: String,
}

/// The section of the page.
pub(super) struct Section {
    pub(super) waiting: Vec<Line>,
    pub(super) left_out: Vec<Line>,
    pub(super) may_hold_back: bool,
}

pub(super) fn section(town: &Town, visit: &Visit, request: &ServiceRequest, known: Known, typed: &Typed) -> Section {
    let publishes = town.part::<Books>().desk_publishes(&request.category);
    let may_hold_back = known.is_public && publishes;
    let line = |one: Unpublished| Line {
        label: visit.t.say(&one.part.key).to_owned(),
        typed: one.is_text().then(|| typed.words.get(&one.name).unwrap_or(&one.part.shown).clone()),
        photo: one.part.photo.map(|file| format!("/files/{file}.jpg")).unwrap_or_default(),
        text: one.part.shown,
        name: one.name,
    };
    let (waiting, left_out): (Vec<_>, Vec<_>) = known.unpublished.into_iter().partition(|one| one.part.waits);
    Section {
        waiting: waiting.into_iter().map(line).collect(),
        left_out: left_out.into_iter().map(line).collect(),
        may_hold_back,
    }
}

/// POST /desk/{code}/publishing
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let seen_version = form.text("version").and_then(|text| text.parse().ok());
    let done = match read_act(&form) {
        Ok(act) => {
            let command = PublishCommand { code: code.clone(), seen_version, act };
            act_on_publishing(&town, visit.actor.clone(), command).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(request) if visit.wants != Wants::Html => json_answer(&Eyes::new(&town, visit.t.language()).row(&request)),
        Ok(_) => see_other_saying(&format!("/desk/{code}"), flash(form.text("act").unwrap_or_default())),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let status = refusals.first().map_or(axum::http::StatusCode::CONFLICT, |refusal| refusal.status);
            let errors = FormErrors::of(&refusals, &visit.t);
            matter::show(&town, &visit, code, Typed::of(&form, "publishing"), errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

fn read_act(form: &Submission) -> Result<PublishAct, Refusal> {
    let part = || form.text("part").unwrap_or_default().to_owned();
    match form.text("act").unwrap_or_default() {
        "publish" => Ok(PublishAct::Publish { words: BTreeMap::new() }),
        "publish-words" => {
            let words = form.keyed("words").map(|(name, words)| (name.to_owned(), words.to_owned()));
            Ok(PublishAct::Publish { words: words.collect() })
        }
        "leave-out" => Ok(PublishAct::LeaveOut { part: part() }),
        "take-up" => Ok(PublishAct::TakeUp { part: part() }),
        "hold-back" => Ok(PublishAct::HoldBack),
        _ => Err(Refusal::new("publish-act").at("act")),
    }
}

fn flash(act: &str) -> &'static str {
    match act {
        "leave-out" => "flash-left-out",
        "take-up" => "flash-taken-up",
        "hold-back" => "flash-held-back",
        _ => "flash-published",
    }
}

/// The route, for programs.
pub fn publish_doc() -> Doc {
    let body = json!({
        "type": "object",
        "required": ["act"],
        "properties": {
            "act": {"enum": ["publish", "publish-words", "leave-out", "take-up", "hold-back"]},
            "part": {"type": "string", "description": "What to leave out or take up: a `name` of `unpublished`."},
            "words": {
                "type": "object", "additionalProperties": text_schema(),
                "description": "With publish-words: other words for texts, by `name`.",
            },
            "version": {"type": "integer", "description": "The version that was seen; refused where it is another by now."},
        },
    });
    Doc::new("desk", "Publish words and photos that wait for the desk, leave some out, or take all back")
        .path("code", "Its reference, as R-7K2M.", text_schema())
        .body("application/json", body)
        .answers(200, "application/json", "The request.", schema_of::<crate::views::RequestRow>())
}
