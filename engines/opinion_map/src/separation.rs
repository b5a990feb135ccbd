use crate::{
    grouping::{numbers, purpose},
    kmeans::{self, Division, Effort, Points},
    random::Draws,
    settings::Settings,
    silhouette,
};
use rayon::prelude::*;

/// People in a reference, at most. Fewer people vary more, so that this errs on the side of "no groups".
const PEOPLE_MAX: usize = 400;
const RESTARTS: usize = 3;

/// Whether people fall into groups or only spread. k-means finds groups in any cloud, with a silhouette of about a third;
/// so the map's is held against that of clouds without groups: normal ones, of as many people (at most 400), divided in the
/// same way. A Monte Carlo test (Barnard, 1963; for clusters against one normal cloud: Liu et al., *SigClust*, 2008).
#[derive(Debug, Clone, PartialEq)]
pub struct Separation {
    /// The map's best silhouette.
    pub silhouette: f64,
    /// How many clouds of each kind.
    pub references: usize,
    /// The best silhouette of round clouds: what votes look like that have nothing to do with each other.
    pub round_cloud: f64,
    /// The best silhouette of clouds as long and as wide as the map: a range of opinion without a gap.
    pub stretched_cloud: f64,
}

/// Holds the places of people against clouds; None when that was not asked for or nobody differs.
pub(crate) fn measure(people: &[[f64; 2]], best_silhouette: f64, settings: &Settings) -> Option<Separation> {
    if settings.references == 0 || people.len() < 4 {
        return None;
    }
    let (long, wide) = spread(people);
    let most = numbers(people.len(), settings.groups_max);
    let highest = |ratio: f64, kind: u64| {
        (0..settings.references)
            .into_par_iter()
            .map(|turn| cloud(people.len().min(PEOPLE_MAX), ratio, &most, settings.seed, (turn as u64) << 1 | kind))
            .reduce(|| f64::NEG_INFINITY, f64::max)
    };
    Some(Separation {
        silhouette: best_silhouette,
        references: settings.references,
        round_cloud: highest(1.0, 0),
        stretched_cloud: highest(if long > 0.0 { wide / long } else { 1.0 }, 1),
    })
}

/// The standard deviations along and across the direction in which the places spread most, but for a common factor.
fn spread(people: &[[f64; 2]]) -> (f64, f64) {
    let count = people.len() as f64;
    let mean = [0, 1].map(|axis| people.iter().map(|place| place[axis]).sum::<f64>() / count);
    let product = |one: usize, other: usize| -> f64 {
        people.iter().map(|place| (place[one] - mean[one]) * (place[other] - mean[other])).sum()
    };
    let (xx, xy, yy) = (product(0, 0), product(0, 1), product(1, 1));
    let root = ((xx - yy) * (xx - yy) + 4.0 * xy * xy).sqrt();
    (((xx + yy + root) / 2.0).max(0.0).sqrt(), ((xx + yy - root) / 2.0).max(0.0).sqrt())
}

fn cloud(people: usize, ratio: f64, groups: &[usize], seed: u64, turn: u64) -> f64 {
    let mut draws = Draws::new(seed, purpose::CLOUD, turn);
    let places: Vec<[f64; 2]> = (0..people).map(|_| [draws.normal(), draws.normal() * ratio]).collect();
    let points = Points::of_people(&places);
    let seed = (seed, purpose::CLOUD_RESTART + (turn << 8));
    let divisions: Vec<Division> =
        kmeans::divide(&points, groups, Effort { restarts: RESTARTS, swaps: 0, shakes: 0 }, &[], seed)
            .into_iter()
            .flatten()
            .collect();
    let labels: Vec<Vec<u8>> = divisions.iter().map(|division| points.labels_of_people(division)).collect();
    let both: Vec<(&Division, &[u8])> = divisions.iter().zip(labels.iter().map(Vec::as_slice)).collect();
    let judged: Vec<u32> = (0..people as u32).collect();
    silhouette::of_some(&places, &judged, &both).into_iter().map(|score| score.0).fold(f64::NEG_INFINITY, f64::max)
}
