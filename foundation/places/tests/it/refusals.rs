//! A clerk uploads something else, and reads why it cannot be used.

use crate::RIVERTON;
use places::{MAX_BYTES, MAX_DISTRICTS, MAX_RING_POSITIONS, read_boundaries};
use proptest::prelude::*;

fn refusal(bytes: &[u8]) -> String {
    read_boundaries(bytes).expect_err("this file cannot be used").to_string()
}

fn polygon(rings: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":{rings}}}"#)
}

/// A good first feature, then one with this geometry.
fn second_feature(geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[
        {{"type":"Feature","properties":{{"code":"a"}},"geometry":{{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}}}},
        {{"type":"Feature","properties":{{"code":"b"}},"geometry":{geometry}}}]}}"#
    )
}

fn in_second_feature(geometry: &str) -> String {
    refusal(second_feature(geometry).as_bytes())
}

#[test]
fn files_that_are_not_geojson() {
    assert_eq!(refusal(b" \n"), "The file is empty. Choose a GeoJSON file with the districts of the town.");
    assert_eq!(refusal(b"code,name\n1,Old Town"), "The file is not JSON: expected value at line 1 column 1.");
    assert_eq!(
        refusal(b"{\"type\":\"Polygon\"} extra"),
        "The file is not JSON: trailing characters at line 1 column 20."
    );
    assert_eq!(refusal(b"[]"), "The file is JSON but not GeoJSON: it holds no object.");
    assert_eq!(refusal(b"{}"), "The file is JSON but not GeoJSON: it does not say its “type”.");
    assert_eq!(refusal(br#"{"type":"Topology"}"#), "The file is JSON but not GeoJSON: “Topology” is not a type of it.");
    assert_eq!(
        refusal(br#"{"type":"FeatureCollection"}"#),
        "The file is JSON but not GeoJSON: a FeatureCollection needs a list of “features”."
    );
    assert_eq!(
        refusal(br#"{"type":"FeatureCollection","features":[]}"#),
        "The file has no district: its list of features is empty."
    );
    assert_eq!(
        refusal(br#"{"type":"FeatureCollection","features":[{"type":"Polygon"}]}"#),
        "The file is JSON but not GeoJSON: feature 1 does not have the type “Feature”."
    );
}

#[test]
fn numbers_that_are_no_numbers() {
    assert!(refusal(polygon("[[[NaN,1],[2,1],[2,2],[1,1]]]").as_bytes()).starts_with("The file is not JSON"));
    assert_eq!(
        refusal(polygon("[[[1e999,1],[2,1],[2,2],[1,1]]]").as_bytes()),
        "The file is not JSON: number out of range at line 1 column 40."
    );
    assert_eq!(
        refusal(polygon("[[[1,1],[2,null],[2,2],[1,1]]]").as_bytes()),
        "The coordinates at feature 1, polygon 1, ring 1, position 2 are not what GeoJSON asks for: a position is \
         longitude and latitude, both numbers."
    );
}

#[test]
fn objects_that_say_the_same_thing_twice() {
    assert_eq!(
        refusal(br#"{"type":"Polygon","coordinates":[],"coordinates":[]}"#),
        "The file contradicts itself: the key appears twice: “coordinates” at line 1 column 48. Each key may appear \
         once in an object."
    );
}

#[test]
fn geometries_that_are_no_districts() {
    assert_eq!(
        in_second_feature(r#"{"type":"Point","coordinates":[1,1]}"#),
        "The geometry at feature 2 is a Point. A district must be a Polygon or a MultiPolygon."
    );
    assert_eq!(
        in_second_feature(
            r#"{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[1,1],[2,2]]}]}"#
        ),
        "The geometry at feature 2 is a LineString. A district must be a Polygon or a MultiPolygon."
    );
    for nothing in
        ["null", r#"{"type":"MultiPolygon","coordinates":[]}"#, r#"{"type":"GeometryCollection","geometries":[]}"#]
    {
        assert_eq!(
            in_second_feature(nothing),
            "There is no geometry at feature 2. Every district needs a Polygon or a MultiPolygon."
        );
    }
}

#[test]
fn rings_that_are_broken() {
    let hole = "[[[0,0],[9,0],[9,9],[0,9],[0,0]],";
    assert_eq!(
        in_second_feature(&polygon(&format!("{hole}[[1,1],[2,1],[1,1]]]"))),
        "The ring at feature 2, polygon 1, ring 2 has 3 positions; it needs four or more, the last one equal to the first."
    );
    assert_eq!(
        in_second_feature(&polygon(&format!("{hole}[[1,1],[2,1],[2,2],[1,2]]]"))),
        "The ring at feature 2, polygon 1, ring 2 is not closed: its last position must equal its first."
    );
    assert_eq!(
        in_second_feature(&polygon("[[[1,1],[2,2],[3,3],[1,1]]]")),
        "The ring at feature 2, polygon 1, ring 1 encloses nothing: its positions lie on one line."
    );
    assert_eq!(
        in_second_feature(&polygon("[[[0,0],[4,4],[4,0],[0,3],[0,0]]]")),
        "The ring at feature 2, polygon 1, ring 1 crosses itself near longitude 4, latitude 0."
    );
    assert_eq!(
        in_second_feature(&polygon(&format!("{hole}[[10,1],[12,1],[12,2],[10,1]]]"))),
        "What is drawn at feature 2, polygon 1, ring 2 does not fit the rest: it is a hole, but not inside the outer ring."
    );
    assert_eq!(
        in_second_feature(&polygon(&format!("{hole}[[1,1],[3,1],[3,3],[1,1]],[[2,1],[4,1],[4,3],[2,1]]]"))),
        "What is drawn at feature 2, polygon 1, ring 3 does not fit the rest: it overlaps ring 2."
    );
    assert_eq!(
        in_second_feature(
            r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[2,2],[0,0]]],[[[1,0],[3,0],[3,2],[1,0]]]]}"#
        ),
        "What is drawn at feature 2, polygon 1 does not fit the rest: it overlaps polygon 2 of the same district."
    );
}

#[test]
fn coordinates_of_another_kind() {
    assert_eq!(
        refusal(polygon("[[[380000,3764000],[381000,3764000],[381000,3765000],[380000,3764000]]]").as_bytes()),
        "The numbers at feature 1, polygon 1, ring 1, position 1 (380000, 3764000) look like metres of a map projection. \
         Export the file in WGS 84 (EPSG:4326), in degrees."
    );
    assert_eq!(
        refusal(polygon("[[[34.05,-118.25],[34.06,-118.25],[34.06,-118.24],[34.05,-118.25]]]").as_bytes()),
        "The position at feature 1, polygon 1, ring 1, position 1 (34.05, -118.25) looks swapped. GeoJSON writes \
         longitude first, then latitude."
    );
    assert_eq!(
        refusal(polygon("[[[1,1],[200,1],[2,2],[1,1]]]").as_bytes()),
        "The position at feature 1, polygon 1, ring 1, position 2 (200, 1) is outside the Earth: longitude runs from \
         -180 to 180, latitude -90 to 90."
    );
    let dutch = br#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28992"}},"features":[]}"#;
    assert_eq!(
        refusal(dutch),
        "The file says it uses “urn:ogc:def:crs:EPSG::28992”. Export it in WGS 84 (EPSG:4326), in degrees."
    );
}

#[test]
fn machines_get_a_stable_code() {
    let code = |bytes: &[u8]| read_boundaries(bytes).unwrap_err().code();
    assert_eq!(code(b""), "boundary-empty-file");
    assert_eq!(code(polygon("[[[1,1],[2,1],[2,2],[1,2]]]").as_bytes()), "boundary-ring-not-closed");
}

#[test]
fn two_districts_with_one_code() {
    let file =
        second_feature(r#"{"type":"Polygon","coordinates":[[[3,1],[4,1],[4,2],[3,1]]]}"#).replace(r#""b""#, r#""a""#);
    assert_eq!(
        refusal(file.as_bytes()),
        "The code “a” is given to feature 1 and to feature 2. Every district needs its own."
    );
}

#[test]
fn files_beyond_the_limits() {
    assert!(refusal(&vec![b' '; MAX_BYTES + 1]).contains("at most 20971520 can be read"));
    let features = vec!["0"; MAX_DISTRICTS + 1].join(",");
    let many = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    assert_eq!(refusal(many.as_bytes()), "The file has 2001 features; at most 2000 districts can be kept.");
    let long = polygon(&format!("[[{}]]", vec!["[1,1]"; MAX_RING_POSITIONS + 1].join(",")));
    assert!(refusal(long.as_bytes()).ends_with("has 20001 positions; a ring may have 20000. Simplify it."));
    // 21 rings of 19,999 positions, each a fine saw: together more than the limit.
    let saw: Vec<String> = (0..19_997).map(|i| format!("[{},{}]", f64::from(i) / 1000.0, i % 2)).collect();
    let ring = format!("[[{},[10,-5],[0,0]]]", saw.join(","));
    let all = format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, vec![ring; 21].join(","));
    assert_eq!(
        refusal(all.as_bytes()),
        "The boundaries have more than 400000 positions in all. Simplify them and try again."
    );
    assert!(refusal(&[b'['; 4_000]).contains("recursion limit"));
}

proptest! {
    /// Whatever a damaged file holds, the answer is districts or a sentence, never a crash.
    #[test]
    fn damaged_files_never_crash(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), end in any::<prop::sample::Index>()) {
        let mut damaged = RIVERTON.to_vec();
        for (place, byte) in cuts {
            let place = place.index(damaged.len());
            damaged[place] = byte;
        }
        let _ = read_boundaries(&damaged).map_err(|refusal| refusal.to_string());
        damaged.truncate(end.index(RIVERTON.len()));
        let refused = read_boundaries(&damaged).expect_err("half a file is no file");
        prop_assert!(refused.to_string().ends_with('.'));
    }

    /// Scribbles on a small grid touch, cross and coincide in every way there is.
    #[test]
    fn scribbles_never_crash(features in prop::collection::vec(prop::collection::vec(scribble(), 1..4), 1..4), apart in any::<bool>()) {
        let features: Vec<String> = features
            .iter()
            .map(|rings| {
                let (kind, coordinates) = if apart {
                    ("MultiPolygon", format!("{:?}", rings.iter().map(|ring| [ring]).collect::<Vec<_>>()))
                } else {
                    ("Polygon", format!("{rings:?}"))
                };
                format!(r#"{{"type":"Feature","geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#)
            })
            .collect();
        let file = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        match read_boundaries(file.as_bytes()) {
            Ok(taken) => prop_assert_eq!(taken.districts.len(), features.len()),
            Err(refusal) => prop_assert!(refusal.code().starts_with("boundary-")),
        }
    }
}

/// A closed ring of three to five corners.
fn scribble() -> impl Strategy<Value = Vec<[i32; 2]>> {
    prop::collection::vec([0..6_i32, 0..6_i32], 3..6).prop_map(|mut ring| {
        ring.push(ring[0]);
        ring
    })
}
