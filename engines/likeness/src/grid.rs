//! Points on the ground: how far apart they are, and cells to find those nearby.

/// The side of a cell in millionths of a degree: 250 m from south to north.
pub const STEP_MICRO: i64 = 2_250;
/// Cells around the Earth.
pub const COLUMNS: i64 = 360_000_000 / STEP_MICRO;
/// Cells one search looks into. Beyond 84° north or south some to the east and west are left out.
pub const CELLS_LIMIT: usize = 64;

/// The mean radius of the Earth (IUGG), in metres.
const EARTH_M: f64 = 6_371_008.8;
/// Metres of one millionth of a degree from south to north.
const MICRO_M: f64 = EARTH_M * std::f64::consts::PI / 180e6;

/// A point in WGS 84, in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// North, -90 to 90 million.
    pub lat_micro: i64,
    /// East, -180 to 180 million.
    pub long_micro: i64,
}

/// Metres between two points along a great circle, by the haversine formula (Sinnott, *Virtues of the Haversine*, 1984), on a
/// sphere: within 0.6% of the ellipsoid.
pub fn distance_m(one: Point, other: Point) -> f64 {
    let radians = |micro: i64| micro as f64 / 1e6_f64 * std::f64::consts::PI / 180.0;
    let (lat, other_lat) = (radians(one.lat_micro), radians(other.lat_micro));
    let half = |difference: f64| (difference / 2.0).sin().powi(2);
    let by_long = half(radians(other.long_micro - one.long_micro));
    let h = half(other_lat - lat) + lat.cos() * other_lat.cos() * by_long;
    2.0 * EARTH_M * h.sqrt().min(1.0).asin()
}

/// The grid of cells.
pub struct Grid;

impl Grid {
    /// The cell of a point. The same in whole numbers of any database:
    /// `(lat + 90000000) / 2250 * 160000 + (long + 180000000) / 2250 % 160000`.
    pub fn cell(point: Point) -> i64 {
        (point.lat_micro + 90_000_000) / STEP_MICRO * COLUMNS + (point.long_micro + 180_000_000) / STEP_MICRO % COLUMNS
    }

    /// The cells that hold everything within `radius_m` metres of a point, ascending, at most [`CELLS_LIMIT`].
    pub fn around(point: Point, radius_m: f64) -> Vec<i64> {
        let north = (radius_m / MICRO_M).ceil() as i64;
        let row = |lat: i64| (lat.clamp(-90_000_000, 90_000_000) + 90_000_000) / STEP_MICRO;
        let (first, last) = (row(point.lat_micro - north), row(point.lat_micro + north));
        let farthest = (point.lat_micro.abs() + north).min(90_000_000);
        let narrowing = (farthest as f64 / 1e6).to_radians().cos().max(1e-3);
        let rows = usize::try_from(last - first + 1).unwrap_or(1);
        let most = i64::try_from(CELLS_LIMIT / rows / 2).unwrap_or(1).saturating_sub(1) * STEP_MICRO;
        let east = ((radius_m / MICRO_M / narrowing).ceil() as i64).min(most);
        let column = |long: i64| (long + 180_000_000).div_euclid(STEP_MICRO);
        let (west, east) = (column(point.long_micro - east), column(point.long_micro + east));
        let mut cells: Vec<i64> = (first..=last)
            .flat_map(|row| (west..=east).map(move |column| row * COLUMNS + column.rem_euclid(COLUMNS)))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }
}
