//! Which statement comes next.

use super::Own;
use crate::{
    books::{Asked, Known},
    model::Statement,
};
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
    let waiting: Vec<(Asked, f64)> = left(known, own).map(|one| (one, one.weight)).collect();
    let next = waiting.iter().map(|(one, _)| one).find(|one| one.pinned).or_else(|| {
        let mut draw = [0_u8; 8];
        town.chance().fill(&mut draw);
        drawn(&waiting, u64::from_le_bytes(draw))
    });
    known.statement(next?.number)
}

/// The statements that are asked and were not answered yet: both lists stand by number, and are gone through once.
fn left(known: &Known, own: &Own) -> impl Iterator<Item = Asked> {
    let mut answered = own.reactions.keys().copied().peekable();
    known.asked.iter().copied().filter(move |one| {
        while answered.next_if(|number| *number < one.number).is_some() {}
        answered.peek() != Some(&one.number)
    })
}

/// How many of the statements that are asked were answered.
pub(in crate::pages) fn done(known: &Known, own: &Own) -> usize {
    known.asked.len() - left(known, own).count()
}
