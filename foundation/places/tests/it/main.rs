//! The places crate from outside.
#![allow(clippy::unwrap_used)]

mod boundary_files;
mod locating;
mod pages;
mod real_cities;
mod refusals;

use places::{Boundaries, PlaceIndex, read_boundaries};

/// A town of our own: three districts, one with a hole and one of two islands.
const RIVERTON: &[u8] = include_bytes!("fixtures/riverton.geojson");
/// The districts of the demo.
const DEMO: &[u8] = include_bytes!("../../../../demo/districts.geojson");

fn read(bytes: &[u8]) -> Boundaries {
    read_boundaries(bytes).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn index(bytes: &[u8]) -> PlaceIndex {
    PlaceIndex::build(read(bytes).districts)
}
