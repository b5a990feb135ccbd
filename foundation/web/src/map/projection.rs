//! From degrees to the picture and back: equirectangular, true at the middle latitude. Within
//! a town its distances are off by less than its lines are wide.

use super::MapShape;

/// How wide the picture of a map is, in its own units and, for an image input, in CSS pixels.
pub const IMAGE_WIDTH: f64 = 600.0;
/// Space around the districts.
const MARGIN: f64 = 10.0;
/// A town much taller than wide is drawn this tall at most, relative to its width.
const TALLEST: f64 = 1.1;
/// Metres of a degree of latitude, to a third of a percent.
const METRES_PER_DEGREE: f64 = 111_320.0;

/// How degrees become places in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    west: f64,
    north: f64,
    /// Picture units of a degree of latitude.
    scale: f64,
    /// How much shorter a degree of longitude is.
    squeeze: f64,
    left: f64,
    top: f64,
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
}

impl Projection {
    /// Fits these districts into a picture of [`IMAGE_WIDTH`]. Without any it shows the equator.
    pub fn of_shapes(shapes: &[MapShape]) -> Self {
        let points = || shapes.iter().flat_map(|shape| shape.polygons.iter().flatten());
        let least = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::INFINITY, f64::min);
        let most = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::NEG_INFINITY, f64::max);
        if points().next().is_none() {
            return Self::of_bounds(-1.0, -1.0, 1.0, 1.0);
        }
        let (west, east) = (least(&mut points().map(|p| p.0)), most(&mut points().map(|p| p.0)));
        let (south, north) = (least(&mut points().map(|p| p.1)), most(&mut points().map(|p| p.1)));
        Self::of_bounds(south, west, north, east)
    }

    /// Fits a box in degrees into a picture of [`IMAGE_WIDTH`].
    pub fn of_bounds(south: f64, west: f64, north: f64, east: f64) -> Self {
        let squeeze = f64::midpoint(south, north).to_radians().cos().max(0.01);
        let wide = ((east - west) * squeeze).max(1e-6);
        let tall = (north - south).max(1e-6);
        let inner = IMAGE_WIDTH - 2.0 * MARGIN;
        let scale = (inner / wide).min(inner * TALLEST / tall);
        let height = (tall * scale + 2.0 * MARGIN).round();
        let left = MARGIN + (inner - wide * scale) / 2.0;
        Self { west, north, scale, squeeze, left, top: MARGIN, width: IMAGE_WIDTH, height }
    }

    /// A square of `span_m` metres around a place: the second, closer look when placing a pin.
    pub fn around(lat: f64, long: f64, span_m: f64) -> Self {
        let half = span_m / METRES_PER_DEGREE / 2.0;
        let half_long = half / lat.to_radians().cos().max(0.01);
        Self::of_bounds(lat - half, long - half_long, lat + half, long + half_long)
    }

    /// Where a (longitude, latitude) is in the picture.
    pub fn place(&self, (long, lat): (f64, f64)) -> (f64, f64) {
        (self.left + (long - self.west) * self.squeeze * self.scale, self.top + (self.north - lat) * self.scale)
    }

    /// The (latitude, longitude) of a place in the picture.
    pub fn degrees(&self, x: f64, y: f64) -> (f64, f64) {
        (self.north - (y - self.top) / self.scale, self.west + (x - self.left) / self.scale / self.squeeze)
    }
}

/// The (latitude, longitude) of a click at `x`, `y` on an image input that is `shown_width` CSS
/// pixels wide (HTML, 4.10.5.1.19: the coordinates are those of the displayed image).
pub fn locate(view: &Projection, x: f64, y: f64, shown_width: f64) -> (f64, f64) {
    let zoom = view.width / shown_width.max(1.0);
    view.degrees(x * zoom, y * zoom)
}

#[cfg(test)]
mod tests {
    use super::{super::examples::square, IMAGE_WIDTH, Projection, locate};

    #[test]
    fn a_click_finds_the_place_that_was_drawn_there() {
        let view = Projection::of_shapes(&[square("Docks", -118.4, 33.9, 0.2, None)]);
        let (x, y) = view.place((-118.25, 34.05));
        let (lat, long) = locate(&view, x / 2.0, y / 2.0, IMAGE_WIDTH / 2.0);
        assert!((lat - 34.05).abs() < 1e-9 && (long + 118.25).abs() < 1e-9, "{lat} {long}");
    }

    #[test]
    fn everything_fits_and_north_is_up() {
        let shapes = [square("Tall", 0.0, 0.0, 0.1, None), square("Far", 0.0, 9.0, 0.1, None)];
        let view = Projection::of_shapes(&shapes);
        for point in shapes.iter().flat_map(|shape| shape.polygons.iter().flatten()) {
            let (x, y) = view.place(*point);
            assert!((0.0..=view.width).contains(&x) && (0.0..=view.height).contains(&y), "{x} {y}");
        }
        assert!(view.place((0.0, 9.0)).1 < view.place((0.0, 0.0)).1);
    }

    #[test]
    fn a_closer_look_is_as_wide_as_it_says() {
        let view = Projection::around(60.0, 25.0, 2_000.0);
        let (_, west) = view.degrees(10.0, 10.0);
        let (_, east) = view.degrees(view.width - 10.0, 10.0);
        let metres = (east - west) * 111_320.0 * 60f64.to_radians().cos();
        assert!((metres - 2_000.0).abs() < 1.0, "{metres}");
    }
}
