//! What this room does not keep for ever.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[
    Retention {
        name: "conversations.challenges",
        key: "retention-conversations-challenges",
        days: 1,
        limits_days: (1, 1),
        ending: Ending::Erased,
        run: store::forget_spent,
    },
    Retention {
        name: "conversations.rolls",
        key: "retention-conversations-rolls",
        days: 30,
        limits_days: (1, 365),
        ending: Ending::Erased,
        run: store::forget_rolls,
    },
];
