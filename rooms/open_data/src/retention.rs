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
        name: "open_data.intakes",
        key: "retention-open-data-intakes",
        days: 7,
        limits_days: (1, 90),
        ending: Ending::Erased,
        run: store::forget_intakes,
    },
    notes::RETENTION,
];
