//! One district: code, name and shape.

use geo::{Area, BoundingRect, GeodesicArea, InteriorPoint, MultiPolygon};
use geojson::{Feature, FeatureCollection, Geometry, JsonObject, JsonValue};

/// A district whose shape has been checked by [`crate::read_boundaries`].
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    code: String,
    name: String,
    shape: MultiPolygon,
    bounds: Bounds,
}

/// A box in degrees, edges included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Smallest latitude.
    pub south: f64,
    /// Smallest longitude.
    pub west: f64,
    /// Largest latitude.
    pub north: f64,
    /// Largest longitude.
    pub east: f64,
}

/// A point inside a district where its name can be written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelPoint {
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub long: f64,
}

impl District {
    /// Takes a shape that has at least one polygon, outer rings anticlockwise.
    pub(crate) fn new(code: String, name: String, shape: MultiPolygon) -> Self {
        let bounds = Bounds::of(&shape);
        Self { code, name, shape, bounds }
    }

    /// Its short code, its own among all districts of the town.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Longitude is x and latitude is y, in degrees.
    pub fn shape(&self) -> &MultiPolygon {
        &self.shape
    }

    /// The box around it.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Its area on the ellipsoid, in square metres.
    pub fn area_m2(&self) -> f64 {
        area_m2(&self.shape)
    }

    /// A point inside its largest part, away from the border where the shape allows.
    pub fn label_point(&self) -> LabelPoint {
        let largest = self.shape.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
        let inside = largest.and_then(InteriorPoint::interior_point);
        let middle = || LabelPoint {
            lat: f64::midpoint(self.bounds.south, self.bounds.north),
            long: f64::midpoint(self.bounds.west, self.bounds.east),
        };
        inside.map_or_else(middle, |point| LabelPoint { lat: point.y(), long: point.x() })
    }
}

impl Bounds {
    fn of(shape: &MultiPolygon) -> Self {
        let found = shape.bounding_rect().expect("a district has at least one ring");
        Self { south: found.min().y, west: found.min().x, north: found.max().y, east: found.max().x }
    }

    /// The smallest box around both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            south: self.south.min(other.south),
            west: self.west.min(other.west),
            north: self.north.max(other.north),
            east: self.east.max(other.east),
        }
    }

    /// Whether the point lies in the box or on its edge.
    pub fn contains(self, lat: f64, long: f64) -> bool {
        self.south <= lat && lat <= self.north && self.west <= long && long <= self.east
    }

    /// Whether the boxes have a point in common.
    pub fn touches(self, other: Self) -> bool {
        self.south <= other.north && other.south <= self.north && self.west <= other.east && other.west <= self.east
    }
}

/// Area on the WGS 84 ellipsoid; rings wound as RFC 7946 asks.
pub(crate) fn area_m2(shape: &MultiPolygon) -> f64 {
    if shape.0.is_empty() { 0.0 } else { shape.geodesic_area_unsigned() }
}

/// The districts as an RFC 7946 FeatureCollection with the properties `code` and `name`; the same input gives the
/// same text, and [`crate::read_boundaries`] reads it back unchanged.
pub fn districts_to_geojson<'a>(districts: impl IntoIterator<Item = &'a District>) -> String {
    let features = districts.into_iter().map(to_feature).collect();
    FeatureCollection { bbox: None, features, foreign_members: None }.to_string()
}

fn to_feature(district: &District) -> Feature {
    let mut properties = JsonObject::new();
    properties.insert("code".to_owned(), JsonValue::from(district.code()));
    properties.insert("name".to_owned(), JsonValue::from(district.name()));
    let geometry = match district.shape.0.as_slice() {
        [only] => Geometry::from(only),
        _ => Geometry::from(&district.shape),
    };
    Feature { bbox: None, geometry: Some(geometry), id: None, properties: Some(properties), foreign_members: None }
}
