use super::points::{Points, add};
use std::{cmp::Ordering, collections::BinaryHeap};

/// Pieces that stand for the points; fewer than twice as many points are left as they are.
const PIECES_LEAST: usize = 256;
/// Of very many points, there is a piece for so many, up to the most.
const POINTS_A_PIECE: usize = 32;
const PIECES_MOST: usize = 2_048;

type Weighted = ([f64; 2], f64);

impl Points {
    /// Fewer points that stand for these: the piece whose points scatter most is cut in two, again and again, and in the end each
    /// is its mean with its weight. What a division of the pieces costs is what it costs the points, but for the scatter
    /// within pieces, which is the same for all divisions, and for the few pieces on a border; so divisions can be sought on
    /// the pieces. None when there are few points as it is.
    pub(super) fn pieces(&self) -> Option<Self> {
        let wanted = (self.places.len() / POINTS_A_PIECE).clamp(PIECES_LEAST, PIECES_MOST);
        if self.places.len() < 2 * wanted {
            return None;
        }
        let all: Vec<Weighted> = self.places.iter().copied().zip(self.weights.iter().copied()).collect();
        let mut pieces = BinaryHeap::with_capacity(wanted + 1);
        pieces.push(Piece::of(all));
        while pieces.len() < wanted {
            // Where nothing scatters there is nothing to cut.
            let Some(widest) = pieces.peek().filter(|widest| widest.scatter > 0.0) else { break };
            let (low, high) = widest.cut();
            pieces.pop();
            pieces.push(low);
            pieces.push(high);
        }
        let mut means: Vec<Weighted> = pieces.into_iter().map(|piece| (piece.mean, piece.weight)).collect();
        means.sort_unstable_by(|one, other| by_place(&one.0, &other.0));
        Some(Self::weighted(means))
    }
}

struct Piece {
    points: Vec<Weighted>,
    mean: [f64; 2],
    weight: f64,
    /// The weighted sum of squared distances from the mean.
    scatter: f64,
}

impl Piece {
    fn of(points: Vec<Weighted>) -> Self {
        let mut sum = [0.0; 3];
        points.iter().for_each(|(place, weight)| add(&mut sum, *place, *weight));
        let mean = [sum[0] / sum[2], sum[1] / sum[2]];
        let far = |place: &[f64; 2]| (place[0] - mean[0]).powi(2) + (place[1] - mean[1]).powi(2);
        let scatter = points.iter().map(|(place, weight)| weight * far(place)).sum();
        Self { points, mean, weight: sum[2], scatter }
    }

    /// Both sides of the mean, across the longer side.
    fn cut(&self) -> (Self, Self) {
        let [x, y] = [0, 1].map(|axis| {
            let ends = |ends: (f64, f64), point: &Weighted| (ends.0.min(point.0[axis]), ends.1.max(point.0[axis]));
            self.points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), ends)
        });
        let (axis, (low, high)) = if y.1 - y.0 > x.1 - x.0 { (1, y) } else { (0, x) };
        // Rounding can put a mean on the end; both sides must have a point.
        let at = if self.mean[axis] > low { self.mean[axis].min(high) } else { high };
        let (low, high) = self.points.iter().copied().partition(|(place, _)| place[axis] < at);
        (Self::of(low), Self::of(high))
    }
}

impl Ord for Piece {
    fn cmp(&self, other: &Self) -> Ordering {
        self.scatter.total_cmp(&other.scatter).then_with(|| by_place(&self.mean, &other.mean))
    }
}

impl PartialOrd for Piece {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Piece {}

fn by_place(one: &[f64; 2], other: &[f64; 2]) -> Ordering {
    one[0].total_cmp(&other[0]).then_with(|| one[1].total_cmp(&other[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Draws;

    #[test]
    fn pieces_weigh_what_their_points_weigh() {
        let mut draws = Draws::new(1, 2, 3);
        let even: Vec<[f64; 2]> = (0..3_000).map(|_| [draws.normal(), draws.normal()]).collect();
        // Each point twice as far as the one before: the widest piece loses one point at a time.
        let far: Vec<[f64; 2]> = (0..900).map(|at| [f64::from(at).exp2(), 0.0]).collect();
        for people in [even, far] {
            let points = Points::of_people(&people);
            let pieces = points.pieces().unwrap();
            assert_eq!((pieces.places.len(), pieces.all[2]), (PIECES_LEAST, people.len() as f64));
            for axis in 0..2 {
                assert!((pieces.all[axis] - points.all[axis]).abs() <= 1e-9 * points.all[axis].abs().max(1.0));
            }
            assert!(pieces.weights.iter().all(|weight| *weight >= 1.0));
        }
    }

    #[test]
    fn few_points_and_points_that_do_not_scatter_stay_as_they_are() {
        assert!(Points::of_people(&vec![[1.0, 2.0]; 5_000]).pieces().is_none());
        let few: Vec<[f64; 2]> = (0..2 * PIECES_LEAST - 1).map(|at| [at as f64, 0.0]).collect();
        assert!(Points::of_people(&few).pieces().is_none());
        // So near to each other that the squares of their distances are 0.
        let near: Vec<[f64; 2]> = (0..1_000).map(|at| [f64::from(at) * 1e-200, 0.0]).collect();
        assert_eq!(Points::of_people(&near).pieces().unwrap().all[2], 1_000.0);
    }
}
