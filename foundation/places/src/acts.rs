//! What can be done here, and who may.

use civic::{Act, Role};

/// Looking at the districts.
pub const READ: Act = Act::public("places.read");
/// Setting them.
pub const SET: Act = Act::town("places.set", &[Role::Administrator]);
