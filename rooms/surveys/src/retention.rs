//! What this room does not keep for ever.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[
    Retention {
        name: "surveys.drafts",
        key: "retention-surveys-drafts",
        days: 60,
        limits_days: (7, 365),
        ending: Ending::Erased,
        run: store::forget_drafts,
    },
    Retention {
        name: "surveys.answerers",
        key: "retention-surveys-answerers",
        days: 30,
        limits_days: (1, 365),
        ending: Ending::Anonymised,
        run: store::forget_who_answered,
    },
];
