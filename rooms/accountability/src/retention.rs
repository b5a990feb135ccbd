//! What this room does not keep for ever.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules. Longer than the days in which one may answer, so that nobody can answer twice.
pub const RETENTION: &[Retention] = &[Retention {
    name: "accountability.opinions",
    key: "retention-accountability-opinions",
    days: 400,
    limits_days: (366, 1_825),
    ending: Ending::Anonymised,
    run: store::forget_who,
}];
