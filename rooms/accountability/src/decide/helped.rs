//! Those who asked say whether it helped.

use crate::model::{Commitment, HELPED_DAYS, State};
use civic::Moment;
use web::Refusal;

/// What the decision has to know.
#[derive(Debug, Clone, Copy)]
pub struct HelpedFacts<'f> {
    /// The commitment as it is.
    pub commitment: &'f Commitment,
    /// Whether the person asked for it or follows it, or what it grew out of.
    pub asked: bool,
    /// The town's clock.
    pub now: Moment,
}

/// Whether a person may say whether it helped; when it was kept, if they may.
///
/// # Errors
/// `helped-not-kept`, `helped-over`, `helped-not-asked`.
pub fn may_say(facts: &HelpedFacts<'_>) -> Result<Moment, Refusal> {
    let State::Kept { at } = facts.commitment.state else { return Err(Refusal::conflict("helped-not-kept")) };
    if facts.now > at.plus_days(HELPED_DAYS) {
        return Err(Refusal::conflict("helped-over").with("days", HELPED_DAYS));
    }
    if facts.asked { Ok(at) } else { Err(Refusal::new("helped-not-asked")) }
}
