//! What this room does not keep for ever.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[
    Retention {
        name: "participation.drafts",
        key: "retention-participation-drafts",
        days: 365,
        limits_days: (30, 1_825),
        ending: Ending::Erased,
        run: store::forget_old_drafts,
    },
    Retention {
        name: "participation.invitations",
        key: "retention-participation-invitations",
        days: 60,
        limits_days: (7, 365),
        ending: Ending::Erased,
        run: store::forget_old_invitations,
    },
    Retention {
        name: "participation.supports",
        key: "retention-participation-supports",
        days: 365,
        limits_days: (30, 1_825),
        ending: Ending::Anonymised,
        run: store::forget_old_supports,
    },
];
