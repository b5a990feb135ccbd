//! Small parts of the machine twins, the same in all rooms.

use civic::Place;
use schemars::JsonSchema;
use serde::Serialize;

/// A code and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// The code.
    pub code: String,
    /// Its name in the reader's language.
    pub name: String,
}

/// A pin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub long: f64,
}

impl From<Place> for Point {
    fn from(place: Place) -> Self {
        Self { lat: place.lat(), long: place.long() }
    }
}
