//! What this room does not keep for ever.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[Retention {
    name: "assemblies.pools",
    key: "retention-assemblies-pools",
    days: 540,
    limits_days: (90, 1_825),
    ending: Ending::Erased,
    run: store::forget_pools,
}];
