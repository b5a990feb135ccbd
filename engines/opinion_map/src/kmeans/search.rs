use super::{
    Division, apart,
    points::{LANES, Points, Real, add, nearest},
};

/// With how many bits the nearest centre is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exactness {
    /// Half of them: a label can be wrong where two centres are as near to 7 digits.
    Rough,
    /// All.
    Exact,
}

/// Lloyd's algorithm under way. Sums follow the points that change, so that it can be stopped, judged and taken up again.
#[derive(Clone)]
pub(super) struct Search<'p> {
    points: &'p Points,
    labels: Vec<u8>,
    /// Of each group, the sum of its places by weight, and its weight.
    sums: Vec<[f64; 3]>,
    pub(super) centres: Vec<[f64; 2]>,
}

impl<'p> Search<'p> {
    pub(super) fn begin(points: &'p Points, centres: Vec<[f64; 2]>) -> Self {
        let mut sums = vec![[0.0; 3]; centres.len()];
        sums[0] = points.all;
        Self { points, labels: vec![0; points.places.len()], sums, centres }
    }

    /// Goes on until no label changes, `rounds` at most. A group that loses all its points takes the point farthest from its centre.
    pub(super) fn go(&mut self, rounds: usize, exactness: Exactness) {
        for round in 0..rounds {
            let points = self.points;
            let changed = match exactness {
                Exactness::Rough => {
                    let centres: Vec<[f32; 2]> = self.centres.iter().map(|one| one.map(|along| along as f32)).collect();
                    self.assign(&points.rough, &centres)
                }
                Exactness::Exact => {
                    let centres = std::mem::take(&mut self.centres);
                    let changed = self.assign(&points.lanes, &centres);
                    self.centres = centres;
                    changed
                }
            };
            if let Some(empty) = self.sums.iter().position(|sum| sum[2] < 0.5) {
                self.centres[empty] = self.farthest();
                continue;
            }
            for (centre, sum) in self.centres.iter_mut().zip(&self.sums) {
                *centre = [sum[0] / sum[2], sum[1] / sum[2]];
            }
            if round > 0 && changed == 0 {
                break;
            }
        }
    }

    /// Gives each point the nearest centre; says how many points changed.
    fn assign<T: Real>(&mut self, lanes: &[[[T; LANES]; 2]], centres: &[[T; 2]]) -> usize {
        let mut changed = 0;
        for (at, ([x, y], labels)) in lanes.iter().zip(self.labels.chunks_mut(LANES)).enumerate() {
            let nearest = nearest(x, y, centres);
            if labels.iter().zip(&nearest).all(|(label, nearest)| T::from(*label) == *nearest) {
                continue;
            }
            for (offset, (label, nearest)) in labels.iter_mut().zip(&nearest).enumerate() {
                let new = nearest.number();
                if *label != new {
                    let at = at * LANES + offset;
                    let (place, weight) = (self.points.places[at], self.points.weights[at]);
                    add(&mut self.sums[*label as usize], place, -weight);
                    add(&mut self.sums[new as usize], place, weight);
                    *label = new;
                    changed += 1;
                }
            }
        }
        changed
    }

    fn farthest(&self) -> [f64; 2] {
        let places = &self.points.places;
        let distance = |at: &usize| apart(places[*at], self.centres[self.labels[*at] as usize]);
        let far = (0..places.len()).max_by(|one, other| distance(one).total_cmp(&distance(other)));
        places[far.expect("there are at least as many points as groups")]
    }

    /// About the weighted sum of squared distances to the means of the groups, from the sums alone.
    pub(super) fn inertia(&self) -> f64 {
        let of = |sum: &[f64; 3]| if sum[2] > 0.5 { (sum[0] * sum[0] + sum[1] * sum[1]) / sum[2] } else { 0.0 };
        self.points.squares - self.sums.iter().map(of).sum::<f64>()
    }

    /// The labelling with its true centres and inertia.
    pub(super) fn division(self) -> Division {
        let (places, weights) = (&self.points.places, &self.points.weights);
        let mut sums = vec![[0.0; 3]; self.centres.len()];
        for ((place, weight), label) in places.iter().zip(weights).zip(&self.labels) {
            add(&mut sums[*label as usize], *place, *weight);
        }
        let centres: Vec<[f64; 2]> =
            sums.iter().map(|sum| [sum[0] / sum[2].max(1.0), sum[1] / sum[2].max(1.0)]).collect();
        let terms = places.iter().zip(weights).zip(&self.labels);
        let inertia = terms.map(|((place, weight), label)| weight * apart(*place, centres[*label as usize])).sum();
        Division { labels: self.labels, centres, inertia }
    }
}
