//! The agency asks the reporter something; meanwhile the clock of its promise stands still.

use super::{Change, text_within, words_required};
use crate::model::{ANSWER_LIMIT, ServiceRequest, State, Waiting};
use civic::Moment;
use web::Refusal;

/// Asks the reporter. A promise that was kept until now waits with the agency; one that was broken stays broken. For somebody who cannot be
/// reached nobody waits: the question is public, and the clock runs.
pub(super) fn ask(request: &ServiceRequest, text: &str, reachable: bool, now: Moment) -> Result<Change, Refusal> {
    if !request.state.is_open() {
        return Err(Refusal::conflict("already-closed"));
    }
    if request.waiting.is_some() {
        return Err(Refusal::conflict("already-waiting"));
    }
    let mut change = Change::saying("request.asked").with_body(words_required(text, "text", ANSWER_LIMIT)?);
    if !reachable {
        change.detail.insert("clock", "runs".to_owned());
        return Ok(change);
    }
    let (kept, broken): (Option<Moment>, Option<Moment>) = match request.due_at {
        Some(due) if due > now => (Some(due), None),
        due => (None, due),
    };
    change.waiting = Some(Some(Waiting { since: now, due: kept }));
    change.due = Some(broken);
    Ok(change)
}

/// The agency goes on without an answer.
pub(super) fn go_on(request: &ServiceRequest, text: &str, after: Option<Moment>) -> Result<Change, Refusal> {
    let words = text_within(text, "text", ANSWER_LIMIT)?;
    ended(request, Change::saying("request.continued").with_body(words), after)
}

/// Nobody answered for as long as the clock may stand still.
pub fn time_out(request: &ServiceRequest, after: Option<Moment>) -> Result<Change, Refusal> {
    let mut change = Change::saying("request.continued");
    change.detail.insert("by", "clock".to_owned());
    ended(request, change, after)
}

/// The reporter answers, also where a question was `asked` without stopping the clock.
pub(super) fn reply(
    request: &ServiceRequest,
    asked: bool,
    text: &str,
    after: Option<Moment>,
) -> Result<Change, Refusal> {
    let words = words_required(text, "reply", ANSWER_LIMIT)?;
    let change = Change::saying("request.replied").with_body(words);
    if asked { Ok(run_again(request, change, after)) } else { ended(request, change, after) }
}

fn ended(request: &ServiceRequest, change: Change, after: Option<Moment>) -> Result<Change, Refusal> {
    if request.waiting.is_none() {
        return Err(Refusal::conflict("not-waiting"));
    }
    Ok(run_again(request, change, after))
}

/// Lets the clock run again, with the promise it has after the pause; nothing where it runs.
pub(super) fn run_again(request: &ServiceRequest, mut change: Change, after: Option<Moment>) -> Change {
    if let Some(waiting) = &request.waiting {
        change.waiting = Some(None);
        change.due = Some(waiting.due.and(after).or(request.due_at));
    }
    change
}

/// A new promise: kept aside while the clock stands still.
pub(super) fn promise(request: &ServiceRequest, mut change: Change, due: Option<Moment>) -> Change {
    match &request.waiting {
        Some(waiting) => change.waiting = Some(Some(Waiting { due, ..*waiting })),
        None => change.due = Some(due),
    }
    change
}

/// Whether a state leaves nothing to wait for.
pub(super) fn is_over(state: Option<&State>) -> bool {
    state.is_some_and(|state| !state.is_open())
}
