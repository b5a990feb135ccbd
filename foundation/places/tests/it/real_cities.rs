//! Files that real cities publish, when they are at hand: `POLITY_SHARED` names the folder that holds `data/open/geo`.

use crate::read;
use places::{BoundaryNote, PlaceIndex};
use std::path::PathBuf;

fn city(file: &str) -> Option<Vec<u8>> {
    let shared = PathBuf::from(std::env::var_os("POLITY_SHARED")?);
    std::fs::read(shared.join("data/open/geo").join(file)).ok()
}

#[test]
fn real_boundary_files_are_read_as_they_are() {
    for (file, districts) in [
        ("amsterdam.geojson", 97),
        ("madrid-districts.geojson", 21),
        ("hamburg.geojson", 103),
        ("la-city-council-districts-2012.geojson", 15),
    ] {
        let Some(bytes) = city(file) else { continue };
        let found = read(&bytes);
        assert_eq!(found.districts.len(), districts, "{file}");
        let overlaps = found.notes.iter().filter(|note| matches!(note, BoundaryNote::Overlap(_))).count();
        let others: Vec<String> = found
            .notes
            .iter()
            .filter(|note| !matches!(note, BoundaryNote::Overlap(_)))
            .map(ToString::to_string)
            .collect();
        println!("{file}: {overlaps} overlaps, {others:?}");
        let index = PlaceIndex::build(found.districts);
        for district in index.districts() {
            let label = district.label_point();
            assert!(index.locate(label.lat, label.long).is_some(), "{file} {}", district.name());
        }
    }
}
