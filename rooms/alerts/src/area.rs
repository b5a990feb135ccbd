//! Whether something lies in an area. Pure.

use crate::model::{Area, Spot};
use civic::Place;

/// The mean radius of the Earth (IUGG), in metres.
const EARTH_M: f64 = 6_371_008.8;
/// The height of the largest circle, in millionths of a degree, rounded up: no box that begins farther south reaches a place.
pub const TALLEST_MICRO: i64 = 90_000;
/// Half of a circle, in millionths of a degree.
const HALF_TURN: i64 = 180_000_000;

/// A box around a circle, in millionths of a degree. `west` may lie beyond -180° and `east` beyond 180°.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Its southern side.
    pub south: i64,
    /// Its northern side.
    pub north: i64,
    /// Its western side.
    pub west: i64,
    /// Its eastern side.
    pub east: i64,
}

/// Metres between two places along a great circle, by the haversine formula, within 0.6% of the ellipsoid.
pub fn distance_m(one: Place, other: Place) -> f64 {
    let half = |difference: f64| (difference.to_radians() / 2.0).sin().powi(2);
    let across = one.lat().to_radians().cos() * other.lat().to_radians().cos();
    let h = half(other.lat() - one.lat()) + across * half(other.long() - one.long());
    2.0 * EARTH_M * h.sqrt().min(1.0).asin()
}

impl Area {
    /// Whether something that is there lies in it. What has a district only lies in no circle.
    pub fn holds(&self, spot: &Spot) -> bool {
        match self {
            Self::District(code) => spot.district.as_deref() == Some(code),
            #[expect(clippy::cast_precision_loss, reason = "metres, far below 2^53")]
            Self::Circle { middle, radius_m } => {
                spot.place.is_some_and(|place| distance_m(*middle, place) <= *radius_m as f64)
            }
        }
    }

    /// The box that holds all of a circle; `None` for a district.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "degrees of the Earth in millionths"
    )]
    pub fn around(&self) -> Option<Bounds> {
        let Self::Circle { middle, radius_m } = self else { return None };
        let degrees = (*radius_m as f64 / EARTH_M).to_degrees();
        let farthest = (middle.lat().abs() + degrees).min(89.9);
        let (up, aside) = ((degrees * 1e6).ceil() as i64, (degrees / farthest.to_radians().cos() * 1e6).ceil() as i64);
        let (lat, long) = (middle.lat_micro(), middle.long_micro());
        Some(Bounds { south: lat - up, north: lat + up, west: long - aside, east: long + aside })
    }
}

/// The longitudes under which a place may lie in a box that crosses the 180th meridian.
pub fn turned(long_micro: i64) -> [i64; 3] {
    [long_micro, long_micro + 2 * HALF_TURN, long_micro - 2 * HALF_TURN]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn circle(lat: f64, long: f64, radius_m: i64) -> Area {
        Area::Circle { middle: Place::from_degrees(lat, long).unwrap(), radius_m }
    }

    fn at(lat: f64, long: f64) -> Spot {
        Spot { place: Place::from_degrees(lat, long).ok(), district: Some("7".to_owned()) }
    }

    #[test]
    fn a_circle_holds_what_is_near_and_a_district_what_is_in_it() {
        let here = circle(34.05, -118.25, 500);
        assert!(here.holds(&at(34.05, -118.25)) && here.holds(&at(34.054, -118.25)));
        assert!(!here.holds(&at(34.055, -118.25)), "556 m to the north");
        assert!(!here.holds(&Spot { place: None, district: Some("7".to_owned()) }));
        assert!(Area::District("7".to_owned()).holds(&at(0.0, 0.0)));
        assert!(!Area::District("8".to_owned()).holds(&at(0.0, 0.0)));
    }

    #[test]
    fn areas_are_read_as_they_are_written() {
        for area in [circle(-34.05, 118.25, 200), Area::District("port 3".to_owned())] {
            assert_eq!(area.to_string().parse(), Ok(area));
        }
        for wrong in ["", "circle", "circle 1 2", "circle 1 2 x", "square 1 2 3"] {
            assert!(wrong.parse::<Area>().is_err(), "{wrong}");
        }
    }

    proptest! {
        /// What a circle holds lies in its box, also across the 180th meridian.
        #[test]
        fn the_box_holds_the_circle(lat in -85.0..85.0_f64, long in -180.0..180.0_f64, north in -0.06..0.06_f64, east in -0.6..0.6_f64, radius in 0_usize..5) {
            let area = circle(lat, long, crate::model::RADII_M[radius]);
            let other = (long + east + 540.0).rem_euclid(360.0) - 180.0;
            let spot = at(lat + north, other);
            let Bounds { south, north, west, east } = area.around().unwrap();
            let place = spot.place.unwrap();
            let in_box = (south..=north).contains(&place.lat_micro())
                && turned(place.long_micro()).iter().any(|long| (west..=east).contains(long));
            prop_assert!(!area.holds(&spot) || in_box);
            prop_assert!(north - south <= TALLEST_MICRO);
        }
    }
}
