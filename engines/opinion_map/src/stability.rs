use crate::{
    agreement,
    axes::{self, Axes, Precision},
    grouping::{Grouping, choose, numbers, purpose},
    kmeans::{self, Division, Effort, Points},
    matrix::Matrix,
    place,
    random::Draws,
    settings::Settings,
    silhouette,
};
use rayon::prelude::*;

/// Steps towards the axes of a half-sample, from the axes of all.
const STEPS: usize = 4;
/// Restarts of the grouping of a half-sample.
const RESTARTS: usize = 4;
/// People on whom a half-sample judges how many groups there are.
const JUDGED: usize = 256;

/// Whether the groups come back when other people had come. Half of the people on the map are drawn, and axes, places and
/// groups made anew from them alone, again and again; halves come in pairs that have nobody in common. Half-samples vary
/// as the bootstrap does (Politis, Romano, Wolf, *Subsampling*, 1999).
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// How many half-samples.
    pub resamples: usize,
    /// Mean agreement (adjusted Rand index) of their groups with those of the map, for the same number of groups.
    pub agreement: f64,
    /// The worst of them.
    pub agreement_least: f64,
    /// The share of half-samples that would have chosen the same number of groups.
    pub same_number_share: f64,
    /// For each group how well it is found again: mean Jaccard index; below 0.6 a group is not to be trusted, from 0.75 it
    /// shows a pattern, from 0.85 it is firm (Hennig, 2007).
    pub groups: Vec<f64>,
    /// How many reactions the map had when this was measured.
    pub measured_at_reactions: usize,
}

struct Resample {
    agreement: f64,
    is_same_number: bool,
    groups: Vec<f64>,
}

/// Measures it for a map of the people in `rows`. None when there are too few people to halve.
pub(crate) fn measure(
    (matrix, open): (&Matrix, &Matrix),
    rows: &[u32],
    axes: &Axes,
    grouping: &Grouping,
    settings: &Settings,
) -> Option<Stability> {
    let chosen = grouping.candidates[grouping.chosen].groups;
    if settings.resamples == 0 || rows.len() / 2 < 2 * chosen {
        return None;
    }
    let one = |turn: usize| resample((matrix, open), rows, axes, grouping, settings, turn);
    let found: Vec<Resample> = (0..settings.resamples).into_par_iter().filter_map(one).collect();
    if found.is_empty() {
        return None;
    }
    let count = found.len() as f64;
    Some(Stability {
        resamples: found.len(),
        agreement: found.iter().map(|one| one.agreement).sum::<f64>() / count,
        agreement_least: found.iter().map(|one| one.agreement).fold(1.0, f64::min),
        same_number_share: found.iter().filter(|one| one.is_same_number).count() as f64 / count,
        groups: (0..chosen).map(|group| found.iter().map(|one| one.groups[group]).sum::<f64>() / count).collect(),
        measured_at_reactions: matrix.cells(),
    })
}

fn resample(
    (matrix, open): (&Matrix, &Matrix),
    rows: &[u32],
    axes: &Axes,
    grouping: &Grouping,
    settings: &Settings,
    turn: usize,
) -> Option<Resample> {
    let mut half = Draws::new(settings.seed, purpose::HALF, turn as u64 / 2).some_of(rows.len(), rows.len());
    // Odd turns take the other half of the same shuffle.
    let half =
        if turn.is_multiple_of(2) { &mut half[..rows.len() / 2] } else { &mut half[rows.len() - rows.len() / 2..] };
    half.sort_unstable();
    let own_rows: Vec<u32> = half.iter().map(|at| rows[*at as usize]).collect();
    let own_axes =
        axes::find(open, &own_rows, matrix.statements.len(), Some(axes), Precision::Steps(STEPS), settings.seed);
    let places = place::people(open, &own_rows, &matrix.statements, &own_axes);
    let points = Points::of_people(&places);
    let numbers = numbers(rows.len(), settings.groups_max);
    let seed = (settings.seed, purpose::HALF_RESTART + ((turn as u64) << 8));
    let divisions: Vec<Division> =
        kmeans::divide(&points, &numbers, Effort { restarts: RESTARTS, swaps: 0, shakes: 0 }, &[], seed)
            .into_iter()
            .flatten()
            .collect();
    let labels: Vec<Vec<u8>> = divisions.iter().map(|division| points.labels_of_people(division)).collect();
    let both: Vec<(&Division, &[u8])> = divisions.iter().zip(labels.iter().map(Vec::as_slice)).collect();
    let judged = Draws::new(settings.seed, purpose::SILHOUETTE, turn as u64 + 1).some_of(places.len(), JUDGED);
    let best = choose(&silhouette::of_some(&places, &judged, &both));
    let same =
        divisions.iter().position(|division| division.centres.len() == grouping.candidates[grouping.chosen].groups)?;
    let of_map: Vec<Option<u8>> = half.iter().map(|at| Some(grouping.labels[*at as usize])).collect();
    let of_half: Vec<Option<u8>> = labels[same].iter().map(|label| Some(*label)).collect();
    Some(Resample {
        agreement: agreement::adjusted_rand_index(&of_map, &of_half),
        is_same_number: best == same,
        groups: agreement::found_again(&of_map, &of_half, grouping.centres.len()),
    })
}
