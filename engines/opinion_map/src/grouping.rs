use crate::{
    kmeans::{self, Division, Effort, Points},
    settings::Settings,
    silhouette,
};

/// A division into `groups` groups that was looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// How many groups.
    pub groups: usize,
    /// Sum of squared distances of people to the centre of their group, the best of all restarts.
    pub inertia: f64,
    /// Mean silhouette, −1 to 1.
    pub silhouette: f64,
    /// Its standard error.
    pub silhouette_error: f64,
}

/// The division that was chosen.
pub(crate) struct Grouping {
    pub(crate) candidates: Vec<Candidate>,
    /// Position in `candidates`.
    pub(crate) chosen: usize,
    /// The group of each person, the largest group first.
    pub(crate) labels: Vec<u8>,
    pub(crate) centres: Vec<[f64; 2]>,
    /// The best centres for every number of groups, to begin from next time.
    pub(crate) all_centres: Vec<Vec<[f64; 2]>>,
}

/// The purposes of draws, so that no two share a sequence.
pub(crate) mod purpose {
    pub(crate) const RESTART: u64 = 2;
    pub(crate) const SILHOUETTE: u64 = 3;
    pub(crate) const HALF: u64 = 4;
    pub(crate) const HALF_RESTART: u64 = 5;
    pub(crate) const CLOUD: u64 = 6;
    pub(crate) const CLOUD_RESTART: u64 = 8;
}

/// An update of a live map makes do with one in so many of the restarts, swaps and shakes.
const SPARED: usize = 4;

/// How often centres found on pieces are pushed about.
const SHAKES: usize = 12;

/// More swaps where they cost little. What begins from a good division needs less of everything.
fn effort(settings: &Settings, people: usize, is_update: bool) -> Effort {
    let spared = if is_update { SPARED } else { 1 };
    Effort {
        restarts: settings.restarts / spared,
        swaps: (20_000 / people.max(1)).clamp(10, 60) / spared,
        shakes: SHAKES / spared,
    }
}

/// How many groups so many people may be divided into: 2 … min(most, 2 + people / 12).
pub(crate) fn numbers(people: usize, most: usize) -> Vec<usize> {
    (2..=most.min(2 + people / 12)).collect()
}

/// Divides people for every number of groups and takes the smallest number whose silhouette is within one standard error
/// of the best (the rule of Breiman et al., 1984): more groups only where they are clearly better. None when people stand
/// in fewer than two places.
pub(crate) fn divide(people: &[[f64; 2]], settings: &Settings, near: &[Vec<[f64; 2]>]) -> Option<Grouping> {
    let points = Points::of_people(people);
    let numbers = numbers(people.len(), settings.groups_max);
    let divisions: Vec<Division> = kmeans::divide(
        &points,
        &numbers,
        effort(settings, people.len(), !near.is_empty()),
        near,
        (settings.seed, purpose::RESTART),
    )
    .into_iter()
    .flatten()
    .collect();
    if divisions.is_empty() {
        return None;
    }
    let labels: Vec<Vec<u8>> = divisions.iter().map(|division| points.labels_of_people(division)).collect();
    let both: Vec<(&Division, &[u8])> = divisions.iter().zip(labels.iter().map(Vec::as_slice)).collect();
    let scores = silhouette::silhouettes(people, &both, (settings.seed, purpose::SILHOUETTE));
    let candidates: Vec<Candidate> = divisions
        .iter()
        .zip(&scores)
        .map(|(division, score)| Candidate {
            groups: division.centres.len(),
            inertia: division.inertia,
            silhouette: score.0,
            silhouette_error: score.1,
        })
        .collect();
    let chosen = choose(&scores);
    let (labels, centres) = largest_first(&labels[chosen], &divisions[chosen].centres);
    let all_centres = divisions.into_iter().map(|division| division.centres).collect();
    Some(Grouping { candidates, chosen, labels, centres, all_centres })
}

/// The first silhouette within one standard error of the best.
pub(crate) fn choose(scores: &[(f64, f64)]) -> usize {
    let best =
        scores.iter().copied().fold((f64::NEG_INFINITY, 0.0), |best, one| if one.0 > best.0 { one } else { best });
    scores.iter().position(|one| one.0 >= best.0 - best.1).unwrap_or(0)
}

/// Numbers the groups by size, equal ones by their first person.
fn largest_first(labels: &[u8], centres: &[[f64; 2]]) -> (Vec<u8>, Vec<[f64; 2]>) {
    let mut groups: Vec<(usize, usize, usize)> = (0..centres.len()).map(|group| (0, usize::MAX, group)).collect();
    for (person, label) in labels.iter().enumerate() {
        let group = &mut groups[*label as usize];
        group.0 += 1;
        group.1 = group.1.min(person);
    }
    groups.sort_by_key(|(size, first, _)| (std::cmp::Reverse(*size), *first));
    let mut number = vec![0; centres.len()];
    groups.iter().enumerate().for_each(|(new, (_, _, old))| number[*old] = new as u8);
    let labels = labels.iter().map(|label| number[*label as usize]).collect();
    (labels, groups.iter().map(|(_, _, old)| centres[*old]).collect())
}
