//! Lines and areas: found, asked by a box, given out as features.

use crate::shelf::TestShelf;
use tables::{Form, Out, Plan};

const WAYS: &str =
    "name,way\nA,\"LINESTRING (0 0, 2 2)\"\nB,\"POLYGON ((3 3, 5 3, 5 5, 3 5, 3 3))\"\nC,\nD,POINT (1.5 0.2)\n";

fn within(table: &tables::Table, bounds: [f64; 4]) -> Vec<u64> {
    let plan = Plan { within: Some(bounds), limit: 10, ..Plan::default() };
    let answer = table.ask(&plan).unwrap();
    assert_eq!(answer.count as usize, answer.rows.len());
    answer.rows.into_iter().map(|(number, _)| number).collect()
}

#[test]
fn text_and_geojson_are_found_and_asked_by_a_box() {
    let shelf = TestShelf::new();
    let (table, report) = shelf.take("ways", WAYS.as_bytes()).unwrap();
    assert_eq!((report.stored, report.misfits), (4, 0));
    assert_eq!((table.info().geometry, table.info().bounds), (Some(1), Some([0.0, 0.0, 5.0, 5.0])));
    for (bounds, wanted) in [
        ([0.9, 0.9, 1.1, 1.1], vec![1]),
        ([1.4, 0.1, 1.9, 0.5], vec![4]),
        ([4.0, 4.0, 4.1, 4.1], vec![2]),
        ([-1.0, -1.0, 9.0, 9.0], vec![1, 2, 4]),
        ([7.0, 7.0, 8.0, 8.0], vec![]),
    ] {
        assert_eq!(within(&table, bounds), wanted, "{bounds:?}");
    }
    let mut out = Out::new(Vec::new(), Form::GeoJson, table.info()).unwrap();
    table.each(&Plan::default(), |number, cells| out.row(number, cells)).unwrap();
    let written = out.finish().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(json["features"][0]["geometry"]["type"], "LineString");
    assert_eq!(json["features"][2]["geometry"], serde_json::Value::Null);
    assert_eq!(json["features"][0]["properties"], serde_json::json!({"name": "A"}));
    let (again, _) = shelf.take("again", &written).unwrap();
    assert_eq!(again.info().bounds, table.info().bounds);
    assert_eq!(within(&again, [4.0, 4.0, 4.1, 4.1]), [2]);
}

#[test]
fn a_column_of_words_is_no_geometry() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("words", b"a,b\nPoint of view,1\nPOINT (1 1),2\nPolygon,3\n").unwrap();
    assert_eq!((table.info().geometry, table.info().bounds), (None, None));
    assert!(within(&table, [-180.0, -90.0, 180.0, 90.0]).is_empty());
}
