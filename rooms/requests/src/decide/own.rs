//! The reporter corrects or takes back their own report, by its private link.

use super::{Change, words_required};
use crate::model::{DESCRIPTION_LIMIT, ServiceRequest, State};
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
    /// Takes it back.
    Withdraw,
}

/// Decides what the reporter's act changes.
///
/// # Errors
/// `already-closed` when the matter has ended, `same-words` when nothing would change.
pub fn decide_own(request: &ServiceRequest, act: OwnAct, now: Moment) -> Result<Change, Refusal> {
    if !request.state.is_open() {
        return Err(Refusal::conflict("already-closed"));
    }
    match act {
        OwnAct::Edit { description } => {
            let description = words_required(&description, "description", DESCRIPTION_LIMIT)?;
            if description == request.description {
                return Err(Refusal::new("same-words").at("description"));
            }
            let mut change = Change::saying("request.edited");
            change.description = Some(description);
            Ok(change)
        }
        OwnAct::Withdraw => Ok(Change::saying("request.withdrawn").into_state(State::Withdrawn { at: now })),
    }
}
