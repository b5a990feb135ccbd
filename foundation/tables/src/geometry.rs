//! Cells that hold a geometry: GeoJSON (RFC 7946) or well-known text (OGC 06-103r4), in degrees, longitude first.

use crate::{Refused, Table, Value};
use geo::{BoundingRect as _, Coord, CoordsIter as _, Intersects as _, Rect};
use serde_json::Value as Json;
use wkt::TryFromWkt as _;

/// A geometry, in degrees.
pub type Geometry = geo_types::Geometry<f64>;
/// A line of one.
pub type LineString = geo_types::LineString<f64>;
/// An area of one.
pub type Polygon = geo_types::Polygon<f64>;

/// West, south, east, north, in degrees.
pub type Bounds = [f64; 4];

/// Collections within collections that are followed.
const DEPTH_LIMIT: usize = 8;
/// What a column is called that holds geometries, in small letters; others are looked at too.
const WORDS: [&str; 9] = [
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
    "srid=4326;",
    "{",
];

/// The geometry of a cell; `None` for nothing, for what is none, and for what does not lie on the globe.
pub fn read(cell: &str) -> Option<Geometry> {
    let text = cell.trim();
    let geometry = if text.starts_with('{') { of_json(text)? } else { of_text(text)? };
    // A box passes over what is no number, so each one is looked at.
    if !geometry.coords_iter().all(|one| one.x.is_finite() && one.y.is_finite()) {
        return None;
    }
    let bounds = bounds(&geometry)?;
    let is_on_globe = |[west, south, east, north]: Bounds| {
        west >= -180.0
            && east <= 180.0
            && south >= -90.0
            && north <= 90.0
            && [west, south, east, north].iter().all(|one| one.is_finite())
    };
    is_on_globe(bounds).then_some(geometry)
}

/// Whether a cell looks as if it held one, before it is read.
pub(crate) fn seems(cell: &str) -> bool {
    let begin: String = cell.trim_start().chars().take(18).collect::<String>().to_ascii_lowercase();
    WORDS.iter().any(|word| begin.starts_with(word))
}

fn of_json(text: &str) -> Option<Geometry> {
    let geometry: geojson::Geometry = serde_json::from_str(text).ok()?;
    Geometry::try_from(&geometry).ok()
}

fn of_text(text: &str) -> Option<Geometry> {
    let bare = match text.get(..10) {
        Some(head) if head.eq_ignore_ascii_case("srid=4326;") => &text[10..],
        _ => text,
    };
    let nested = bare.to_ascii_lowercase().matches("geometrycollection").count();
    if !bare.starts_with(|c: char| c.is_ascii_alphabetic()) || nested > DEPTH_LIMIT {
        return None;
    }
    Geometry::try_from_wkt_str(bare).ok()
}

/// The box around it; `None` for an empty one.
pub fn bounds(geometry: &Geometry) -> Option<Bounds> {
    let around = geometry.bounding_rect()?;
    Some([around.min().x, around.min().y, around.max().x, around.max().y])
}

/// A cell as a geometry of GeoJSON; nothing where it holds none.
pub fn json(cell: &Value) -> Option<Json> {
    let Value::Text(text) = cell else { return None };
    let geometry = read(text)?;
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).ok();
    }
    serde_json::to_value(geojson::Geometry::from(&geometry)).ok()
}

/// Whether any part of a geometry lies in a box, its edge included.
pub fn meets(geometry: &Geometry, [west, south, east, north]: Bounds) -> bool {
    geometry.intersects(&Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }))
}

/// The boxes of a table's rows, gathered as they come.
#[derive(Default)]
pub(crate) struct Boxes {
    all: Vec<f32>,
    around: Option<Bounds>,
    filled: u64,
    good: u64,
}

impl Boxes {
    /// Takes the cell of the next row.
    pub(crate) fn take(&mut self, cell: &str) {
        self.filled += u64::from(!cell.trim().is_empty());
        let Some(own) = read(cell).as_ref().and_then(bounds) else { return self.all.extend([f32::NAN; 4]) };
        self.good += 1;
        self.around = Some(self.around.map_or(own, |[west, south, east, north]| {
            [west.min(own[0]), south.min(own[1]), east.max(own[2]), north.max(own[3])]
        }));
        // Outwards, so that the small box never leaves out what the true one has.
        let [west, south, east, north] = own;
        self.all.extend([below(west), below(south), above(east), above(north)]);
    }

