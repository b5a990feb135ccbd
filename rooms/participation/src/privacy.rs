//! What a person leaves in this room.

use crate::store;
use web::manifest::Privacy;

/// Export and erasure.
pub const PRIVACY: Privacy = Privacy { export: store::export_person, erase: store::erase_person };
