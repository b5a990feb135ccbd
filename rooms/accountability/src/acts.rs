//! What can be done here, and who may.

use civic::{Act, Role};

/// Reading what the town promised.
pub const READ: Act = Act::public("commitment.read");
/// Promising something for an organisation.
pub const MAKE: Act = Act::organisation("commitment.make", &[Role::Officer, Role::Administrator]);
/// Saying what becomes of it.
pub const KEEP: Act = Act::organisation("commitment.keep", &[Role::Officer, Role::Administrator]);
/// Saying once whether it helped.
pub const HELPED: Act = Act::town("commitment.helped", &[Role::Resident]);
