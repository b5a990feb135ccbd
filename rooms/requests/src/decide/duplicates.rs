//! Requests that say the same: an officer merges and separates them, residents say “me too”.

use super::{Change, words_required};
use crate::model::{ANSWER_LIMIT, ServiceRequest, State};
use civic::{Moment, PersonId};
use web::Refusal;

/// Merges a request into the one that goes on, which the caller has found and holds: never a duplicate itself, so that no
/// merges can go in a circle. Only into an earlier one that is open, so that a merge hides no wait and ends nothing.
///
/// # Errors
/// `merge-itself`, `merge-later`, `merge-ended` at the field `into`; `merge-already`, `already-closed`.
pub fn decide_merge(request: &ServiceRequest, root: &ServiceRequest, now: Moment) -> Result<Change, Refusal> {
    if let Some(of) = request.state.duplicate_of() {
        return Err(Refusal::conflict("merge-already").with("code", of.as_str()));
    }
    if !request.state.is_open() {
        return Err(Refusal::conflict("already-closed"));
    }
    let refuse = |code| Refusal::new(code).at("into").with("code", root.code.as_str());
    if root.id == request.id {
        return Err(refuse("merge-itself"));
    }
    if !root.state.is_open() {
        return Err(refuse("merge-ended"));
    }
    if (root.opened_at, root.id.text()) > (request.opened_at, request.id.text()) {
        return Err(refuse("merge-later"));
    }
    let mut change = Change::saying("request.merged").into_state(State::Duplicate { of: root.code.clone(), at: now });
    change.detail.insert("into", root.code.to_string());
    Ok(change)
}

/// Separates a duplicate from the one it was merged into: it is open again, with the promise it had.
///
/// # Errors
/// `not-merged` for what is no duplicate; those of the words.
pub fn decide_separate(request: &ServiceRequest, reason: &str) -> Result<Change, Refusal> {
    let of = request.state.duplicate_of().ok_or_else(|| Refusal::conflict("not-merged"))?;
    let words = words_required(reason, "text", ANSWER_LIMIT)?;
    let mut change = Change::saying("request.separated").with_body(words).into_state(State::Received);
    change.detail.insert("out_of", of.to_string());
    Ok(change)
}

/// Whether somebody can say “me too” to a request.
///
/// # Errors
/// `me-too-ended`, `me-too-own`.
pub fn may_support(root: &ServiceRequest, person: Option<PersonId>) -> Result<(), Refusal> {
    if !root.state.is_open() {
        return Err(Refusal::conflict("me-too-ended"));
    }
    if person.is_some() && person == root.reporter_id {
        return Err(Refusal::conflict("me-too-own"));
    }
    Ok(())
}

/// Whether a reporter can take back a report that affects others too.
///
/// # Errors
/// `withdraw-others`.
pub fn may_withdraw(others: i64) -> Result<(), Refusal> {
    if others > 0 { Err(Refusal::conflict("withdraw-others").with("count", others)) } else { Ok(()) }
}
