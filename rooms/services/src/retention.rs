//! What the room does not keep for ever.

use crate::{commands::DRAFT_DAYS, letter_templates, store};
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
    Retention {
        name: "services.letter-templates",
        key: "sv-retention-letter-templates",
        days: 365,
        limits_days: (30, 3_650),
        ending: Ending::Erased,
        run: letter_templates::forget,
    },
];
