//! Why a boundary file cannot be used, in sentences for the clerk who uploaded it.

use crate::geojson_check::{MAX_BYTES, MAX_DISTRICTS, MAX_POSITIONS, MAX_RING_POSITIONS};
use std::fmt;

/// Where in the file something is. All numbers count from 1, as people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The feature (1 in a file that is a single feature or geometry).
    pub feature: usize,
    /// The polygon among those of the feature.
    pub polygon: Option<usize>,
    /// The ring of that polygon: 1 is the outer one, the rest are holes.
    pub ring: Option<usize>,
    /// The position in that ring.
    pub position: Option<usize>,
}

impl Spot {
    pub(crate) fn feature(feature: usize) -> Self {
        Self { feature, polygon: None, ring: None, position: None }
    }

    pub(crate) fn polygon(self, polygon: usize) -> Self {
        Self { polygon: Some(polygon), ..self }
    }

    pub(crate) fn ring(self, ring: usize) -> Self {
        Self { ring: Some(ring), ..self }
    }

    pub(crate) fn position(self, position: usize) -> Self {
        Self { position: Some(position), ..self }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "feature {}", self.feature)?;
        for (word, number) in [("polygon", self.polygon), ("ring", self.ring), ("position", self.position)] {
            if let Some(number) = number {
                write!(f, ", {word} {number}")?;
            }
        }
        Ok(())
    }
}

/// Why a boundary file cannot be used. `Display` is the sentence to show.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[allow(missing_docs, reason = "every sentence says what its variant means")]
pub enum BoundaryRefusal {
    #[error("The file is empty. Choose a GeoJSON file with the districts of the town.")]
    EmptyFile,
    #[error("The file has {bytes} bytes; at most {MAX_BYTES} can be read. Simplify the boundaries and try again.")]
    TooManyBytes { bytes: usize },
    #[error("The file is not JSON: {reason}.")]
    NotJson { reason: String },
    #[error("The file contradicts itself: {reason}. Each key may appear once in an object.")]
    RepeatedKey { reason: String },
    #[error("The file is JSON but not GeoJSON: {reason}.")]
    NotGeoJson { reason: String },
    #[error("The file has no district: its list of features is empty.")]
    NoFeatures,
    #[error("The file has {features} features; at most {MAX_DISTRICTS} districts can be kept.")]
    TooManyFeatures { features: usize },
    #[error("The boundaries have more than {MAX_POSITIONS} positions in all. Simplify them and try again.")]
    TooManyPositions,
    #[error("The ring at {at} has {positions} positions; a ring may have {MAX_RING_POSITIONS}. Simplify it.")]
    RingTooLong { at: Spot, positions: usize },
    #[error("There is no geometry at {at}. Every district needs a Polygon or a MultiPolygon.")]
    NoGeometry { at: Spot },
    #[error("The geometry at {at} is a {found}. A district must be a Polygon or a MultiPolygon.")]
    WrongGeometry { at: Spot, found: String },
    #[error("The coordinates at {at} are not what GeoJSON asks for: {reason}.")]
    BadCoordinates { at: Spot, reason: &'static str },
    #[error("The ring at {at} has {positions} positions; it needs four or more, the last one equal to the first.")]
    RingTooShort { at: Spot, positions: usize },
    #[error("The ring at {at} encloses nothing: its positions lie on one line.")]
    RingEnclosesNothing { at: Spot },
    #[error("The ring at {at} is not closed: its last position must equal its first.")]
    RingNotClosed { at: Spot },
    #[error(
        "The numbers at {at} ({x}, {y}) look like metres of a map projection. Export the file in WGS 84 (EPSG:4326), \
         in degrees."
    )]
    Projected { at: Spot, x: f64, y: f64 },
    #[error("The file says it uses “{name}”. Export it in WGS 84 (EPSG:4326), in degrees.")]
    OtherReferenceSystem { name: String },
    #[error("The position at {at} ({x}, {y}) looks swapped. GeoJSON writes longitude first, then latitude.")]
    LooksSwapped { at: Spot, x: f64, y: f64 },
    #[error(
        "The position at {at} ({x}, {y}) is outside the Earth: longitude runs from -180 to 180, latitude -90 to 90."
    )]
    OutsideEarth { at: Spot, x: f64, y: f64 },
    #[error("The ring at {at} crosses itself near longitude {x}, latitude {y}.")]
    CrossesItself { at: Spot, x: f64, y: f64 },
    #[error("What is drawn at {at} does not fit the rest: {reason}.")]
    PartsClash { at: Spot, reason: String },
    #[error("The code “{code}” is given to feature {first} and to feature {second}. Every district needs its own.")]
    RepeatedCode { code: String, first: usize, second: usize },
}

impl BoundaryRefusal {
    /// The stable code of the refusal for machines, and the key under which its sentence is translated.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "boundary-empty-file",
            Self::TooManyBytes { .. } => "boundary-too-many-bytes",
            Self::NotJson { .. } => "boundary-not-json",
            Self::RepeatedKey { .. } => "boundary-repeated-key",
            Self::NotGeoJson { .. } => "boundary-not-geo-json",
            Self::NoFeatures => "boundary-no-features",
            Self::TooManyFeatures { .. } => "boundary-too-many-features",
            Self::TooManyPositions => "boundary-too-many-positions",
            Self::RingTooLong { .. } => "boundary-ring-too-long",
            Self::NoGeometry { .. } => "boundary-no-geometry",
            Self::WrongGeometry { .. } => "boundary-wrong-geometry",
            Self::BadCoordinates { .. } => "boundary-bad-coordinates",
            Self::RingTooShort { .. } => "boundary-ring-too-short",
            Self::RingEnclosesNothing { .. } => "boundary-ring-encloses-nothing",
            Self::RingNotClosed { .. } => "boundary-ring-not-closed",
            Self::Projected { .. } => "boundary-projected",
            Self::OtherReferenceSystem { .. } => "boundary-other-reference-system",
            Self::LooksSwapped { .. } => "boundary-looks-swapped",
            Self::OutsideEarth { .. } => "boundary-outside-earth",
            Self::CrossesItself { .. } => "boundary-crosses-itself",
            Self::PartsClash { .. } => "boundary-parts-clash",
            Self::RepeatedCode { .. } => "boundary-repeated-code",
        }
    }
}
