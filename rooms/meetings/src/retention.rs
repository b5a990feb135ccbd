//! What this room does not keep for ever.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[Retention {
    name: "meetings.registrations",
    key: "retention-meetings-registrations",
    days: 30,
    limits_days: (1, 365),
    ending: Ending::Erased,
    run: store::forget_old,
}];
