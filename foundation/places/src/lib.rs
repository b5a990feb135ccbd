//! Districts, their boundaries, and where a pin lies.
//!
//! [`read_boundaries`] takes a town's GeoJSON file at the door and refuses it in one clear sentence or returns
//! [`District`]s that the rest may trust; [`PlaceIndex`] answers in which one a pin lies.

mod acts;
mod boundaries;
mod boundary_refusal;
mod commands;
mod datasets;
mod district;
mod districts;
mod geojson_check;
mod overlaps;
mod pages;
mod place_index;
mod property_names;
mod ring_check;
mod room;
mod shape_check;
mod store;
mod strict_json;

pub use boundaries::{Boundaries, BoundaryNote, read_boundaries};
pub use boundary_refusal::{BoundaryRefusal, Spot};
pub use commands::{agree_boundaries, check_boundaries, draw_mark, keep_boundaries, refresh, set_boundaries};
pub use district::{Bounds, District, LabelPoint, districts_to_geojson};
pub use districts::Districts;
pub use geojson_check::{MAX_BYTES, MAX_DISTRICTS, MAX_POSITIONS, MAX_RING_POSITIONS};
pub use overlaps::{MAX_COMPARISONS, OVERLAP_WORTH_SAYING_M2, Overlap};
pub use pages::pin_picture;
pub use place_index::{Nearest, PlaceIndex};
pub use property_names::{MAX_CODE_LENGTH, MAX_NAME_LENGTH};
pub use room::{MIGRATIONS, room};
