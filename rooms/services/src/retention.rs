//! What the room does not keep for ever.

use crate::{commands::DRAFT_DAYS, store};
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[
    Retention {
        name: "services.drafts",
        key: "sv-retention-drafts",
        days: DRAFT_DAYS,
        limits_days: (7, 90),
        ending: Ending::Erased,
        run: store::forget_drafts,
    },
    Retention {
        name: "services.applications",
        key: "sv-retention-applications",
        days: 1_095,
        limits_days: (90, 3_650),
        ending: Ending::Anonymised,
        run: store::erase_old,
    },
];
