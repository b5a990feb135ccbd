//! From a JSON value to polygons that can be trusted, or to a refusal that says where.

use crate::{BoundaryRefusal, Spot, ring_check::crossing, shape_check::refuse_clashes};
use geo::{
    Coord, LineString, MultiPolygon, Polygon,
    algorithm::{
        orient::{Direction, Orient},
        winding_order::Winding,
    },
};
use serde_json::{Map, Value};

/// The largest boundary file that is read, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// The most districts a town has.
pub const MAX_DISTRICTS: usize = 2_000;
/// The most positions in all rings together.
pub const MAX_POSITIONS: usize = 400_000;
/// The most positions in one ring.
pub const MAX_RING_POSITIONS: usize = 20_000;
/// Beyond this a number cannot be a slip in degrees; it is metres or feet.
const PROJECTED_FROM: f64 = 1_000.0;

/// One feature of the file before it has a name.
pub(crate) struct Outline {
    /// Outer rings anticlockwise, holes clockwise (RFC 7946, section 3.1.6).
    pub shape: MultiPolygon,
    /// The file had a ring the other way round.
    pub was_rewound: bool,
}

/// A feature's members, if it is more than a bare geometry, with its geometry.
pub(crate) type Feature<'a> = (Option<&'a Map<String, Value>>, &'a Value);

/// The features of a FeatureCollection, a single Feature, or a bare geometry.
pub(crate) fn features_of(file: &Value) -> Result<Vec<Feature<'_>>, BoundaryRefusal> {
    let members = file.as_object().ok_or_else(|| not_geojson("it holds no object"))?;
    refuse_other_reference_system(members)?;
    match type_of(members) {
        Some("FeatureCollection") => {
            let features = members.get("features").and_then(Value::as_array);
            let features = features.ok_or_else(|| not_geojson("a FeatureCollection needs a list of “features”"))?;
            match features.len() {
                0 => Err(BoundaryRefusal::NoFeatures),
                many if many > MAX_DISTRICTS => Err(BoundaryRefusal::TooManyFeatures { features: many }),
                _ => features.iter().enumerate().map(|(i, feature)| feature_parts(feature, i + 1)).collect(),
            }
        }
        Some("Feature") => Ok(vec![feature_parts(file, 1)?]),
        Some(_) => Ok(vec![(None, file)]),
        None => Err(not_geojson("it does not say its “type”")),
    }
}

fn feature_parts(feature: &Value, number: usize) -> Result<Feature<'_>, BoundaryRefusal> {
    let members = feature.as_object().filter(|members| type_of(members) == Some("Feature"));
    let members = members.ok_or_else(|| not_geojson(&format!("feature {number} does not have the type “Feature”")))?;
    Ok((Some(members), members.get("geometry").unwrap_or(&Value::Null)))
}

/// Reads the polygons of one geometry and checks each ring, then how the rings lie to each other.
pub(crate) fn read_outline(geometry: &Value, feature: usize, left: &mut usize) -> Result<Outline, BoundaryRefusal> {
    let mut polygons = Vec::new();
    collect_polygons(geometry, Spot::feature(feature), left, &mut polygons)?;
    if polygons.is_empty() {
        return Err(BoundaryRefusal::NoGeometry { at: Spot::feature(feature) });
    }
    let given = MultiPolygon::new(polygons);
    refuse_clashes(&given, feature)?;
    let was_rewound = given.iter().any(is_wound_wrongly);
    Ok(Outline { shape: given.orient(Direction::Default), was_rewound })
}

fn collect_polygons(
    geometry: &Value,
    at: Spot,
    left: &mut usize,
    into: &mut Vec<Polygon>,
) -> Result<(), BoundaryRefusal> {
    let members = geometry.as_object().ok_or(BoundaryRefusal::NoGeometry { at })?;
    let kind = type_of(members).ok_or(BoundaryRefusal::NoGeometry { at })?;
    let list = |key| members.get(key).and_then(Value::as_array);
    match kind {
        "Polygon" => {
            let rings = list("coordinates").ok_or_else(|| bad(at, "a Polygon needs a list of rings"))?;
            into.push(read_polygon(rings, at.polygon(into.len() + 1), left)?);
        }
        "MultiPolygon" => {
            for polygon in list("coordinates").ok_or_else(|| bad(at, "a MultiPolygon needs a list of polygons"))? {
                let at = at.polygon(into.len() + 1);
                let rings = polygon.as_array().ok_or_else(|| bad(at, "a polygon is a list of rings"))?;
                into.push(read_polygon(rings, at, left)?);
            }
        }
        "GeometryCollection" => {
            for part in list("geometries").ok_or_else(|| bad(at, "a GeometryCollection needs “geometries”"))? {
                collect_polygons(part, at, left, into)?;
            }
        }
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" => {
            return Err(BoundaryRefusal::WrongGeometry { at, found: kind.to_owned() });
        }
        other => return Err(not_geojson(&format!("“{}” is not a type of it", clip(other)))),
    }
    Ok(())
}

