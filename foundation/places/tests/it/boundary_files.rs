//! A clerk uploads a boundary file, and it is taken.

use crate::{DEMO, RIVERTON, read};
use geo::{Contains, Point, algorithm::winding_order::Winding};
use places::{BoundaryNote, districts_to_geojson};

fn sentences(bytes: &[u8]) -> Vec<String> {
    read(bytes).notes.iter().map(ToString::to_string).collect()
}

fn named(bytes: &[u8]) -> Vec<(String, String)> {
    read(bytes).districts.iter().map(|d| (d.code().to_owned(), d.name().to_owned())).collect()
}

/// One square district whose lower left corner is (west, south) and whose side is one tenth of a degree.
fn square(west: f64, properties: &str) -> String {
    let east = west + 0.1;
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":
        [[[{west},50],[{east},50],[{east},50.1],[{west},50.1],[{west},50]]]}}}}"#
    )
}

fn file(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

#[test]
fn names_and_codes_are_found_where_towns_put_them() {
    let expected = [("2", "Old Town"), ("1", "Riverside"), ("10", "Islands")];
    assert_eq!(named(RIVERTON), expected.map(|(code, name)| (code.to_owned(), name.to_owned())));
}

#[test]
fn rings_in_the_wrong_direction_are_turned_and_the_clerk_is_told() {
    assert_eq!(sentences(RIVERTON), ["Feature 1 had rings in the wrong direction; they were turned."]);
    for district in read(RIVERTON).districts {
        for polygon in district.shape() {
            assert!(polygon.exterior().is_ccw());
            assert!(polygon.interiors().iter().all(Winding::is_cw));
        }
    }
}

#[test]
fn what_has_no_name_or_code_gets_one_and_the_clerk_is_told() {
    let file = file(&[
        square(10.0, r#"{"name":"Sankt Pauli"}"#),
        square(11.0, r#"{"name":"Sankt Pauli"}"#),
        square(12.0, r#"{"name":"المدينة"}"#),
        square(13.0, "null"),
    ]);
    let expected =
        [("sankt-pauli", "Sankt Pauli"), ("sankt-pauli-2", "Sankt Pauli"), ("3", "المدينة"), ("4", "District 4")];
    assert_eq!(named(file.as_bytes()), expected.map(|(code, name)| (code.to_owned(), name.to_owned())));
    assert_eq!(
        sentences(file.as_bytes()),
        [
            "Feature 4 had no name; one was made from the code.",
            "Features 1, 2, 3, 4 had no code; one was made from the name."
        ]
    );
}

#[test]
fn a_single_feature_and_a_bare_geometry_are_files_too() {
    assert_eq!(
        named(square(10.0, r#"{"name":"Whole","code":"w"}"#).as_bytes()),
        [("w".to_owned(), "Whole".to_owned())]
    );
    let bare = br#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}"#;
    assert_eq!(named(bare), [("1".to_owned(), "District 1".to_owned())]);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let marked = [b"\xef\xbb\xbf".as_slice(), RIVERTON].concat();
    assert_eq!(read(&marked), read(RIVERTON));
}

#[test]
fn overlapping_districts_are_taken_with_a_warning() {
    let file =
        file(&[square(10.0, r#"{"code":"a"}"#), square(10.05, r#"{"code":"b"}"#), square(10.2, r#"{"code":"c"}"#)]);
    let notes = read(file.as_bytes()).notes;
    let overlaps: Vec<_> =
        notes.iter().filter_map(|n| if let BoundaryNote::Overlap(o) = n { Some(o) } else { None }).collect();
    let [overlap] = overlaps.as_slice() else { panic!("{notes:?}") };
    assert_eq!((overlap.one.as_str(), overlap.other.as_str()), ("a", "b"));
    // 0.05 degrees of longitude at 50 north by 0.1 of latitude: 3,582 m by 11,124 m.
    assert!((overlap.area_m2 - 3_582.0 * 11_124.0).abs() < 100_000.0, "{overlap}");
}

#[test]
fn the_demo_has_fifteen_districts_and_nothing_to_say_about_them() {
    let demo = read(DEMO);
    assert_eq!(demo.notes, []);
    assert_eq!(demo.districts.len(), 15);
    assert_eq!(demo.districts[0].name(), "Council District 1");
    let area_km2 = demo.districts.iter().map(|d| d.area_m2()).sum::<f64>() / 1e6;
    assert!((1_200.0..1_300.0).contains(&area_km2), "the city has about 1,214 km² of land, not {area_km2}");
}

#[test]
fn what_we_write_reads_back_the_same() {
    for bytes in [RIVERTON, DEMO] {
        let districts = read(bytes).districts;
        let written = districts_to_geojson(&districts);
        let again = read(written.as_bytes());
        assert_eq!(again.districts, districts);
        assert_eq!(again.notes, []);
        assert_eq!(districts_to_geojson(&again.districts), written);
    }
}

#[test]
fn every_label_stands_inside_its_district() {
    for district in read(DEMO).districts.iter().chain(&read(RIVERTON).districts) {
        let label = district.label_point();
        assert!(district.shape().contains(&Point::new(label.long, label.lat)), "{}", district.code());
    }
}
