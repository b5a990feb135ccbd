//! What became of a request, step by step, as its page and its feed tell it.

use super::Matter;
use crate::{
    model::{HistoryStep, ServiceRequest},
    pages::moderated,
    views::{Eyes, headline, last_words},
};
use axum::response::Response;
use commons::moderation::Notice;
use std::collections::BTreeMap;
use web::{
    Town, Visit,
    feed::{Item, rss_answer},
    parts::{Step, StepState},
};

/// An official answer as the page shows it.
pub(super) struct Official {
    pub heading: String,
    pub by: String,
    pub text: String,
    pub photo: Option<String>,
}

/// What the town said in public, newest first.
pub(super) fn officials(
    visit: &Visit,
    eyes: &Eyes<'_>,
    request: &ServiceRequest,
    steps: &[HistoryStep],
    photos: &BTreeMap<String, String>,
) -> Vec<Official> {
    let spoken = |step: &&HistoryStep| !step.internal && !step.body.is_empty() && !step.agency.is_empty();
    let t = &visit.t;
    let official = |step: &HistoryStep| {
        let last = step.body == last_words(&request.state);
        let key = match step.saying.as_str() {
            "request.resolved" if last => "show-resolved",
            "request.declined" if last => "show-declined",
            "request.extended" => "show-extended",
            "request.asked" => "show-asked",
            "request.continued" => "show-continued",
            _ => "show-answered",
        };
        Official {
            heading: t.say(key).to_owned(),
            by: eyes.signature(visit, step),
            text: step.body.clone(),
            photo: photos.get(&step.id).cloned(),
        }
    };
    steps.iter().rev().filter(spoken).map(official).collect()
}

/// What the reporter said after the report itself: that it is not fixed, or an answer to the agency.
pub(super) struct Spoken {
    pub id: String,
    pub heading: String,
    pub text: String,
    pub when: String,
    pub hidden: Option<String>,
}

pub(super) fn spoken(visit: &Visit, steps: &[HistoryStep], notices: &BTreeMap<String, Vec<Notice>>) -> Vec<Spoken> {
    let by_reporter =
        |step: &&HistoryStep| step.agency.is_empty() && (!step.body.is_empty() || notices.contains_key(&step.id));
    let said = |step: &HistoryStep| {
        let key = match step.saying.as_str() {
            "request.reopened" if step.detail.contains_key("by") => "show-disputed",
            "request.reopened" => "show-reopened",
            "request.replied" => "show-replied",
            "request.disputed" => "show-disputed",
            _ => return None,
        };
        let heading = visit.t.say(key).to_owned();
        let hidden = moderated::step_notice(visit, notices, &step.id);
        Some(Spoken { id: step.id.clone(), heading, text: step.body.clone(), when: visit.date_time(step.at), hidden })
    };
    steps.iter().filter(by_reporter).filter_map(said).collect()
}

/// The request's life, and what is still to come.
pub(in crate::pages) fn thread(
    visit: &Visit,
    eyes: &Eyes<'_>,
    request: &ServiceRequest,
    steps: &[HistoryStep],
) -> Vec<Step> {
    let t = &visit.t;
    let last = steps.len().saturating_sub(1);
    let mut thread: Vec<Step> = steps
        .iter()
        .enumerate()
        .map(|(number, step)| {
            let state = match step.saying.as_str() {
                "request.declined" | "request.withdrawn" | "request.escalated" | "request.disputed" => StepState::Bad,
                "request.answered" | "request.asked" => StepState::Official,
                _ if number == last && request.state.is_open() => StepState::Now,
                _ => StepState::Done,
            };
            Step { state, title: t.say(step_key(&step.saying)).to_owned(), detail: eyes.signature(visit, step) }
        })
        .collect();
    if request.state.is_open() {
        let promised = request.due_at.map(|due| t.with1("step-to-come-by", "date", visit.date(due)));
        let waiting = request.waiting.map(|_| t.say("step-waits-detail").to_owned());
        let detail = waiting.or(promised).unwrap_or_else(|| t.say("step-to-come-detail").to_owned());
        thread.push(Step { state: StepState::Todo, title: t.say("step-to-come").to_owned(), detail });
    }
    thread
}

/// What became of earlier promises, in a sentence; empty where the first one stands.
pub(in crate::pages) fn kept(visit: &Visit, request: &ServiceRequest) -> String {
    let said = |key, at| visit.t.with1(key, "date", visit.date_time(at));
    if let Some(broken) = request.broken(visit.at) {
        return said("show-broken", broken);
    }
    if let Some(first) = request.kept_by_moving() {
        return said("show-kept-moved", first);
    }
    let moved = request.first_due_at.filter(|first| request.due_at.is_some_and(|due| due != *first));
    moved.map(|first| said("show-moved", first)).unwrap_or_default()
}

/// The Fluent key of a step's title.
pub(crate) fn step_key(saying: &str) -> &'static str {
    match saying {
        "request.opened" => "step-opened",
        "request.assigned" => "step-assigned",
        "request.passed" => "step-passed",
        "request.answered" => "step-answered",
        "request.noted" => "step-noted",
        "request.recategorised" => "step-recategorised",
        "request.relocated" => "step-relocated",
        "request.extended" => "step-extended",
        "request.resolved" => "step-resolved",
        "request.declined" => "step-declined",
        "request.reopened" => "step-reopened",
        "request.edited" => "step-edited",
        "request.escalated" => "step-escalated",
        "request.disputed" => "step-disputed",
        "request.redacted" => "step-redacted",
        "request.published" => "step-published",
        "request.held-back" => "step-held-back",
        "request.left-out" => "step-left-out",
        "request.taken-up" => "step-taken-up",
        "request.asked" => "step-asked",
        "request.replied" => "step-replied",
        "request.continued" => "step-continued",
        "request.forwarded" => "step-forwarded",
        "request.merged" => "step-merged",
        "request.separated" => "step-separated",
        _ => "step-withdrawn",
    }
}

/// The places in the record of the steps that have theirs.
pub(super) fn receipts(visit: &Visit, steps: &[HistoryStep], positions: &[(String, u64)]) -> Vec<(u64, String)> {
    let of = |step: &HistoryStep| positions.iter().find(|(id, _)| *id == step.id).map(|(_, position)| *position);
    steps.iter().filter_map(|step| Some((of(step)?, visit.t.say(step_key(&step.saying)).to_owned()))).collect()
}

pub(super) fn rss(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> Response {
    let row = eyes.row(&matter.request);
    let items: Vec<Item> = matter
        .steps
        .iter()
        .rev()
        .map(|step| Item {
            title: visit.t.say(step_key(&step.saying)).to_owned(),
            link: row.url.clone(),
            description: step.body.clone(),
            at: step.at,
            id: step.id.clone(),
        })
        .collect();
    let title = format!("{} {}", row.code, headline(&row));
    rss_answer(&title, &town.url(&format!("/requests/{}", row.code)), &title, visit.t.language().tag(), &items)
}
