//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Everybody with an account.
const SIGNED_IN: &[Role] = &[Role::Resident, Role::Officer, Role::Steward, Role::Administrator];

/// Reading what is public.
pub const READ: Act = Act::public("meetings.read");
/// Taking a place at a meeting, and giving it back.
pub const REGISTER: Act = Act::town("meetings.register", SIGNED_IN);
/// Announcing meetings, publishing their minutes.
pub const KEEP: Act = Act::organisation("meetings.keep", &[Role::Officer, Role::Steward, Role::Administrator]);
