//! Neighbours say that a resolved matter is not fixed; enough of them open it again.

use super::{Change, OwnFacts, may_reopen, words_required};
use crate::model::{ANSWER_LIMIT, State};
use web::Refusal;

/// Neighbours it takes to open a matter again.
pub const NEIGHBOURS: i64 = 3;

/// Decides what one more neighbour's word changes, `others` having said it before.
///
/// # Errors
/// Those of [`may_reopen`], `words-missing`, `text-too-long`.
pub fn decide_not_fixed(facts: &OwnFacts<'_>, others: i64, reason: &str) -> Result<Change, Refusal> {
    may_reopen(facts)?;
    let words = words_required(reason, "reason", ANSWER_LIMIT)?;
    if others + 1 < NEIGHBOURS {
        return Ok(Change::saying("request.disputed").with_body(words));
    }
    let mut change = Change::saying("request.reopened").with_body(words).into_state(State::Received);
    change.detail.insert("by", "neighbours".to_owned());
    change.due = Some(facts.promised);
    Ok(change)
}
