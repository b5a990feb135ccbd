//! In which order a thread is told. Pure.

use crate::links::Link;
use civic::{Moment, Subject};

/// Causes before what came of them; among what waits for nothing, the oldest first. Where links go in a circle, the oldest of
/// the circle begins (Kahn, Topological sorting of large networks, 1962).
pub(super) fn in_order(steps: impl Iterator<Item = (Subject, Moment)>, links: &[Link]) -> Vec<Subject> {
    let mut waiting: Vec<(Moment, Subject)> = steps.map(|(subject, at)| (at, subject)).collect();
    waiting.sort();
    let mut order: Vec<Subject> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let free = waiting.iter().position(|(_, subject)| {
            links.iter().map(Link::flow).all(|(cause, effect)| {
                effect != subject || cause == subject || !waiting.iter().any(|(_, other)| other == cause)
            })
        });
        let (_, next) = waiting.remove(free.unwrap_or(0));
        order.push(next);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use crate::links::{Link, Relation};
    use civic::{Moment, Subject, SubjectKind};
    use proptest::prelude::*;

    fn subject(id: usize) -> Subject {
        Subject::new(SubjectKind("stone"), format!("S-{id}"))
    }

    fn grew(from: usize, out_of: usize) -> Link {
        Link { from: subject(from), relation: Relation::GrewOutOf, to: subject(out_of) }
    }

    #[test]
    fn causes_come_first_even_when_they_changed_later() {
        let steps = [(subject(1), Moment(90)), (subject(2), Moment(5)), (subject(3), Moment(1))];
        let funds = Link { from: subject(3), relation: Relation::Funds, to: subject(2) };
        let order = in_order(steps.into_iter(), &[grew(2, 1), funds]);
        assert_eq!(order, [subject(3), subject(1), subject(2)]);
    }

    #[test]
    fn a_circle_ends() {
        let steps = (0..3).map(|id| (subject(id), Moment(id as i64)));
        let order = in_order(steps, &[grew(0, 1), grew(1, 2), grew(2, 0), grew(1, 1)]);
        assert_eq!(order[0], subject(0));
        assert_eq!(order.len(), 3);
    }

    proptest! {
        #[test]
        fn everything_is_told_once(edges in prop::collection::vec((0_usize..8, 0_usize..8), 0..30)) {
            let links: Vec<Link> = edges.iter().map(|(from, to)| grew(*from, *to)).collect();
            let mut order = in_order((0..8).map(|id| (subject(id), Moment(0))), &links);
            order.sort();
            prop_assert_eq!(order, (0..8).map(subject).collect::<Vec<_>>());
        }

        #[test]
        fn without_circles_no_effect_comes_before_its_cause(edges in prop::collection::vec((0_usize..8, 0_usize..8), 0..30)) {
            // Only from a larger number to a smaller one, so no circle.
            let links: Vec<Link> = edges.iter().filter(|(a, b)| a != b).map(|(a, b)| grew(*a.max(b), *a.min(b))).collect();
            let order = in_order((0..8).map(|id| (subject(id), Moment(-(id as i64)))), &links);
            let place = |subject: &Subject| order.iter().position(|one| one == subject);
            for link in &links {
                let (cause, effect) = link.flow();
                prop_assert!(place(cause) < place(effect));
            }
        }
    }
}
