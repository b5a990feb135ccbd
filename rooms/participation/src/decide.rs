//! The decisions of the room: facts and a command in, what is to be kept or a refusal out. Pure.

mod amendment;
mod answer;
mod part;
mod process;
mod words;

pub use amendment::{AmendmentAct, AmendmentFacts, decide_amendment, decide_proposed_words};
pub use answer::{EvaluateFacts, decide_evaluation, decide_merge, decide_separate, decide_split};
pub use part::{
    PartFacts, Side, decide_argument, decide_endorsement, decide_grade, decide_invitation, decide_support,
    decide_withdrawal,
};
pub use process::{Change, check_change, check_definition, is_code, moved_by_years};
pub use words::{
    COST_LIMIT_CENTS, DRAFTS_LIMIT, Read, SubmitFacts, Where, Words, cents_of, decide_submission, may_hand_in, read,
};

use crate::model::{PhaseAct, Process};
use civic::Moment;
use web::Refusal;

/// The process with what its phases depend on.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The process.
    pub process: Process,
    /// How many proposals wait for the answer they must have.
    pub waiting: i64,
    /// The present moment, read inside the transaction.
    pub now: Moment,
}

impl Scene {
    /// Whether this may be done now.
    pub fn allows(&self, act: PhaseAct) -> bool {
        self.process.allows(act, self.now, self.waiting)
    }

    /// Refuses what may not be done now.
    ///
    /// # Errors
    /// One code for each act, as `phase-not-support`.
    pub fn must_allow(&self, act: PhaseAct) -> Result<(), Refusal> {
        if self.allows(act) { Ok(()) } else { Err(Refusal::conflict(closed(act))) }
    }
}

fn closed(act: PhaseAct) -> &'static str {
    match act {
        PhaseAct::Submit => "phase-not-submit",
        PhaseAct::Amend => "phase-not-amend",
        PhaseAct::Discuss => "phase-not-discuss",
        PhaseAct::Support => "phase-not-support",
        PhaseAct::Evaluate => "phase-not-evaluate",
        PhaseAct::Vote | PhaseAct::Monitor => "phase-not-now",
    }
}

/// A text within its limit, without characters that no page can show.
pub fn text_within(text: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > limit {
        return Err(Refusal::new("proposal-too-long").at(field).with("most", limit));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(Refusal::new("proposal-control").at(field));
    }
    Ok(text)
}

/// The same on one line.
pub fn line_within(text: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    let text = text_within(text, field, limit)?;
    if text.contains(['\n', '\t']) { Err(Refusal::new("proposal-control").at(field)) } else { Ok(text) }
}

/// A text that must be there.
pub fn words_required(text: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    let text = text_within(text, field, limit)?;
    if text.is_empty() { Err(Refusal::new("proposal-words-missing").at(field)) } else { Ok(text) }
}
