mod pieces;
mod points;
mod search;

use crate::random::Draws;
pub(crate) use points::Points;
use rayon::prelude::*;
use search::{Exactness, Search};

/// A division of points into groups.
#[derive(Debug, Clone)]
pub(crate) struct Division {
    pub(crate) labels: Vec<u8>,
    pub(crate) centres: Vec<[f64; 2]>,
    /// Weighted sum of squared distances to the centres.
    pub(crate) inertia: f64,
}

const ROUNDS_MAX: usize = 300;
/// Restarts are judged after so many rounds, the better ones after some more, and the best of those carried to the end.
const ROUNDS_OF_RESTART: usize = 4;
const ROUNDS_OF_SEMIFINAL: usize = 8;
/// One in so many restarts, and two more, goes on after the first rounds.
const RESTARTS_A_SEMIFINALIST: usize = 3;
/// One in so many restarts is carried to the end, and one more.
const RESTARTS_A_FINALIST: usize = 10;
const ROUNDS_OF_SWAP: usize = 6;
/// A swap that is so much worse after its first rounds is given up.
const ROUNDS_OF_TRIAL: usize = 2;
const HOPELESS: f64 = 1.1;
const ROUNDS_OF_SHAKE: usize = 10;
/// How far centres are pushed, beside the distance of points from their centre (root of the mean square).
const PUSH: f64 = 0.1;
/// How many draws compete to be the next centre.
const TRIALS: usize = 3;

impl Points {
    /// The group of each person.
    pub(crate) fn labels_of_people(&self, division: &Division) -> Vec<u8> {
        self.of.iter().map(|point| division.labels[*point as usize]).collect()
    }
}

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// New beginnings for each number of groups.
    pub(crate) restarts: usize,
    /// Random swaps for each group, after that.
    pub(crate) swaps: usize,
    /// How often the centres found on pieces are pushed about among all points.
    pub(crate) shakes: usize,
}

/// For each k in `groups` the best of `restarts` runs of Lloyd's k-means with k-means++ seeding (Arthur, Vassilvitskii,
/// 2007), also from the centres of `near` when it has as many, and then `swaps` × k random swaps. None where there are fewer places than groups.
pub(crate) fn divide(
    points: &Points,
    groups: &[usize],
    effort: Effort,
    near: &[Vec<[f64; 2]>],
    seed: (u64, u64),
) -> Vec<Option<Division>> {
    let pieces = points.pieces();
    let searched = pieces.as_ref().unwrap_or(points);
    let near_of = |k: usize| near.iter().find(|near| near.len() == k);
    let starts: Vec<(usize, usize)> = groups
        .iter()
        .filter(|k| **k <= points.places.len())
        .flat_map(|k| (0..effort.restarts + usize::from(near_of(*k).is_some())).map(move |turn| (*k, turn)))
        .collect();
    let begun = |(k, turn): &(usize, usize)| {
        let draws = || Draws::new(seed.0, seed.1, (k * 10_000 + turn) as u64);
        let centres = match near_of(*k) {
            Some(near) if *turn == effort.restarts => near.clone(),
            _ => seeded(searched, *k, &mut draws()),
        };
        let mut search = Search::begin(searched, centres);
        search.go(ROUNDS_OF_RESTART, Exactness::Rough);
        search
    };
    let ends: Vec<Search<'_>> = starts.par_iter().with_max_len(4).map(begun).collect();
    groups
        .par_iter()
        .map(|k| {
            let own = starts.iter().zip(&ends).filter(|(start, _)| start.0 == *k).map(|both| both.1.clone());
            let mut half = best_of(own.collect(), 2 + effort.restarts / RESTARTS_A_SEMIFINALIST);
            half.iter_mut().for_each(|one| one.go(ROUNDS_OF_SEMIFINAL, Exactness::Rough));
            let mut finals = best_of(half, 1 + effort.restarts / RESTARTS_A_FINALIST);
            finals.iter_mut().for_each(|one| one.go(ROUNDS_MAX, Exactness::Exact));
            let best = best_of(finals, 1).pop()?;
            let mut draws = Draws::new(seed.0, seed.1, (k * 10_000 + 9_999) as u64);
            let best = swapped(searched, best, effort.swaps * k, &mut draws);
            Some(if pieces.is_some() {
                shaken(points, best.centres, effort.shakes, &mut draws).division()
            } else {
                best.division()
            })
        })
        .collect()
}

