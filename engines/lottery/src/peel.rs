//! A divided panel as a lottery over whole ones, without a program over panels.
//!
//! Take a whole panel on the smallest face that holds the point, walk from it through the point until the next face, and go on
//! there (Carathéodory's theorem as an algorithm; Grötschel, Lovász & Schrijver, Geometric Algorithms, 1988, theorem 6.5.11). Each step
//! reaches a new face, so there are at most as many panels as kinds and rows together. It ends early where a face has no whole panel:
//! then the point, or what is left of it, is no lottery over whole panels, or not by this way; `columns` takes over.

use crate::{
    near::{Around, Finder, PROGRAMS_NEAR_MAX, kept},
    shape::{Mix, Shape},
};
use std::collections::BTreeMap;

/// What may be left of the whole when the walk is over: less than anybody would see in a chance.
const NOTHING_LEFT: f64 = 8e-8;
/// A step shorter than this leads nowhere.
const STEP_AT_LEAST: f64 = 1e-12;
/// Seats on average this near to a face lie on it, whatever weight is left.
const ON_FACE: f64 = 1e-8;
/// Walks from the same point before it is given up.
const WALKS_MAX: usize = 40;
/// The share of all panels that is taken back at least for the next walk, so that numbers do not drown in their errors.
const TAKEN_BACK_AT_LEAST: f64 = 1e-4;

/// Mixes with their chances; the chances sum to 1 when `left` is nought.
#[derive(Debug, Clone, Default)]
pub(crate) struct Peeled {
    pub mixes: Vec<(Mix, f64)>,
    /// The chance that could not be given to whole panels.
    pub left: f64,
}

/// A lottery over whole panels whose average is `seats` (seats of each kind).
///
/// Where a walk ends early, what is left may be no lottery of whole panels although the point was one: panels were taken that the rest
/// needed. Then some of every panel is taken back and walked again together with what is left, more each time that this does not help.
pub(crate) fn peel(finder: &mut Finder<'_>, seats: &[f64]) -> Peeled {
    let (mut best, mut rest) = walk(finder, seats.to_vec(), 1.0);
    let mut back = 20.0_f64;
    for _ in 0..WALKS_MAX {
        if best.left <= NOTHING_LEFT {
            best.left = 0.0;
            break;
        }
        let share = (back * best.left).clamp(TAKEN_BACK_AT_LEAST, 1.0);
        let mut point = rest.clone();
        for (mix, weight) in &best.mixes {
            point.iter_mut().zip(mix).for_each(|(value, &seats)| *value += share * weight * f64::from(seats));
        }
        let given: f64 = best.mixes.iter().map(|(_, weight)| weight).sum();
        let (again, other_rest) = walk(finder, point, best.left + share * given);
        if again.left < 0.5 * best.left {
            best.mixes.iter_mut().for_each(|(_, weight)| *weight *= 1.0 - share);
            best.mixes.extend(again.mixes);
            best.left = again.left;
            rest = other_rest;
        } else if share >= 1.0 {
            break;
        } else {
            back *= 4.0;
        }
    }
    best.mixes = together(best.mixes);
    best
}

/// Equal mixes as one.
fn together(mixes: Vec<(Mix, f64)>) -> Vec<(Mix, f64)> {
    let mut sums: BTreeMap<Mix, f64> = BTreeMap::new();
    for (mix, weight) in mixes.into_iter().filter(|(_, weight)| *weight > 0.0) {
        *sums.entry(mix).or_default() += weight;
    }
    sums.into_iter().collect()
}

