//! What the town publishes of its districts, one row each; their borders are at `/districts.geojson`.

use crate::Districts;
use database::{DbError, Tx};
use web::{Town, manifest::OwnDataset};

/// The datasets.
pub const DATASETS: &[OwnDataset] = &[OwnDataset {
    name: "districts",
    title: "own-districts-title",
    notes: "own-districts-notes",
    tags: &["districts", "areas"],
    themes: &["REGI"],
    columns: &[
        ("district", "own-districts-district"),
        ("name", "own-districts-name"),
        ("area_km2", "own-districts-area"),
        ("lat", "own-districts-lat"),
        ("long", "own-districts-long"),
    ],
    rows,
}];

fn rows(town: &Town, _: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let districts = town.part::<Districts>();
    for shape in districts.shapes() {
        let (long, lat) = shape.label_point;
        let area = districts.area_m2(&shape.code).map(|m2| format!("{:.3}", m2 / 1_000_000.0)).unwrap_or_default();
        take(vec![shape.code, shape.name, area, format!("{lat:.6}"), format!("{long:.6}")]);
    }
    Ok(())
}
