//! What this room does not keep for ever. The roll of a vote that is counted or withdrawn goes at once; these are the others.

use crate::store;
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[Retention {
    name: "voting.rolls",
    key: "retention-voting-rolls",
    days: 365,
    limits_days: (30, 1_825),
    ending: Ending::Erased,
    run: store::forget_rolls,
}];
