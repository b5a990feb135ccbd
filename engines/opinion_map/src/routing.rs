//! Which statement a person sees next.

use crate::{conversation::Standing, map::OpinionMap, random::Draws, statistics::Counts};

/// What a meta statement has instead of a priority.
const META_PRIORITY: f64 = 49.0;

/// How much a statement deserves to be shown next: [(1 − (P+1)/(S+2)) (E+1) (A+1)/(S+2) (1 + 8·2^(−S/5))]², with passes P,
/// agrees A and seen S of the people in groups, and extremity E. New statements, liked ones and those far out come first;
/// meta statements have 49.
pub fn priority(standing: Standing, counts: Counts, extremity: f64) -> f64 {
    if standing == Standing::Meta {
        return META_PRIORITY;
    }
    let (passes, agrees, seen) = (f64::from(counts.passes()), f64::from(counts.agrees), f64::from(counts.seen));
    let liked = (agrees + 1.0) / (seen + 2.0);
    let new = 1.0 + 8.0 * (-seen / 5.0).exp2();
    ((1.0 - (passes + 1.0) / (seen + 2.0)) * (extremity + 1.0) * liked * new).powi(2)
}

/// The statement to show next: drawn in proportion to priority from those that are shown and that `has_seen` says no to.
/// None when all are seen. `draw` is the caller's chance, for example a seed mixed with person and turn; the same draw
/// gives the same statement.
pub fn next_statement(map: &OpinionMap, has_seen: impl Fn(&str) -> bool, draw: u64) -> Option<&str> {
    let waiting: Vec<(&str, f64)> = map
        .statements
        .iter()
        .filter(|one| one.standing != Standing::ModeratedOut && !has_seen(&one.id))
        .map(|one| (one.id.as_str(), one.priority))
        .collect();
    drawn(&waiting, draw).copied()
}

/// One of these, drawn in proportion to its priority; the last where rounding leaves none, None of none. The same draw gives
/// the same.
pub fn drawn<T>(waiting: &[(T, f64)], draw: u64) -> Option<&T> {
    let all: f64 = waiting.iter().map(|one| one.1).sum();
    let mut left = Draws::new(draw, 7, 0).share() * all;
    let drawn = waiting.iter().find(|one| {
        left -= one.1;
        left < 0.0
    });
    drawn.or(waiting.last()).map(|one| &one.0)
}
