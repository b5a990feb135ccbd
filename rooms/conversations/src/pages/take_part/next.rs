//! Which statement comes next.

use super::Own;
use crate::{books::Known, model::Statement};
use opinion_map::{
    Counts,
    routing::{drawn, priority},
};
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
    let waiting: Vec<&Statement> =
        known.statements.iter().filter(|one| one.is_asked() && !own.reactions.contains_key(&one.number)).collect();
    if let Some(pinned) = waiting.iter().find(|one| one.pinned) {
        return Some(pinned);
    }
    let weighed: Vec<(&Statement, f64)> = waiting.into_iter().map(|one| (one, weight(known, one))).collect();
    let mut draw = [0_u8; 8];
    town.chance().fill(&mut draw);
    drawn(&weighed, u64::from_le_bytes(draw)).copied()
}

/// The priority on the map; one that is too new for it has that of a statement nobody has seen.
fn weight(known: &Known, one: &Statement) -> f64 {
    let on_map = known.map.as_ref().and_then(|map| map.figures(one.number));
    on_map.map_or_else(|| priority(one.engine_standing(), Counts::default(), 0.0), |figures| figures.priority)
}

/// How many of the statements that are asked were answered.
pub(in crate::pages) fn done(known: &Known, own: &Own) -> usize {
    known.statements.iter().filter(|one| one.is_asked() && own.reactions.contains_key(&one.number)).count()
}
