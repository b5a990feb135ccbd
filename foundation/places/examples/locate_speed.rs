//! How long the index takes to say where a pin lies, on the demo's districts.
//!
//! `cargo run --release -p places --example locate_speed`
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement needs a clock and a page")]

use places::{PlaceIndex, read_boundaries};
use std::{error::Error, hint::black_box, time::Instant};

const DEMO: &[u8] = include_bytes!("../../../demo/districts.geojson");
/// Pins on a regular grid over the town's box, about a third of them outside the town.
const PER_SIDE: u32 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let boundaries = read_boundaries(DEMO)?;
    println!("read in {:?}", started.elapsed());
    let started = Instant::now();
    let places = PlaceIndex::build(boundaries.districts);
    println!("built in {:?}", started.elapsed());
    let town = places.bounds().ok_or("the demo has no districts")?;
    let started = Instant::now();
    let mut inside = 0;
    for row in 0..PER_SIDE {
        let lat = town.south + (town.north - town.south) * f64::from(row) / f64::from(PER_SIDE);
        for column in 0..PER_SIDE {
            let long = town.west + (town.east - town.west) * f64::from(column) / f64::from(PER_SIDE);
            inside += u32::from(places.locate(black_box(lat), black_box(long)).is_some());
        }
    }
    let pins = PER_SIDE * PER_SIDE;
    println!("{inside} of {pins} pins inside, {:?} each", started.elapsed() / pins);
    let started = Instant::now();
    for step in 0..1_000 {
        black_box(places.nearest(town.north + f64::from(step) / 10_000.0, town.west));
    }
    println!("nearest, outside: {:?} each", started.elapsed() / 1_000);
    Ok(())
}