/// Walks from `rest`, which has the weight `whole`, as far as there are whole panels.
fn walk(finder: &mut Finder<'_>, mut rest: Vec<f64>, whole: f64) -> (Peeled, Vec<f64>) {
    let shape = finder.shape;
    let mut peeled = Peeled { mixes: Vec::new(), left: whole };
    let steps_max = 2 * (shape.kinds() + shape.rows.len()) + 10;
    for _ in 0..steps_max {
        if peeled.left <= NOTHING_LEFT {
            break;
        }
        let point: Vec<f64> = rest.iter().map(|value| value / peeled.left).collect();
        let worth = worth(shape, &point);
        let found = finder
            .within(&close(shape, &point, ON_FACE / peeled.left), &worth, PROGRAMS_NEAR_MAX)
            .or_else(|| finder.within(&face(shape, &point, ON_FACE / peeled.left), &worth, PROGRAMS_NEAR_MAX))
            .filter(|mix| shape.holds(mix));
        let Some(mix) = found else { break };
        let length = (peeled.left * reach(shape, &point, &mix)).min(peeled.left);
        if length <= STEP_AT_LEAST {
            break;
        }
        rest.iter_mut().zip(&mix).for_each(|(value, &seats)| *value = (*value - length * seats as f64).max(0.0));
        peeled.left -= length;
        peeled.mixes.push((kept(&mix), length));
    }
    (peeled, rest)
}

/// Whole bounds next to the value, within what is allowed.
pub(crate) fn next_to(value: f64, (low, high): (i64, i64), on_face: f64) -> (i64, i64) {
    let nearest = value.round();
    let (down, up) = if (value - nearest).abs() <= on_face {
        (nearest as i64, nearest as i64)
    } else {
        (value.floor() as i64, value.floor() as i64 + 1)
    };
    (down.clamp(low, high), up.clamp(low, high))
}

/// Each kind and each sum rounded down or up.
fn close(shape: &Shape, point: &[f64], on_face: f64) -> Around {
    let of_kind = |(&value, &size): (&f64, &i64)| next_to(value, (0, size), on_face);
    let of_row = |(sum, &bounds): (f64, &(i64, i64))| next_to(sum, bounds, on_face);
    Around {
        kinds: point.iter().zip(&shape.sizes).map(of_kind).collect(),
        rows: shape.sums(point).into_iter().zip(&shape.rows).map(of_row).collect(),
    }
}

/// Only the bounds on which the point lies are kept.
fn face(shape: &Shape, point: &[f64], on_face: f64) -> Around {
    let held = |value: f64, (low, high): (i64, i64)| {
        if value <= low as f64 + on_face {
            (low, low)
        } else if value >= high as f64 - on_face {
            (high, high)
        } else {
            (low, high)
        }
    };
    Around {
        kinds: point.iter().zip(&shape.sizes).map(|(&value, &size)| held(value, (0, size))).collect(),
        rows: shape.sums(point).into_iter().zip(&shape.rows).map(|(sum, &bounds)| held(sum, bounds)).collect(),
    }
}

/// What a seat more is worth for a long walk: little where the point is near nought, much where it is near the size of the kind.
fn worth(shape: &Shape, point: &[f64]) -> Vec<f64> {
    point
        .iter()
        .zip(&shape.sizes)
        .map(|(&value, &size)| {
            let up = (value.floor() + 1.0) / value.max(1e-3);
            let down = (size as f64 - value.floor()) / (size as f64 - value).max(1e-3);
            (down - up).clamp(-1e3, 1e3)
        })
        .collect()
}

/// The greatest share of the panel such that what remains keeps all bounds.
fn reach(shape: &Shape, point: &[f64], mix: &[i64]) -> f64 {
    let mut most = 1.0_f64;
    let mut consider = |room: f64, taken: f64| {
        if taken > 0.5 {
            most = most.min(room.max(0.0) / taken);
        }
    };
    for (kind, &seats) in mix.iter().enumerate() {
        let (size, value) = (shape.sizes[kind] as f64, point[kind]);
        consider(value, seats as f64);
        consider(size - value, size - seats as f64);
    }
    let sums = shape.sums(mix);
    for (row, sum) in shape.sums(point).into_iter().enumerate() {
        let (low, high) = (shape.rows[row].0 as f64, shape.rows[row].1 as f64);
        consider(sum - low, sums[row] as f64 - low);
        consider(high - sum, high - sums[row] as f64);
    }
    most
}
