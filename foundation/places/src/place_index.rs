//! In which district a pin lies.

use crate::{Bounds, District};
use geo::{
    Coord,
    algorithm::kernels::{Kernel, Orientation, RobustKernel},
};
use std::collections::BTreeMap;

/// Each district's sides are kept in this many bands of latitude, so that a question looks at one band only.
const BANDS: usize = 64;
/// Mean radius of the Earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// All districts of a town, ready to be asked.
///
/// Borders belong to the districts they bound; where several claim a point, the lowest code wins. Codes that are
/// numbers come first, in numeric order, then the others in byte order.
#[derive(Debug, Clone)]
pub struct PlaceIndex {
    /// Ordered by code.
    areas: Vec<Area>,
    positions: BTreeMap<String, usize>,
    bounds: Option<Bounds>,
}

/// The district nearest to a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Its code.
    pub code: String,
    /// Metres to its border; 0 inside.
    pub distance_m: f64,
}

#[derive(Debug, Clone)]
struct Area {
    district: District,
    band_height: f64,
    bands: Vec<Vec<Side>>,
}

/// One side of a ring, the southern end first.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Side {
    low: Coord,
    high: Coord,
}

impl PlaceIndex {
    /// Takes districts with different codes, as [`crate::read_boundaries`] returns them.
    pub fn build(districts: Vec<District>) -> Self {
        let mut areas: Vec<Area> = districts.into_iter().map(Area::new).collect();
        areas.sort_by(|a, b| rank(a.district.code()).cmp(&rank(b.district.code())));
        let positions = areas.iter().enumerate().map(|(i, area)| (area.district.code().to_owned(), i)).collect();
        let bounds = areas.iter().map(|area| area.district.bounds()).reduce(Bounds::joined);
        Self { areas, positions, bounds }
    }

    /// The district in which a point lies, borders included. Degrees; numbers outside the Earth lie nowhere.
    pub fn locate(&self, lat: f64, long: f64) -> Option<&District> {
        self.areas.iter().find(|area| area.covers(lat, long)).map(|area| &area.district)
    }

    /// The district nearest to a point, for telling people how far outside they are. `None` without districts or
    /// for numbers that are not finite. Distances are good to 1 % within 50 km.
    pub fn nearest(&self, lat: f64, long: f64) -> Option<Nearest> {
        if !lat.is_finite() || !long.is_finite() {
            return None;
        }
        if let Some(inside) = self.locate(lat, long) {
            return Some(Nearest { code: inside.code().to_owned(), distance_m: 0.0 });
        }
        let measured = self.areas.iter().map(|area| (area.distance_m(lat, long), area));
        // `min_by` keeps the first of equals, the lowest code.
        let (distance_m, area) = measured.min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Nearest { code: area.district.code().to_owned(), distance_m })
    }

    /// The district with this code.
    pub fn district(&self, code: &str) -> Option<&District> {
        self.positions.get(code).map(|position| &self.areas[*position].district)
    }

    /// All districts, ordered by code.
    pub fn districts(&self) -> impl Iterator<Item = &District> {
        self.areas.iter().map(|area| &area.district)
    }

    /// The box around all districts; `None` without any.
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }
}

impl Area {
    fn new(district: District) -> Self {
        let bounds = district.bounds();
        // A shape that encloses something has a height; the floor keeps a hairline from dividing by zero.
        let band_height = ((bounds.north - bounds.south) / BANDS as f64).max(f64::MIN_POSITIVE);
        let mut bands = vec![Vec::new(); BANDS];
        for side in sides_of(&district) {
            let first = band(side.low.y, bounds.south, band_height);
            let last = band(side.high.y, bounds.south, band_height);
            for sides in &mut bands[first..=last] {
                sides.push(side);
            }
        }
        Self { district, band_height, bands }
    }

    /// Ray casting to the east with exact arithmetic: a point on a side is inside; a corner is counted once because
    /// a side holds its southern end and not its northern one.
    fn covers(&self, lat: f64, long: f64) -> bool {
        let bounds = self.district.bounds();
        if !bounds.contains(lat, long) {
            return false;
        }
        let mut inside = false;
        for side in &self.bands[band(lat, bounds.south, self.band_height)] {
            if lat < side.low.y || lat > side.high.y {
                continue;
            }
            match side.lies(lat, long) {
                Lies::On => return true,
                Lies::East if lat < side.high.y => inside = !inside,
                Lies::East | Lies::Aside => {}
            }
        }
        inside
    }

    /// Metres to the nearest side, on a plane that touches the Earth at the point.
    fn distance_m(&self, lat: f64, long: f64) -> f64 {
        let shrink = lat.to_radians().cos();
        let flat = |corner: Coord| ((corner.x - long) * shrink, corner.y - lat);
        let squares = sides_of(&self.district).map(|side| square_from_origin(flat(side.low), flat(side.high)));
        squares.fold(f64::INFINITY, f64::min).sqrt().to_radians() * EARTH_RADIUS_M
    }
}

/// Where a side lies, seen from a point at a latitude that the side reaches.
enum Lies {
    On,
    East,
    Aside,
}

impl Side {
    fn lies(&self, lat: f64, long: f64) -> Lies {
        let (west, east) = (self.low.x.min(self.high.x), self.low.x.max(self.high.x));
        if long > east {
            return Lies::Aside;
        }
        if long < west {
            return Lies::East;
        }
        // From the southern to the northern end, a point on the left has the side to its east.
        match RobustKernel::orient2d(self.low, self.high, Coord { x: long, y: lat }) {
            Orientation::Collinear => Lies::On,
            Orientation::CounterClockwise => Lies::East,
            Orientation::Clockwise => Lies::Aside,
        }
    }
}

fn sides_of(district: &District) -> impl Iterator<Item = Side> {
    let rings =
        district.shape().iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings.flat_map(|ring| ring.lines()).map(|line| {
        let (a, b) = (line.start, line.end);
        if a.y <= b.y { Side { low: a, high: b } } else { Side { low: b, high: a } }
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bands")]
fn band(lat: f64, south: f64, height: f64) -> usize {
    (((lat - south) / height).max(0.0) as usize).min(BANDS - 1)
}

/// The square of the distance from the origin to a segment.
fn square_from_origin(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (-(a.0 * dx + a.1 * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (a.0 + along * dx, a.1 + along * dy);
    x * x + y * y
}

/// Numbers before words, numbers by value; equal values (`1`, `01`) by their text.
pub(crate) fn rank(code: &str) -> (bool, u64, &str) {
    code.parse::<u64>().map_or((true, 0, code), |number| (false, number, code))
}
