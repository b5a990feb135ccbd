//! What can be done here, and who may.

use civic::{Act, Role};

/// Everybody with an account.
const SIGNED_IN: &[Role] = &[Role::Resident, Role::Officer, Role::Steward, Role::Administrator];

/// Reading what is published.
pub const READ: Act = Act::public("data.read");
/// Publishing for an organisation.
pub const PUBLISH: Act = Act::organisation("data.publish", &[Role::Officer, Role::Administrator]);
/// Taking over datasets from elsewhere.
pub const HARVEST: Act = Act::town("data.harvest", &[Role::Administrator]);
/// Asking for data, supporting that, reporting a mistake, showing what one made.
pub const ASK: Act = Act::town("data.ask", SIGNED_IN);
/// Saying in which agencies one submits and another one publishes.
pub const APPROVAL: Act = Act::town("data.approval", &[Role::Administrator]);
