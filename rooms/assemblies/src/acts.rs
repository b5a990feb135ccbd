//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Everybody with an account.
const SIGNED_IN: &[Role] = &[Role::Resident, Role::Officer, Role::Steward, Role::Administrator];

/// Reading what is public, and answering by a private link.
pub const READ: Act = Act::public("assemblies.read");
/// Putting oneself into the pool, and taking oneself out.
pub const REGISTER: Act = Act::town("assemblies.register", SIGNED_IN);
/// Holding assemblies.
pub const KEEP: Act = Act::organisation("assemblies.keep", &[Role::Officer, Role::Steward, Role::Administrator]);
/// Reading the pool without names, from which a draw is recomputed.
pub const AUDIT: Act =
    Act::organisation("assemblies.audit", &[Role::Auditor, Role::Officer, Role::Steward, Role::Administrator]);
