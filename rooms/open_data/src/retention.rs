//! What this room does not keep for ever.

use crate::{notes, store};
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[
    Retention {
        name: "open_data.loose-files",
        key: "retention-open-data-files",
        days: 2,
        limits_days: (1, 30),
        ending: Ending::Erased,
        run: store::forget_loose,
    },
    Retention {
        name: "open_data.versions",
        key: "retention-open-data-versions",
        // A hundred years: what was cited can be read again.
        days: 36_500,
        limits_days: (30, 36_500),
        ending: Ending::Erased,
        run: store::forget_versions,
    },
    Retention {
        name: "open_data.own-versions",
        key: "retention-open-data-own-versions",
        days: 90,
        limits_days: (1, 36_500),
        ending: Ending::Erased,
        run: store::forget_own_versions,
    },
    Retention {
        name: "open_data.intakes",
        key: "retention-open-data-intakes",
        days: 7,
        limits_days: (1, 90),
        ending: Ending::Erased,
        run: store::forget_intakes,
    },
    notes::RETENTION,
];
