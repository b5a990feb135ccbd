//! PURE: what a draw may do when.

use super::{SOURCE_LIMIT, VALUE_LIMIT};
use crate::model::{Assembly, Draw, Kind, Member, MemberState, State};
use civic::Moment;
use web::Refusal;

/// How a lottery is begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begin {
    /// Whether all members are drawn anew, and why.
    pub again: Option<String>,
    /// The public value that is mixed in; for the first draw it is that of the plan.
    pub source: String,
}

/// Seats that nobody holds or can take any more, and for which nobody was drawn yet.
pub fn seats_left(members: &[Member], now: Moment) -> usize {
    members.iter().filter(|one| one.left(now)).count()
}

/// The kind, reason and source of the lottery that is begun now; `next` is the draw whose seed is committed to.
///
/// # Errors
/// `assembly-private`, `assembly-open-still`, `assembly-draw-running`, `assembly-reason`, `assembly-no-free-seats`,
/// `assembly-words-long`.
pub fn begin(
    assembly: &Assembly,
    next: &Draw,
    members: &[Member],
    asked: &Begin,
    now: Moment,
) -> Result<(Kind, String, String), Refusal> {
    if assembly.published_at.is_none() {
        return Err(Refusal::conflict("assembly-unpublished"));
    }
    if now < assembly.closes_at {
        return Err(Refusal::conflict("assembly-open-still"));
    }
    if !matches!(next.state, State::Committed | State::Failed) {
        return Err(Refusal::conflict("assembly-draw-running"));
    }
    if next.number == 1 {
        return Ok((Kind::First, String::new(), assembly.plan.source.clone()));
    }
    if asked.source.chars().count() > SOURCE_LIMIT {
        return Err(Refusal::new("assembly-words-long").at("source").with("most", SOURCE_LIMIT));
    }
    match &asked.again {
        Some(reason) if reason.is_empty() || reason.chars().count() > SOURCE_LIMIT => {
            Err(Refusal::new("assembly-reason").at("reason").with("most", SOURCE_LIMIT))
        }
        Some(reason) => Ok((Kind::Again, reason.clone(), asked.source.clone())),
        None if seats_left(members, now) == 0 => Err(Refusal::conflict("assembly-no-free-seats")),
        None => Ok((Kind::Vacancies, String::new(), asked.source.clone())),
    }
}

/// Whether a panel may be drawn now with this public value, as it is mixed in.
///
/// # Errors
/// `assembly-drawn-already`, `assembly-not-prepared`, `assembly-value`.
pub fn may_draw(draw: &Draw, value: &str) -> Result<String, Refusal> {
    match draw.state {
        State::Drawn => return Err(Refusal::conflict("assembly-drawn-already")),
        State::Prepared => {}
        State::Committed | State::Working | State::Failed => return Err(Refusal::conflict("assembly-not-prepared")),
    }
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = value.chars().all(|c| c.is_alphanumeric() || " -,.:;/+".contains(c));
    let fits = plain && value.chars().count() <= VALUE_LIMIT && value.is_empty() == draw.source.is_empty();
    if fits { Ok(value) } else { Err(Refusal::new("assembly-value").at("value").with("most", VALUE_LIMIT)) }
}

/// What becomes of somebody who answers by their link.
///
/// # Errors
/// `assembly-seat-late`, `assembly-seat-settled`.
pub fn may_answer(member: &Member, accepts: bool, now: Moment) -> Result<MemberState, Refusal> {
    match (member.at(now), accepts) {
        (MemberState::Asked, true) | (MemberState::Accepted, true) => Ok(MemberState::Accepted),
        (MemberState::Asked | MemberState::Accepted | MemberState::Declined, false) => Ok(MemberState::Declined),
        (MemberState::Silent, _) => Err(Refusal::conflict("assembly-seat-late")),
        (MemberState::Declined, true) | (MemberState::Dismissed, _) => Err(Refusal::conflict("assembly-seat-settled")),
    }
}
