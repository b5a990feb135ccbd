//! Which statement comes next.

use super::Own;
use crate::{books::Known, model::Statement};
use opinion_map::routing::drawn;
use web::Town;

/// The statement to show: the one that was asked for; else those the facilitators pinned, in their order; else one drawn by the
/// routing rule of the engine among those not answered yet.
pub(in crate::pages) fn choose<'k>(
    town: &Town,
    known: &'k Known,
    own: &Own,
    wanted: Option<i64>,
) -> Option<&'k Statement> {
    if let Some(one) = wanted.and_then(|number| known.statement(number)).filter(|one| one.is_asked()) {
        return Some(one);
    }
    let waiting: Vec<(&Statement, f64)> = asked(known, own).filter(|one| !one.2).map(|one| (one.0, one.1)).collect();
    if let Some((pinned, _)) = waiting.iter().find(|(one, _)| one.pinned) {
        return Some(pinned);
    }
    let mut draw = [0_u8; 8];
    town.chance().fill(&mut draw);
    drawn(&waiting, u64::from_le_bytes(draw)).copied()
}

/// The statements that are asked, with their weight, and whether they were answered: both lists stand by number, and are gone through once.
fn asked<'k>(known: &'k Known, own: &Own) -> impl Iterator<Item = (&'k Statement, f64, bool)> {
    let mut answered = own.reactions.keys().copied().peekable();
    known.statements.iter().zip(&known.weights).filter(|(one, _)| one.is_asked()).map(move |(one, weight)| {
        while answered.next_if(|number| *number < one.number).is_some() {}
        (one, *weight, answered.peek() == Some(&one.number))
    })
}

/// How many of the statements that are asked were answered.
pub(in crate::pages) fn done(known: &Known, own: &Own) -> usize {
    asked(known, own).filter(|one| one.2).count()
}