    /// The box around all, where nine in ten filled cells hold a geometry.
    pub(crate) fn around(&self) -> Option<Bounds> {
        self.around.filter(|_| self.good * 10 >= self.filled * 9)
    }

    /// As bytes to keep.
    pub(crate) fn pack(&self) -> Vec<u8> {
        self.all.iter().flat_map(|one| one.to_le_bytes()).collect()
    }

    /// Reads what [`Boxes::pack`] made.
    pub(crate) fn unpack(bytes: &[u8]) -> Vec<[f32; 4]> {
        let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        numbers.as_chunks::<4>().0.to_vec()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounded outwards in the next step")]
fn below(degrees: f64) -> f32 {
    (degrees as f32).next_down()
}

#[expect(clippy::cast_possible_truncation, reason = "rounded outwards in the next step")]
fn above(degrees: f64) -> f32 {
    (degrees as f32).next_up()
}

impl Table {
    /// The rows whose geometry meets a box, counting from 0; `None` for a table without geometries.
    pub(crate) fn meeting(&self, wanted: Bounds) -> Result<Option<Vec<usize>>, Refused> {
        let Some(column) = self.info().geometry.filter(|_| self.info().bounds.is_some()) else { return Ok(None) };
        let packed: Vec<u8> = self.0.with(|connection| {
            Ok(connection.query_row("select numbers from stored where what = 'boxes'", [], |row| row.get(0))?)
        })?;
        let (mut inside, mut doubtful) = (Vec::new(), Vec::new());
        for (row, own) in Boxes::unpack(&packed).into_iter().enumerate() {
            let [west, south, east, north] = own.map(f64::from);
            // Comparisons with nothing are never true.
            if !(west <= wanted[2] && east >= wanted[0] && south <= wanted[3] && north >= wanted[1]) {
                continue;
            }
            let is_inside = west >= wanted[0] && east <= wanted[2] && south >= wanted[1] && north <= wanted[3];
            if is_inside { inside.push(row) } else { doubtful.push(row) }
        }
        for part in doubtful.chunks(500) {
            let numbers: Vec<u64> = part.iter().map(|row| *row as u64 + 1).collect();
            for (number, cells) in crate::query::fetch(self, &numbers)? {
                let geometry = match cells.get(column) {
                    Some(Value::Text(text)) => read(text),
                    _ => None,
                };
                if geometry.is_some_and(|geometry| meets(&geometry, wanted)) {
                    inside.push(usize::try_from(number - 1).unwrap_or(usize::MAX));
                }
            }
        }
        Ok(Some(inside))
    }
}

#[cfg(test)]
mod tests {
    use super::{bounds, json, meets, read};
    use crate::Value;

    #[test]
    fn both_ways_of_writing_are_read() {
        let line = read("LINESTRING (0 0, 2 2)").unwrap();
        assert_eq!(bounds(&line), Some([0.0, 0.0, 2.0, 2.0]));
        assert!(meets(&line, [0.9, 0.9, 1.1, 1.1]) && !meets(&line, [1.5, 0.1, 1.9, 0.5]), "beside it, within its box");
        assert!(read("SRID=4326;POINT Z (1 2 3)").is_some());
        assert!(read(r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]]]}"#).is_some());
        let shown = json(&Value::Text("POINT (1.5 2)".to_owned())).unwrap();
        assert_eq!(shown, serde_json::json!({"type": "Point", "coordinates": [1.5, 2.0]}));
        let hole = read("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))").unwrap();
        assert!(!meets(&hole, [4.0, 4.0, 5.0, 5.0]), "in the hole");
    }

    #[test]
    fn what_is_no_geometry_on_the_globe_is_none() {
        let nested = "GEOMETRYCOLLECTION(".repeat(100_000);
        for bad in [
            "",
            "oak",
            "POINT (400 0)",
            "POINT (nan 0)",
            "LINESTRING (0 0, -nan 1)",
            "LINESTRING (0 0, 1 -nan, 2 2)",
            "MULTIPOINT ((0 0), (nan nan))",
            "LINESTRING (0 0, 1 inf)",
            "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, -nan 3, 6 6, 3 3))",
            "GEOMETRYCOLLECTION (POINT (0 0), POINT (1 -nan))",
            "{\"type\":\"Point\"}",
            "POLYGON EMPTY",
            "LINESTRING (1",
            &nested,
        ] {
            assert!(read(bad).is_none(), "{}", &bad[..bad.len().min(30)]);
        }
    }
}
