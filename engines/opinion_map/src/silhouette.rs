use crate::{kmeans::Division, limits, random::Draws};
use rayon::prelude::*;

/// How well each division separates people (Rousseeuw, *Silhouettes*, 1987): for each person (b − a) / max(a, b), with the
/// mean distance a to the own group and b to the nearest other; 0 for who is alone. The mean over people and its standard
/// error. All pairs are taken up to a limit; beyond it a sample of people is held against everybody.
pub(crate) fn silhouettes(people: &[[f64; 2]], divisions: &[(&Division, &[u8])], seed: (u64, u64)) -> Vec<(f64, f64)> {
    if people.len() > limits::SILHOUETTE_EXACT_MAX {
        let judged = Draws::new(seed.0, seed.1, 0).some_of(people.len(), limits::SILHOUETTE_SAMPLE);
        return of_some(people, &judged, divisions);
    }
    let cells = Cells::of(people, divisions);
    let scores: Vec<Vec<f64>> = cells.all_pairs().iter().enumerate().map(|(at, sums)| cells.scores(at, sums)).collect();
    means(&scores, divisions.len())
}

/// The same for the people in `judged`, each held against everybody.
pub(crate) fn of_some(people: &[[f64; 2]], judged: &[u32], divisions: &[(&Division, &[u8])]) -> Vec<(f64, f64)> {
    let cells = Cells::of(people, divisions);
    let mut at_of = vec![0; people.len()];
    cells.order.iter().enumerate().for_each(|(at, person)| at_of[*person as usize] = at);
    let score = |person: &u32| {
        let at = at_of[*person as usize];
        cells.scores(at, &cells.sums([cells.x[at], cells.y[at]]))
    };
    let scores: Vec<Vec<f64>> = judged.par_iter().with_min_len(64).map(score).collect();
    means(&scores, divisions.len())
}

/// The mean of each division, and its standard error.
fn means(scores: &[Vec<f64>], divisions: usize) -> Vec<(f64, f64)> {
    (0..divisions)
        .map(|at| {
            let count = scores.len().max(1) as f64;
            let mean = scores.iter().map(|score| score[at]).sum::<f64>() / count;
            let variance = scores.iter().map(|score| (score[at] - mean).powi(2)).sum::<f64>() / count;
            (mean, (variance / count).sqrt())
        })
        .collect()
}

/// People sorted into the cells in which all divisions agree, so that one sum of distances for each cell serves all of them.
struct Cells {
    order: Vec<u32>,
    x: Vec<f64>,
    y: Vec<f64>,
    ends: Vec<usize>,
    /// The cell of each in the order.
    cell_of: Vec<u32>,
    /// The group of each cell in each division.
    groups: Vec<Vec<u8>>,
    /// The size of each group in each division.
    sizes: Vec<Vec<f64>>,
}

/// All pairs are taken in bands of this many people, whatever the number of threads, so that every machine rounds alike.
const BAND: usize = 256;

impl Cells {
    fn of(people: &[[f64; 2]], divisions: &[(&Division, &[u8])]) -> Self {
        let key = |person: u32| divisions.iter().map(|(_, labels)| labels[person as usize]).collect::<Vec<u8>>();
        let code = |person: u32| {
            divisions.iter().fold(0u64, |code, (_, labels)| code << 4 | u64::from(labels[person as usize]))
        };
        let mut coded: Vec<(u64, u32)> = (0..people.len() as u32).map(|person| (code(person), person)).collect();
        coded.sort_unstable();
        let order: Vec<u32> = coded.iter().map(|(_, person)| *person).collect();
        let place = |axis: usize| order.iter().map(|person| people[*person as usize][axis]).collect();
        let (mut ends, mut groups, mut cell_of) = (Vec::new(), Vec::<Vec<u8>>::new(), Vec::with_capacity(people.len()));
        for (at, (code, person)) in coded.iter().enumerate() {
            if at == 0 || coded[at - 1].0 != *code {
                groups.push(key(*person));
                ends.push(at);
            }
            cell_of.push(groups.len() as u32 - 1);
            *ends.last_mut().expect("a cell was begun") = at + 1;
        }
        let sizes = divisions
            .iter()
            .map(|(division, labels)| {
                let mut sizes = vec![0.0; division.centres.len()];
                labels.iter().for_each(|label| sizes[*label as usize] += 1.0);
                sizes
            })
            .collect();
        Self { x: place(0), y: place(1), order, ends, cell_of, groups, sizes }
    }

    /// The sum of distances from a place to the people of each cell.
    fn sums(&self, place: [f64; 2]) -> Vec<f64> {
        let mut begun = 0;
        let of = |end: &usize| {
            let sum = distances(place, &self.x[begun..*end], &self.y[begun..*end]);
            begun = *end;
            sum
        };
        self.ends.iter().map(of).collect()
    }

