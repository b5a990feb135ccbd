//! The reporter corrects or takes back their own report, by its private link.

use super::{Change, waiting, words_required};
use crate::model::{ANSWER_LIMIT, DESCRIPTION_LIMIT, ServiceRequest, State};
use civic::Moment;
use web::Refusal;

/// What a reporter does with their own report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnAct {
    /// Corrects the words.
    Edit {
        /// The new ones.
        description: String,
    },
    /// Answers what the agency asked.
    Reply {
        /// The answer.
        text: String,
    },
    /// Takes it back.
    Withdraw,
    /// Says that it is not fixed: once, for some time after it was called resolved.
    Reopen {
        /// What is still wrong.
        reason: String,
    },
}

/// What the decision needs to know.
pub struct OwnFacts<'f> {
    /// The request as it is now.
    pub request: &'f ServiceRequest,
    /// Whether the agency's last question waits for an answer.
    pub asked: bool,
    /// Whether the desk covered something in the reporter's words.
    pub redacted: bool,
    /// Whether the reporter opened it again before.
    pub reopened_before: bool,
    /// By when the agency would promise an end from now.
    pub promised: Option<Moment>,
    /// By when an end is promised when the clock runs again now.
    pub after_waiting: Option<Moment>,
    /// The clock's now.
    pub now: Moment,
}

/// For how long after its end a reporter can open a report again, in days.
const REOPEN_DAYS: i64 = 90;

/// Decides what the reporter's act changes.
///
/// # Errors
/// `already-closed` when the matter has ended, `same-words` when nothing would change, `own-redacted` when the desk covered something in the
/// words; those of [`may_reopen`].
pub fn decide_own(facts: &OwnFacts<'_>, act: OwnAct) -> Result<Change, Refusal> {
    let request = facts.request;
    match act {
        OwnAct::Reopen { reason } => {
            may_reopen(facts)?;
            let words = words_required(&reason, "reason", ANSWER_LIMIT)?;
            let mut change = Change::saying("request.reopened").with_body(words).into_state(State::Received);
            change.due = Some(facts.promised);
            Ok(change)
        }
        _ if !request.state.is_open() => Err(Refusal::conflict("already-closed")),
        // What was covered would stand there again.
        OwnAct::Edit { .. } if facts.redacted => Err(Refusal::conflict("own-redacted").at("description")),
        OwnAct::Edit { description } => {
            let description = words_required(&description, "description", DESCRIPTION_LIMIT)?;
            if description == request.description {
                return Err(Refusal::new("same-words").at("description"));
            }
            let mut change = Change::saying("request.edited");
            change.description = Some(description);
            Ok(change)
        }
        OwnAct::Reply { text } => waiting::reply(request, facts.asked, &text, facts.after_waiting),
        OwnAct::Withdraw => {
            let change = Change::saying("request.withdrawn").into_state(State::Withdrawn { at: facts.now });
            Ok(waiting::run_again(request, change, facts.after_waiting))
        }
    }
}

/// Whether the reporter can say that it is not fixed.
///
/// # Errors
/// `already-open`, `own-reopen-not-resolved`, `own-reopen-once`, `own-reopen-late`.
pub fn may_reopen(facts: &OwnFacts<'_>) -> Result<(), Refusal> {
    match &facts.request.state {
        state if state.is_open() => Err(Refusal::conflict("already-open")),
        State::Resolved { .. } if facts.reopened_before => Err(Refusal::conflict("own-reopen-once")),
        State::Resolved { at, .. } if at.plus_days(REOPEN_DAYS) < facts.now => {
            Err(Refusal::conflict("own-reopen-late").with("days", REOPEN_DAYS))
        }
        State::Resolved { .. } => Ok(()),
        _ => Err(Refusal::conflict("own-reopen-not-resolved")),
    }
}