fn read_polygon(rings: &[Value], at: Spot, left: &mut usize) -> Result<Polygon, BoundaryRefusal> {
    let mut read = Vec::with_capacity(rings.len());
    for (i, ring) in rings.iter().enumerate() {
        let at = at.ring(i + 1);
        let positions = ring.as_array().ok_or_else(|| bad(at, "a ring is a list of positions"))?;
        read.push(read_ring(positions, at, left)?);
    }
    let mut read = read.into_iter();
    let outer = read.next().ok_or_else(|| bad(at, "a polygon needs an outer ring"))?;
    Ok(Polygon::new(outer, read.collect()))
}

fn read_ring(positions: &[Value], at: Spot, left: &mut usize) -> Result<LineString, BoundaryRefusal> {
    if positions.len() > MAX_RING_POSITIONS {
        return Err(BoundaryRefusal::RingTooLong { at, positions: positions.len() });
    }
    *left = left.checked_sub(positions.len()).ok_or(BoundaryRefusal::TooManyPositions)?;
    if positions.len() < 4 {
        return Err(BoundaryRefusal::RingTooShort { at, positions: positions.len() });
    }
    let mut ring = Vec::with_capacity(positions.len());
    for (i, position) in positions.iter().enumerate() {
        ring.push(read_position(position, at.position(i + 1))?);
    }
    if ring.first() != ring.last() {
        return Err(BoundaryRefusal::RingNotClosed { at });
    }
    ring.dedup();
    if let Some(Coord { x, y }) = crossing(&ring) {
        return Err(BoundaryRefusal::CrossesItself { at, x, y });
    }
    let ring = LineString::new(ring);
    // No direction: fewer than three corners, or all on one line.
    if ring.winding_order().is_none() { Err(BoundaryRefusal::RingEnclosesNothing { at }) } else { Ok(ring) }
}

/// Longitude, latitude; a third number (altitude) is left aside.
fn read_position(position: &Value, at: Spot) -> Result<Coord, BoundaryRefusal> {
    let numbers = position.as_array().ok_or_else(|| bad(at, "a position is a list of two numbers"))?;
    let degrees = |index: usize| numbers.get(index).and_then(Value::as_f64);
    let (Some(x), Some(y)) = (degrees(0), degrees(1)) else {
        return Err(bad(at, "a position is longitude and latitude, both numbers"));
    };
    if x.abs() > PROJECTED_FROM || y.abs() > PROJECTED_FROM {
        return Err(BoundaryRefusal::Projected { at, x, y });
    }
    if x.abs() <= 90.0 && y.abs() > 90.0 && y.abs() <= 180.0 {
        return Err(BoundaryRefusal::LooksSwapped { at, x, y });
    }
    if x.abs() > 180.0 || y.abs() > 90.0 {
        return Err(BoundaryRefusal::OutsideEarth { at, x, y });
    }
    Ok(Coord { x, y })
}

fn is_wound_wrongly(polygon: &Polygon) -> bool {
    !polygon.exterior().is_ccw() || polygon.interiors().iter().any(|hole| !hole.is_cw())
}

/// GeoJSON of 2008 could name its reference system; RFC 7946, section 4, allows only WGS 84.
fn refuse_other_reference_system(members: &Map<String, Value>) -> Result<(), BoundaryRefusal> {
    let name = members.get("crs").and_then(|crs| crs.pointer("/properties/name")).and_then(Value::as_str);
    match name {
        Some(name) if !name.contains("CRS84") && !name.ends_with("4326") => {
            Err(BoundaryRefusal::OtherReferenceSystem { name: clip(name) })
        }
        _ => Ok(()),
    }
}

fn type_of(members: &Map<String, Value>) -> Option<&str> {
    members.get("type").and_then(Value::as_str)
}

fn not_geojson(reason: &str) -> BoundaryRefusal {
    BoundaryRefusal::NotGeoJson { reason: reason.to_owned() }
}

fn bad(at: Spot, reason: &'static str) -> BoundaryRefusal {
    BoundaryRefusal::BadCoordinates { at, reason }
}

/// A word of the file as it may be shown in a sentence.
fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}