    /// The same from everybody, in the order of cells: each distance is worked out once, and counts for both of the pair.
    fn all_pairs(&self) -> Vec<Vec<f64>> {
        let people = self.x.len();
        let cells = self.ends.len();
        let bands: Vec<(Vec<f64>, Vec<f64>)> =
            (0..people.div_ceil(BAND)).into_par_iter().map(|band| self.band(band * BAND)).collect();
        let mut sums = vec![vec![0.0; cells]; people];
        for (band, (own, others)) in bands.iter().enumerate() {
            for (offset, part) in own.chunks_exact(cells).enumerate() {
                sums[band * BAND + offset].iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
            }
            // By the cell of those in the band.
            let first = self.cell_of[band * BAND] as usize;
            for (number, part) in others.chunks_exact(people).enumerate() {
                sums.iter_mut().zip(part).for_each(|(sum, part)| sum[first + number] += part);
            }
        }
        sums
    }

    /// For the people of one band, the distances to those after them: summed up for each by cell; and for everybody by the cell of
    /// those in the band, from its first on.
    fn band(&self, begun: usize) -> (Vec<f64>, Vec<f64>) {
        let (people, cells) = (self.x.len(), self.ends.len());
        let end = (begun + BAND).min(people);
        let first = self.cell_of[begun] as usize;
        let touched = self.cell_of[end - 1] as usize - first + 1;
        let (mut own, mut others) = (vec![0.0; (end - begun) * cells], vec![0.0; touched * people]);
        for at in begun..end {
            let place = [self.x[at], self.y[at]];
            let row = &mut own[(at - begun) * cells..][..cells];
            let number = self.cell_of[at] as usize - first;
            let column = &mut others[number * people..][..people];
            let (mut from, cell) = (at + 1, self.cell_of[at] as usize);
            for (sum, to) in row[cell..].iter_mut().zip(&self.ends[cell..]) {
                *sum += spread(place, &self.x[from..*to], &self.y[from..*to], &mut column[from..*to]);
                from = *to;
            }
        }
        (own, others)
    }

    /// The silhouettes of one in the order, in each division, from the sums of distances.
    fn scores(&self, at: usize, sums: &[f64]) -> Vec<f64> {
        let groups = &self.groups[self.cell_of[at] as usize];
        let of = |division: usize| {
            let mut to = vec![0.0; self.sizes[division].len()];
            sums.iter().zip(&self.groups).for_each(|(sum, groups)| to[groups[division] as usize] += sum);
            score(&to, &self.sizes[division], groups[division] as usize)
        };
        (0..self.sizes.len()).map(of).collect()
    }
}

/// Distances are worked out in batches of this many, first all of them and then what they add up to: the first is done several
/// at a time then.
const BATCH: usize = 32;

/// The sum of the distances from `place`, each also added to its entry in `each`; always in the same order.
fn spread(place: [f64; 2], x: &[f64], y: &[f64], each: &mut [f64]) -> f64 {
    let mut sums = [0.0; 4];
    for ((x, y), each) in x.chunks(BATCH).zip(y.chunks(BATCH)).zip(each.chunks_mut(BATCH)) {
        let batch = batch(place, x, y);
        each.iter_mut().zip(&batch).for_each(|(each, distance)| *each += distance);
        add(&mut sums, &batch);
    }
    sums.iter().sum()
}

/// The sum of the distances from `place`; always in the same order.
fn distances(place: [f64; 2], x: &[f64], y: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    for (x, y) in x.chunks(BATCH).zip(y.chunks(BATCH)) {
        add(&mut sums, &batch(place, x, y));
    }
    sums.iter().sum()
}

/// The distances from `place`, and 0 for what is missing of a batch.
#[inline]
fn batch([along, across]: [f64; 2], x: &[f64], y: &[f64]) -> [f64; BATCH] {
    let mut found = [0.0; BATCH];
    for (found, (x, y)) in found.iter_mut().zip(x.iter().zip(y)) {
        let (x, y) = (x - along, y - across);
        *found = (x * x + y * y).sqrt();
    }
    found
}

#[inline]
fn add(sums: &mut [f64; 4], batch: &[f64; BATCH]) {
    for four in batch.as_chunks::<4>().0 {
        (0..4).for_each(|at| sums[at] += four[at]);
    }
}

fn score(to: &[f64], sizes: &[f64], own: usize) -> f64 {
    if sizes[own] <= 1.0 {
        return 0.0;
    }
    let within = to[own] / (sizes[own] - 1.0);
    let others =
        (0..to.len()).filter(|group| *group != own && sizes[*group] > 0.0).map(|group| to[group] / sizes[group]);
    let nearest = others.fold(f64::INFINITY, f64::min);
    let larger = within.max(nearest);
    if larger > 0.0 && nearest.is_finite() { (nearest - within) / larger } else { 0.0 }
}
