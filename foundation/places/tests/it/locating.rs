//! A resident drops a pin, and the town knows in which district.

use crate::{DEMO, RIVERTON, index};
use geo::{Closest, Distance, Haversine, HaversineClosestPoint, Intersects, Point};
use places::{District, PlaceIndex, districts_to_geojson, read_boundaries};
use proptest::prelude::*;
use std::sync::LazyLock;

static TOWN: LazyLock<PlaceIndex> = LazyLock::new(|| index(DEMO));

fn code(places: &PlaceIndex, lat: f64, long: f64) -> Option<&str> {
    places.locate(lat, long).map(District::code)
}

/// The naive twin: asks the geo crate about every district, lowest code first.
fn twin(places: &PlaceIndex, lat: f64, long: f64) -> Option<&str> {
    let pin = Point::new(long, lat);
    places.districts().find(|district| district.shape().intersects(&pin)).map(District::code)
}

#[test]
fn a_pin_falls_in_a_district_a_hole_or_nowhere() {
    let riverton = index(RIVERTON);
    assert_eq!(code(&riverton, 50.05, 10.05), Some("2"));
    assert_eq!(code(&riverton, 50.02, 10.12), Some("1"));
    assert_eq!(code(&riverton, 50.05, 10.15), None, "the lake in the middle of Riverside");
    assert_eq!(code(&riverton, 50.01, 10.34), Some("10"), "the second island");
    assert_eq!(code(&riverton, 51.0, 10.05), None);
    assert_eq!(code(&riverton, f64::NAN, 10.05), None);
    assert_eq!(code(&riverton, f64::INFINITY, f64::NEG_INFINITY), None);
}

#[test]
fn on_a_shared_border_the_lowest_code_wins() {
    let riverton = index(RIVERTON);
    assert_eq!(code(&riverton, 50.05, 10.1), Some("1"), "between Old Town (2) and Riverside (1)");
    assert_eq!(code(&riverton, 50.0, 10.1), Some("1"), "their common corner");
    assert_eq!(code(&riverton, 50.1, 10.0), Some("2"), "an outer corner belongs to its district");
    assert_eq!(code(&riverton, 50.05, 10.14), Some("1"), "so does the edge of a hole");
}

#[test]
fn codes_are_in_the_order_people_count() {
    let codes: Vec<&str> = TOWN.districts().map(District::code).collect();
    assert_eq!(codes, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"]);
    assert_eq!(TOWN.district("13").map(District::name), Some("Council District 13"));
    assert_eq!(TOWN.district("16"), None);
}

#[test]
fn the_order_of_the_file_changes_nothing() {
    let mut districts = read_boundaries(DEMO).unwrap().districts;
    districts.reverse();
    let reversed = PlaceIndex::build(districts);
    assert_eq!(districts_to_geojson(reversed.districts()), districts_to_geojson(TOWN.districts()));
    assert_eq!(reversed.bounds(), TOWN.bounds());
}

#[test]
fn a_town_without_districts_answers_too() {
    let empty = PlaceIndex::build(Vec::new());
    assert_eq!(code(&empty, 0.0, 0.0), None);
    assert_eq!(empty.nearest(0.0, 0.0), None);
    assert_eq!(empty.bounds(), None);
}

#[test]
fn a_pin_outside_is_told_how_far() {
    let riverton = index(RIVERTON);
    let inside = riverton.nearest(50.05, 10.05).unwrap();
    assert_eq!((inside.code.as_str(), inside.distance_m), ("2", 0.0));
    let north = riverton.nearest(50.2, 10.05).unwrap();
    assert_eq!(north.code, "2");
    assert!((north.distance_m - 11_119.5).abs() < 1.0, "a tenth of a degree of latitude, not {}", north.distance_m);
    assert_eq!(riverton.nearest(f64::NAN, 10.0), None);
}

#[test]
fn the_citys_own_requests_fall_where_the_city_says() {
    let mut requests = csv::Reader::from_reader(include_bytes!("../../../../demo/requests.csv").as_slice());
    let headers = requests.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (lat, long, district) = (column("lat"), column("long"), column("district"));
    let (mut pinned, mut same) = (0, 0);
    for row in requests.records().map(Result::unwrap).filter(|row| !row[lat].is_empty()) {
        pinned += 1;
        same += usize::from(code(&TOWN, row[lat].parse().unwrap(), row[long].parse().unwrap()) == Some(&row[district]));
    }
    assert_eq!((pinned, same), (8_246, 8_228));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_pin_falls_where_the_twin_says(lat in 33.5..34.5_f64, long in -119.0..-118.0_f64) {
        prop_assert_eq!(code(&TOWN, lat, long), twin(&TOWN, lat, long));
    }

    #[test]
    fn corners_and_edges_fall_where_the_twin_says(pick in any::<prop::sample::Index>(), share in 0..=4_u8) {
        let districts: Vec<&District> = TOWN.districts().collect();
        let ring = districts[pick.index(districts.len())].shape().0[0].exterior();
        let line = ring.lines().nth(pick.index(ring.0.len() - 1)).unwrap();
        let along = f64::from(share) / 4.0;
        let lat = line.start.y + along * (line.end.y - line.start.y);
        let long = line.start.x + along * (line.end.x - line.start.x);
        prop_assert_eq!(code(&TOWN, lat, long), twin(&TOWN, lat, long));
        prop_assert_eq!(code(&TOWN, line.start.y, long), twin(&TOWN, line.start.y, long), "level with a corner");
    }

    /// Stars on a coarse grid, so that pins often lie on corners, on level edges and beside them.
    #[test]
    fn any_star_holds_what_the_twin_says(
        spikes in prop::collection::vec(1..=6_i32, 8),
        turned in any::<bool>(),
        pins in prop::collection::vec((-7..=7_i32, -7..=7_i32), 40),
    ) {
        const RAYS: [(i32, i32); 8] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];
        let mut ring: Vec<[i32; 2]> = RAYS.iter().zip(&spikes).map(|((x, y), far)| [x * far, y * far]).collect();
        ring.push(ring[0]);
        if turned {
            ring.reverse();
        }
        let star = index(format!(r#"{{"type":"Polygon","coordinates":[{ring:?}]}}"#).as_bytes());
        for (x, y) in pins {
            let (lat, long) = (f64::from(y), f64::from(x));
            prop_assert_eq!(code(&star, lat, long), twin(&star, lat, long), "{} {}", lat, long);
        }
    }

    #[test]
    fn the_nearest_border_is_as_far_as_on_the_globe(lat in 33.4..34.7_f64, long in -119.0..-117.8_f64) {
        let found = TOWN.nearest(lat, long).unwrap();
        let pin = Point::new(long, lat);
        let expected = if twin(&TOWN, lat, long).is_some() { 0.0 } else {
            TOWN.districts().map(|district| match district.shape().haversine_closest_point(&pin) {
                Closest::SinglePoint(near) | Closest::Intersection(near) => Haversine.distance(pin, near),
                Closest::Indeterminate => f64::INFINITY,
            }).fold(f64::INFINITY, f64::min)
        };
        // A border is straight in degrees here and along a great circle there: decimetres apart on a long side.
        prop_assert!((found.distance_m - expected).abs() <= 0.01 * expected + 0.5, "{} for {expected}", found.distance_m);
    }
}
