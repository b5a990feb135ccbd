//! Districts, their boundaries, and where a pin lies.
//!
//! [`read_boundaries`] takes a town's GeoJSON file at the door and refuses it in one clear sentence or returns
//! [`District`]s that the rest may trust; [`PlaceIndex`] answers in which one a pin lies.

mod boundaries;
mod boundary_refusal;
mod district;
mod geojson_check;
mod overlaps;
mod place_index;
mod property_names;
mod ring_check;
mod shape_check;
mod strict_json;

pub use boundaries::{Boundaries, BoundaryNote, read_boundaries};
pub use boundary_refusal::{BoundaryRefusal, Spot};
pub use district::{Bounds, District, LabelPoint, districts_to_geojson};
pub use geojson_check::{MAX_BYTES, MAX_DISTRICTS, MAX_POSITIONS, MAX_RING_POSITIONS};
pub use overlaps::{MAX_COMPARISONS, OVERLAP_WORTH_SAYING_M2, Overlap};
pub use place_index::{Nearest, PlaceIndex};
pub use property_names::{MAX_CODE_LENGTH, MAX_NAME_LENGTH};
