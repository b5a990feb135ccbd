use std::ops::{Add, Mul, Sub};

/// Points of the map that carry weight: people in the same place are one point. In the order of their places, so that the
/// draws of the seeding do not depend on what people are called.
pub(crate) struct Points {
    pub(super) places: Vec<[f64; 2]>,
    pub(super) weights: Vec<f64>,
    /// The places again, eight by eight and filled up, in the form in which the nearest centre is found fastest.
    pub(super) lanes: Vec<[[f64; LANES]; 2]>,
    /// The same with half the bits, for divisions that are only on the way to one.
    pub(super) rough: Vec<[[f32; LANES]; 2]>,
    /// The sum of all places by weight, and the weight.
    pub(super) all: [f64; 3],
    /// The weighted sum of all squared distances from the middle of the map.
    pub(super) squares: f64,
    /// The point of each person.
    pub(crate) of: Vec<u32>,
}

pub(super) const LANES: usize = 8;

impl Points {
    pub(crate) fn of_people(people: &[[f64; 2]]) -> Self {
        let mut order: Vec<u32> = (0..people.len() as u32).collect();
        let place = |at: u32| people[at as usize];
        order.sort_unstable_by(|one, other| {
            let (a, b) = (place(*one), place(*other));
            a[0].total_cmp(&b[0]).then_with(|| a[1].total_cmp(&b[1])).then(one.cmp(other))
        });
        let (mut places, mut weights, mut of) = (Vec::new(), Vec::new(), vec![0; people.len()]);
        for at in order {
            if places.last() != Some(&place(at)) {
                places.push(place(at));
                weights.push(0.0);
            }
            let last = places.len() - 1;
            weights[last] += 1.0;
            of[at as usize] = last as u32;
        }
        Self { of, ..Self::of_places(places, weights) }
    }

    /// Points that stand for nobody in particular.
    pub(super) fn weighted(points: Vec<([f64; 2], f64)>) -> Self {
        let (places, weights) = points.into_iter().unzip();
        Self::of_places(places, weights)
    }

    fn of_places(places: Vec<[f64; 2]>, weights: Vec<f64>) -> Self {
        let lane = |some: &[[f64; 2]]| {
            [0, 1].map(|axis| std::array::from_fn(|at| some.get(at).map_or(0.0, |place| place[axis])))
        };
        let lanes: Vec<[[f64; LANES]; 2]> = places.chunks(LANES).map(lane).collect();
        let rough = lanes.iter().map(|lane| lane.map(|axis| axis.map(|place| place as f32))).collect();
        let (mut all, mut squares) = ([0.0; 3], 0.0);
        for (place, weight) in places.iter().zip(&weights) {
            add(&mut all, *place, *weight);
            squares += weight * (place[0] * place[0] + place[1] * place[1]);
        }
        Self { places, weights, lanes, rough, all, squares, of: Vec::new() }
    }
}

pub(super) fn add(sum: &mut [f64; 3], place: [f64; 2], weight: f64) {
    sum[0] += weight * place[0];
    sum[1] += weight * place[1];
    sum[2] += weight;
}

/// A float of either size.
pub(super) trait Real:
    Copy + PartialOrd + From<u8> + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self>
{
    const INFINITY: Self;
    fn number(self) -> u8;
}

impl Real for f32 {
    const INFINITY: Self = f32::INFINITY;
    fn number(self) -> u8 {
        self as u8
    }
}

impl Real for f64 {
    const INFINITY: Self = f64::INFINITY;
    fn number(self) -> u8 {
        self as u8
    }
}

/// The numbers of the nearest centres, ties to the first; without branches.
pub(super) fn nearest<T: Real>(x: &[T; LANES], y: &[T; LANES], centres: &[[T; 2]]) -> [T; LANES] {
    let mut best = [T::from(0); LANES];
    let mut least = [T::INFINITY; LANES];
    for (number, centre) in (0u8..).zip(centres) {
        let number = T::from(number);
        for at in 0..LANES {
            let distance = (x[at] - centre[0]) * (x[at] - centre[0]) + (y[at] - centre[1]) * (y[at] - centre[1]);
            let is_nearer = distance < least[at];
            least[at] = if is_nearer { distance } else { least[at] };
            best[at] = if is_nearer { number } else { best[at] };
        }
    }
    best
}
