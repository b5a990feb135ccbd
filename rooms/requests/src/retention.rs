//! What this room does not keep for ever.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[
    Retention {
        name: "requests.drafts",
        key: "retention-requests-drafts",
        days: 30,
        limits_days: (1, 90),
        ending: Ending::Erased,
        run: store::forget_stale_drafts,
    },
    Retention {
        name: "requests.contact",
        key: "retention-requests-contact",
        days: 365,
        limits_days: (30, 1_825),
        ending: Ending::Anonymised,
        run: store::forget_old_contact,
    },
    Retention {
        name: "requests.originals",
        key: "retention-requests-originals",
        days: 365,
        limits_days: (30, 1_825),
        ending: Ending::Erased,
        run: store::forget_old_originals,
    },
    Retention {
        name: "requests.sent_keys",
        key: "retention-requests-sent-keys",
        days: 30,
        limits_days: (7, 90),
        ending: Ending::Erased,
        run: store::forget_old_sent,
    },
    Retention {
        name: "requests.forward-news",
        key: "retention-requests-forward-news",
        days: 120,
        limits_days: (91, 365),
        ending: Ending::Erased,
        run: store::forget_old_news,
    },
    Retention {
        name: "requests.import-uploads",
        key: "retention-requests-import-uploads",
        days: 7,
        limits_days: (1, 90),
        ending: Ending::Erased,
        run: store::forget_old_uploads,
    },
];
