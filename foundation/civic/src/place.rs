//! A point on the map.

use serde::{Deserialize, Serialize};

/// A point in WGS 84, kept in whole millionths of a degree (about 11 cm), so that
/// it is the same number in every database, entry and page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    lat_micro: i64,
    long_micro: i64,
}

/// Why two numbers are not a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Not a number, or infinite.
    #[error("latitude and longitude must be ordinary numbers, like 34.0522 and -118.2437")]
    NotANumber,
    /// Outside the Earth.
    #[error("latitude runs from -90 to 90 and longitude from -180 to 180")]
    OutsideEarth,
}

impl Place {
    /// Rounds degrees to the nearest millionth.
    ///
    /// # Errors
    /// [`PlaceError`] for NaN, infinity and numbers outside the Earth.
    pub fn from_degrees(lat: f64, long: f64) -> Result<Self, PlaceError> {
        if !lat.is_finite() || !long.is_finite() {
            return Err(PlaceError::NotANumber);
        }
        if lat.abs() > 90.0 || long.abs() > 180.0 {
            return Err(PlaceError::OutsideEarth);
        }
        Ok(Self { lat_micro: micro(lat), long_micro: micro(long) })
    }

    /// From what the database keeps.
    pub fn from_micro(lat_micro: i64, long_micro: i64) -> Self {
        Self { lat_micro, long_micro }
    }

    /// Latitude in millionths of a degree.
    pub fn lat_micro(self) -> i64 {
        self.lat_micro
    }

    /// Longitude in millionths of a degree.
    pub fn long_micro(self) -> i64 {
        self.long_micro
    }

    /// Latitude in degrees.
    #[expect(clippy::cast_precision_loss, reason = "at most 90 million, exact in an f64")]
    pub fn lat(self) -> f64 {
        self.lat_micro as f64 / 1e6
    }

    /// Longitude in degrees.
    #[expect(clippy::cast_precision_loss, reason = "at most 180 million, exact in an f64")]
    pub fn long(self) -> f64 {
        self.long_micro as f64 / 1e6
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by 180 million above")]
fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}
