//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Reading what is new somewhere, and what is planned.
pub const READ: Act = Act::public("alerts.read");
/// Asking for mails about an area, and settling them by the link of a mail: needs no account.
pub const SUBSCRIBE: Act = Act::public("alerts.subscribe");
/// Announcing works, each for their own agency.
pub const WORKS: Act = Act::organisation("alerts.works", &[Role::Officer, Role::Administrator]);
