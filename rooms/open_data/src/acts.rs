//! What can be done here, and who may.

use civic::{Act, Role};

/// Reading what is published.
pub const READ: Act = Act::public("data.read");
/// Publishing for an organisation.
pub const PUBLISH: Act = Act::organisation("data.publish", &[Role::Officer, Role::Administrator]);
/// Taking over datasets from elsewhere.
pub const HARVEST: Act = Act::town("data.harvest", &[Role::Administrator]);