/// Those with the least inertia; of equal ones the first.
fn best_of(mut all: Vec<Search<'_>>, kept: usize) -> Vec<Search<'_>> {
    all.sort_by(|one, other| one.inertia().total_cmp(&other.inertia()));
    all.truncate(kept);
    all
}

/// Goes from centres found on pieces to the division of all points. Where borders can run in many ways at nearly the same cost,
/// Lloyd's algorithm stops at the first; so centres are pushed about a little, as often as asked, and the best is kept.
fn shaken<'p>(points: &'p Points, centres: Vec<[f64; 2]>, shakes: usize, draws: &mut Draws) -> Search<'p> {
    let mut best = Search::begin(points, centres);
    best.go(ROUNDS_MAX, Exactness::Rough);
    for _ in 0..shakes {
        let push = PUSH * (best.inertia() / points.all[2]).max(0.0).sqrt();
        let mut other = best.clone();
        other.centres.iter_mut().flatten().for_each(|along| *along += push * draws.normal());
        other.go(ROUNDS_OF_SHAKE, Exactness::Rough);
        if other.inertia() < best.inertia() {
            best = other;
        }
    }
    best.go(ROUNDS_MAX, Exactness::Exact);
    best
}

fn apart(one: [f64; 2], other: [f64; 2]) -> f64 {
    let (x, y) = (one[0] - other[0], one[1] - other[1]);
    x * x + y * y
}

/// k-means++: each next centre is drawn in proportion to the squared distance from the nearest one so far; of a few drawn
/// the one that brings people nearest is taken, as scikit-learn does.
fn seeded(points: &Points, groups: usize, draws: &mut Draws) -> Vec<[f64; 2]> {
    let mut centres = vec![drawn(points, draws, &points.weights, points.all[2])];
    // What each point is away from its nearest centre, squared and by its weight.
    let mut far: Vec<f64> =
        points.places.iter().zip(&points.weights).map(|(place, weight)| weight * apart(*place, centres[0])).collect();
    let mut all: f64 = far.iter().sum();
    let mut trial = far.clone();
    let mut best = far.clone();
    while centres.len() < groups {
        let mut taken = None;
        for _ in 0..TRIALS {
            let next = drawn(points, draws, &far, all);
            let mut left = 0.0;
            for ((trial, far), (place, weight)) in
                trial.iter_mut().zip(&far).zip(points.places.iter().zip(&points.weights))
            {
                *trial = far.min(weight * apart(*place, next));
                left += *trial;
            }
            if taken.is_none_or(|(least, _)| left < least) {
                taken = Some((left, next));
                std::mem::swap(&mut best, &mut trial);
            }
        }
        let (left, next) = taken.expect("there is at least one trial");
        centres.push(next);
        all = left;
        std::mem::swap(&mut far, &mut best);
    }
    centres
}

/// Draws the place of a point in proportion to its entry in `shares`, which add up to `all`.
fn drawn(points: &Points, draws: &mut Draws, shares: &[f64], all: f64) -> [f64; 2] {
    let mut left = draws.share() * all;
    let at = shares.iter().position(|share| {
        left -= share;
        left < 0.0
    });
    points.places[at.unwrap_or(points.places.len() - 1)]
}

/// Takes one centre away and draws another, as often as asked, and keeps what is better (Fränti, *Random swap*, 2018):
/// finds the last per cent that restarts leave.
fn swapped<'p>(points: &'p Points, mut best: Search<'p>, swaps: usize, draws: &mut Draws) -> Search<'p> {
    let mut far = vec![0.0; points.places.len()];
    for _ in 0..swaps {
        let mut other = best.clone();
        let gone = draws.below(other.centres.len());
        other.centres[gone] = [f64::INFINITY; 2];
        let mut all = 0.0;
        for (far, (place, weight)) in far.iter_mut().zip(points.places.iter().zip(&points.weights)) {
            *far = weight * other.centres.iter().map(|centre| apart(*place, *centre)).fold(f64::INFINITY, f64::min);
            all += *far;
        }
        other.centres[gone] = drawn(points, draws, &far, all);
        other.go(ROUNDS_OF_TRIAL, Exactness::Rough);
        if other.inertia() > best.inertia() * HOPELESS {
            continue;
        }
        other.go(ROUNDS_OF_SWAP, Exactness::Rough);
        if other.inertia() < best.inertia() {
            best = other;
        }
    }
    best.go(ROUNDS_MAX, Exactness::Exact);
    best
}
